"""Word lists of a data file: one string of words a list, so that they read as text."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent.parent / "data"


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of ``data/NAME.toml``: words parted by white space, or by commas where one has several words."""
    lists = tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))
    return {key: frozenset(_parted(words)) for key, words in lists.items()}


def _parted(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")] if "," in words else words.split()
