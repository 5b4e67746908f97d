"""Records as files of other programs. An exporter is one function; built-ins stand in one dict, one a file."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any, Protocol, TextIO, cast

BUILT_IN = {"jsonl": "sayso.show.formats.jsonl", "csv": "sayso.show.formats.csv"}
"""Name on the command line, and the module whose ``write`` does it."""


class Exporter(Protocol):
    """Writes records, as ``sayso.records`` makes them, to an open text file."""

    def __call__(self, records: Iterable[dict[str, Any]], out: TextIO) -> None:
        """Writes each record as it comes, so that any number of them needs no memory."""


def exporter(name: str) -> Exporter:
    """The exporter of a format, loaded on demand."""
    return cast(Exporter, import_module(BUILT_IN[name]).write)
