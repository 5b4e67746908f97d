"""JSON lines: every record whole, one a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TextIO


def write(records: Iterable[dict[str, Any]], out: TextIO) -> None:
    """One JSON object a line, in UTF-8 with nothing escaped that need not be."""
    for record in records:
        out.write(line(record) + "\n")
        out.flush()


def line(record: dict[str, Any]) -> str:
    """A record as one line; half a character, which UTF-8 cannot hold, is escaped."""
    packed = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return packed if packed.isascii() or _whole(packed) else json.dumps(record, separators=(",", ":"))


def _whole(packed: str) -> bool:
    return not any("\ud800" <= c <= "\udfff" for c in packed)
