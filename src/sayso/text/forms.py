"""Forms of words for matching only: what is stored and shown is always the text as it came."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = {ord(c): "'" for c in "‘’‚‛`´ʼ′"} | {ord(c): '"' for c in "“”„‟«»″"} | {ord(c): "-" for c in "‐‑‒–—―−"}
"""Typographic marks and their plain form, one character for one, so that offsets hold."""

_LETTERS = {ord(a): b for a, b in zip("øØłŁđĐıİæÆœŒ", "oOlLdDiIaAoO", strict=True)}


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """A letter without its marks; unchanged if that would not be one letter."""
    bare = [c for c in unicodedata.normalize("NFD", letter) if not unicodedata.combining(c)]
    return bare[0] if len(bare) == 1 else letter


def fold(words: str) -> str:
    """The words with letters stripped of their marks and typographic marks made plain; every offset stays as it was."""
    if words.isascii():
        return words
    evened = words.translate(MARKS).translate(_LETTERS)
    return evened if evened.isascii() else "".join(c if c < "\x80" else _plain(c) for c in evened)


def normal(words: str) -> str:
    """The normal form of a wording: case folded, marks and white space evened, outer marks cut."""
    evened = re.sub(r"\s+", " ", fold(words).casefold())
    return evened.strip(" \t\n\"'.,;:!?-()[]")
