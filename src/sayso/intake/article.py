"""One text to an Article: canonical text, labelled blocks, and what the page tells about itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sayso import ids
from sayso.errors import SourceError
from sayso.intake.blocks import Line, blocks_of, label
from sayso.intake.dates import day_in
from sayso.intake.facts import Page, facts
from sayso.intake.language import language_of, why_not_read
from sayso.intake.plain import canonical, check_length, decode
from sayso.intake.told import notes
from sayso.model import Article, Sighting

_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)

_FEW = 3
"""Words that say nothing, if not even their language can be told."""


def article_of(
    data: bytes, ref: str, *, kind: str | None = None, given: Mapping[str, str] | None = None, raw: bytes | None = None
) -> tuple[Article, Sighting]:
    """The article in the bytes and its sighting at ``ref``.

    ``kind``: ``text`` or ``html``; None looks at the bytes. ``given``: fields that came with the text (url, title,
    outlet, published, language, author, fetched), which win over what is found. ``raw``: the bytes as they came, if
    the text was part of them. ``SourceError`` if there is no text in them.
    """
    known = _given(given or {})
    text, lines, page = _opened(data, kind)
    body = "\n".join(line.words for line in lines if line.label == "body")
    language = known.get("language") or language_of(body or text)
    article = _article(text, lines, page, known, language, body)
    fetched = known.pop("fetched", None)
    sighting = Sighting(
        ids.sighting_id(article.id, ref),
        article.id,
        ref,
        article.outlet,
        fetched,
        tuple(sorted(known.items())),
        raw or data,
        notes(lines, page, article.published, known.get("url")),
    )
    return article, sighting


def _given(given: Mapping[str, str]) -> dict[str, str]:
    """Given fields without empty ones; a day that is none is left out."""
    known = {name: str(value).strip() for name, value in given.items() if value and str(value).strip()}
    if "published" in known:
        day = day_in(known.pop("published"))
        known |= {"published": day} if day else {}
    return known


def _opened(data: bytes, kind: str | None) -> tuple[str, list[Line], Page]:
    text, _ = decode(data, markup=kind != "text")
    if kind == "html" or (kind is None and _MARKUP.match(text[:4000])):
        from sayso.intake.html import read_page

        text, hints, page = read_page(text)
        return text, label(text, title=page.title, hints=hints), page
    text = canonical(text)
    check_length(text)
    lines = label(text)
    if not lines:
        raise SourceError("it is empty: give a file with text in it")
    return text, lines, Page()


def _article(
    text: str, lines: Sequence[Line], page: Page, known: Mapping[str, str], language: str | None, body: str
) -> Article:
    told = facts(lines, known, page, known.get("fetched"))
    sha256 = ids.sha256_of(text)
    runs = bool(body.strip()) and (language is not None or len(body.split()) > _FEW)
    why = why_not_read(language) if runs else "there is no running text in it, only headings and furniture"
    return Article(
        ids.article_id(sha256, known.get("published")),
        text,
        sha256,
        blocks_of(list(lines)),
        told.title,
        told.deck,
        told.outlet,
        told.agency,
        told.author,
        told.dateline,
        told.published,
        told.published_basis,
        told.published_candidates,
        language,
        why,
    )
