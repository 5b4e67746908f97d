"""A table of names and the search for them: longest match at word boundaries, letters' marks folded.

Names are sequences of words; between two of them may stand a blank, a hyphen, an apostrophe or, after an initial, a
dot, but no comma. Middle initials of persons are skipped ("Jane Q. Alpha"). One dictionary lookup a word makes this as
fast here as an automaton (about 0.3 ms for an article), and it builds in less time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sayso.text import fold

WORD = re.compile(r"[^\W_]+")
_JOINTS = frozenset({" ", "-", "'", "\xa0", ".", ". ", "/", "] ", " ["})

Meaning = tuple[str, str]
"""Kind of name (``state``, ``adjective``, ``person`` …) and id of the card."""


class Word(NamedTuple):
    """A word of the text, folded."""

    start: int
    end: int
    form: str


class NameHit(NamedTuple):
    """A name found: its best kind, the cards of that kind, and every reading it has."""

    start: int
    end: int
    kind: str
    ids: tuple[str, ...]
    readings: tuple[Meaning, ...]

    def of(self, kind: str) -> tuple[str, ...]:
        """The ids of the cards that have the name as this kind."""
        return tuple(i for k, i in self.readings if k == kind)


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]`` with folded forms."""
    folded = fold(text[start:end])
    return [Word(start + m.start(), start + m.end(), m[0]) for m in WORD.finditer(folded)]


class Names:
    """A table from names to meanings."""

    def __init__(self, entries: Iterable[tuple[str, str, str]], order: tuple[str, ...], *, cased: bool = True) -> None:
        """``entries``: (name, kind, id); ``order``: kinds, the one that names a hit first."""
        self.cased = cased
        self.rank = {kind: i for i, kind in enumerate(order)}
        self.table: dict[str, list[Meaning]] = {}
        self.longest: dict[str, int] = {}
        for name, kind, id_ in entries:
            self._put(name, kind, id_)

    def _put(self, name: str, kind: str, id_: str) -> None:
        folded = fold(name) if self.cased else fold(name).lower()
        forms = WORD.findall(folded)
        if not forms:
            return
        meanings = self.table.setdefault(" ".join(forms), [])
        if (kind, id_) not in meanings:
            meanings.append((kind, id_))
        if len(forms) > self.longest.get(forms[0], 0):
            self.longest[forms[0]] = len(forms)

    def find(self, text: str, found: list[Word]) -> Iterator[NameHit]:
        """The names among words of the text, leftmost and longest first, none overlapping."""
        at = 0
        while at < len(found):
            hit = self._at(text, found, at)
            if hit is None:
                at += 1
            else:
                last, key = hit
                yield self._hit(text, found[at], found[last], key)
                at = last + 1

    def _form(self, word: Word) -> str:
        if not self.cased:
            return word.form.lower()
        form = word.form
        return form.title() if len(form) > 3 and form not in self.longest and form.isupper() else form

    def _at(self, text: str, found: list[Word], at: int) -> tuple[int, str] | None:
        """The last word and the key of the longest name that starts with word ``at``."""
        first = self._form(found[at])
        longest = self.longest.get(first)
        if longest is None:
            return None
        key, best, last, used = first, None, at, 1
        if key in self.table:
            best = (at, key)
        while used < longest and last + 1 < len(found) and self._joined(text, found[last], found[last + 1]):
            last += 1
            form = self._form(found[last])
            if (
                len(form) == 1
                and form.isupper()
                and used == 1
                and f"{key} {form}" not in self.table
                and len(first) > 1
                and text[found[last].end : found[last].end + 1] == "."
            ):
                continue
            key, used = f"{key} {form}", used + 1
            if key in self.table:
                best = (last, key)
        return best

    @staticmethod
    def _joined(text: str, left: Word, right: Word) -> bool:
        joint = fold(text[left.end : right.start])
        return joint in _JOINTS and (joint != ". " or len(left.form) <= 3)

    def _hit(self, text: str, first: Word, last: Word, key: str) -> NameHit:
        readings = tuple(sorted(self.table[key], key=lambda meaning: self.rank.get(meaning[0], 99)))
        kind = readings[0][0]
        end = last.end
        if len(last.form) == 1 and last.start > first.start and text[end : end + 1] == "." == text[last.start - 1]:
            end += 1
        return NameHit(first.start, end, kind, tuple(i for k, i in readings if k == kind), readings)
