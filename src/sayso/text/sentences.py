"""Paragraphs and sentences.

``sentencex`` proposes ends inside a paragraph; rules of our own join what it parts too early (titles, initials), part
what it leaves whole (sentences inside quotation marks) and cut a wire report's dateline, which no splitter gets right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.model import Span
from sayso.text.lists import word_lists

_BREAK = re.compile(r"\n\s*\n|\n")
_CLOSERS = "\"'”’»›)]"
_INNER_END = re.compile(r"(?<![.\s])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZÀ-ÞА-Я])")

_LISTS = word_lists("text")
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}$|\b[ap]\.m\.$")
_LAST_WORD = re.compile(r"([\w.-]+)\.[\"'”’»)\]]*\s*$")
_TRAILING = re.compile(r"\b(?:when|if|that|and|but|because|which|who|the|a|of|to|in|for|with)\s?(?:\.\.\.|…)$")
"""Words that no sentence ends on: three dots behind them stand for words left out."""
_SAID_AHEAD = re.compile(r"(?:[A-Z][\w.'’-]*\s|the\s|\w+\s){1,4}?(?:said|says|asked|added|replied|told|wrote)\b")
_NAME_AHEAD = re.compile(r"[A-Z][\w'’-]+")

_DATELINE = re.compile(
    r"""\s*(?:(?:date|published|updated)?\s*\d{4}-\d\d-\d\d\s+)?      # a date glued before it
    (?:[A-Z][A-Z.'’-]+(?:[ -][A-Z][A-Z.'’-]*){0,3}                   # MOSCOW, NEW YORK
    (?:,\s[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?                            # , Russia
    (?:,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)?  # , January 24
    |[A-Z][a-z]+(?:\s[A-Z][a-z]+)?,\s(?:[A-Z][a-z]{2,8}\.?\s\d{1,2}|\d{1,2}\s[A-Z][a-z]{2,8}\.?)(?:,?\s\d{4})?)
    (?:\.?\s*[(/\[][^)/\]\n]{2,40}[)/\]]\.?\s*(?:[-–—]+\s+)?         # /TASS/. or (Reuters) -
    |\s*[-–—]{1,2}\s+)""",
    re.VERBOSE,
)


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Lines of ``text[start:end]`` that are not empty, without the white space around them."""
    at = start
    for found in [*(m.span() for m in _BREAK.finditer(text, start, end)), (end, end)]:
        line = text[at : found[0]]
        bare = line.strip()
        if bare:
            first = at + len(line) - len(line.lstrip())
            yield Span(first, first + len(bare))
        at = found[1]


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the words after a wire report's dateline start ("PORT, May 4. /NNA/. "), else ``start``."""
    found = _DATELINE.match(text, start, min(end, start + 140))
    return found.end() if found else start


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of ``text[start:end]``, in order, without white space around; a dateline is one of its own."""
    found: list[Span] = []
    for first, last in paragraphs(text, start, end):
        body = dateline_end(text, first, last)
        if body > first:
            found.append(_bare(text, first, body))
        if body < last:
            found += _in_paragraph(text, body, last)
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Span]:
    ends = sorted(e for e in _proposed(text, start, end) if not _goes_on(text, start, e, end))
    spans = [_bare(text, a, b) for a, b in zip([start, *ends], [*ends, end], strict=True)]
    return [span for span in spans if span.start < span.end]


def _proposed(text: str, start: int, end: int) -> set[int]:
    """Where ``sentencex`` or a mark inside a quotation lets a sentence start."""
    from sentencex import segment

    starts, at = set(), start
    for piece in segment("en", text[start:end]):
        at += len(piece)
        starts.add(at)
    starts.discard(at)
    return starts | {m.end() for m in _INNER_END.finditer(text, start, end)}


def _goes_on(text: str, start: int, at: int, end: int) -> bool:
    """Whether the sentence goes on over ``at``: after a title or initial, or before what cannot start one."""
    before, after = text[max(start, at - 24) : at].rstrip(), text[at : min(end, at + 24)]
    if not before or not after or after[0] in ",;)" or after[0].islower() or before[-1] in ",;":
        return True
    if before.endswith("...") and not before[:-3].rstrip().endswith((".", "!", "?")) and after[0].islower():
        return True
    if _TRAILING.search(before):
        return True
    if before[-1] in _CLOSERS and before[-2:-1] in {"?", "!"} and _SAID_AHEAD.match(text, at, min(end, at + 48)):
        return True
    if _ACRONYM.search(before):
        return _name_goes_on(after)
    last = _LAST_WORD.search(before)
    return last is not None and before.endswith(".") and _is_abbreviation(last[1], after)


def _name_goes_on(after: str) -> bool:
    """After "U.S.": a name ("President", "Moscow" not) goes on; quotation marks and starters do not."""
    name = _NAME_AHEAD.match(after)
    return name is not None and name[0] not in _LISTS["starters"]


def _is_abbreviation(word: str, after: str) -> bool:
    bare = word.rsplit(".", 1)[-1].lower()
    if len(bare) == 1 and bare.isalpha() and word[-1].isupper() and word != "I":
        return True
    if bare in _LISTS["before_number"]:
        return after[:1].isdigit()
    return bare in _LISTS["abbreviations"]


def _bare(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, max(first, start + len(piece.rstrip())))
