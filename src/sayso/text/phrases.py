"""Phrases of the cards: a little language of words, and an index that finds which of many phrases stand in a text.

A phrase is words with spaces between them, matched on words in lower case, short forms opened ("won't" is "will not"),
quotation marks left out. ``a|b`` either; ``word*`` any ending; ``?word`` may be missing; ``~`` up to three words,
``~~`` up to eight, never over a full stop or semicolon; ``^`` and ``$`` the ends of the text; ``@we`` and ``@they`` the
speaker's side and the other party.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

from sayso.model import Span

T = TypeVar("T")

NEGATIONS = frozenset(["not", "no", "never", "without", "nor", "neither", "nobody", "none", "nothing", "hardly"])
"""Words that turn what follows them within a few words."""

_TOKEN = re.compile(r"\w+(?:[.'’\-‐‑]\w+)*\.?(?<=\w)|[,.;:?!—–()]|\w\.(?:\w\.)+")
_SHORT = {
    "won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"), "shan't": ("shall", "not"),
    "let's": ("let", "us"), "that's": ("that", "is"), "it's": ("it", "is"), "there's": ("there", "is"),
    "here's": ("here", "is"), "what's": ("what", "is"), "who's": ("who", "is"), "he's": ("he", "is"),
    "she's": ("she", "is"),
}  # fmt: skip
_ENDS = {"n't": "not", "'re": "are", "'ll": "will", "'ve": "have", "'m": "am", "'d": "would"}
_SIDES = {"@we": r"(?:we|i|@we|he|she|it)", "@they": r"(?:they|you|@they)"}
_GAPS = {"~": r"(?: [^ .;]+){0,3}", "~~": r"(?: [^ .;]+){0,8}"}


@dataclass(frozen=True)
class Normal:
    """A text as words in normal form, each knowing where it stood."""

    words: tuple[str, ...]
    spans: tuple[Span, ...]

    @cached_property
    def line(self) -> str:
        """The words with one space between, before and after."""
        return f" {' '.join(self.words)} "

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 1
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts

    def word_at(self, offset: int) -> int:
        """The number of the word at an offset of the line."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def span(self, first: int, last: int) -> Span:
        """Where words ``first`` to ``last`` (included) stood in the text."""
        return Span(self.spans[first].start, self.spans[last].end)

    def negated(self, first: int, reach: int = 4) -> bool:
        """Whether a negation stands at most ``reach`` words before word ``first`` in the same clause."""
        for at in range(first - 1, max(-1, first - 1 - reach), -1):
            word = self.words[at]
            if word in {",", ".", ";", ":", "but", "—", "–", "that", "because"}:
                return False
            if word in NEGATIONS:
                return self.words[at + 1] not in {"only", "just", "merely"}
        return False


@lru_cache(maxsize=4096)
def _opened(token: str) -> tuple[str, ...]:
    word = token.lower().replace("’", "'").replace("‐", "-").replace("‑", "-")
    if word in _SHORT:
        return _SHORT[word]
    for end, full in _ENDS.items():
        if word.endswith(end):
            return (word[: -len(end)], full)
    return (word[:-2],) if word.endswith("'s") else (word.replace("'", ""),)


def normal(text: str, spans: Iterable[Span] | None = None, sides: Mapping[Span, str] | None = None) -> Normal:
    """The words of ``text`` (of its ``spans`` only, if given); ``sides`` replaces names by ``@we`` or ``@they``."""
    sides = sides or {}
    words: list[str] = []
    places: list[Span] = []
    for start, end in spans if spans is not None else (Span(0, len(text)),):
        for match in _TOKEN.finditer(text, start, end):
            where = Span(*match.span())
            side = next((s for name, s in sides.items() if name.start <= where.start < name.end), None)
            if side and places and words[-1] == side and _within(sides, places[-1], where):
                places[-1] = Span(places[-1].start, where.end)
                continue
            for word in (side,) if side else _opened(match.group()):
                words.append(word)
                places.append(where)
    return Normal(tuple(words), tuple(places))


def _within(sides: Mapping[Span, str], a: Span, b: Span) -> bool:
    return any(name.start <= a.start and b.end <= name.end for name in sides)


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found: what it belongs to, and the numbers of its first and last word."""

    card: T
    first: int
    last: int


class Phrases(Generic[T]):
    """An index of phrases, each belonging to a card."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        self._by_start: dict[str, list[int]] = defaultdict(list)
        self._phrases: list[tuple[str, T]] = []
        # Compiled when first met: a run of one article needs a tenth of them.
        self._compiled: dict[int, re.Pattern[str]] = {}
        for phrase, card in phrases:
            for key in _anchor(phrase):
                self._by_start[key].append(len(self._phrases))
            self._phrases.append((phrase, card))

    def find(self, text: Normal) -> Iterator[Hit[T]]:
        """Every phrase that stands in the text, once each at its first place, in the order of the cards."""
        wanted: set[int] = set()
        for key in {word[:3] for word in text.words}:
            wanted.update(self._by_start.get(key, ()))
        for number in sorted(wanted):
            phrase, card = self._phrases[number]
            compiled = self._compiled.get(number)
            if compiled is None:
                compiled = self._compiled[number] = re.compile(pattern(phrase))
            match = compiled.search(text.line)
            if match:
                yield Hit(card, text.word_at(match.start() + 1), text.word_at(match.end() - 1))


def pattern(phrase: str) -> str:
    """The regular expression of a phrase over a line of words."""
    parts = []
    for word in phrase.split():
        if word in _GAPS:
            parts.append(_GAPS[word])
        elif word == "^":
            parts.append("^")
        elif word == "$":
            parts.append(" $")
        elif word.startswith("?"):
            parts.append(f"(?: {_either(word[1:])})?")
        else:
            parts.append(f" {_either(word)}")
    return "".join(parts) + ("" if phrase.endswith("$") else "(?= )")


def _either(word: str) -> str:
    choices = [
        _SIDES.get(w) or re.escape(w.rstrip("*")) + (r"[^ ]*" if w.endswith("*") else "") for w in word.split("|")
    ]
    return choices[0] if len(choices) == 1 else f"(?:{'|'.join(choices)})"


def _anchor(phrase: str) -> set[str]:
    """First letters of one word that must stand in the text: the one that says most."""
    fixed = [w.split("|") for w in phrase.split() if w not in {"~", "~~", "^", "$"} and not w.startswith("?")]
    best = max((w for w in fixed if not any(c.startswith("@") for c in w)), key=lambda w: (min(map(len, w)), -len(w)))
    return {choice.rstrip("*")[:3] for choice in best}
