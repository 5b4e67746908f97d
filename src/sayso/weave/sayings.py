"""Sayings: reports of one act of saying, whatever their wording: the same side, the same day, the same point.

Headline, deck and body of one page, two agencies, two translations are one saying with all its evidence. Wording
decides little: a translation is worded anew, and what differs in one word may be another point.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from difflib import SequenceMatcher
from functools import cache
from typing import Any

from sayso.ledger import Woven
from sayso.ledger.woven import Strand, Tie
from sayso.model import OUT_OF_THREAD, Decision, Statement
from sayso.text import lists, normal
from sayso.weave.judged import Judged

_TOKEN = re.compile(r"\w+(?:'\w+)?")


@cache
def rules() -> dict[str, Any]:
    """When reports are of one saying: ``[saying]`` of ``data/threads.toml``."""
    table: dict[str, Any] = lists.table("threads")["saying"]
    return table


def adjudged(a: Statement, b: Statement, decision: Decision, *, copies: bool) -> Decision:
    """A decision on wording and meaning, with what speaker, day and page say of it: one act of saying, or said again.

    What is said in one breath was parted because it makes two points: neither says the other again.
    """
    if _one_breath(a, b) and decision.relation not in {None, *OUT_OF_THREAD}:
        return replace(decision, relation="kindred", certainty=1.0, level="confirmed")
    if one(a, b, decision, copies=copies):
        return replace(decision, relation="same_utterance")
    return replace(decision, relation="recurs") if decision.relation == "same_utterance" else decision


def one(a: Statement, b: Statement, decision: Decision, *, copies: bool) -> bool:
    """Whether two statements are reports of one act of saying, by what the later is to the earlier.

    ``copies``: whether their articles are printings of one text.
    """
    if not _one_speaker(a, b):
        return False
    if a.article == b.article:
        told = decision.relation in rules()["day"] or decision.certainty >= rules()["cut"]
        return bool(told and decision.relation in rules()["page"] and _days_apart(a, b) in (0, None))
    apart = _days_apart(a, b)
    if apart is None or apart > 0:  # a day unknown, or next to the other: only the very words can tell
        near = apart is None or apart <= int(rules()["zone"])
        return bool(near and decision.relation in rules()["day"] and (copies or telling(a, b)) and aligned(a, b))
    return bool(decision.relation in rules()["day"] and certain(a, b))


def _one_breath(a: Statement, b: Statement) -> bool:
    """Under one cue, or next to each other by one source."""
    if a.article != b.article:
        return False
    if a.cue and b.cue:
        return a.cue.spans == b.cue.spans
    one_source = a.source is not None and b.source is not None and a.source.spans == b.source.spans
    first, second = sorted((a.content.spans, b.content.spans))
    return one_source and 0 <= second[0].start - first[-1].end <= int(rules()["breath"])


def certain(a: Statement, b: Statement) -> bool:
    """Whether both days are told closely enough to speak of one occasion."""
    return all(said.from_ and said.to and _days(said.to) - _days(said.from_) <= timedelta(days=rules()["span"])
               for said in (a.said, b.said))  # fmt: skip


def telling(a: Statement, b: Statement) -> bool:
    """Whether there are words enough that their likeness is no chance."""
    return min(len(_words(each.content.text)) for each in (a, b)) >= int(rules()["telling"])


def aligned(a: Statement, b: Statement) -> bool:
    """Whether two contents are one wording, a word or two changed or cut."""
    ours, theirs = _words(a.content.text), _words(b.content.text)
    shorter, longer = sorted((len(ours), len(theirs)))
    if not shorter or shorter < rules()["length"] * longer:
        return False
    blocks = SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks()
    return bool(sum(block.size for block in blocks) >= rules()["words"] * shorter)


@cache
def _words(text: str) -> tuple[str, ...]:
    return tuple(_TOKEN.findall(normal(text)))


def _one_speaker(a: Statement, b: Statement) -> bool:
    """Persons must be one; a body and a person of one side may speak in one act (the ministry, its deputy minister)."""
    if a.state.value and b.state.value and a.state.value != b.state.value:
        return False
    if a.speaker.id and a.speaker.id == b.speaker.id:
        return True
    kinds = {a.speaker.kind, b.speaker.kind}
    if "outlet" in kinds:
        return False
    if kinds == {"person"}:
        names = [_words(each.speaker.name or "")[-1:] for each in (a, b)]
        return names[0] == names[1] != ()
    return bool(a.state.value and a.state.value == b.state.value) or (
        bool(a.speaker.name) and normal(a.speaker.name or "") == normal(b.speaker.name or "")
    )


def _days_apart(a: Statement, b: Statement) -> int | None:
    """0 if the days they were said may be one, else how many lie between; None if a day is not known."""
    ends = [(said.from_ or said.to, said.to or said.from_) for said in (a.said, b.said)]
    (from_a, to_a), (from_b, to_b) = ends
    if not (from_a and to_a and from_b and to_b):
        return None
    return max(0, (_days(from_a) - _days(to_b)).days, (_days(from_b) - _days(to_a)).days)


def _days(day: str) -> date:
    return date.fromisoformat(day[:10])


class Reports:
    """The statements of a ledger, grouped into sayings (see ``leads``)."""

    def __init__(self, woven: Woven, judged: Judged, last: str) -> None:
        self.woven, self.judged, self.last = woven, judged, last
        self.left: set[int] = set()
        """Leads of sayings that lost a statement …"""
        self.threads: set[int] = set()
        """… and of the threads that these were in."""

    def place(self, item: int) -> str:
        """By day, then id."""
        return self.woven.strand(item).place

    def lead(self, item: int) -> int | None:
        """The statement that leads its saying."""
        return self.woven.strand(item).saying

    def choose(self, item: int) -> int:
        """The saying of the earlier statement that it is most surely a report with, if no other there speaks against it."""
        ties = self.woven.before("number", item)
        same = sorted((tie for tie in ties if tie.relation == "same_utterance"), key=lambda t: (-t.certainty, t.place))
        against = {tie.saying for tie in ties if tie.relation in rules()["against"]}
        chosen = (tie.saying for tie in same if tie.saying not in against and self._fits(item, tie.saying))
        return next(chosen, item)

    def _fits(self, item: int, lead: int) -> bool:
        ours = self.woven.strand(item)
        before = [other for other in self.woven.strands("saying", lead) if other.place < ours.place]
        return all(_one_day(ours, other) and not self.judged.apart(ours.statement, other.statement) for other in before)

    def follow(self, item: int, lead: int) -> None:
        """Puts it into a saying."""
        old = self.woven.strand(item)
        if old.saying is not None and old.saying != lead:
            self.left.add(old.saying)
        if old.thread is not None:
            self.threads.add(old.thread)
        self.woven.set_saying(item, lead)

    def behind(self, lead: int, place: str) -> Iterable[int]:
        """Reports of a saying, and statements that may be."""
        if place >= self.last:
            return ()
        ours = {s.number for s in self.woven.strands("saying", lead) if s.place > place}
        return sorted(ours | self.woven.behind("saying", lead, ["same_utterance"], place))


def _one_day(a: Strand, b: Strand) -> bool:
    """Whether two days, one unknown apart, may be one or next to each other."""
    if not (a.since or a.until) or not (b.since or b.until):
        return True
    (from_a, to_a), (from_b, to_b) = [(s.since or s.until or "", s.until or s.since or "") for s in (a, b)]
    zone = timedelta(days=rules()["zone"])
    return _days(from_a) <= _days(to_b) + zone and _days(from_b) <= _days(to_a) + zone


def surest(ties: Iterable[Tie]) -> dict[int, Tie]:
    """For each saying the surest of what its statements are to others."""
    found = dict[int, Tie]()
    for tie in ties:
        if tie.saying not in found or tie.certainty > found[tie.saying].certainty:
            found[tie.saying] = tie
    return found
