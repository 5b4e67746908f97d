"""Traps and pages: words that must not become statements, and what a page tells about itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from benchmarks.files import Record
from benchmarks.scoring.fields import characters, spans_of
from benchmarks.scoring.statements import FOUND, article_of
from benchmarks.scoring.words import same_name, words_of

PAGE_FIELDS = ("title", "outlet", "agency", "author", "dateline_place", "dateline_date", "published")
DAYS = ("published", "dateline_date")

EDGE = 3
"""Characters that a content may reach over the edge of a glued headline, for marks and blanks."""


class Sprung(NamedTuple):
    """A trap that a statement fell into."""

    article: str
    kind: str
    words: str


def sprung_traps(texts: Mapping[str, str], traps: Iterable[Record], found: Sequence[Record]) -> list[Sprung]:
    """A trap is sprung when a statement's content lies mostly (half of its letters) inside the trap's words (where they
    stand more than once, the last time), when it crosses the edge of a glued headline, or when an undated article is
    given a date.
    """
    by_article: dict[str | None, list[Record]] = defaultdict(list)
    for record in found:
        by_article[article_of(record, texts)].append(record)
    checked = ((trap, _caught(texts[trap["article"]], trap, by_article[trap["article"]])) for trap in traps)
    return [Sprung(trap["article"], trap["kind"], words) for trap, words in checked if words]


def _caught(text: str, trap: Record, found: Iterable[Record]) -> str | None:
    if trap["kind"] == "undated":
        return next((str(p["published"]) for p in found if p.get("type") == "article" and p.get("published")), None)
    start = text.rfind(trap["text"])
    end = start + len(trap["text"])
    if start < 0 or not characters(text, [(start, end)]):
        return None
    contents = (spans_of(p.get("content")) for p in found if p.get("type", "statement") == "statement")
    crossed = trap["kind"] == "glued_headline"
    sprung = any(_crosses(spans, end) if crossed else _inside(text, spans, start, end) for spans in contents)
    return str(trap["text"])[:80] if sprung else None


def _crosses(spans: Iterable[Sequence[int]], edge: int) -> bool:
    return any(s < edge < e and edge - s > EDGE and e - edge > EDGE for s, e in spans)


def _inside(text: str, spans: Sequence[Sequence[int]], start: int, end: int) -> bool:
    letters = characters(text, spans)
    return bool(letters) and sum(start <= i < end for i in letters) / len(letters) >= FOUND


def page_figures(documents: Sequence[Record], found: Iterable[Record]) -> dict[str, float]:
    """The share of pages whose field is right; a day is right when the gold's day begins it."""
    known = {d["article"]: d for d in documents}
    pages = {article_of(p, known): p for p in found if p.get("type") == "article"}
    right: dict[str, list[bool]] = defaultdict(list)
    for document in documents:
        page = pages.get(document["article"], {})
        dateline = page.get("dateline") or {}
        flat = {**page, "dateline_place": dateline.get("place"), "dateline_date": dateline.get("date")}
        for field in (f for f in PAGE_FIELDS if f in document):
            right[field].append(_same(field, document[field], flat.get(field)))
    return {field: sum(each) / len(each) for field, each in right.items()}


def _same(field: str, want: Any, got: Any) -> bool:
    if want == got or not (want and got):
        return bool(want == got)
    return str(got).startswith(str(want)) if field in DAYS else same_name(want, got) or words_of(want) == words_of(got)
