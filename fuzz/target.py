"""How a target is run: under atheris, over a corpus of our own wording, until it is stopped or breaks."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path


def run(check: Callable[[bytes], None], seeds: Iterable[bytes]) -> None:
    """Feeds ``check`` with what atheris makes of the seeds. Arguments are those of libFuzzer (-max_total_time=600)."""
    import atheris

    def one(data: bytes) -> None:
        check(data)

    atheris.instrument_all()  # also what the libraries do with our inputs
    with tempfile.TemporaryDirectory() as folder:
        for number, seed in enumerate(seeds):
            (Path(folder) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, folder], one)
        atheris.Fuzz()
