"""Paragraphs and sentences.

``sentencex`` proposes ends inside a paragraph; rules of our own join what it parts too early (titles, initials, numbers), part
what it leaves whole (sentences inside quotation marks) and cut the dateline of a wire report, which no splitter gets right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sayso.model import Span

_BREAK = re.compile(r"\n\s*\n|\n")
_CLOSERS = "\"'”’»›)]"
_INNER_END = re.compile(r"(?<![.\s])[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZÀ-ÞА-Я])")

ABBREVIATIONS = frozenset(
    """mr mrs ms dr prof sen rep gov gen lt col maj capt cmdr cpl sgt adm brig pres hon rev st mt ft vs v no nos art
    jan feb mar apr jun jul aug sep sept oct nov dec amb sec dept asst supt atty fr msgr sir ph al etc inc corp co ltd
    messrs mmes vol fig approx est ret det insp const pvt spc""".split()
)
"""Abbreviations after which a capital letter does not start a sentence ("etc", "co" may: they are joined only before a name)."""

_MAY_END = frozenset({"etc", "inc", "corp", "co", "ltd", "al", "no", "nos", "ret", "mar", "est", "art"})
_ACRONYM = re.compile(r"(?:[A-Z]\.){2,}$|\b[ap]\.m\.$")
_LAST_WORD = re.compile(r"([\w.-]+)\.[\"'”’»)\]]*\s*$")
_SAID_AHEAD = re.compile(r"(?:[A-Z][\w.'’-]*\s|the\s|\w+\s){1,4}?(?:said|says|asked|added|replied|told|wrote)\b")
_NAME_AHEAD = re.compile(r"[A-Z][\w'’-]+")

_STARTERS = frozenset(
    """The A An But And In On At He She It They We I You This That These Those However Moscow Washington Beijing Meanwhile
    There If When While After Before Since As For Both Such Its His Her Their Some Many Most No Not Also Earlier Later
    Asked What Why How Who Where So Yet Still Now Then""".split()
)
"""Words that start a sentence rather than go on with a name after "U.S."."""

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
        line = text[at:found[0]]
        bare = line.strip()
        if bare:
            first = at + len(line) - len(line.lstrip())
            yield Span(first, first + len(bare))
        at = found[1]


def dateline_end(text: str, start: int, end: int) -> int:
    """Where the words after a wire report's dateline start ("MOSCOW, January 24. /TASS/. "); ``start`` if there is none."""
    found = _DATELINE.match(text, start, min(end, start + 140))
    return found.end() if found else start


def sentences(text: str, start: int, end: int) -> list[Span]:
    """The sentences of ``text[start:end]``, in order, white space around them left out; a dateline is one of its own."""
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
    """Whether the sentence goes on over ``at``: after a title, an initial, a number, or before what cannot start one."""
    before, after = text[max(start, at - 24):at].rstrip(), text[at:min(end, at + 24)]
    if not before or not after or after[0] in ",;)" or after[0].islower() or before[-1] in ",;":
        return True
    if before.endswith("...") and not before[:-3].rstrip().endswith((".", "!", "?")) and after[0].islower():
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
    return name is not None and name[0] not in _STARTERS


def _is_abbreviation(word: str, after: str) -> bool:
    bare = word.rsplit(".", 1)[-1].lower()
    if len(bare) == 1 and bare.isalpha() and word[-1].isupper() and word != "I":
        return True
    if bare in {"no", "nos", "art"}:
        return after[:1].isdigit()
    if bare in _MAY_END:
        return False
    return bare in ABBREVIATIONS


def _bare(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    first = start + len(piece) - len(piece.lstrip())
    return Span(first, max(first, start + len(piece.rstrip())))
