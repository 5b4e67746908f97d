"""Quotation marks of a paragraph: straight, curly, single, «angled», „low“, nested, mixed and unclosed.

A mark opens where a word starts and closes where one ends; an apostrophe does neither. A quotation that runs over
several paragraphs opens in each and closes in the last alone, so whatever is left open ends with its paragraph: damage
goes no further.
"""

from __future__ import annotations

from dataclasses import dataclass

from sayso.model import Quote
from sayso.text.sentences import paragraphs

DOUBLE = frozenset('"“”„‟«»″')
SINGLE = frozenset("'‘’‚‛‹›`")
_OPENS_ONLY = frozenset("“„«‘‚‹")
_ELIDED = ("'s ", "'em ", "'til", "'round", "'cause")


@dataclass(slots=True)
class _Open:
    """A mark that waits for its partner."""

    start: int
    family: str
    mark: str


def quotations(text: str, start: int, end: int) -> list[Quote]:
    """The quotations of ``text[start:end]`` by start, marks included; outer ones stand before those inside."""
    found: list[Quote] = []
    for paragraph in paragraphs(text, start, end):
        found += _in_paragraph(text, *paragraph)
    return found


def _in_paragraph(text: str, start: int, end: int) -> list[Quote]:
    waiting: list[_Open] = []
    found: list[Quote] = []
    for at in range(start, end):
        mark = text[at]
        if mark not in DOUBLE and mark not in SINGLE:
            continue
        family = "double" if mark in DOUBLE else "single"
        role = _role(text, at, start, end, family, waiting)
        if role == "open":
            waiting.append(_Open(at, family, mark))
        elif role == "close":
            _close(waiting, found, family, at)
    left = [
        Quote(o.start, _trimmed(text, o.start, end), False, depth)
        for depth, o in enumerate(waiting)
        if o.family == "double" or o.mark != "'"
    ]
    return sorted(found + left, key=lambda quote: (quote.start, -quote.end))


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _close(waiting: list[_Open], found: list[Quote], family: str, at: int) -> None:
    """Close the innermost open mark of the family; single marks left open inside it were apostrophes."""
    depth = max(i for i, o in enumerate(waiting) if o.family == family)
    found.append(Quote(waiting[depth].start, at + 1, True, depth))
    del waiting[depth:]


def _role(text: str, at: int, start: int, end: int, family: str, waiting: list[_Open]) -> str | None:
    """Whether the mark opens, closes, or is none (apostrophe, inches)."""
    before = text[at - 1] if at > start else " "
    after = text[at + 1] if at + 1 < end else " "
    is_open = any(o.family == family for o in waiting)
    if family == "single":
        return _single_role(text, at, before, after, waiting)
    mark = text[at]
    if mark in _OPENS_ONLY and not (is_open and mark == "“" and _low_opened(waiting)):
        return "open" if not is_open or waiting[-1].mark != '"' or _starts(before, after) else "close"
    if is_open:
        doubled = _starts(before, after) and mark == '"' and waiting[-1].family == "single"
        return "open" if doubled else "close"
    if mark == '"' and before.isdigit() and not _starts(before, after):
        return None
    return "open" if mark == '"' or _starts(before, after) else None


def _single_role(text: str, at: int, before: str, after: str, waiting: list[_Open]) -> str | None:
    mark = text[at]
    if before.isalnum() and after.isalnum():
        return None
    is_open = any(o.family == "single" for o in waiting)
    if mark in "‘‚‹" and not after.isspace():
        return "open"
    if _starts(before, after) and not is_open:
        elided = text[at : at + 6].replace("’", "'").lower()
        numeral = after.isdigit() and text[at + 1 : at + 3].isdigit()
        return None if mark == "’" or elided.startswith(_ELIDED) or numeral else "open"
    if not is_open or after.isalnum():
        return None
    plural = before in "sS" and after == " " and _closes_later(text, at, waiting)
    return None if plural else "close"


def _closes_later(text: str, at: int, waiting: list[_Open]) -> bool:
    """Whether the same paragraph has a surer closing mark, so that this one after an s is a possessive."""
    line_end = text.find("\n", at)
    rest = text[at + 1 : line_end if line_end >= 0 else len(text)]
    for i, c in enumerate(rest):
        if c in "'’" and i and not rest[i - 1].isspace() and not rest[i + 1 : i + 2].isalnum():
            return True
        if c in "‘'" and (i == 0 or rest[i - 1].isspace()):
            return False
        if c in DOUBLE and any(o.family == "double" for o in waiting):
            return False
    return False


def _starts(before: str, after: str) -> bool:
    """Whether a mark stands where words start."""
    return not after.isspace() and (before.isspace() or before in "([{—–-/:\"'“‘«…")


def _low_opened(waiting: list[_Open]) -> bool:
    return bool(waiting) and waiting[-1].mark in "„‚"
