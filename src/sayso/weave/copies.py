"""Copies: texts that are one text, cut, reordered, reworded here and there, or set into another.

A body is cut into passages (its lines), each passage into shingles (four words in a row). A passage *stands* in another
text if enough of its shingles do (containment: it does not matter how long the other text is). The share of a text that
stands in another says how far it is its copy. Texts are looked up by a few shingles of each passage; keys that stand in very
many texts are stock. Nothing depends on the order in which texts arrive.
"""

from __future__ import annotations

import math
import re
import struct
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import chain
from typing import Any, Self

from sayso.ids import sha256_of
from sayso.ledger import Ledger
from sayso.ledger.prints import Kin
from sayso.model import Article, Copy, Span
from sayso.text import lists

_WORD = re.compile(r"\w+")
_LINE = re.compile(r"[^\n]+")


@cache
def rules() -> dict[str, Any]:
    """The thresholds, with where they came from: ``data/copies.toml``."""
    return lists.table("copies")


# --- one text ---------------------------------------------------------------------------------------------------------


def body(article: Article) -> Iterator[Span]:
    """The lines of an article's body with its deck (an agency's first paragraph), as spans of its text."""
    for block in article.blocks:
        if block.label in ("deck", "body"):
            for line in _LINE.finditer(article.text, block.start, block.end):
                yield Span(*line.span())


def tokens(line: str) -> list[str]:
    """The words of a line as they are compared: case, ligatures, widths and soft hyphens evened."""
    if not line.isascii():
        line = unicodedata.normalize("NFKC", line.replace("\u00ad", ""))
    return _WORD.findall(line.casefold())


def shingles(words: list[str]) -> tuple[int, ...]:
    """A 32-bit hash for every few words in a row, each once; none for fewer words."""
    size: int = rules()["shingles"]["words"]
    runs = map(" ".join, zip(*(words[at:] for at in range(size)), strict=False))
    return tuple({zlib.crc32(run.encode("utf-8", "replace")): None for run in runs})


@dataclass(frozen=True)
class Print:
    """What is kept of a text: a hash of its words by lines, the shingles of each passage, and the few it is looked up by."""

    sha256: str
    passages: tuple[tuple[int, ...], ...]
    keys: frozenset[int]

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """The print of a body."""
        worded = [words for line in lines if (words := tokens(line))]
        passages = tuple(filter(None, map(shingles, worded)))
        # by lines: the same words broken elsewhere have other passages and keys, and must not take the place of these
        return cls(sha256_of("\n".join(map(" ".join, worded))), passages, frozenset(_keys(passages)))

    @cached_property
    def shingles(self) -> frozenset[int]:
        """All of them."""
        return frozenset(chain.from_iterable(self.passages))

    @cached_property
    def size(self) -> int:
        """How many shingles, those in several passages counted for each."""
        return sum(map(len, self.passages))

    @property
    def telling(self) -> bool:
        """Whether there is enough of it to be a copy of anything."""
        return self.size >= int(rules()["copy"]["least"])

    def packed(self) -> bytes:
        """As bytes, the same on every machine: how many passages, their lengths, their shingles."""
        numbers = [len(self.passages), *map(len, self.passages), *chain.from_iterable(self.passages)]
        return struct.pack(f"<{len(numbers)}I", *numbers)

    @classmethod
    def unpacked(cls, sha256: str, kept: bytes, keys: Iterable[int]) -> Self:
        """The print that was packed."""
        numbers = struct.unpack(f"<{len(kept) // 4}I", kept)
        at, passages = numbers[0] + 1, []
        for length in numbers[1 : numbers[0] + 1]:
            passages.append(numbers[at : at + length])
            at += length
        return cls(sha256, tuple(passages), frozenset(keys))


def _keys(passages: Iterable[tuple[int, ...]]) -> Iterator[int]:
    """The smallest of each passage: what is cut out whole keeps its own, and no order matters."""
    rule = rules()["shingles"]
    for passage in passages:
        if len(passage) >= rule["least"]:
            yield from sorted(passage)[: rule["keys"]]


def print_of(article: Article) -> Print:
    """The print of an article's body; headlines, bylines and furniture are left out."""
    return Print.of(article.text[start:end] for start, end in body(article))


# --- two texts --------------------------------------------------------------------------------------------------------


def stands(passage: tuple[int, ...], there: frozenset[int]) -> bool:
    """Whether a passage stands in a text with these shingles."""
    rule = rules()["passage"]
    least: float = rule["stands"] if len(passage) >= rule["short"] else rule["short_stands"]
    return _held(passage, there) >= least


def _held(passage: tuple[int, ...], there: frozenset[int]) -> float:
    return len(there.intersection(passage)) / len(passage)


def standing(a: Print, b: Print) -> list[tuple[int, ...]]:
    """The passages of ``a`` that stand in ``b``; none if too little of them all does."""
    found = [passage for passage in a.passages if stands(passage, b.shingles)]
    held = sum(len(b.shingles.intersection(passage)) for passage in found)
    return found if held >= rules()["copy"]["held"] * sum(map(len, found)) else []


def kin(a: Print, b: Print) -> tuple[float, float] | None:
    """The share of ``a`` that stands in ``b``, and of ``b`` in ``a``; None if they are not copies of one text."""
    if not (a.telling and b.telling):
        return None
    if a.sha256 == b.sha256:
        return 1.0, 1.0
    ours, theirs = standing(a, b), standing(b, a)
    shares = sum(map(len, ours)) / a.size, sum(map(len, theirs)) / b.size
    rule = rules()["copy"]
    whole = max(shares) >= (rule["single"] if min(len(ours), len(theirs)) < 2 else rule["whole"])
    return shares if whole or (_part(a, b) and _part(b, a)) else None


def _part(a: Print, b: Print) -> bool:
    """Whether enough of ``a``, little changed, stands in ``b`` to be a part of it and not stock background."""
    rule, short = rules()["copy"], rules()["passage"]["short"]
    lengths = [len(one) for one in a.passages if len(one) >= short and _held(one, b.shingles) >= rule["part_stands"]]
    much = max(float(rule["part_shingles"]), rule["part"] * min(a.size, b.size))
    return sum(lengths) >= much and len(lengths) >= int(rule["part_passages"])


def needed(a: Print, b: Print) -> int:
    """How many keys that are not stock two texts must share to be copies; the same for (b, a)."""
    rule, smaller = rules()["copy"], min(len(a.keys), len(b.keys))
    shared = len(a.keys & b.keys)
    return max(min(2, smaller), math.ceil(float(rule["keys"]) * smaller), math.ceil(float(rule["stock"]) * shared))


def cut_and_added(article: Article, of: Article) -> tuple[list[Span], list[Span]]:
    """What was cut, as lines of ``of`` that do not stand in ``article``; and what was added, as lines of ``article``."""
    return _apart(of, print_of(article)), _apart(article, print_of(of))


def _apart(article: Article, other: Print) -> list[Span]:
    hashed = ((span, shingles(tokens(article.text[span.start : span.end]))) for span in body(article))
    return [span for span, passage in hashed if passage and not stands(passage, other.shingles)]


# --- many texts -------------------------------------------------------------------------------------------------------


class Index:
    """All texts of a ledger, by their keys: an article is compared with the few that share some, nothing is read again."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.prints = ledger.prints

    def add(self, article: Article) -> bool:
        """Finds the copies of an article among those before it and keeps them; False if it was woven in before."""
        made = print_of(article)
        sha256 = made.sha256 if made.telling else None
        if self.prints.has(article.id, sha256):
            return False
        with self.prints.writing():
            if number := self.prints.keep(article.id, sha256, made.packed(), made.keys):
                self._link(number, made)
        return True

    def _link(self, number: int, made: Print) -> None:
        shared = self.prints.hold(number, made.keys, rules()["common"]["texts"])
        floor = min(2, len(made.keys))
        for other, rare in sorted(shared.items()):
            if rare >= floor and (found := self._kin(number, made, other, rare)):
                self.prints.link(found)

    def _kin(self, number: int, made: Print, other: int, rare: int) -> Kin | None:
        there = Print.unpacked(*self.prints.packed(other))
        need = needed(made, there)
        shares = kin(made, there) if rare >= need else None
        return Kin(number, other, *shares, rare, need) if shares else None


def copies_of(ledger: Ledger, article: str) -> list[Copy]:
    """The copies of an article in a ledger, the nearest first."""
    return list(ledger.copies(article))


def nearest(ledger: Ledger, article: Article, most: int) -> tuple[Copy, ...]:
    """The copies of an article, the nearest first; of the first ``most`` with the lines that were cut and added."""
    found = ledger.copies(article.id)
    return (*(_with_lines(ledger, article, copy) for copy in found[:most]), *found[most:])


def _with_lines(ledger: Ledger, article: Article, copy: Copy) -> Copy:
    other = ledger.article(copy.of) if copy.cut or copy.added else None
    if other is None:
        return copy
    cut, added = cut_and_added(article, other)
    return replace(copy, lines_cut=_lines(other, cut), lines_added=_lines(article, added))


def _lines(article: Article, spans: Iterable[Span]) -> tuple[str, ...]:
    return tuple(article.text[start:end].strip() for start, end in spans)
