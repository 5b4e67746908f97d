"""The word lists of ``data/patterns.toml``, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any


@cache
def words() -> dict[str, Any]:
    """All lists, by section and name."""
    return tomllib.loads(resources.files("sayso").joinpath("data/patterns.toml").read_text(encoding="utf-8"))


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """Any word of one list, as a whole word."""
    return re.compile(rf"\b(?:{alternatives(*names)})\b")


@cache
def alternatives(*names: str) -> str:
    """A regular expression for the words of one list, the longest first."""
    table: Any = words()
    for name in names:
        table = table[name]
    return "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
