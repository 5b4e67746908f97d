"""Word pieces: the numbers by which a network knows words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

LONGEST_WORD = 8
"""Pieces kept of one word: a web address need not fill a window."""


class WordPieces:
    """An uncased word-piece vocabulary (greedy, longest piece first), as the encoder was pre-trained with."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._number = {piece: number for number, piece in enumerate(pieces)}
        self._known: dict[str, tuple[int, ...]] = {}
        self.start = self._number["[CLS]"]
        self.end = self._number["[SEP]"]
        self._unknown = self._number["[UNK]"]

    @classmethod
    def load(cls, path: Path) -> WordPieces:
        """Reads a vocabulary file: one piece a line, its number is its line."""
        return cls(path.read_text(encoding="utf-8").split("\n"))

    def cut(self, word: str) -> tuple[int, ...]:
        """The numbers of a word's pieces, at least one."""
        known = self._known.get(word)
        if known is None:
            plain = unicodedata.normalize("NFD", word.lower())
            plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
            numbers = [n for part in re.findall(r"[^\W_]+|[\W_]", plain) for n in self._longest_first(part)]
            known = self._known[word] = tuple(numbers[:LONGEST_WORD]) or (self.end,)
        return known

    def _longest_first(self, part: str) -> list[int]:
        numbers, at = [], 0
        while at < len(part):
            for end in range(len(part), at, -1):
                number = self._number.get(part[at:end] if at == 0 else "##" + part[at:end])
                if number is not None:
                    numbers.append(number)
                    at = end
                    break
            else:
                return [self._unknown]
        return numbers
