"""Whom the words of a source mean: a phrase such as "the ministry's spokeswoman" becomes a named speaker.

The mentions inside a source were chained through the article before (``Marks``); here the one is picked that heads the
phrase, and phrases that name nobody ("Norland officials", "the statement") are understood by their head noun
(``data/who.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from sayso.model import Mention, Span
from sayso.read.case import Case, Who

Kind = Literal["person", "body", "outlet"]

_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|these|those)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")
_JOINT = re.compile(r"^['’]?s?,?\s+(?:and|&)\s+(?:the\s+|a\s+|an\s+)?$|^,\s+(?:the\s+)?$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|and|&)?\s*(?:and)?\s*(?:the\s+)?")
_TAIL = re.compile(
    r",|\s[-–—(]|\s(?:of|for|in|from|with|who|which|that|at|to|on|by|near|familiar|close|opposed|representing|speaking"
    r"|treating|under|inside|aboard|behind|among|via|known|based)\s", re.IGNORECASE
)  # fmt: skip
_INSIDE = re.compile(
    r"(?:\b(?:of|for|to|with|by|from|in|on|at|about|treating|than|against)|['’]s?)\s+(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Named:
    """A speaker as named. ``mention``: the one it was read from, if any."""

    name: str | None
    kind: Kind | None
    id: str | None = None
    state: str | None = None
    role: str | None = None
    mention: Mention | None = None
    certainty: float = 0.5
    why: str = ""


NOBODY = Named(None, None, certainty=0.6, why="no words name a source")


@cache
def words_of_who() -> dict[str, Any]:
    """The word lists of ``data/who.toml``, each a frozenset."""
    raw = tomllib.loads((resources.files("sayso") / "data/who.toml").read_text(encoding="utf-8"))
    return {part: {name: frozenset(words) for name, words in lists.items()} for part, lists in raw.items()}


def named(case: Case, done: Mapping[int, Who]) -> Named:
    """Whom the source of a case names; ``done``: what was read of attributions before it."""
    inside = mentions_in(case, case.attribution.source)
    text = case.source_text
    plain = bare(text)
    lists = words_of_who()
    if text.lower() in lists["pair"]["words"]:
        return _pair(case)
    if plain.lower() in lists["first"]["words"]:
        return _outer(case, done)
    return (
        _document(case, inside, done)
        or _joint(case, inside)
        or _headed(case, inside)
        or _noun(case, inside, done)
        or Named(None, None, certainty=0.5, why=f"“{text}” names nobody in particular")
    )


def bare(text: str) -> str:
    """A phrase without its article or possessive pronoun, nor a possessive ending."""
    return re.sub(r"['’]s?$", "", _ARTICLE.sub("", " ".join(text.split())).strip(" ,.;:"))


def mentions_in(case: Case, spans: Sequence[Span]) -> list[Mention]:
    """The mentions that lie in spans for their greater part, in order."""
    return [
        m
        for m in case.marks.mentions
        if any(2 * (min(m.end, s.end) - max(m.start, s.start)) > m.end - m.start for s in spans)
    ]


def of_mention(m: Mention) -> Named:
    """A mention as speaker."""
    kind = kind_of(m)
    state = None if kind == "outlet" or m.former or _private_role(m) else m.state
    how = m.why or "named in the source"
    return Named(m.name, kind, m.id, state, m.role, m, min(0.97, m.certainty), how)


def kind_of(m: Mention) -> Kind:
    """Person, body or outlet; what an office or pronoun stands for is told by its card."""
    if m.kind == "medium" or (m.id or "").startswith("outlet:"):
        return "outlet"
    if (m.id or "").startswith("person:") or m.kind in ("person", "office"):
        return "person"
    return "body" if m.kind in ("state", "body", "group") or m.id else "person"


def _private_role(m: Mention) -> bool:
    private = words_of_who()["role"]["private"]
    return any(re.search(rf"\b{re.escape(word)}\b", (m.role or "").lower()) for word in private)


# --- two at once ------------------------------------------------------------------------------------------------------


def _joint(case: Case, inside: Sequence[Mention]) -> Named | None:
    """Both of "Norland and Sudland", the state of the first."""
    text = case.article.text
    ends = max(s.end for s in case.attribution.source)
    for first, second in pairwise(inside):
        between = text[first.end : second.start]
        if _JOINT.match(between) and second.end >= ends - 1 and not _apposed(case, first, second):
            return _both(first, second, 0.85)
    return None


def _apposed(case: Case, first: Mention, second: Mention) -> bool:
    """Whether a comma joins an office and its holder rather than two speakers."""
    return "and" not in case.article.text[first.end : second.start] or first.entity == second.entity


def _both(first: Mention, second: Mention, certainty: float) -> Named:
    kind = kind_of(first)
    state = None if first.former or kind == "outlet" else first.state
    name = f"{first.name} and {second.name}"
    why = "two sources named together; the first gives the state"
    return Named(name, kind, first.id, state, None, first, certainty, why)


def _pair(case: Case) -> Named:
    """For "both sides": the two states last named side by side, else the two last named."""
    before = [m for m in case.marks.mentions if m.start < case.start and m.kind in ("state", "body") and m.state]
    text = case.article.text
    for first, second in reversed(list(pairwise(before))):
        if first.state != second.state and _AND.fullmatch(text[first.end : second.start]):
            return _both(first, second, 0.75)
    last: dict[str, Mention] = {}
    for m in reversed(before):
        last.setdefault(m.state or "", m)
    if len(last) < 2:
        return Named(None, "body", certainty=0.4, why="two sides, but which is not said")
    two = sorted(list(last.values())[:2], key=lambda m: m.start)
    return _both(two[0], two[1], 0.6)


# --- one --------------------------------------------------------------------------------------------------------------


def _headed(case: Case, inside: Sequence[Mention]) -> Named | None:
    """The mention that heads the phrase: a named person outside a possessive, else the one at the head's end."""
    people = [m for m in inside if kind_of(m) == "person" and _free(case, m)]
    known = [m for m in people if m.id or m.kind == "person"]
    head = next((m for m in known), None) or next(iter(people), None) or _at_head(case, inside)
    return of_mention(head) if head else None


def _free(case: Case, m: Mention) -> bool:
    """Neither possessive nor hanging on a preposition inside the phrase."""
    text = case.article.text
    start = min(s.start for s in case.attribution.source)
    ends = max(s.end for s in case.attribution.source)
    owned = _POSSESSIVE.match(text[m.end : m.end + 2]) and m.end + 2 < ends
    return not owned and not (m.start > start and _INSIDE.search(text[start : m.start]))


def _at_head(case: Case, inside: Sequence[Mention]) -> Mention | None:
    start, end = _head(case, inside)
    text = case.article.text
    for m in reversed(inside):
        if m.start >= start and m.end <= end + 1 and not text[m.end : end].strip(" '’s]\")"):
            return m
    return None


def _head(case: Case, inside: Sequence[Mention]) -> tuple[int, int]:
    """The first noun phrase of the source: up to a comma, preposition or relative word outside every mention."""
    span = case.attribution.source[0]
    text = case.article.text[span.start : span.end]
    for cut in _TAIL.finditer(text):
        at = span.start + cut.start()
        if cut.start() > 3 and not any(m.start <= at < m.end for m in inside):
            return span.start, at
    return span.start, span.end


def _outer(case: Case, done: Mapping[int, Who]) -> Named:
    """For "I" and "we": whoever is speaking."""
    around = case.attribution.inside
    if around is not None and around in done:
        who = done[around]
        return _again(who, 0.9 * who.speaker.certainty, "first person: the one quoted")
    return Named(None, None, certainty=0.3, why="first person without a speaker")


def _noun(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """A phrase without a name, by its head noun: "senior Norland officials"."""
    start, end = _head(case, inside)
    phrase = bare(case.article.text[start:end])
    word = phrase.split()[-1].lower() if phrase else ""
    lists = words_of_who()
    if not phrase or phrase.lower() in lists["vague"]["words"] or word in lists["vague"]["words"]:
        return None
    beside = next((m for m in inside if m.state), None)
    official = word in lists["person"]["official"] or word in lists["body"]["official"]
    private = word in lists["person"]["private"] or word in lists["body"]["private"]
    if not inside and official and case.source_text.lower().startswith("the "):
        back = _back(case, done, "person" if word in lists["person"]["official"] else "body")
        if back:
            return back
    kind: Kind = "body"
    if word in lists["person"]["official"] or word in lists["person"]["private"]:
        kind = "person"
    elif word in lists["medium"]["nouns"]:
        kind = "outlet"
    state = beside.state if beside and not beside.former and kind != "outlet" and (official or not private) else None
    return Named(_full(case, phrase, start, end, inside), kind, None, state, None, beside, 0.7, f"by the noun “{word}”")


def _full(case: Case, phrase: str, start: int, end: int, inside: Sequence[Mention]) -> str:
    """The phrase, with "the country's" and the like replaced by the name they stand for."""
    pieces, at = [], start
    text = case.article.text
    for m in inside:
        if m.kind == "pronoun" and start <= m.start and m.end <= end and m.name:
            tail = "" if _POSSESSIVE.match(text[m.end : m.end + 2]) else "'s"
            pieces += [text[at : m.start], m.name, tail]
            at = m.end
    return bare("".join([*pieces, text[at:end]])) if pieces else phrase


def _back(case: Case, done: Mapping[int, Who], kind: Kind) -> Named | None:
    """The last speaker of a kind before this statement."""
    number = _last(case, done, lambda who: who.speaker.kind == kind and who.speaker.name is not None)
    if number is None:
        return None
    return _again(done[number], 0.65, "the last speaker of that kind")


def _last(case: Case, done: Mapping[int, Who], fits: Any) -> int | None:
    before = [n for n, who in done.items() if case.attributions[n].content[0].start < case.start and fits(who)]
    return max(before, key=lambda n: case.attributions[n].content[0].start, default=None)


def _again(who: Who, certainty: float, why: str) -> Named:
    s = who.speaker
    return Named(s.name, s.kind, s.id, who.state.value, s.role, who.mention, certainty, why)


def _document(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """For "the statement", "its statement", "Norland's letter": whoever issued it."""
    start, end = _head(case, inside)
    phrase = bare(case.article.text[start:end]).lower()
    lists = words_of_who()["document"]
    noun = next((n for n in lists["nouns"] if re.search(rf"\b{re.escape(n)}$", phrase)), None)
    if noun is None or any(kind_of(m) == "person" and m.kind == "person" and _free(case, m) for m in inside):
        return None
    owner = next((m for m in inside if m.end <= end), None) or next((m for m in inside if m.start >= end), None)
    if owner:
        issuer = of_mention(owner)
        return Named(issuer.name, issuer.kind, issuer.id, issuer.state, issuer.role, owner, 0.8, f"whose {noun} it is")
    if noun in lists["relayed"]:
        medium = _last_medium(case)
        if medium:
            return Named(medium.name, "outlet", medium.id, None, None, medium, 0.75, f"the medium whose {noun} it is")
    number = _last(case, done, lambda who: who.speaker.name is not None)
    return _again(done[number], 0.7, f"the {noun} of the last speaker") if number is not None else None


def _last_medium(case: Case) -> Mention | None:
    media = [m for m in case.marks.mentions if m.kind == "medium" and m.start < case.start]
    return media[-1] if media else None
