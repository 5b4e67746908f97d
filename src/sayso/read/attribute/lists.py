"""The word lists of ``data/patterns.toml``, read once."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sayso.text import table


@cache
def words() -> dict[str, Any]:
    """All lists, by section and name."""
    return table("patterns")


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """Any word of one list, as a whole word."""
    return re.compile(rf"\b(?:{alternatives(*names)})\b")


@cache
def alternatives(*names: str) -> str:
    """A regular expression for the words of one list, the longest first."""
    found: Any = words()
    for name in names:
        found = found[name]
    return "|".join(re.escape(word) for word in sorted(found, key=len, reverse=True))
