"""When: the day the words were said, by time words beside the cue, by their occasion, or by the article's day.

The rules are those of the annotation guide, section 4: time words inside the content are of events, not of the saying;
words recalled from earlier have an open interval up to the recalling; an undated article gives no day, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, cached_property
from typing import Any

from sayso.model import Attribution, Day, Said, Span
from sayso.read.case import Case, Who
from sayso.text import lists

_BASIS = {"month": "relative", "year": "explicit_date", "weekday": "weekday", "today": "today",
          "relative": "relative", "explicit_date": "explicit_date"}  # fmt: skip

NEWS = 7
"""Days before the article's within which an occasion lends its day; what lies further back is told as background."""

LONGEST_PHRASE = 110
"""Characters between time words and cue; beyond, they tell of something else."""

_CLAUSE = re.compile(
    r"\b(?:that|which|who|whom|whose|where|when|after|before|while|because|although|though|if|as|since|until|but|than|killed|were|was"
    r"|is|are)\b|[;—–]|\s-\s|[\"“”]", re.IGNORECASE
)  # fmt: skip
"""What opens another clause."""


def read(cases: Sequence[Case], people: Sequence[Who]) -> tuple[Said, ...]:
    """The day of each statement of an article, in the order of the cases.

    All are read together, for an occasion (a briefing, a speech) lends its day to every statement made there, also to a
    headline that stands before it.
    """
    article = _Days(cases, people, [_stated(case) for case in cases])
    return tuple(article.of(number) for number in range(len(cases)))


@cache
def _words() -> dict[str, Any]:
    days = lists.table("days")
    return {part: {name: frozenset(words) for name, words in named.items()} for part, named in days.items()}


# --- time words beside the cue ---------------------------------------------------------------------------------------


def _stated(case: Case) -> Said | None:
    """The day told beside the cue, in its own clause."""
    mine = [day for day in case.marks.days if _is_beside(case, day) and _is_nearest(case, day)]
    if not mine:
        return None
    at = _anchors(case.attribution)[0]
    day = min(mine, key=lambda d: (d.since != d.until, _gap(d, at)))
    words = case.article.text[day.start : day.end]
    certainty = 0.9 if day.rule in ("weekday", "today", "explicit_date") else 0.8
    why, spans = f"“{words}” beside the cue", (Span(day.start, day.end),)
    return Said(day.since, day.until, _BASIS.get(day.rule, "relative"), certainty, why, spans)


def _is_beside(case: Case, day: Day) -> bool:
    """Whether time words tell of the saying.

    They stand in its sentence, outside every content that does not hold the cue, joined to cue or source by no more
    than a phrase.
    """
    a = case.attribution
    if not case.sentence.start <= day.start < case.sentence.end or not _anchors(a):
        return False
    if a.inside is not None and not _held(day, case.attributions[a.inside].content):
        return False
    if any(_held(day, other.content) and not _holds(other, a) for other in case.attributions) or _held(day, a.source):
        return False
    if _words_before(case.article.text, day) in _words()["event"]["before"]:
        return False
    between = a.cue is not None and a.source and a.source[-1].end <= day.start and day.end <= a.cue.start
    return (all if between else any)(_joined(case, day, at) for at in _anchors(a))


def _is_nearest(case: Case, day: Day) -> bool:
    """Whether no other cue of the sentence that the time words could tell of stands nearer."""
    mine = min(_gap(day, at) for at in _anchors(case.attribution))
    for number, a in enumerate(case.attributions):
        here = _anchors(a) and case.sentence.start <= _anchors(a)[0].start < case.sentence.end
        if not here or a.source == case.attribution.source or min(_gap(day, at) for at in _anchors(a)) >= mine:
            continue
        if _is_beside(replace(case, number=number), day):
            return False
    return True


def _anchors(a: Attribution) -> list[Span]:
    return [*([a.cue] if a.cue else []), *a.source]


def _holds(outer: Attribution, a: Attribution) -> bool:
    """Whether the content of one attribution holds the cue (or source) of another."""
    at = _anchors(a)[0]
    return any(s.start <= at.start and at.end <= s.end for s in outer.content)


def _joined(case: Case, day: Day, at: Span) -> bool:
    """Whether a phrase at most lies between: no verb of another clause, no other speaker."""
    text = case.article.text
    start, end = (day.end, at.start) if day.end <= at.start else (at.end, day.start)
    between = _outside(text, start, end, [*case.attribution.content, *_anchors(case.attribution)])
    if day.rule == "year" and len(between.strip()) > 3:
        return False
    if len(between) > LONGEST_PHRASE or _CLAUSE.search(between):
        return False
    return "," not in between.strip(" ,") if day.start >= at.end else True


def _outside(text: str, start: int, end: int, spans: Sequence[Span]) -> str:
    """The text between two offsets with what lies in spans left out."""
    kept, at = [], start
    for s in sorted(spans):
        if s.end > at and s.start < end:
            kept.append(text[at : max(at, s.start)])
            at = max(at, s.end)
    return "".join([*kept, text[at:end]]) if at < end else "".join(kept)


def _words_before(text: str, day: Day) -> str:
    """The word right before time words, where it is not part of them."""
    found = re.search(r"([A-Za-z]+)\s+(?:the\s+)?$", text[max(0, day.start - 20) : day.start])
    return found[1].lower() if found else ""


def _held(day: Day, spans: Sequence[Span]) -> bool:
    return any(s.start <= day.start and day.end <= s.end for s in spans)


def _gap(day: Day, at: Span) -> int:
    return max(day.start - at.end, at.start - day.end, 0)


# --- without time words ----------------------------------------------------------------------------------------------


@dataclass
class _Days:
    """The days of one article's statements as they become known."""

    cases: Sequence[Case]
    people: Sequence[Who]
    stated: Sequence[Said | None]

    def __post_init__(self) -> None:
        self.known: dict[int, Said] = {}
        self.anchor = self.cases[0].marks.anchor_day if self.cases else None

    def of(self, number: int) -> Said:
        """The day of one statement; those it depends on are read first."""
        if number not in self.known:
            self.known[number] = Said(None, None, "none", 0.5, "depends on itself")
            self.known[number] = self._read(number)
        return self.known[number]

    def _read(self, number: int) -> Said:
        case, stated = self.cases[number], self.stated[number]
        a = case.attribution
        if stated:
            return self._recalled(case, stated) if _is_often(case) and stated.to else stated
        if a.inherits is not None:
            return _lent(self.of(a.inherits), "goes on from the statement before it", 1.0)
        if self.anchor is None:
            return Said(None, None, "none", 0.9, "the article has no day")
        if a.inside is not None:
            outer = self.of(a.inside)
            return Said(None, outer.to or self.anchor, "relative", 0.78, "told by the outer speaker, so not later")
        if case.label in _words()["headline"]["labels"]:
            return self._of_body(number) or self._published()
        if self._is_open(number):
            return Said(None, self.anchor, "relative", 0.8, "recalled or standing: no day is told")
        return self._of_occasion(number) or self._published()

    def _is_open(self, number: int) -> bool:
        """Whether it was said at no told day: recalled, or standing; what leads an article is its news."""
        case = self.cases[number]
        if _is_often(case):
            return True
        if _is_noun(case) and any(self._same_speaker(n, number) for n in self._dated()):
            return False
        if case.cue_text.lower() in _words()["standing"]["says"] and self._told_in_past and not self._leads(number):
            return True
        return (_is_perfect(case) and not self._leads(number)) or _is_noun(case) or _is_standing(case)

    @cached_property
    def _told_in_past(self) -> bool:
        """Whether the article tells most of what was said in the past tense, so that "says" means a standing word."""
        cues = [case.cue_text.lower() for case in self.cases]
        present = sum(cue in _words()["standing"]["says"] for cue in cues)
        return sum(cue.endswith("ed") or cue in ("said", "told") for cue in cues) > 4 * present

    def _leads(self, number: int) -> bool:
        """Whether it stands in the first paragraph of the body."""
        case = self.cases[number]
        body = next((b for b in case.article.blocks if b.label == "body"), None)
        first = case.article.text.find("\n", body.start, body.end) if body else -1
        return body is not None and case.start < (first if first > body.start + 40 else body.end)

    def _recalled(self, case: Case, said: Said) -> Said:
        if re.search(r"\b(?:since|repeatedly|often)\b", _beside_cue(case)):
            return replace(said, from_=None, basis="relative", certainty=0.6)
        return said

    def _published(self) -> Said:
        article = self.cases[0].article
        dated = article.dateline and article.dateline.date and article.dateline.date[:10] == self.anchor
        basis, what = ("dateline", "the dateline's day") if dated else ("published", "the day of publication")
        return Said(self.anchor, self.anchor, basis, 0.82, f"no time words and no occasion: {what}")

    def _of_occasion(self, number: int) -> Said | None:
        """The day that the same speaker, else somebody of the same side, is told to have spoken on."""
        leads = self._leads(number)
        dated = [n for n in self._dated() if n != number and (leads or self._at(n) <= self._at(number))]
        own = [n for n in dated if self._same_speaker(n, number)]
        side = [n for n in dated if self._same_side(n, number)]
        for lenders, certainty in ((own, 0.97), (side, 0.87)):
            other = self._nearest(lenders, number)
            if other is not None:
                return _lent(self.stated[other], "the occasion that the speaker is told to have spoken at", certainty)
        return None

    def _at(self, number: int) -> int:
        return self.cases[number].start

    def _of_body(self, number: int) -> Said | None:
        """A headline or deck: the day of the body's first statement by the same speaker, or side."""
        above = _words()["headline"]["labels"]
        body = [n for n, c in enumerate(self.cases) if c.label not in above and c.attribution.inside is None]
        for alike in (self._same_speaker, self._same_side):
            like = [n for n in body if alike(n, number)]
            if like:
                best = max(like, key=lambda n: (_shared(self.cases[n], self.cases[number]), -n))
                return _lent(self.of(best), "the day of the same words in the body", 0.95)
        return None

    def _dated(self) -> list[int]:
        """Statements with a single day told beside their cue, of the days that the article brings news of."""
        since = _days_before(self.anchor, NEWS)
        return [
            n for n, said in enumerate(self.stated)
            if said and said.from_ and since <= said.from_ == said.to and self.cases[n].attribution.inside is None
        ]  # fmt: skip

    def _nearest(self, numbers: Sequence[int], number: int) -> int | None:
        """The last before in the same paragraph, else the first before (the main occasion), else the first after."""
        before = [n for n in numbers if self._at(n) <= self._at(number)]
        after = [n for n in numbers if self._at(n) > self._at(number)]
        text, at = self.cases[0].article.text, self._at(number)
        beside = [n for n in before if "\n" not in text[self._at(n) : at]]
        return max(beside, key=self._at) if beside else min(before or after, key=self._at, default=None)

    def _same_speaker(self, a: int, b: int) -> bool:
        one, two = self.people[a].speaker, self.people[b].speaker
        return one.name is not None and (one.name == two.name or (one.id is not None and one.id == two.id))

    def _same_side(self, a: int, b: int) -> bool:
        one, two = self.people[a], self.people[b]
        joint = any(" and " in (who.speaker.name or "") for who in (one, two))
        if joint or "body" not in {one.speaker.kind, two.speaker.kind}:
            return False
        return one.state.value is not None and one.state.value == two.state.value


def _days_before(day: str | None, days: int) -> str:
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat() if day else ""


def _lent(said: Said | None, why: str, certainty: float) -> Said:
    assert said is not None
    basis = "none" if said.to is None else "inherited"
    return Said(said.from_, said.to, basis, certainty * said.certainty, why, said.spans)


def _shared(one: Case, two: Case) -> int:
    """How many longer words two contents have in common."""
    words = [set(re.findall(r"\w{4,}", case.content_text.lower())) for case in (one, two)]
    return len(words[0] & words[1])


def _beside_cue(case: Case) -> str:
    """The words around the cue that may tell how often: outside the content, a few words each side."""
    cue = case.attribution.cue
    if cue is None:
        return ""
    before = case.article.text[max(case.sentence.start, cue.start - 60) : cue.start]
    return re.split(r"[,;:\"“”]", before)[-1].lower()


def _is_often(case: Case) -> bool:
    """Whether it was said at several times, or long ago: "has repeatedly warned"."""
    words = " ".join(re.findall(r"[\w'’]+", _beside_cue(case))[-4:])
    return any(re.search(rf"\b{re.escape(w)}\b", words) for w in _words()["recalled"]["adverbs"])


def _is_perfect(case: Case) -> bool:
    """Whether it is told as done by now: "has warned"."""
    words = re.findall(r"[\w'’]+", _beside_cue(case))[-3:]
    return any(w in _words()["recalled"]["auxiliaries"] for w in words)


def _is_noun(case: Case) -> bool:
    """Whether the cue is a noun: "its refusal to …", "Norland's claim"."""
    a = case.attribution
    cue = case.lexicon.cues.get(case.cue_text.lower().strip(" :,."))
    if cue is not None or a.cue is None or not a.source:
        return cue is not None and cue.part == "noun"
    between = case.article.text[a.source[-1].end : a.cue.start]
    owned = re.fullmatch(r"['’]s?\s+(?:\w+\s+)?", between) is not None
    return owned or case.source_text.lower() in {"its", "his", "her", "their"}


def _is_standing(case: Case) -> bool:
    lists = _words()["standing"]
    cue = case.cue_text.lower()
    return cue in lists["present"] or cue in lists["attitudes"]
