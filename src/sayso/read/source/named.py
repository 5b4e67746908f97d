"""A speaker as named, and what every way of reading a source begins with: the mention, the bare phrase, who spoke."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sayso.model import Mention, Span
from sayso.read.case import Case, Who
from sayso.read.near import touching
from sayso.text import lists

Kind = Literal["person", "body", "outlet"]

_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|these|those)\s+", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A speaker as named. ``mention``: the one it was read from, if any."""

    name: str | None
    kind: Kind | None
    id: str | None = None
    state: str | None = None
    role: str | None = None
    mention: Mention | None = None
    certainty: float = 0.5
    why: str = ""


NOBODY = Named(None, None, certainty=0.6, why="no words name a source")


@cache
def words_of_who() -> dict[str, Any]:
    """The word lists of ``data/who.toml``, each a frozenset."""
    who = lists.table("who")
    return {part: {name: frozenset(words) for name, words in named.items()} for part, named in who.items()}


@cache
def any_of(part: str, name: str) -> re.Pattern[str]:
    """The words of one list as a pattern, the longest first, at word boundaries."""
    words = sorted(words_of_who()[part][name], key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b")


def bare(text: str) -> str:
    """A phrase without its article or possessive pronoun, nor a possessive ending."""
    return re.sub(r"['’]s?$", "", _ARTICLE.sub("", " ".join(text.split())).strip(" ,.;:"))


def mentions_in(case: Case, spans: Sequence[Span]) -> list[Mention]:
    """The mentions that lie in spans for their greater part, in order."""
    found = {
        m.start: m
        for s in spans
        for m in touching(case.marks.mentions, s.start, s.end)
        if 2 * (min(m.end, s.end) - max(m.start, s.start)) > m.end - m.start
    }
    return [found[start] for start in sorted(found)]


def of_mention(m: Mention) -> Named:
    """A mention as speaker."""
    kind = kind_of(m)
    described = m.id is None and m.kind in ("office", "group", "body", "pronoun")
    if described and _ends_in(m.name, words_of_who()["medium"]["nouns"]):
        kind = "outlet"
    private = _private_role(m) or (described and is_private(m.name))
    state = None if kind == "outlet" or m.former or private else m.state
    return Named(m.name, kind, m.id, state, m.role, m, min(0.97, m.certainty), m.why or "named in the source")


def kind_of(m: Mention) -> Kind:
    """Person, body or outlet; what an office or pronoun stands for is told by its card."""
    if m.kind == "medium" or (m.id or "").startswith("outlet:"):
        return "outlet"
    if (m.id or "").startswith("person:") or m.kind in ("person", "office"):
        return "person"
    return "body" if m.kind in ("state", "body", "group") or m.id else "person"


def _ends_in(name: str, nouns: Iterable[str]) -> bool:
    return name.lower().endswith(tuple(f" {noun}" for noun in nouns))


def _private_role(m: Mention) -> bool:
    return m.role is not None and any_of("role", "private").search(m.role.lower()) is not None


def is_private(phrase: str) -> bool:
    """Whether any word of a phrase takes it out of what speaks for a state: "an opposition source"."""
    lists = words_of_who()
    words = phrase.lower().split()
    return any(word in lists["person"]["private"] or word in lists["body"]["private"] for word in words)


def both(first: Mention, second: Mention, certainty: float) -> Named:
    """Two sources named together."""
    kind = kind_of(first)
    state = None if first.former or kind == "outlet" else first.state
    name = f"{first.name} and {second.name}"
    why = "two sources named together; the first gives the state"
    return Named(name, kind, first.id, state, None, first, certainty, why)


def as_printed(case: Case, m: Mention) -> str:
    """The longest form in which the page names a medium or body, where the card's name stands nowhere on it."""
    if m.kind not in ("medium", "body") or m.id is None or m.name in case.article.text:
        return m.name
    same = (o for o in case.marks.mentions if o.entity == m.entity and o.kind == m.kind)
    return max((bare(case.article.text[o.start : o.end]) for o in same), key=len, default=m.name)


def start_of(case: Case, number: int) -> int:
    """Where an attribution names its source, else where its content begins."""
    a = case.attributions[number]
    return a.source[0].start if a.source else a.content[0].start


def last_of(case: Case, done: Mapping[int, Who], fits: Callable[[Who], bool]) -> int | None:
    """The last statement before this one that fits, nested ones left out; of one sentence, the one that leads it."""
    before = [
        n for n, who in done.items()
        if case.attributions[n].inside is None and start_of(case, n) < case.start and fits(who)
    ]  # fmt: skip
    last = max(before, key=lambda n: start_of(case, n), default=None)
    if last is None:
        return None
    sentence = next((s for s in case.marks.sentences if s.start <= start_of(case, last) < s.end), None)
    same = [n for n in before if sentence and sentence.start <= start_of(case, n) < sentence.end]
    return min(same, key=lambda n: start_of(case, n), default=last)


def again(who: Who, certainty: float, why: str) -> Named:
    """The speaker of another statement once more."""
    s = who.speaker
    return Named(s.name, s.kind, s.id, who.state.value, s.role, who.mention, certainty, why)
