"""Whether it was said before, as plain text: the first line answers, then sayings by day, each beside the one before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from click import style

from sayso.model import SURE, First, History, Hit, Hits, Link, News, Span, Statement, Why
from sayso.show import wording
from sayso.show.terminal import UNTOLD, cut, day, place, plain, shown, sign, who, width
from sayso.text import differing

Name = Callable[[str], str]
"""What an id is called."""

LINES = 3
"""Lines of a saying's words that are shown."""

SIDES = 4
"""Sides that are named in the first line."""

SLOTS = 3
"""Slots named in a line of news."""


@dataclass(frozen=True)
class Look:
    """How to write: width, whether words may be coloured, and what ids are called."""

    columns: int = field(default_factory=width)
    colour: bool = True
    name: Name = str

    def mark(self, words: str) -> str:
        """Words that differ."""
        return style(words, bold=True, fg="yellow") if self.colour else f"[{words}]"


# --- the answer -------------------------------------------------------------------------------------------------------


def hits(answer: Hits, look: Look | None = None) -> Iterator[str]:
    """The answer to ``seen``."""
    look = look or Look()
    yield style(first_line(answer, look), bold=True)
    for line in _around(answer, look):
        yield from wrap(plain(line), look.columns, initial_indent="  ", subsequent_indent="    ")
    found = answer.hits or answer.others
    for number, hit in enumerate(found, 1):
        yield from _hit(hit, number, _before(hit, found), look)


def first_line(answer: Hits, look: Look | None = None) -> str:
    """The answer in a line."""
    return plain(_VERDICTS[answer.verdict](answer, look or Look()))


def _yes(answer: Hits, look: Look) -> str:
    told, dated = answer.told, _dated(answer.told)
    how = "Yes" if any(hit.by == "words" for hit in told) else "Yes, in other words"
    if len(told) == 1:
        return f"{how}, once: {_once(told[0])}."
    often = wording.count(len(told), "time") if len(dated) < len(told) else f"{nth(len(told))} time"
    last = f", last on {_short(dated[-1])}" if len(dated) > 1 else ""
    new = f"; new: {_new(answer.news[0], look)}" if answer.news else ""
    return f"{how}: {often}{_when(told)}{_by(answer, look)}{last}{_undated(told)}{new}."


def _apart(answer: Hits, look: Look) -> str:
    return f"Not in these words together: all of them stand in {_many(answer.told)}{_when(answer.told)}{_by(answer, look)}."


def _conditional(answer: Hits, look: Look) -> str:
    condition = next((c.antecedent.text for hit in answer.told if (c := hit.entry.statement.condition)), "")
    told = f": “{wording.short(condition, 60)}”" if condition else ""
    return f"Only under a condition{told}. {_many(answer.told)}{_when(answer.told)}{_by(answer, look)}."


def _denied(answer: Hits, look: Look) -> str:
    return f"No, the contrary: denied in {_many(answer.told)}{_when(answer.told)}{_by(answer, look)}."


def _open(answer: Hits, look: Look) -> str:
    return f"Neither way: left open in {_many(answer.told)}{_when(answer.told)}{_by(answer, look)}."


def _days(answer: Hits, _: Look) -> str:
    asked = " ".join(f"{name} {answer.asked[name]}" for name in ("since", "until") if name in answer.asked)
    return f"Not {asked}: on other days {_many(answer.others)}{_when(answer.others)}."


def _side(answer: Hits, look: Look) -> str:
    return (
        f"Not by this side ({answer.asked.get('by')}): {_many(answer.others)}{_when(answer.others)}{_by(answer, look)}."
    )


def _object(answer: Hits, look: Look) -> str:
    asked = f" ({answer.asked['about']})" if "about" in answer.asked else ""
    return f"Not of this{asked}: of another object {_many(answer.others)}{_when(answer.others)}{_by(answer, look)}."


def _near(answer: Hits, _: Look) -> str:
    return f"Not found in this ledger{_within(answer)}; {_many(answer.others)} may mean the same."


def _no(answer: Hits, _: Look) -> str:
    asked = "; ".join(f"{name} {value}" for name, value in answer.asked.items())
    return f"No: “{answer.words}”{f' ({asked})' if asked else ''} is not in this ledger{_within(answer)}."


_VERDICTS = {
    "said": _yes, "apart": _apart, "conditional": _conditional, "denied": _denied, "open": _open,
    "other_days": _days, "other_side": _side, "other_object": _object, "near": _near, "not_found": _no,
}  # fmt: skip


def _around(answer: Hits, look: Look) -> Iterator[str]:
    """What the answer hangs on: who was first, what is new against the first, and how far this ledger reaches."""
    if len(answer.told) > 1:
        yield _counted(answer.told)
        if firsts := list(_firsts(answer.firsts, look)):
            yield f"First {'; '.join(firsts)}."
    if len(answer.news) > 1:
        yield f"Against the first: {_new(answer.news[1], look)}."
    if answer.verdict not in ("not_found", "near") and answer.bounds:
        yield f"In this ledger{_within(answer)}."


def _counted(hits: Sequence[Hit]) -> str:
    """``3 sayings on 2 days by 2 speakers, in 5 reports.``: never one number for all."""
    said = [hit.entry.statement for hit in hits]
    days = wording.count(len({day(each) for each in said if each.said.to}), "day")
    speakers = wording.count(len({each.speaker.id or each.speaker.name for each in said}), "speaker")
    reports = wording.count(len({e.article.id for hit in hits for e in (hit.entry, *hit.copies)}), "report")
    return f"{wording.count(len(hits), 'saying')} on {days} by {speakers}, in {reports}."


def _firsts(firsts: Sequence[First], look: Look) -> Iterator[str]:
    for first in firsts:
        statement = first.hit.entry.statement
        if first.of == "words":
            yield f"in these words on {_short(first.hit)} ({plain(statement.speaker.name or UNTOLD)})"
        else:
            named = statement.speaker.name if first.of == "speaker" else look.name(str(statement.state.value))
            yield f"by {plain(named or UNTOLD)} on {_short(first.hit)}"


def _within(answer: Hits) -> str:
    """``, which begins on … and covers …``: no answer without it."""
    if not (found := answer.bounds):
        return ""
    begins = f"begins on {wording.day_short(found.begins)}" if found.begins else "has no dated article"
    outlets = f" of {wording.count(found.outlets, 'outlet')}" if found.outlets else ""
    return f", which {begins} and covers {wording.count(found.articles, 'article')}{outlets}"


def nth(number: int) -> str:
    """``4th``."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _many(hits: Sequence[Hit]) -> str:
    reports = sum(hit.reports for hit in hits)
    told = wording.count(len(hits), "saying")
    return f"{told} ({reports} reports)" if reports > len(hits) else told


def _once(hit: Hit) -> str:
    when = f"on {_short(hit)}" if hit.entry.statement.said.to else f"on a day that we {UNTOLD}"
    reports = f" ({hit.reports} reports)" if hit.reports > 1 else ""
    return f"{when} by {who(hit.entry.statement)}{reports}"


def _when(hits: Sequence[Hit]) -> str:
    dated = _dated(hits)
    if not dated:
        return f", on a day that we {UNTOLD}"
    return f" since {_short(dated[0])}" if len(hits) > 1 else f" on {_short(dated[0])}"


def _undated(hits: Sequence[Hit]) -> str:
    left = len(hits) - len(_dated(hits))
    return f" ({left} on a day that we {UNTOLD})" if left and left < len(hits) else ""


def _by(answer: Hits, look: Look) -> str:
    found = answer.told or answer.others
    if answer.side:
        return f" by the {answer.side} side"
    sides = Counter(hit.entry.statement.state.value for hit in found).most_common()
    if len(sides) == 1:
        return f" by {look.name(sides[0][0])}" if sides[0][0] else ""
    told = ", ".join(f"{look.name(side)} ({number})" for side, number in sides[:SIDES] if side)
    left = sum(number for side, number in sides if not side)
    return f" by {told}" + (f", of a side that we {UNTOLD} ({left})" if left else "")


def _dated(hits: Iterable[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.entry.statement.said.to]


def _short(hit: Hit) -> str:
    from_, to = hit.entry.statement.said.from_, hit.entry.statement.said.to
    if from_ and to and from_ != to:
        return wording.between(from_, to)
    return f"{wording.day_short(to or '')}{'' if from_ else ' at the latest'}"


# --- what is new ------------------------------------------------------------------------------------------------------


def _new(news: News, look: Look) -> str:
    if not news.why:
        return "the wording alone" if news.worded else "nothing, the same words"
    return ", ".join(why(each, look.name) for each in news.why[:SLOTS])


def why(each: Why, name: Name = str) -> str:
    """How two sayings stand in a slot, in words."""
    slot = wording.table("slots").get(each.slot, each.slot)
    a, b = (part and _quoted(each.slot, part, name) for part in (each.a, each.b))
    if a == b:
        return f"same {slot}: {a}" if a else f"{slot}: {UNTOLD}"
    if not a:
        return f"{slot} {b}"
    return f"{slot} {b} (before: {a})" if b else f"no longer {slot} {a}"


def _quoted(slot: str, part: str, name: Name) -> str:
    if slot in ("object", "side", "speaker", "formula"):
        return ", ".join(dict.fromkeys(name(each.strip()) for each in re.split("[;,]", part)))
    return wording.word(part) if slot in ("act", "status", "modality") else f"“{wording.short(part, 80)}”"


# --- sayings by day ---------------------------------------------------------------------------------------------------


def _before(hit: Hit, found: Sequence[Hit]) -> Hit | None:
    """The saying that it is laid beside: the one it is linked to."""
    return next((each for each in found if hit.link and each.saying == hit.link.a), None)


def _hit(hit: Hit, number: int, before: Hit | None, look: Look) -> Iterator[str]:
    statement = hit.entry.statement
    maybe = " (suggested)" if hit.entry.level == "suggested" else ""
    head = f"{number:>3}  {day(statement)} · {who(statement)} · {statement.act.value or UNTOLD} "
    yield cut(head, look.columns - 12) + sign(statement) + maybe
    if told := list(_standing(hit, before)):
        yield style(cut(f"       {'; '.join(told)}", look.columns), italic=True)
    yield from _beside(statement, before.entry.statement if before else None, look)
    places = "; ".join(dict.fromkeys(place(entry) for entry in (hit.entry, *hit.copies)))
    reports = f" ({hit.reports} reports)" if hit.reports > 1 else ""
    ids = " · ".join(filter(None, (hit.saying or statement.id, hit.thread)))
    yield style(cut(f"       in {places}{reports} · {ids}", look.columns), dim=True)


def _standing(hit: Hit, before: Hit | None) -> Iterator[str]:
    if hit.standing != "said":
        yield str(wording.table("standings")[hit.standing])
    if hit.link and before:
        yield f"{relation(hit.link)}{_later(before, hit)}"
    elif hit.by == "sense":
        yield "in other words" if hit.match >= SURE else "perhaps the same, in other words"
    if hit.repeats:
        yield f"“{hit.repeats}”: tells itself of sayings before it"


def relation(link: Link) -> str:
    """What the later saying is to the earlier one."""
    told = wording.relation(link.relation)
    return told if link.level == "confirmed" else f"perhaps {told}"


def _later(before: Hit, hit: Hit) -> str:
    a, b = before.entry.statement.said, hit.entry.statement.said
    passed = wording.later(a.to or "", b.to or "") if a.from_ == a.to and b.from_ == b.to else ""
    return f", {passed}" if passed else ""


def _beside(statement: Statement, before: Statement | None, look: Look) -> Iterator[str]:
    """The words of a saying, those marked that the one before it has not."""
    words = shown(statement.content.text)
    marked = differing(shown(before.content.text), words)[1] if before else ()
    yield from _wrapped(words, marked, look)


def _wrapped(words: str, marked: Sequence[Span], look: Look) -> Iterator[str]:
    """Words in lines, cut behind the third, with stretches of them marked."""
    room, start = look.columns - 9, 0
    for number in range(1, LINES + 1):
        end = len(words) if len(words) - start <= room else words.rfind(" ", start, start + room + 1)
        end = start + room if end <= start else end
        more = "…" if number == LINES and end < len(words) else ""
        yield f"       {_marked(words, start, end, marked, look)}{more}"
        start = end + (words[end : end + 1] == " ")
        if start >= len(words):
            return


def _marked(words: str, start: int, end: int, marked: Sequence[Span], look: Look) -> str:
    parts, at = [], start
    for first, last in marked:
        first, last = max(first, start), min(last, end)
        if first < last:
            parts += [words[at:first], look.mark(words[first:last])]
            at = last
    return "".join([*parts, words[at:end]])


# --- a thread, a saying -----------------------------------------------------------------------------------------------


def threads(histories: Iterable[History], look: Look | None = None) -> Iterator[str]:
    """Threads, a few lines each."""
    look = look or Look()
    for found in histories:
        dated = _dated(found.hits)
        days = f" · {_short(dated[0])} to {_short(dated[-1])}" if len(dated) > 1 else ""
        sides = Counter(hit.entry.statement.state.value or UNTOLD for hit in found.hits)
        told = f"{wording.count(found.times, 'time')}{days} · {', '.join(map(look.name, sides))}"
        yield style(cut(told, look.columns), bold=True)
        yield cut(f"  {found.thread.label}", look.columns)
        yield style(f"  {found.thread.id}", dim=True)


def history(found: History, look: Look | None = None, *, reasons: bool = False) -> Iterator[str]:
    """A thread opened: its sayings by day; ``reasons`` tells of each why it belongs there."""
    look = look or Look()
    yield style(cut(f"{found.thread.id}: {wording.count(len(found.hits), 'saying')}", look.columns), bold=True)
    if found.thread.aliases:
        yield cut(f"  also {', '.join(found.thread.aliases)}, merged into it", look.columns)
    for number, hit in enumerate(found.hits, 1):
        yield from _hit(hit, number, _before(hit, found.hits), look)
        if reasons and hit.link:
            yield from _reasons(hit.link, look)
    if found.beside and reasons:
        yield "Not in it:"
        yield from (line for link in found.beside for line in _linked(link, look))


def saying(hit: Hit, links: Sequence[Link], look: Look | None = None, *, reasons: bool = False) -> Iterator[str]:
    """A saying opened: its reports, and what it is to those before it and behind it."""
    look = look or Look()
    entries = (hit.entry, *hit.copies)
    told = f"{wording.count(len(entries), 'statement')} in {wording.count(hit.reports, 'report')}"
    yield style(f"{hit.saying}: {told}", bold=True)
    for entry in entries:
        statement = entry.statement
        head = f"  {day(statement)} · {who(statement)} · {statement.act.value or UNTOLD} "
        yield cut(head, look.columns - 12) + sign(statement)
        yield from _beside(statement, hit.entry.statement if entry is not hit.entry else None, look)
        yield style(cut(f"       in {place(entry)} · {statement.id}", look.columns), dim=True)
    if hit.thread:
        yield f"thread {hit.thread}"
    for link in links:
        yield from _linked(link, look, hit.saying, reasons=reasons)


def _linked(link: Link, look: Look, of: str | None = None, *, reasons: bool = True) -> Iterator[str]:
    other = f"to {link.a}" if of in (None, link.b) else f"{link.b} is this to it"
    own = "" if of else f"{link.b} "
    yield cut(f"  {own}{relation(link)} · {other} · {link.certainty:.2f}", look.columns)
    if reasons:
        yield from _reasons(link, look)


def _reasons(link: Link, look: Look) -> Iterator[str]:
    for each in link.why:
        yield cut(f"       why: {why(each, look.name)}", look.columns)
