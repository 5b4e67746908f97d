"""How words stand where they were found: said as such, under a condition, denied, or neither way."""

from __future__ import annotations

import re
from functools import cache

from sayso.model import Entry, Standing, Statement
from sayso.text import lists
from sayso.text.phrases import Normal, normal
from sayso.text.scope import turned

STEM = 4
"""Letters that two forms of a word begin with."""

BEFORE, BEHIND = 32, 16
"""Characters around a cue in which it may be told that something is said again."""


def standing(words: str, statement: Statement) -> Standing:
    """How words that were found in a statement stand there, against how they were asked."""
    asked, content = normal(words), normal(statement.content.text)
    left = statement.status.value in ("neither", "unconfirmed") or statement.act.value == "leave_open"
    if left and not any(turned(asked)):  # who asks for "neither confirm nor deny" asks for the leaving open
        return "open"
    places = _places(asked, content)
    denied = statement.status.value == "denied" or statement.act.value == "deny"
    if denied != _contrary(asked, content, places):
        return "denied"
    return "conditional" if _hangs(asked, statement) else "said"


def _contrary(asked: Normal, content: Normal, places: list[tuple[int, int]]) -> bool:
    """Whether words asked for as they are stand under a negation, or the other way round; a word alone is but a topic."""
    ours, theirs = turned(asked), turned(content)
    negated = [there for at, there in places if ours[at]]
    if negated:
        return not any(theirs[there] for there in negated)
    return len(places) > 1 and any(theirs[there] for _, there in places)


def _places(asked: Normal, content: Normal) -> list[tuple[int, int]]:
    """Where each telling word asked for stands in the content, a form of it at least, in order as far as can be."""
    found, behind = list[tuple[int, int]](), 0
    for at, word in enumerate(asked.words):
        if len(word) < STEM or word in _openers():
            continue
        there = [n for n, other in enumerate(content.words) if _alike(word, other)]
        if there:
            behind = next((n for n in there if n >= behind), there[0])
            found.append((at, behind))
    return found


def _alike(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) >= STEM and a[: max(STEM, len(a) - 3)] == b[: max(STEM, len(a) - 3)])


def _hangs(asked: Normal, statement: Statement) -> bool:
    """Whether the words are, or hang on, a condition that was not asked for."""
    condition = statement.condition
    if condition is None or any(f" {opener} " in asked.line for opener in _openers()):
        return False
    if condition.consequence is None:
        return True
    held = [normal(part.text) for part in (condition.consequence, condition.antecedent)]
    wanted = len(_places(asked, normal(statement.content.text)))
    return any(len(_places(asked, part)) >= wanted for part in held)


@cache
def _openers() -> frozenset[str]:
    openers: list[str] = lists.table("links")["conditions"]["openers"]
    return frozenset(openers)


def repeats(entry: Entry) -> str | None:
    """The words by which a report tells itself that it was said before ("many times"), if there are any."""
    cue, text = entry.statement.cue, entry.article.text
    if cue is None or not cue.spans:
        return None
    start = text.rfind(".", max(0, cue.spans[0].start - BEFORE), cue.spans[0].start) + 1
    start = max(start, cue.spans[0].start - BEFORE)
    found = _repeats().search(text, start, cue.spans[-1].end + BEHIND)
    return found[0] if found else None


@cache
def _repeats() -> re.Pattern[str]:
    words: str = lists.table("said")["repeats"]["words"]
    listed = sorted((" ".join(each.split()) for each in words.split(",")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})\b", re.IGNORECASE)
