"""When: the day the words were said, by time words beside the cue, by their occasion, or by the article's day.

The rules are those of the annotation guide, section 4: time words inside the content are of events, not of the saying;
words recalled from earlier have an open interval up to the recalling; an undated article gives no day, never a guess.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Any

from sayso.model import Attribution, Day, Said, Span
from sayso.read.case import Case, Who

_BASIS = {"month": "relative", "year": "explicit_date", "weekday": "weekday", "today": "today",
          "relative": "relative", "explicit_date": "explicit_date"}  # fmt: skip


def read(cases: Sequence[Case], people: Sequence[Who]) -> tuple[Said, ...]:
    """The day of each statement of an article, in the order of the cases.

    All are read together, for an occasion (a briefing, a speech) lends its day to every statement made there, also to a
    headline that stands before it.
    """
    article = _Days(cases, people, [_stated(case) for case in cases])
    return tuple(article.of(number) for number in range(len(cases)))


@cache
def _words() -> dict[str, Any]:
    raw = tomllib.loads((resources.files("sayso") / "data/days.toml").read_text(encoding="utf-8"))
    return {part: {name: frozenset(words) for name, words in lists.items()} for part, lists in raw.items()}


# --- time words beside the cue ---------------------------------------------------------------------------------------


def _stated(case: Case) -> Said | None:
    """The day told beside the cue, in its own clause."""
    a = case.attribution
    at = a.cue or (a.source[0] if a.source else None)
    if at is None:
        return None
    mine = [day for day in _beside(case) if _owner(case, day) == _cue_key(a)]
    if not mine:
        return None
    day = min(mine, key=lambda d: _gap(d, at))
    words = case.article.text[day.start : day.end]
    certainty = 0.95 if day.rule in ("weekday", "today", "explicit_date") else 0.85
    return Said(day.since, day.until, _BASIS.get(day.rule, "relative"), certainty, f"“{words}” beside the cue",
                (Span(day.start, day.end),))  # fmt: skip


def _beside(case: Case) -> Iterator[Day]:
    """Time words of the sentence outside the content; of a nested statement, only those inside the outer content."""
    a = case.attribution
    around = case.attributions[a.inside].content if a.inside is not None else ()
    for day in case.marks.days:
        if not case.sentence.start <= day.start < case.sentence.end or _held(day, a.content):
            continue
        if not around or _held(day, around):
            yield day


def _held(day: Day, spans: Sequence[Span]) -> bool:
    return any(s.start <= day.start and day.end <= s.end for s in spans)


def _owner(case: Case, day: Day) -> tuple[int, int] | None:
    """The cue of the sentence that stands nearest to time words, among those whose content does not hold them."""
    near = [
        a
        for a in case.attributions
        if (a.cue or a.source) and _touches(a, case.sentence) and not _held(day, a.content)
        and (a.inside is None or _held(day, case.attributions[a.inside].content))
    ]  # fmt: skip
    best = min(near, key=lambda a: _gap(day, a.cue or a.source[0]), default=None)
    return _cue_key(best) if best else None


def _cue_key(a: Attribution) -> tuple[int, int] | None:
    at = a.cue or (a.source[0] if a.source else None)
    return (at.start, at.end) if at else None


def _touches(a: Attribution, sentence: Span) -> bool:
    at = a.cue or a.source[0]
    return sentence.start <= at.start < sentence.end


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
            return self._recalled(case, stated) if _is_recalled(case) and stated.to else stated
        if a.inherits is not None:
            return _lent(self.of(a.inherits), "goes on from the statement before it", 0.95)
        if self.anchor is None:
            return Said(None, None, "none", 0.9, "the article has no day")
        if a.inside is not None:
            outer = self.of(a.inside)
            return Said(None, outer.to or self.anchor, "relative", 0.75, "told by the outer speaker, so not later")
        if case.label in _words()["headline"]["labels"]:
            return self._of_body(number) or self._published()
        if _is_recalled(case) or _is_standing(case):
            return Said(None, self.anchor, "relative", 0.7, "recalled or standing: no day is told")
        return self._of_occasion(number) or self._published()

    def _recalled(self, case: Case, said: Said) -> Said:
        if re.search(r"\b(?:since|repeatedly|often)\b", _beside_cue(case)):
            return replace(said, from_=None, basis="relative", certainty=0.6)
        return said

    def _published(self) -> Said:
        article = self.cases[0].article
        dated = article.dateline and article.dateline.date and article.dateline.date[:10] == self.anchor
        basis, what = ("dateline", "the dateline's day") if dated else ("published", "the day of publication")
        return Said(self.anchor, self.anchor, basis, 0.7, f"no time words and no occasion: {what}")

    def _of_occasion(self, number: int) -> Said | None:
        """The day that the same speaker, else somebody of the same side, is told to have spoken on."""
        for alike, certainty in ((self._same_speaker, 0.9), (self._same_side, 0.75)):
            other = self._nearest([n for n in self._dated() if n != number and alike(n, number)], number)
            if other is not None:
                return _lent(self.stated[other], "the occasion that the speaker is told to have spoken at", certainty)
        return None

    def _of_body(self, number: int) -> Said | None:
        """A headline or deck: the day of the body's first statement by the same speaker, or side."""
        above = _words()["headline"]["labels"]
        body = [n for n, c in enumerate(self.cases) if c.label not in above and c.attribution.inside is None]
        for alike in (self._same_speaker, self._same_side):
            like = [n for n in body if alike(n, number)]
            if like:
                best = max(like, key=lambda n: (_shared(self.cases[n], self.cases[number]), -n))
                return _lent(self.of(best), "the day of the same words in the body", 0.85)
        return None

    def _dated(self) -> list[int]:
        """Statements with a single day told beside their cue."""
        return [
            n for n, said in enumerate(self.stated)
            if said and said.from_ and said.from_ == said.to and self.cases[n].attribution.inside is None
        ]  # fmt: skip

    def _nearest(self, numbers: Sequence[int], number: int) -> int | None:
        """The last before, else the first after."""
        at = self.cases[number].start
        before = [n for n in numbers if self.cases[n].start <= at]
        after = [n for n in numbers if self.cases[n].start > at]
        if before:
            return max(before, key=lambda n: self.cases[n].start)
        return min(after, key=lambda n: self.cases[n].start, default=None)

    def _same_speaker(self, a: int, b: int) -> bool:
        one, two = self.people[a].speaker, self.people[b].speaker
        return one.name is not None and (one.name == two.name or (one.id is not None and one.id == two.id))

    def _same_side(self, a: int, b: int) -> bool:
        one, two = self.people[a], self.people[b]
        kinds = {one.speaker.kind, two.speaker.kind}
        return one.state.value is not None and one.state.value == two.state.value and "body" in kinds


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
    for s in case.attribution.content:
        if s.end <= cue.start:
            before = before[-max(0, cue.start - s.end) :] if cue.start > s.end else ""
    return before.lower()


def _is_recalled(case: Case) -> bool:
    """Whether it is recalled: "has repeatedly warned", "had long opposed", a noun ("its refusal to …")."""
    words = re.findall(r"[\w'’]+", _beside_cue(case))[-4:]
    lists = _words()["recalled"]
    text = " ".join(words)
    often = any(re.search(rf"\b{re.escape(w)}\b", text) for w in lists["adverbs"])
    perfect = any(w in lists["auxiliaries"] for w in words[-3:])
    return often or perfect or _is_noun(case)


def _is_noun(case: Case) -> bool:
    cue = case.lexicon.cues.get(case.cue_text.lower())
    return cue is not None and cue.part == "noun"


def _is_standing(case: Case) -> bool:
    lists = _words()["standing"]
    cue = case.cue_text.lower()
    return cue in lists["present"] or cue in lists["attitudes"]
