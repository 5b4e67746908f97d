"""The tables of ``data/*.toml``, and word lists: one string of words a list, so that they read as text."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

_DATA = Path(__file__).parent.parent / "data"


@cache
def table(name: str) -> dict[str, Any]:
    """``data/NAME.toml``, read once."""
    return tomllib.loads((_DATA / f"{name}.toml").read_text("utf-8"))


@cache
def word_lists(name: str) -> dict[str, frozenset[str]]:
    """The lists of ``data/NAME.toml``: words parted by white space, or by commas where one has several words."""
    return {key: frozenset(_parted(words)) for key, words in table(name).items()}


def _parted(words: str) -> list[str]:
    return [word.strip() for word in words.split(",")] if "," in words else words.split()
