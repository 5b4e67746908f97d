"""How far a negation reaches, and what words leave open: foreseen, supposed, judged untrue, long ago.

The words are cards (``data/scope.toml``). Nothing is parsed: a turning word reaches a few words on, to the end of its
clause at most; a clause ends at a mark, at "but" or at a word that opens another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from sayso.text import lists
from sayso.text.phrases import Normal, pattern

REACH = 8
"""Words on which a negation reaches in its clause."""
NEAR = 3
"""The same of "without" and its like, which turn a noun, not a clause."""
OLD = 2
"""Years before the day said from which on a year in the words is history."""

_MARKS = frozenset([",", ".", ";", ":", "—", "–", "(", ")"])
_BREAKS = _MARKS | {"but", "that", "because", "although", "though", "while"}
_OPENERS = frozenset([
    "who", "which", "whose", "whom", "where", "when", "while", "because", "although", "though", "since", "that", "after",
    "before", "as",
])  # fmt: skip
"""Words that open a clause which does not say how the main one stands."""
_OF_NOUN = frozenset(["in", "of", "about", "over"])
"""What ends the noun that "no" turns: "no winner in a war"."""
_AND_NOT = frozenset((a, b) for a in ("and", "or") for b in ("not", "never", "no", "none"))
_ASIDE = frozenset(["without", "rather", "instead", "nor", "free", "too"])
"""Turning words that do not turn the main clause they stand in."""
_YEAR = re.compile(
    r" (?:in|of|the|year|since|until|by|from|to|and|war|spring|summer|autumn|winter|\w+) (1\d{3}|20\d\d)s?(?= )"
)


@cache
def _card(name: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern(phrase) for phrase in lists.table("scope")[name]["words"]))


def says(card: str, words: Normal) -> bool:
    """Whether a card's words stand there."""
    return _card(card).search(words.line) is not None


@lru_cache(maxsize=64)
def turned(words: Normal) -> tuple[bool, ...]:
    """Of every word, whether it stands under a negation; two of them lift each other, but for "neither … nor"."""
    under = [False] * len(words.words)
    for first, last in turns(words):
        again = words.words[first] == "nor"
        for at in range(last + 1, _end_of_scope(words, last)):
            under[at] = True if again else not under[at]
    for match in _card("absent").finditer(words.line):
        for at in _clause_before(words, words.word_at(match.start() + 1)):
            under[at] = True
    return tuple(under)


def _clause_before(words: Normal, first: int) -> Iterator[int]:
    """The numbers of the words of its clause that stand before a word."""
    for at in range(first - 1, -1, -1):
        if words.words[at] in _BREAKS:
            return
        yield at


def turns(words: Normal) -> Iterator[tuple[int, int]]:
    """Numbers of first and last word of every turning phrase, but for those that turn nothing ("not only")."""
    spared = {
        at
        for match in _card("turns_not").finditer(words.line)
        for at in range(words.word_at(match.start() + 1), words.word_at(match.end() - 1) + 1)
    }
    for match in _card("turns").finditer(words.line):
        first, last = words.word_at(match.start() + 1), words.word_at(match.end() - 1)
        if first not in spared:
            yield first, last


def _end_of_scope(words: Normal, last: int) -> int:
    """The number of the first word that a negation reaches no more."""
    governs = any(_card("raises").match(f" {word} ") for word in _stems(words.words[last + 1 : last + 3]))
    stops = _MARKS | {"but"} if governs else _BREAKS
    if words.words[last] == "no":
        stops = stops | _OF_NOUN
    far = len(words.words) if governs else last + 1 + (NEAR if words.words[last] in _ASIDE else REACH)
    return next(
        (at for at in range(last + 1, len(words.words)) if words.words[at] in stops or at >= far), len(words.words)
    )


def _stems(found: tuple[str, ...]) -> Iterator[str]:
    for word in found:
        yield from {
            word,
            word.removesuffix("s"),
            word.removesuffix("d"),
            word.removesuffix("ed"),
            word.removesuffix("ing"),
        }


@lru_cache(maxsize=64)
def main_clause(words: Normal) -> Normal:
    """The words without clauses that hang on it, contrasts at the end (", not their neighbours") and marks."""
    kept: list[int] = []
    aside = bool(words.words[:1]) and words.words[0] in _OPENERS | {"despite", "given"}
    for at, word in enumerate(words.words):
        if word in _MARKS:
            following = words.words[at + 1 : at + 2]
            aside = bool(following) and following[0] in _OPENERS | {"not"}
        elif word in _OPENERS and at and not _cleft(words, at):
            aside = True
        elif not aside:
            kept.append(at)
    return Normal(tuple(words.words[at] for at in kept), tuple(words.spans[at] for at in kept))


def _cleft(words: Normal, at: int) -> bool:
    """Whether "that" or "who" goes on with the main clause: "it is they who …", "I believe that …"."""
    opening = words.words[:2]
    raised = any(_card("raises").match(f" {word} ") for word in _stems(words.words[max(0, at - 1) : at]))
    return raised or (opening[:1] == ("it",) and opening[1:] in (("is",), ("was",)) and at < 8)


def denied(words: Normal) -> bool:
    """Whether the main clause is negated, or a claim judged to be untrue."""
    if says("verdict", words):
        return True
    main = main_clause(words)
    under = turned(main)
    found = [first for first, _ in turns(main) if main.words[first] not in _ASIDE]
    lifted = [first for first in found if under[first] and main.words[first] != "nor"]
    return len(found) > 2 * len(lifted)


def long_ago(words: Normal, year: int | None) -> bool:
    """Whether the words tell of history: a word for it, or a year well before ``year`` (None: the century before)."""
    if says("remembered", words):
        return True
    main = main_clause(words)
    if says("present", main):
        return False
    before = year - OLD if year else 1999
    old = any(int(found) <= before for found in _YEAR.findall(words.line))
    return says("long_ago", words) or (old and not says("today", main))
