"""The words of a source as a phrase: its head, its noun, its full form."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sayso.model import Mention
from sayso.read.case import Case
from sayso.read.source.named import Kind, bare, words_of_who

_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")

_TAIL = re.compile(
    r",|\s[-–—(]|\s(?:of|for|in|from|with|who|which|that|at|to|on|by|near|familiar|close|opposed|representing|speaking"
    r"|treating|under|inside|aboard|behind|among|via|known|based)\s", re.IGNORECASE
)  # fmt: skip

_RELATIVE = re.compile(
    r",|\s[-–—(]|\s(?:who|which|that|familiar|close|speaking|briefed|opposed|involved|cited)\s", re.IGNORECASE
)

_INSIDE = re.compile(
    r"(?:\b(?:of|for|to|with|by|from|in|on|at|about|treating|than|against)|['’]s?)\s+(?:the\s+)?$", re.IGNORECASE
)


def free(case: Case, m: Mention) -> bool:
    """Neither possessive nor hanging on a preposition inside the phrase."""
    text = case.article.text
    start = min(s.start for s in case.attribution.source)
    ends = max(s.end for s in case.attribution.source)
    owned = _POSSESSIVE.match(text[m.end : m.end + 2]) and m.end + 2 < ends
    return not owned and not (m.start > start and _INSIDE.search(text[start : m.start]))


def head(case: Case, inside: Sequence[Mention]) -> tuple[int, int]:
    """The first noun phrase of the source: up to a comma, preposition or relative word outside every mention."""
    span = case.attribution.source[0]
    text = case.article.text[span.start : span.end]
    for cut in _TAIL.finditer(text):
        at = span.start + cut.start()
        if cut.start() > 3 and not any(m.start <= at < m.end for m in inside):
            return span.start, at
    return span.start, span.end


def at_head(case: Case, inside: Sequence[Mention]) -> Mention | None:
    """The mention that ends the head."""
    start, end = head(case, inside)
    text = case.article.text
    for m in reversed(inside):
        if m.start >= start and m.end <= end + 1 and not text[m.end : end].strip(" '’s]\")"):
            return m
    return None


def head_word(case: Case, inside: Sequence[Mention]) -> str:
    """The last word of the head, in small letters."""
    start, end = head(case, inside)
    return bare(case.article.text[start:end]).split(" ")[-1].lower()


def phrase_end(case: Case) -> int:
    """Where the words of a description end: with the head and its "of …"; a lone noun keeps whatever says more."""
    span = case.attribution.source[0]
    text = case.article.text[span.start : span.end]
    stop = _RELATIVE.search(text)
    ends = stop.start() if stop and stop.start() > 3 else len(text)
    cuts = [cut for cut in _TAIL.finditer(text) if 3 < cut.start() < ends]
    if not cuts:
        return span.start + ends
    keeps = cuts[0].group().strip() == "of" or " " not in bare(text[: cuts[0].start()])
    last = (cuts[1].start() if len(cuts) > 1 else ends) if keeps else cuts[0].start()
    return span.start + last


def full(case: Case, start: int, end: int, inside: Sequence[Mention]) -> str:
    """The phrase with what stands for a name put in full: "its officials", "Norland's army", "Alpha's office"."""
    pieces, at = [], start
    text = case.article.text
    for m in inside:
        owned = _POSSESSIVE.match(text[m.end : m.end + 2])
        if m.start < start or m.end > end or not (owned or m.kind == "pronoun"):
            continue
        card = case.lexicon.states.get(m.state or "") if m.kind == "state" else None
        name = f"{card.adjective}" if card and owned else f"{m.name}'s" if owned else m.name
        pieces += [text[at : m.start], name]
        at = m.end + (len(owned.group()) if owned else 0)
    return bare("".join([*pieces, text[at:end]]))


def kind_of_noun(word: str) -> Kind:
    """Person, body or outlet, by the lists."""
    lists = words_of_who()
    if word in lists["person"]["official"] or word in lists["person"]["private"]:
        return "person"
    return "outlet" if word in lists["medium"]["nouns"] else "body"


def apposition(case: Case, at: int) -> str | None:
    """The name behind a description: "the Norland daily, *Morning Post*"."""
    ends = max(s.end for s in case.attribution.source)
    found = re.match(r",\s+((?:[A-Z][\w'’.-]+\s?){1,4})$", case.article.text[at:ends])
    return found[1].strip() if found else None


def of_country(case: Case, inside: Sequence[Mention]) -> Mention | None:
    """The state itself of "the Kingdom of Norland"."""
    if bare(case.source_text).lower().split(" of ")[0] not in words_of_who()["country"]["words"]:
        return None
    return next((m for m in reversed(inside) if m.kind == "state"), None)
