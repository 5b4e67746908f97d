"""The condition that a statement hangs on: the words of both halves, and the side that decides (annotation guide, section 3).

Three kinds of wording are read: a clause of condition ("if", "unless", "once they …") before or behind what depends on it; a demand
that stands for one ("only on an equal footing", "not without …", "… before any talks", "… or face …"); and a consequence whose
condition was told just before it ("In such a case …"). Concessions, questions and suppositions of fact are no conditions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sayso.model import Condition, Mention, Span, Words
from sayso.read.case import GAP, Case

_WORD = re.compile(
    r"\b(?:(?:only )?if|unless|(?:as|so) long as|provid(?:ed|ing)(?: that)?|on (?:the )?condition that|in the event that|assuming that"
    r"|once(?= (?:they|he|she|it|we|you|the|its|their|his|[A-Z]))|from the moment)\s+",
    re.I,
)
_NOT_BEFORE = re.compile(
    r"(?:\b(?:even|as|what|ask(?:s|ed|ing)?|wonder(?:s|ed|ing)?|see|know|knows|knew|doubt(?:s|ed)?|sure|clear|check|tell|say|decide"
    r"|question(?:s|ed)?|matter|at|than|for|only time will tell)|[Aa]s and when)\s*$"
)
_SOURCE_ASKED = re.compile(r"\basked\b[^.]*$")
_NOT_AFTER = re.compile(r"(?:any|necessary|possible|so|ever|again|more|said|called|known)\b[^\w]*(?:$|[,.;])|(?:again|more|said|called)\b", re.I)
_SUPPOSED = re.compile(r"(?:then )?(?:this|that|it|which)(?: is| was|’s|'s| means| shows| would mean)(?! (?:going|gonna))\b", re.I)
_FACT = re.compile(r"(?:that|this|it) (?:is|was|were) (?:the case|true|so|their|his|its|what)\b|.{0,40}\b(?:aim|intention|goal)s? (?:is|was)\b")
_MAIN = re.compile(
    r"(?:then\b|(?:[^\s,]+ ){0,6}?(?:will|would|might|may|could|can|cannot|must|should|shall|won['’]t|wouldn['’]t)\b"
    r"|(?:[^\s,]+ ){0,3}?(?:\w+['’](?:ll|d)|is going|are going|am going|are ready|is ready|am ready)\b)",
    re.I,
)
_ASIDE = re.compile(r"(?:\w+s (?:that|to)|as|which|who|and|or|by|including|where|while|like|but|such)\b")
_BREAK = re.compile(r"[.!?;…]+[\"”’']*\s+(?=[A-Z“\"‘'])|;\s+|" + re.escape(GAP.strip() + "\n"))
_HEAD = re.compile(r"[\s\"“”'‘’…—–,:(-]*(?:(?:and|but|so|because|that|then|saying|again|therefore|however)\b[\s,]*)*$", re.I)
_TAIL = " \t\n,.;:!?\"“”‘’'…—–"

_SHAPES = (
    ("only on terms", re.compile(
        r"(?P<c>[^.;]*\bonly\b[^.;,]*?)\s+(?P<a>(?:based on|on (?:the basis|condition)s?|on (?:an? |the |our |its )?[\w ]*?(?:footing|basis|terms|equality)"
        r"|after|when|with|through|by)\b[^.;]*)", re.I)),
    ("not without", re.compile(
        r"(?P<c>[^.;,]*\b(?:impossible|not possible|cannot|can['’]t|can not|could not|no [\w ]{0,30}?)\b[^.;]*?)\s+(?P<a>without \w+ing\b[^.;]+)", re.I)),
    ("not until", re.compile(
        r"(?P<c>[^.;]*\b(?:not|no|never|n['’]t|nothing|stay|remain)\b[^.;]*?)\s+until (?P<a>(?=[^.;]*\b(?:they|he|it|the|[A-Z]\w+)\b)(?!then|now|the end|late|early)[^.;,]{12,})")),
    ("first the one, then the other", re.compile(
        r"(?P<a>[^.;]*\b(?:must|needs?|needed|should|ha[sd] to|have to|take|demonstrate|halt|end|stop)\b[^.;]*?)\s+before "
        r"(?P<c>(?:any |the |there )?[^.;,]*\b(?:talks?|dialogues?|negotiations?|agreement|deal|lifted|normalis\w+|normaliz\w+|meeting)\b[^.;]*)", re.I)),
    ("the one or the other", re.compile(r"(?P<a>[^.;]{12,}?),? or (?P<c>(?:else|face|risk)\b[^.;]+)", re.I)),
)  # fmt: skip
_THEN = re.compile(r"[\s\"“‘']*(?:in (?:such|that|this) (?:a |an )?(?:case|scenario|event|situation)|otherwise|if so)\b,?", re.I)


@dataclass(frozen=True)
class Joined:
    """The pieces of a content as one line, knowing where each character stood."""

    text: str
    pieces: tuple[tuple[int, Span], ...]

    def spans(self, start: int, end: int) -> tuple[Span, ...]:
        """Where ``text[start:end]`` stood, without marks and white space at its ends."""
        while start < end and self.text[start] in _TAIL:
            start += 1
        while end > start and self.text[end - 1] in _TAIL:
            end -= 1
        found = ((max(at, start), min(at + s.end - s.start, end), at, s) for at, s in self.pieces)
        return tuple(Span(s.start + a - at, s.start + b - at) for a, b, at, s in found if a < b)


@dataclass(frozen=True)
class Halves:
    """Offsets of both halves in a joined text."""

    antecedent: tuple[int, int]
    consequence: tuple[int, int] | None
    why: str
    certainty: float


def joined(text: str, spans: Sequence[Span]) -> Joined:
    """The pieces with a gap between."""
    line, pieces = "", []
    for span in spans:
        line += " … " if line else ""
        pieces.append((len(line), span))
        line += text[span.start : span.end]
    return Joined(line, tuple(pieces))


def read(case: Case) -> Condition | None:
    """The condition of one statement; None if it has none."""
    content = joined(case.article.text, case.attribution.content)
    if case.cue_text.lower() not in ("asked", "asking", "asks", "wondered"):
        for halves in (*clauses(content.text), *shapes(content.text)):
            return _condition(case, content, halves)
    return _told_before(case, content)


def clauses(text: str) -> Iterator[Halves]:
    """Conditions by a clause ("if …"), in order."""
    for match in _WORD.finditer(text):
        halves = _halves(text, match)
        if halves and not _is_none(text, match, halves):
            yield halves


def _halves(text: str, word: re.Match[str]) -> Halves | None:
    start, end = _sentence(text, word.start())
    why = f"clause with '{word.group().strip().lower()}'"
    split = _split(text, word.end(), end)
    opens = _HEAD.fullmatch(text, start, word.start()) or (
        split and re.search(r"[,:—–\"“(]\s*(?:and |but |then )?$|\b(?:because|that|and|but|so) $", text[start : word.start()])
    )
    if opens:
        if split is None:
            return Halves((word.end(), end), None, why, 0.5) if re.match(r"not\b", text[word.end() :]) else None
        return Halves((word.end(), split), (split + 1, end), why, 0.85)
    return Halves((word.end(), end), (_clause_start(text, start, word.start()), word.start()), why, 0.85)


def _is_none(text: str, word: re.Match[str], halves: Halves) -> bool:
    """Concessions, questions, set phrases, facts supposed."""
    before, after = text[: word.start()], text[word.end() :]
    if _NOT_BEFORE.search(before) or _NOT_AFTER.match(after) or _SOURCE_ASKED.search(before):
        return True
    if word.group().lower().startswith(("if", "assuming")):
        if _FACT.match(after):
            return True
        then = text[slice(*halves.consequence)].lstrip(_TAIL) if halves.consequence else ""
        thinks = re.search(r"\b(?:thinks?|takes? .{1,40} seriously|believes?)\b", text[slice(*halves.antecedent)])
        return bool(_SUPPOSED.match(then) and (thinks or then.lower().startswith("then"))) or bool(thinks and _SUPPOSED.search(then))
    return False


def _sentence(text: str, at: int) -> tuple[int, int]:
    starts = [m.end() for m in _BREAK.finditer(text, 0) if m.end() <= at]
    after = next((m.start() for m in _BREAK.finditer(text, at)), len(text))
    return (starts[-1] if starts else 0), after


def _split(text: str, start: int, end: int) -> int | None:
    """The comma (or "then") that ends the antecedent: the first before a main clause, else the first that opens no aside."""
    commas = [m.start() for m in re.finditer(r",[\"”’']*\s|\s(?=then\b)|[\"”]\s", text[start:end])]
    commas = [start + c for c in commas]
    for comma in commas:
        rest = text[comma + 1 : end].lstrip(_TAIL)
        if not _ASIDE.match(rest) and _MAIN.match(rest):
            return comma
    return next((c for c in commas if not _ASIDE.match(text[c + 1 : end].lstrip(_TAIL))), None) or _bare_split(text, start, end)


def _bare_split(text: str, start: int, end: int) -> int | None:
    """Without a comma: before the pronoun whose clause has a modal verb."""
    match = re.compile(r"\s(?=(?:we|i|they|he|she|it|there) (?:will|would|could|can|may|might|must|shall)\b)", re.I).search(text, start + 8, end)
    return match.start() if match else None


def _clause_start(text: str, start: int, end: int) -> int:
    """Where the clause before the word begins: behind the last "because", "that", "so" with a comma."""
    cuts = [m.end() for m in re.finditer(r",\s+(?:because|so|but|and that)\s+|:\s+|—\s*", text[start:end])]
    return start + cuts[-1] if cuts and end - start - cuts[-1] > 12 else start


def shapes(text: str) -> Iterator[Halves]:
    """Conditions without a clause of their own."""
    for name, shape in _SHAPES:
        match = shape.search(text)
        if match:
            yield Halves(match.span("a"), match.span("c"), f"wording '{name}'", 0.6)


# --- told outside the content -----------------------------------------------------------------------------------------


def _told_before(case: Case, content: Joined) -> Condition | None:
    """A consequence whose condition opens its sentence before the content, or stands in the sentence before ("In such a case …")."""
    text, first = case.article.text, case.attribution.content[0].start
    back = _THEN.match(content.text)
    sentences = [s for s in case.marks.sentences if s.start < first]
    if not sentences:
        return None
    here = sentences[-1]
    region = sentences[-2] if back and len(sentences) > 1 and first - here.start < 4 else Span(here.start, first)
    match = re.compile(r"[\"“”‘'\s]*(?:and |but )?(?P<if>(?:if|unless|once)\s+)", re.I).match(text, region.start, region.end)
    if not match or (region.end == first and not re.search(r",[\"”’'\s]*$", text[region.start : region.end])):
        return None
    stop = text.find(",", match.end(), region.end)
    if stop < 0:
        return None
    source = joined(text, [Span(match.end(), stop)])
    if any(a.cue and match.end() <= a.cue.start < stop for a in case.attributions):
        return None
    after = back.end() if back else 0
    consequence = Words(content.spans(after, len(content.text)), content.text[after:].strip(_TAIL))
    return _made(case, source.spans(0, len(source.text)), consequence, "told just before its consequence", 0.6)


def _condition(case: Case, content: Joined, halves: Halves) -> Condition:
    rest = content.spans(*halves.consequence) if halves.consequence else ()
    consequence = Words(rest, case.words(rest)) if rest else _before(case)
    return _made(case, content.spans(*halves.antecedent), consequence, halves.why, halves.certainty)


def _before(case: Case) -> Words | None:
    """The sentence before the content, where an elliptical condition finds what depends on it."""
    earlier = [s for s in case.marks.sentences if s.end <= case.attribution.content[0].start]
    return Words(earlier[-1:] and (earlier[-1],), case.words(earlier[-1:])) if earlier else None


def _made(case: Case, antecedent: tuple[Span, ...], consequence: Words | None, why: str, certainty: float) -> Condition:
    return Condition(Words(antecedent, case.words(antecedent)), consequence, controls(case, antecedent), certainty, why)


def controls(case: Case, antecedent: Sequence[Span]) -> str | None:
    """The side that decides the antecedent: its first party that is not the speaker's own; "they" and no name mean the other party."""
    inside = [m for m in case.marks.mentions for s in antecedent if s.start <= m.start and m.end <= s.end]
    others = [m for m in inside if m.state and m.state != case.speaker_state]
    if others:
        return others[0].state
    words = case.words(antecedent).lower()
    if re.match(r"(?:we|i|our|my)\b", words) or (inside and inside[0].state):
        return case.speaker_state
    return _other_party(case)


def _other_party(case: Case) -> str | None:
    """The last state named up to the end of the sentence that is not the speaker's."""
    own, end = case.speaker_state, case.sentence.end
    earlier: list[Mention] = [m for m in case.marks.mentions if m.state and m.state != own and m.end <= end]
    return earlier[-1].state if earlier and own else None
