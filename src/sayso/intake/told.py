"""What a page says of itself that its reader should know: corrected, changed later, live, cut off, another page's form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sayso.intake.blocks import Line
from sayso.intake.facts import Page
from sayso.model import Note, Span
from sayso.text import lists

LONGEST = 160
"""Characters of a page's own words in a note."""


def notes(lines: Sequence[Line], page: Page, published: str | None, url: str | None) -> tuple[Note, ...]:
    """The notes on a page; ``published``: its day, ``url``: where it was fetched, if that was told."""
    found = (_corrected(lines), _changed(page, published), _live(lines, page), _stub(lines, page), _address(page, url))
    return tuple(note for note in found if note)


@cache
def _rules(kind: str) -> dict[str, Any]:
    return {name: _pattern(value) for name, value in lists.table("told")[kind].items()}


def _pattern(value: object) -> object:
    return re.compile(value, re.IGNORECASE) if isinstance(value, str) else value


def _saying(kind: str, lines: Sequence[Line]) -> Iterator[Line]:
    return (line for line in lines if _rules(kind)["line"].fullmatch(line.words))


def _corrected(lines: Sequence[Line]) -> Note | None:
    line = next(_saying("corrected", lines), None)
    if line is None:
        return None
    return Note("corrected", f"a correction: “{_short(line.words)}”", (Span(line.start, line.end),))


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[:LONGEST].rsplit(" ", 1)[0] + " …"


def _changed(page: Page, published: str | None) -> Note | None:
    if not page.changed or not published or page.changed[:10] <= published[:10]:
        return None
    return Note("changed", f"a later change: published on {published[:10]}, changed on {page.changed[:10]}")


def _live(lines: Sequence[Line], page: Page) -> Note | None:
    rules = _rules("live")
    hours = [line for line in lines if rules["hour"].fullmatch(line.words)]
    if page.live or (len(hours) >= rules["hours"] and any(_saying("live", lines))):
        return Note("live", "entries of many hours: a live blog, of which this is how it stood when it was taken")
    return None


def _stub(lines: Sequence[Line], page: Page) -> Note | None:
    """Cut off: the page says that the rest costs something, and there is little of it."""
    rules = _rules("stub")
    body = sum(len(line.words.split()) for line in lines if line.label == "body")
    if body < rules["words"] and (page.paid or any(_saying("stub", lines))):
        return Note("stub", f"a paywall: only its beginning is here ({body} words)")
    return None


def _address(page: Page, url: str | None) -> Note | None:
    if not page.url or not page.url.startswith("http"):
        return None
    if page.amp:
        return Note("amp", f"another form: it is the AMP form of {page.url}")
    if url and _place(url) != _place(page.url):
        return Note("canonical", f"another address: it calls itself {page.url}")
    return None


def _place(url: str) -> str:
    """An address without what does not make it another page."""
    return re.sub(r"^https?://(?:www\.|m\.)?|[?#].*$|/(?:index\.html?)?$", "", url.strip().lower()).rstrip("/")
