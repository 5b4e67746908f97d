"""Code blocks of a page: finding them, running them, and putting what they print below them."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.cli import run

BLOCK = re.compile(
    r"^```(?P<kind>python|console)\n(?P<code>.*?)^```\n(?:```text\n(?P<told>.*?)^```\n)?", re.MULTILINE | re.DOTALL
)
CERTAINTY = re.compile(r"(?<![\d.])[01]?\.\d+")


@dataclass
class Ran:
    """A block as it stands on the page, and as it stands with what it prints now."""

    written: str
    now: str

    @property
    def alike(self) -> bool:
        """Certainties count for nothing: processors round the network's weights differently."""
        return CERTAINTY.sub("#", self.written) == CERTAINTY.sub("#", self.now)


def ran(page: str) -> Iterator[Ran]:
    """Runs the blocks of a page in order, in one place: python in one namespace, ``$ sayso …`` as a user types it."""
    names: dict[str, Any] = {}
    for block in BLOCK.finditer(page):
        if block["kind"] == "python":
            printed = _printed(block["code"], names)
            below = f"```text\n{printed}```\n" if printed else ""
            yield Ran(block[0], f"```python\n{block['code']}```\n{below}")
        elif "$ sayso" in block["code"]:
            yield Ran(block[0], f"```console\n{_typed(block['code'])}```\n")


def _printed(code: str, names: dict[str, Any]) -> str:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(code, "<docs>", "exec"), names)
    return out.getvalue()


def _typed(block: str) -> str:
    """Every command with its output; a last line … stands for output that is left out after the lines above it."""
    parts = re.split(r"^(?=\$ )", block, flags=re.MULTILINE)
    return "".join(map(_answered, filter(None, parts)))


def _answered(part: str) -> str:
    command, _, written = part.partition("\n")
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
        run(shlex.split(command)[2:])
    lines = [line.rstrip() for line in out.getvalue().rstrip("\n").split("\n")]
    shown = written.rstrip("\n").split("\n")
    if shown[-1] == "…":
        lines = [*lines[: len(shown) - 1], "…"]
    return "\n".join([command, *lines]) + "\n"
