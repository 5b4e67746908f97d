"""Reading data, writing predictions, and showing figures: what every benchmark command shares."""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def read_jsonl(path: str | Path) -> list[Record]:
    """The objects of a JSON-lines file, gzipped or not."""
    path = Path(path)
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").split("\n") if line.strip()]


def write_jsonl(path: str | Path, records: Iterable[Mapping[str, Any]]) -> None:
    """Writes one object a line, gzipped if the name ends in ``.gz``."""
    lines = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode("utf-8")
    Path(path).write_bytes(gzip.compress(lines, mtime=0) if str(path).endswith(".gz") else lines)


def load_texts(path: str | Path) -> dict[str, str]:
    """Texts by id, from a folder of ``ID.txt`` or from JSON lines {id, text}."""
    path = Path(path)
    if path.is_dir():
        return {p.stem: p.read_text(encoding="utf-8") for p in sorted(path.glob("*.txt"))}
    return {record["id"]: record["text"] for record in read_jsonl(path)}


def figures(options: argparse.Namespace, result: Mapping[str, Any]) -> None:
    """Prints a result: one JSON object with ``--json``, else a line a figure."""
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for line in lines_of(result):
        print(line)


def lines_of(result: Mapping[str, Any], before: str = "") -> Iterator[str]:
    """Figures as ``name value`` lines; parts of a part are named ``part.name``."""
    for name, value in result.items():
        if isinstance(value, Mapping):
            yield from lines_of(value, f"{before}{name}.")
        else:
            shown = "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
            yield f"{before + name:40} {shown}"


def common_options(parser: argparse.ArgumentParser) -> None:
    """The options of every command."""
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    parser.add_argument("--out", metavar="FILE", help="where to write the predictions")
