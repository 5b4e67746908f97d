"""Entries put together as a reader meets them: copies under one saying, sayings by day, by speaker, by how often before.

Reports of the same words by the same speaker, of days that may be one, are one saying. What is alike in meaning only is
not joined here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from sayso import ids
from sayso.model import Entry, Said, Statement
from sayso.text import normal

NO_DAY = "none"
"""The key of sayings without a day."""

SURE = 0.8
"""A statement read less surely does not lead."""

FEW, MANY = 5, 40
"""Words of a saying that can be understood by itself, and taken in at a glance."""

SAME_DAYS = timedelta(days=1)
"""Reports of one saying may differ by a night and a time zone, not by more."""


@dataclass(eq=False)
class Saying:
    """One act of saying with its reports in order of input; ``earlier``: the same side in the same words on days before."""

    entries: list[Entry]
    earlier: tuple[Saying, ...] = field(default=(), repr=False)
    woven: str | None = None
    """Its id in the ledger, if the ledger has put it together."""

    @property
    def first(self) -> Statement:
        """The report that stands for it."""
        return self.entries[0].statement

    @cached_property
    def id(self) -> str:
        """``sy_``, from the id of its first statement."""
        return self.woven or ids.content_id("sy_", self.first.id)

    @cached_property
    def when(self) -> Said:
        """The day said: the most exact that a report gives."""
        return min((entry.statement.said for entry in self.entries), key=_vagueness)

    @cached_property
    def day(self) -> str:
        """The day under which it is listed: the last on which it may have been said; ``none`` without one."""
        return (self.when.to or self.when.from_ or NO_DAY)[:10]

    @property
    def dated(self) -> bool:
        """Whether the page tells one day."""
        return self.when.from_ is not None and self.when.from_ == self.when.to

    @property
    def side(self) -> str:
        """Whose word it is: the state, else the speaker."""
        return self.first.state.value or _speaker(self.first)

    @property
    def core(self) -> bool:
        """Whether it bears on relations between states."""
        return bool(self.first.core.value)

    @cached_property
    def articles(self) -> int:
        """How many texts report it."""
        return len({entry.article.id for entry in self.entries})

    @cached_property
    def weight(self) -> tuple[bool, bool, bool, int, float]:
        """What leads an occasion: between states, surely read, towards a party in words that stand by themselves, a marked tone."""
        first = self.first
        alone = FEW <= len(first.content.text.split()) <= MANY
        sure = first.certainty >= SURE and first.act.value is not None
        return (
            self.core,
            sure,
            alone and first.dyad.value is not None,
            abs(first.polarity.value or 0),
            first.act.certainty,
        )


@dataclass(frozen=True)
class Occasion:
    """What one speaker says on one day towards one side."""

    sayings: tuple[Saying, ...]

    @property
    def head(self) -> Saying:
        """The saying that leads."""
        return self.sayings[0]


@dataclass(frozen=True)
class Day:
    """A day with its occasions, the weightiest first."""

    key: str
    occasions: tuple[Occasion, ...]

    @property
    def sayings(self) -> list[Saying]:
        """All of the day."""
        return [saying for occasion in self.occasions for saying in occasion.sayings]


def folded(entries: Iterable[Entry], woven: Mapping[str, str] | None = None) -> list[Saying]:
    """The sayings told by entries, in order of input.

    ``woven`` gives the id of a saying for the id of each of its statements; what it does not hold goes by its wording.
    """
    same = defaultdict[object, list[Saying]](list)
    sayings: list[Saying] = []
    for entry in entries:
        known_as = (woven or {}).get(entry.statement.id)
        key = known_as or _wording(entry.statement)
        known = next((s for s in same[key] if known_as or _one_day(s.when, entry.statement.said)), None)
        if known and key[0]:
            known.entries.append(entry)
            known.__dict__.pop("when", None)  # a copy may know the day better
        else:
            same[key].append(Saying([entry], woven=known_as))
            sayings.append(same[key][-1])
    _recount(sayings)
    return sayings


def follow(sayings: Iterable[Saying], threads: Iterable[Sequence[str]]) -> None:
    """Gives every dated saying of a thread those of the thread on days before."""
    by_id = {saying.id: saying for saying in sayings}
    for thread in threads:
        told = sorted((by_id[s] for s in thread if s in by_id and by_id[s].day != NO_DAY), key=lambda s: s.day)
        for number, saying in enumerate(told):
            saying.earlier = tuple(s for s in told[:number] if s.day < saying.day)


def _recount(sayings: Iterable[Saying]) -> None:
    """Gives every dated saying those of its side in the same words on days before."""
    before = defaultdict[tuple[str, str], list[Saying]](list)
    for saying in sorted((s for s in sayings if s.day != NO_DAY), key=lambda s: s.day):
        words = _wording(saying.first)[0]
        if len(words.split()) < 3:
            continue  # "the call" says nothing by itself
        told = before[saying.side, words]
        saying.earlier = tuple(s for s in told if s.day < saying.day)
        told.append(saying)


def days(sayings: Iterable[Saying]) -> list[Day]:
    """Sayings by day, newest first, those without a day last."""
    by_day = defaultdict[str, list[Saying]](list)
    for saying in sayings:
        by_day[saying.day].append(saying)
    keys = sorted(by_day, key=lambda key: (key != NO_DAY, key), reverse=True)
    return [Day(key, _occasions(by_day[key])) for key in keys]


def _occasions(sayings: Sequence[Saying]) -> tuple[Occasion, ...]:
    groups = defaultdict[object, list[Saying]](list)
    for saying in sayings:
        groups[_speaker(saying.first), saying.first.dyad.value].append(saying)
    occasions = [Occasion(_leader_first(group)) for group in groups.values()]
    return tuple(sorted(occasions, key=lambda occasion: occasion.head.weight, reverse=True))


def _leader_first(sayings: list[Saying]) -> tuple[Saying, ...]:
    leader = max(sayings, key=lambda saying: saying.weight)
    return leader, *(saying for saying in sayings if saying is not leader)


def _speaker(statement: Statement) -> str:
    return statement.speaker.id or normal(statement.speaker.name or "")


def _wording(statement: Statement) -> tuple[str, str]:
    words = "".join(c if c.isalnum() else " " for c in normal(statement.content.text))
    return " ".join(words.split()), _speaker(statement)


def _vagueness(when: Said) -> tuple[bool, bool, bool]:
    return when.to is None and when.from_ is None, when.from_ is None or when.to is None, when.from_ != when.to


def _one_day(a: Said, b: Said) -> bool:
    """Whether two reports may be of one day; a day that cannot be told may be any."""
    ends = [_day(a.from_ or a.to), _day(a.to or a.from_), _day(b.from_ or b.to), _day(b.to or b.from_)]
    from_a, to_a, from_b, to_b = ends
    if not (from_a and to_a and from_b and to_b):
        return True
    return from_a <= to_b + SAME_DAYS and from_b <= to_a + SAME_DAYS


def _day(day: str | None) -> date | None:
    try:
        return date.fromisoformat(day[:10]) if day else None
    except ValueError:
        return None
