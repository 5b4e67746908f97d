"""Golden readings: how one is laid out as text that people can compare, and when two are alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

TOLERANCE = 0.15
"""Certainties come from 8-bit weights, which processors round differently."""


def plain(value: Any) -> Any:
    """As JSON gives it back."""
    return json.loads(json.dumps(value))


def laid_out(value: Any, depth: int = 3, indent: str = "") -> str:
    """JSON with a line for each part down to ``depth``, so that a change shows as few lines."""
    inner = indent + "  "
    if depth and value and isinstance(value, dict):
        parts = [f"{inner}{json.dumps(k)}: {laid_out(v, depth - 1, inner)}" for k, v in value.items()]
        return "{\n" + ",\n".join(parts) + f"\n{indent}}}"
    if depth and value and isinstance(value, list):
        return "[\n" + ",\n".join(inner + laid_out(v, depth - 1, inner) for v in value) + f"\n{indent}]"
    return json.dumps(value, ensure_ascii=False)


def differences(want: Any, got: Any, where: str = "") -> Iterator[str]:
    """Each place where two readings are not alike: everything counts exactly, but certainties within ``TOLERANCE``."""
    if isinstance(want, dict) and isinstance(got, dict) and want.keys() == got.keys():
        for key in want:
            yield from differences(want[key], got[key], f"{where}.{key}")
    elif isinstance(want, list) and isinstance(got, list) and len(want) == len(got):
        for number, (a, b) in enumerate(zip(want, got, strict=True)):
            yield from differences(a, b, f"{where}[{number}]")
    elif where.endswith("certainty") and isinstance(want, float | int) and isinstance(got, float | int):
        if abs(want - got) > TOLERANCE:
            yield f"{where}: {want} is now {got}"
    elif want != got:
        yield f"{where}: {want!r} is now {got!r}"
