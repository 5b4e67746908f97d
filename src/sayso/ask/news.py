"""What is new: a later saying against an earlier one, slot by slot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sayso.model import Hit, Link, News, Statement, Why
from sayso.text import normal

EVIDENCE = frozenset(("words", "formula"))
"""Slots that speak for one point: they tell nothing new."""

ORDER = ("polarity", "status", "condition", "force", "modality", "scope", "numbers", "object", "act", "speaker")
"""What weighs more is told first."""


def news(earlier: Hit, later: Hit, links: Iterable[Link] = ()) -> News:
    """What the later saying has that the earlier one has not: as their link tells, else as their fields do."""
    link = next((link for link in links if (link.a, link.b) == (earlier.saying, later.saying)), None)
    a, b = earlier.entry.statement, later.entry.statement
    told = {why.slot: why for why in (link.why if link else ()) if why.a != why.b and why.slot not in EVIDENCE}
    for why in _plain(a, b):
        told.setdefault(why.slot, why)
    ordered = sorted(told.values(), key=lambda why: ORDER.index(why.slot) if why.slot in ORDER else len(ORDER))
    return News(earlier, later, link.relation if link else None, tuple(ordered), _worded(a) != _worded(b))


def _plain(a: Statement, b: Statement) -> Iterator[Why]:
    ours, theirs = (each.condition.antecedent if each.condition else None for each in (a, b))
    if ours and not theirs:
        yield Why("condition", ours.text, None)
    if theirs and not ours:
        yield Why("condition", None, theirs.text, theirs.spans)
    if a.status.value != b.status.value and a.status.value and b.status.value:
        yield Why("status", a.status.value, b.status.value, b.status.spans)
    if a.dyad.value and b.dyad.value and a.dyad.value[1] != b.dyad.value[1]:
        yield Why("object", a.dyad.value[1], b.dyad.value[1], b.dyad.spans)
    if a.act.class_ != b.act.class_ and a.act.value and b.act.value:
        yield Why("act", a.act.value, b.act.value, b.act.spans)
    if not same_speaker(a, b):
        yield Why("speaker", a.speaker.name, b.speaker.name, b.speaker.spans)


def same_speaker(a: Statement, b: Statement) -> bool:
    """Whether one person or body speaks in both: by id, else by name."""
    if a.speaker.id and b.speaker.id:
        return a.speaker.id == b.speaker.id
    return normal(a.speaker.name or "") == normal(b.speaker.name or "")


def _worded(statement: Statement) -> list[str]:
    return re.findall(r"\w+", normal(statement.content.text))
