"""The front of the page: what is new, in one composed sentence, with the dated words it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sayso.show import wording
from sayso.show.card import Names
from sayso.show.sayings import NO_DAY, Day, Saying, days
from sayso.text import quotations

WINDOW = timedelta(days=2)
"""What is new: the newest day of the ledger and the two before it."""

LEAD = 130
"""Characters of the words in the top sentence."""


@dataclass(frozen=True)
class Step:
    """One dated saying that the top sentence rests on."""

    saying: Saying
    words: str
    note: str


@dataclass(frozen=True)
class Front:
    """What the front answers, in sentences; ``steps``: oldest first."""

    kicker: str
    lead: str
    deck: str
    steps: tuple[Step, ...]
    left_open: tuple[Saying, ...]
    conditions: tuple[Saying, ...]
    undated: int
    days: tuple[Day, ...]


def front(sayings: Sequence[Saying], names: Names) -> Front:
    """The front of a ledger's sayings; the newest day in the ledger stands for today."""
    listed = days(sayings)
    newest = next((day.key for day in listed if day.key != NO_DAY), None)
    new = _window(sayings, newest)
    leader = _leader(new)
    steps = _steps(leader, sayings) if leader else ()
    recent = [saying for day in listed for saying in day.sayings]
    return Front(
        kicker="What is new" + (f", {wording.between(min(s.day for s in new), newest)}" if newest else ""),
        lead=_lead(leader, names) if leader else _nothing(sayings),
        deck=_deck(new) if leader else "",
        steps=steps,
        left_open=tuple(s for s in recent if _open(s))[:2],
        conditions=tuple(s for s in recent if s.core and s.first.condition)[:2],
        undated=sum(saying.day == NO_DAY for saying in sayings),
        days=tuple(listed),
    )


def telling(saying: Saying, most: int = LEAD) -> str:
    """The words of a saying for a line of their own; of long ones a stretch in quotation marks, else their beginning."""
    words = wording.one_line(saying.first.content.text)
    if len(words) <= most:
        return _marked(words)
    quotes = [words[q.start : q.end] for q in quotations(words, 0, len(words)) if q.closed and q.depth == 0]
    fragments = [quote for quote in quotes if 3 <= len(quote.split()) <= 14]
    return _marked(fragments[0]) if fragments else wording.short(words, most)


def _marked(words: str) -> str:
    """Words in straight quotation marks get curly ones, as the rest of the page."""
    found = re.fullmatch(r'"([^"]*?)[,.]?"', words)
    return f"“{found[1]}”" if found else words


# --- the sentence -------------------------------------------------------------------------------------------------------


def _window(sayings: Sequence[Saying], newest: str | None) -> list[Saying]:
    if newest is None:
        return []
    since = (date.fromisoformat(newest) - WINDOW).isoformat() if len(newest) == 10 else newest
    return [saying for saying in sayings if since <= saying.day <= newest]


def _leader(new: Sequence[Saying]) -> Saying | None:
    """The saying the top sentence tells: what has been said before counts for most, then what leads its day."""
    return max(new, key=lambda s: (s.core, bool(s.earlier), s.weight, s.day), default=None)


def _lead(saying: Saying, names: Names) -> str:
    words = telling(saying)
    speaker = wording.one_line(saying.first.speaker.name or "")
    if saying.earlier:
        side = names.of(saying.first.state.value) if saying.first.state.value else speaker or "somebody"
        times, since = wording.ordinal(len(saying.earlier) + 1), wording.month(saying.earlier[0].day)
        return _sentence(f"For the {times} time since {since}, {side} says: {words}")
    act = saying.first.act.value
    verb = "says" if act in ("describe", "claim") else wording.act(act)
    if " and " in speaker:  # the verbs are for one
        return _sentence(f"{speaker}: {words}")
    return _sentence(f"{speaker or 'Somebody'} {verb}: {words}")


def _sentence(words: str) -> str:
    return words if words[-1:] in ".!?…" or words[-2:-1] in tuple(".!?…") else words + "."


def _nothing(sayings: Sequence[Saying]) -> str:
    return (
        "Nothing here has a day, so nothing is newer than the rest." if sayings else "Nothing has been said here yet."
    )


def _deck(new: Sequence[Saying]) -> str:
    articles = len({entry.article.id for saying in new for entry in saying.entries})
    before = sum(bool(saying.earlier) for saying in new)
    told = f"{wording.count(len(new), 'saying')} in {wording.count(articles, 'article')}"
    if not before:
        return f"{told}, {'it stands' if len(new) == 1 else 'all'} here for the first time."
    return f"{told}; {before:,} said before, {len(new) - before:,} here for the first time."


# --- what it rests on ---------------------------------------------------------------------------------------------------


def _steps(leader: Saying, sayings: Sequence[Saying]) -> tuple[Step, ...]:
    """The times it was said before; for words said anew, the last days on which that side spoke of the same other."""
    told = [*leader.earlier[:1], *leader.earlier[1:][-1:]] if leader.earlier else _before(leader, sayings)
    line = [*told, leader]
    if len(line) < 2:
        return ()
    notes = ["first here" if leader.earlier else "", *(wording.later(a.day, b.day) for a, b in pairwise(line))]
    return tuple(
        Step(saying, telling(saying, 90), _noted(saying, note)) for saying, note in zip(line, notes, strict=True)
    )


def _noted(saying: Saying, note: str) -> str:
    return ", ".join(filter(None, [wording.one_line(saying.first.speaker.name or ""), note]))


def _before(leader: Saying, sayings: Iterable[Saying]) -> list[Saying]:
    dyad = leader.first.dyad.value
    if dyad is None:
        return []
    same = (s for s in sayings if s.first.dyad.value == dyad and s.day != NO_DAY and s.day < leader.day and s.core)
    by_day: dict[str, Saying] = {}
    for saying in same:
        by_day[saying.day] = max(by_day.get(saying.day, saying), saying, key=lambda s: s.weight)
    return [by_day[day] for day in sorted(by_day)[-2:]]


def _open(saying: Saying) -> bool:
    return saying.first.act.value == "leave_open" or saying.first.status.value in ("neither", "unconfirmed")
