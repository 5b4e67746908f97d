"""The condition that a statement hangs on: the words of both halves, and the side that decides.

Three kinds of wording are read (``data/condition.toml``): a clause of condition ("if", "unless", "once they") before or
behind what depends on it; a demand that stands for one ("only on an equal footing", "before any talks"); a consequence
whose condition was told just before it ("In such a case"). Concessions, questions and suppositions of fact are none.
Definition: annotation guide, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from sayso.model import Condition, Span, Words
from sayso.read.case import Case
from sayso.text import lists

GAP = " "
"""Stands between the pieces of an interrupted content."""
_ASKING = frozenset(["asked", "asking", "asks", "wondered"])
_MARKS = " \t\n,.;:!?\"“”‘’'…—–"
_BREAK = re.compile(r"[.!?;…]+[\"”’']*\s+(?=[A-Z“\"‘'])|;\s+")
_HEAD = re.compile(
    r"[\s\"“”'‘’…—–,:(-]*(?:(?:and|but|so|because|that|then|saying|again|therefore|however)\b[\s,]*)*$", re.IGNORECASE
)
_OPENING = re.compile(r"[,:—–\"“(]\s*(?:and |but |then )?$|\b(?:because|that|and|but|so) $")
_COMMA = re.compile(r",[\"”’']*\s|\s(?=then\b)|[\"”]\s")
_BARE = re.compile(
    r"\s(?=(?:we|i|they|he|she|it|there) (?:will|would|could|can|may|might|must|shall)\b)", re.IGNORECASE
)
_BEHIND = re.compile(r"[\s,\"”’]*(?:but )?(?:only )?")
_CUT = re.compile(r",\s+(?:because|so|but|and that)\s+|:\s+|—\s*")
_GOES_ON = re.compile(r",[\"”’']*\s+(?:and|but|so|yet)\s+(?!if\b|unless\b)")
"""Where a clause behind its consequence ends: another main clause follows."""
_LEAST = 2
"""Words an antecedent has; one alone was cut off ("if Norland")."""
_ASKED = re.compile(r"\basked\b[^.]*$")
_FIRST = re.compile(r"[\"“”‘'\s]*(?:and |but )?(?:if|unless|once)\s+", re.IGNORECASE)


class Wordings(NamedTuple):
    """The patterns of ``condition.toml``."""

    clause: re.Pattern[str]
    shapes: tuple[tuple[str, str, re.Pattern[str]], ...]
    not_before: re.Pattern[str]
    not_after: re.Pattern[str]
    fact: re.Pattern[str]
    thinks: re.Pattern[str]
    verdict: re.Pattern[str]
    modal: re.Pattern[str]
    shown: re.Pattern[str]
    main: re.Pattern[str]
    aside: re.Pattern[str]
    in_such_a_case: re.Pattern[str]


@cache
def wordings() -> Wordings:
    """The patterns as shipped."""
    table = lists.table("condition")

    def any_of(name: str, before: str = "", after: str = "") -> re.Pattern[str]:
        return re.compile(f"{before}(?:{'|'.join(table[name])}){after}", re.IGNORECASE)

    return Wordings(
        clause=any_of("clause", r"\b", r"\s+"),
        shapes=tuple((row["id"], row["needs"], re.compile(row["pattern"], re.IGNORECASE)) for row in table["shape"]),
        not_before=any_of("not_before", r"\b", r"\s*$"),
        not_after=any_of("not_after"),
        fact=any_of("fact"),
        thinks=any_of("thinks", r"\b", r"\b"),
        verdict=re.compile(table["verdict"], re.IGNORECASE),
        modal=re.compile(table["modal"], re.IGNORECASE),
        shown=re.compile(table["shown"], re.IGNORECASE),
        main=any_of("main"),
        aside=any_of("aside", "", r"\b"),
        in_such_a_case=re.compile(r"[\s\"“‘']*" + table["in_such_a_case"], re.IGNORECASE),
    )


@dataclass(frozen=True)
class Joined:
    """The pieces of a content as one line, knowing where each character stood."""

    text: str
    pieces: tuple[tuple[int, Span], ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where ``text[start:end]`` stood, without marks and white space at its ends."""
        start, end = trimmed(self.text, start, end)
        found = ((max(at, start), min(at + s.end - s.start, end), at, s) for at, s in self.pieces)
        return tuple(Span(s.start + a - at, s.start + b - at) for a, b, at, s in found if a < b)


class Halves(NamedTuple):
    """Both halves of a condition as offsets of a line."""

    antecedent: tuple[int, int]
    consequence: tuple[int, int] | None
    why: str
    certainty: float


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without marks and white space at its ends."""
    while start < end and text[start] in _MARKS:
        start += 1
    while end > start and text[end - 1] in _MARKS:
        end -= 1
    return start, end


def joined(text: str, spans: Sequence[Span]) -> Joined:
    """The pieces with a gap between."""
    line, pieces = "", []
    for span in spans:
        line += GAP if line else ""
        pieces.append((len(line), span))
        line += text[span.start : span.end]
    return Joined(line, tuple(pieces))


# --- the facet --------------------------------------------------------------------------------------------------------


def read(case: Case) -> Condition | None:
    """The condition of one statement; None if it has none."""
    content = joined(case.article.text, case.attribution.content)
    if case.cue_text.lower() not in _ASKING:
        halves = next(found(content.text), None)
        if halves:
            return _condition(case, content, halves)
    return _told_before(case, content) or _told_behind(case, content)


def found(text: str) -> Iterator[Halves]:
    """The conditions of a text: clauses first, then other wordings."""
    for word in wordings().clause.finditer(text):
        halves = _halves(text, word)
        if halves and not _is_cut(text, halves) and not _is_none(text, word, halves):
            yield halves
    small = text.lower()
    for name, needs, shape in wordings().shapes:
        match = shape.search(text) if needs in small else None
        if match:
            yield Halves(match.span("a"), match.span("c"), f"wording '{name}'", 0.6)


def _halves(text: str, word: re.Match[str]) -> Halves | None:
    """Where the clause opens, the consequence follows it; else it stands before."""
    start, end = _sentence(text, word.start())
    why = f"clause with '{word.group().strip().lower()}'"
    split = _split(text, word.end(), end)
    before = text[start : word.start()]
    if not (_HEAD.fullmatch(before) or (split and _OPENING.search(before))):
        goes_on = _GOES_ON.search(text, word.end(), end)
        end = goes_on.start() if goes_on else end
        return Halves((word.end(), end), (_clause_start(text, start, word.start()), word.start()), why, 0.85)
    if split:
        return Halves((word.end(), split), (split + 1, end), why, 0.85)
    alone = text.startswith("not", word.end())  # "If not." hangs on the sentence before
    return Halves((word.end(), end), None, why, 0.5) if alone else None


def _is_cut(text: str, halves: Halves) -> bool:
    words = text[slice(*trimmed(text, *halves.antecedent))].split()
    return len(words) < _LEAST and words != ["not"]


def _is_none(text: str, word: re.Match[str], halves: Halves) -> bool:
    """Concessions, questions, set phrases, facts supposed."""
    known, before = wordings(), text[: word.start()]
    if known.not_before.search(before) or _ASKED.search(before) or known.not_after.match(text, word.end()):
        return True
    opening = word.group().lower()
    if opening.startswith(("should", "were")):
        return halves.consequence is None or not known.modal.search(text, *halves.consequence)
    if not opening.startswith(("if", "assuming")):
        return False
    supposed = known.fact.match(text, word.end()) or known.shown.search(text, *halves.antecedent)
    return bool(supposed) or _is_verdict(text, halves)


def _is_verdict(text: str, halves: Halves) -> bool:
    """Whether a consequence only judges what somebody thinks."""
    if halves.consequence is None:
        return False
    start, end = trimmed(text, *halves.consequence)
    return bool(wordings().verdict.match(text, start, end) and wordings().thinks.search(text, *halves.antecedent))


def _sentence(text: str, at: int) -> tuple[int, int]:
    breaks = list(_BREAK.finditer(text))
    start = max((m.end() for m in breaks if m.end() <= at), default=0)
    return start, min((m.start() for m in breaks if m.start() >= at), default=len(text))


def _split(text: str, start: int, end: int) -> int | None:
    """The comma that ends the antecedent: the first before a main clause, else the first that opens no aside."""
    commas = [m.start() for m in _COMMA.finditer(text, start, end)]
    after = {comma: trimmed(text, comma + 1, end)[0] for comma in commas}
    plain = [comma for comma in commas if not wordings().aside.match(text, after[comma], end)]
    sure = [comma for comma in plain if wordings().main.match(text, after[comma], end)]
    if sure or plain:
        return (sure or plain)[0]
    bare = _BARE.search(text, start + 8, end)
    return bare.start() if bare else None


def _clause_start(text: str, start: int, end: int) -> int:
    """Where the clause before the word begins: behind the last "because", "so" or colon."""
    cuts = [m.end() for m in _CUT.finditer(text, start, end)]
    return cuts[-1] if cuts and end - cuts[-1] > 12 else start


def _condition(case: Case, content: Joined, halves: Halves) -> Condition:
    rest = content.spans(*halves.consequence) if halves.consequence else ()
    consequence = Words(rest, case.words(rest)) if rest else _sentence_before(case)
    return _made(case, content.spans(*halves.antecedent), consequence, halves.why, halves.certainty)


def _sentence_before(case: Case) -> Words | None:
    """The sentence before the content, on which an elliptical condition bears."""
    earlier = tuple(s for s in case.marks.sentences if s.end <= case.attribution.content[0].start)[-1:]
    return Words(earlier, case.words(earlier)) if earlier else None


# --- a condition outside the content ----------------------------------------------------------------------------------


def _told_before(case: Case, content: Joined) -> Condition | None:
    """The condition of a consequence that stands alone: earlier in its sentence, or in the one before it."""
    back = wordings().in_such_a_case.match(content.text)
    region = _region(case, sentence_before=back is not None)
    opening = _FIRST.match(case.article.text, region.start, region.end) if region else None
    stop = case.article.text.find(",", opening.end(), region.end) if opening and region else -1
    if opening is None or stop < 0 or any(a.cue and opening.end() <= a.cue.start < stop for a in case.attributions):
        return None
    antecedent = (Span(*trimmed(case.article.text, opening.end(), stop)),)
    rest = content.spans(back.end() if back else 0, len(content.text))
    return _made(case, antecedent, Words(rest, case.words(rest)), "told just before its consequence", 0.6)


def _told_behind(case: Case, content: Joined) -> Condition | None:
    """The clause that goes on right behind a content that was cut before it."""
    start, text = case.attribution.content[-1].end, case.article.text
    end = next((s.end for s in case.marks.sentences if s.start < start < s.end), start)
    opening = _BEHIND.match(text, start, end)
    word = wordings().clause.match(text, opening.end(), end) if opening else None
    others = [a for a in case.attributions if a is not case.attribution]
    if word is None or any(start < s.start < end for a in others for s in (*a.content, *([a.cue] if a.cue else []))):
        return None
    antecedent = (Span(*trimmed(text, word.end(), end)),)
    spans = content.spans(0, len(content.text))
    halves = Halves((word.end(), end), None, "", 0)
    if _is_cut(text, halves) or _is_none(text, word, halves):
        return None
    return _made(case, antecedent, Words(spans, case.words(spans)), "goes on behind the words said", 0.6)


def _region(case: Case, *, sentence_before: bool) -> Span | None:
    """Where a lone consequence has its condition: the start of its sentence up to a comma, or the sentence before."""
    first = case.attribution.content[0].start
    here = [s for s in case.marks.sentences if s.start < first or (sentence_before and s.start == first)]
    if not here:
        return None
    if sentence_before and first - here[-1].start < 4:
        return here[-2] if len(here) > 1 else None
    ends_in_comma = case.article.text[here[-1].start : first].rstrip("\"”’“‘' ").endswith(",")
    return Span(here[-1].start, first) if ends_in_comma else None


def _made(case: Case, antecedent: tuple[Span, ...], consequence: Words | None, why: str, sure: float) -> Condition:
    return Condition(Words(antecedent, case.words(antecedent)), consequence, controls(case, antecedent), sure, why)


def controls(case: Case, antecedent: Iterable[Span]) -> str | None:
    """The side that decides the antecedent: the first named there that is not the speaker's own, or the other party."""
    spans = tuple(antecedent)
    inside = [m for m in case.marks.mentions for s in spans if s.start <= m.start and m.end <= s.end]
    others = [m.state for m in inside if m.state and m.state != case.speaker_state]
    if others:
        return others[0]
    if re.match(r"(?:we|i|our|my)\b", case.words(spans).lower()) or (inside and inside[0].state):
        return case.speaker_state
    return _other_party(case)


def _other_party(case: Case) -> str | None:
    """The last state named up to the end of the sentence that is not the speaker's."""
    own, end = case.speaker_state, case.sentence.end
    earlier = [m.state for m in case.marks.mentions if m.state and m.state != own and m.end <= end]
    return earlier[-1] if earlier and own else None
