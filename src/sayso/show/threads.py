"""Threads as lines in time: a step up is harder, a step down softer; every mark opens the words, every pair its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from sayso.model import Link, Span, Thread, Why
from sayso.show import wording
from sayso.show.sayings import NO_DAY, Saying
from sayso.text import differing

WIDE, NARROW = 960, 354
"""Units across: one drawing for a desk, one for a phone, so that letters keep their size."""

STEP, EDGE, LANE = 26, 6, 40
"""Units up for a harder word, at the sides, and between two rows of labels."""

NEAR = 10
"""Marks closer than this are one, with a count."""

PAIRS = 5
"""Pairs shown of a thread, the latest first."""

UP = {"hardens": 1, "softens": -1}
SHAPES = {"hardens": "up", "softens": "down", "reverses": "turn"}


class Woven(NamedTuple):
    """What the ledger has put together: ``sayings`` gives the id of a saying for the id of each of its statements."""

    threads: tuple[Thread, ...] = ()
    links: tuple[Link, ...] = ()
    sayings: Mapping[str, str] = {}


@dataclass(frozen=True)
class Mark:
    """One saying on the line, or several too close to part. ``shape``: first, again, up, down, turn."""

    x: float
    y: float
    shape: str
    saying: Saying
    told: str
    """Day, speaker and words, for its title."""
    count: int = 1
    label: tuple[float, str] | None = None
    """Height of its label, and how that is anchored; None if there is no room."""
    until: float | None = None
    """Where the days end on which it may have been said."""


@dataclass(frozen=True)
class Chart:
    """A drawing of a thread, in units."""

    width: int
    height: int
    axis: float
    path: str
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Pair:
    """Two sayings that a link joins, with their words in pieces: (words, whether only this one has them)."""

    link: Link
    earlier: Saying
    later: Saying
    kept: tuple[tuple[str, bool], ...]
    new: tuple[tuple[str, bool], ...]

    @property
    def slots(self) -> list[Why]:
        """The reasons that tell something."""
        return [why for why in self.link.why if why.a or why.b]


@dataclass(frozen=True)
class Line:
    """A thread with its sayings by day, its drawings and its pairs, latest first."""

    thread: Thread
    sayings: tuple[Saying, ...]
    charts: tuple[Chart, ...]
    pairs: tuple[Pair, ...]
    more: int = 0
    """Pairs that are not shown."""

    @property
    def label(self) -> str:
        """What it is about: the words of its last saying."""
        return wording.short(wording.one_line(self.sayings[-1].first.content.text), 90)

    @property
    def told(self) -> str:
        """Who, how often, since when."""
        dated = [s for s in self.sayings if s.day != NO_DAY]
        reports = sum(len(s.entries) for s in self.sayings)
        times = f"{wording.count(len(self.sayings), 'saying')} in {wording.count(reports, 'report')}"
        if not dated:
            return f"{times}; no page tells a day"
        first, last = (wording.day_short(s.day) for s in (dated[0], dated[-1]))
        return f"{times}, {first}" if first == last else f"{times}, {first} to {last}"


def lines(woven: Woven, sayings: Iterable[Saying]) -> list[Line]:
    """The threads that hold more than one saying, those said last first."""
    by_id = {saying.id: saying for saying in sayings}
    links = {(link.a, link.b): link for link in woven.links}
    found = []
    for thread in woven.threads:
        told = sorted((by_id[s] for s in thread.sayings if s in by_id), key=_order)
        if len(told) > 1:
            found.append(_line(thread, told, links))
    return sorted(found, key=lambda line: (_last(line), len(line.sayings), line.thread.id), reverse=True)


def _order(saying: Saying) -> tuple[bool, str, str]:
    return saying.day == NO_DAY, saying.day, saying.id


def _last(line: Line) -> str:
    return max((s.day for s in line.sayings if s.day != NO_DAY), default="")


def _line(thread: Thread, told: Sequence[Saying], links: Mapping[tuple[str, str], Link]) -> Line:
    joins = [_join(told[:n], later, links) for n, later in enumerate(told)]
    pairs = [_pair(link, told) for link in joins if link]
    pairs.reverse()
    shapes = [
        SHAPES.get(link.relation, "again") if link else "first" if not n else "again" for n, link in enumerate(joins)
    ]
    heights = _heights(joins)
    dated = [k for k, saying in enumerate(told) if saying.day != NO_DAY]
    charts = tuple(
        _chart(width, [told[k] for k in dated], [shapes[k] for k in dated], [heights[k] for k in dated])
        for width in (WIDE, NARROW)
        if len({told[k].day for k in dated}) > 1
    )
    return Line(thread, tuple(told), charts, tuple(pairs[:PAIRS]), max(0, len(pairs) - PAIRS))


def _join(before: Sequence[Saying], later: Saying, links: Mapping[tuple[str, str], Link]) -> Link | None:
    """The link by which a saying hangs on those before it: to the last of them that it has one with."""
    return next((link for a in reversed(before) if (link := links.get((a.id, later.id)))), None)


def _heights(joins: Sequence[Link | None]) -> list[int]:
    height, out = 0, []
    for link in joins:
        height += UP.get(link.relation, 0) if link else 0
        out.append(height)
    return out


def _pair(link: Link, told: Sequence[Saying]) -> Pair:
    a, b = (next(s for s in told if s.id == id_) for id_ in (link.a, link.b))
    words = [wording.one_line(s.first.content.text) for s in (a, b)]
    gone, new = differing(*words)
    return Pair(link, a, b, _parted(words[0], gone), _parted(words[1], new))


def _parted(words: str, spans: Sequence[Span]) -> tuple[tuple[str, bool], ...]:
    """Words cut where they begin or end to be marked."""
    out, at = [], 0
    for start, end in spans:
        out += [(words[at:start], False), (words[start:end], True)]
        at = end
    return tuple((piece, marked) for piece, marked in [*out, (words[at:], False)] if piece)


# --- drawing ----------------------------------------------------------------------------------------------------------


@dataclass
class _Scale:
    """Days to units."""

    first: int
    last: int
    width: int
    taken: list[list[tuple[float, float]]] = field(default_factory=list)

    def x(self, day: str) -> float:
        days = max(self.last - self.first, 1)
        return round(4 * EDGE + (_number(day) - self.first) / days * (self.width - 8 * EDGE), 1)


def _number(day: str) -> int:
    return date.fromisoformat((day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10]).toordinal()


def _chart(width: int, told: Sequence[Saying], shapes: Sequence[str], heights: Sequence[int]) -> Chart:
    scale = _Scale(_number(told[0].day), _number(told[-1].day), width)
    rows = 2 if width == WIDE else 3
    top = rows * LANE + 10 + max(heights) * STEP
    marks = [
        Mark(scale.x(s.day), float(top - h * STEP), shape, s, _told(s, shape), until=_until(s, scale))
        for s, shape, h in zip(told, shapes, heights, strict=True)
    ]
    marks = _labelled(_apart(marks), width, rows)
    spare = min((m.label[0] for m in marks if m.label), default=14.0) - 14.0
    marks, top = [_raised(m, spare) for m in marks], top - int(spare)
    axis = float(top + 42 - min(heights) * STEP)
    return Chart(width, int(axis) + 28, axis, _path(marks), _ticks(scale, width), tuple(reversed(marks)))


def _raised(mark: Mark, by: float) -> Mark:
    label = (mark.label[0] - by, mark.label[1]) if mark.label else None
    return replace(mark, y=mark.y - by, label=label)


def _told(saying: Saying, shape: str) -> str:
    speaker = wording.one_line(saying.first.speaker.name or wording.untold())
    relation = {"up": "harder", "down": "softer", "turn": "turned", "first": "first", "again": "again"}[shape]
    words = wording.short(wording.one_line(saying.first.content.text), 90)
    return f"{wording.day_short(saying.day)}, {speaker}: {words} ({relation})"


def _until(saying: Saying, scale: _Scale) -> float | None:
    when = saying.when
    if not when.from_ or not when.to or when.from_ == when.to:
        return None
    return max(scale.x(when.from_[:10]), float(EDGE))


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that would lie over one another are one: the last of them, with a count."""
    out: list[Mark] = []
    for mark in marks:
        if out and mark.x - out[-1].x < NEAR and mark.shape == "again":
            out[-1] = replace(mark, count=out[-1].count + 1, shape=out[-1].shape)
        else:
            out.append(mark)
    return out


def _labelled(marks: Sequence[Mark], width: int, rows: int) -> list[Mark]:
    """Labels where they find room, the latest first: above their mark, in the lowest row that is free."""
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]
    out = []
    for mark in reversed(marks):
        anchor = "end" if mark.x > width / 2 else "start"
        span = 6.2 * max(len(_key(mark)), 11)
        left, right = (mark.x - span, mark.x) if anchor == "end" else (mark.x, mark.x + span)
        row = next((r for r in reversed(range(rows)) if all(right < a or b < left for a, b in taken[r])), None)
        if row is not None:
            taken[row].append((left - 8, right + 8))
            mark = replace(mark, label=(row * LANE + 14.0, anchor))
        out.append(mark)
    return out[::-1]


def _key(mark: Mark) -> str:
    return key_words(mark.saying)


def key_words(saying: Saying) -> str:
    """The fewest words that tell a saying: a short quotation in it, else its beginning."""
    from sayso.show.front import telling

    return wording.short(telling(saying, 34), 34)


def _path(marks: Sequence[Mark]) -> str:
    """A line in steps: it stays where it is until the next saying moves it."""
    out = f"M{marks[0].x} {marks[0].y}"
    return out + "".join(f"H{mark.x}V{mark.y}" for mark in marks[1:])


def _ticks(scale: _Scale, width: int) -> tuple[tuple[float, str], ...]:
    """Years, or months where all lies within two."""
    first, last = date.fromordinal(scale.first), date.fromordinal(scale.last)
    if last.year - first.year >= 2:
        years = range(first.year + 1, last.year + 1)
        step = max(1, len(years) * 40 // width + 1)
        return tuple((scale.x(f"{year}-01-01"), str(year)) for year in years if (year - first.year - 1) % step == 0)
    months = [(y, m) for y in range(first.year, last.year + 1) for m in range(1, 13)]
    within = [f"{y}-{m:02}-01" for y, m in months if first < date(y, m, 1) <= last]
    step = max(1, len(within) * 64 // width + 1)
    return tuple((scale.x(day), wording.day_short(day[:7])) for day in within[::step])
