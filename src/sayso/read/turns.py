"""Turns of a transcript: "MS. ALPHA: …", "Q: …". Who opens one speaks until the next one does."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sayso.model import Article, Span
from sayso.text import table

_WORDS = table("patterns")["transcript"]
_TITLE = rf"(?:(?:{'|'.join(sorted(_WORDS['titles'], key=len, reverse=True))})\.?\s+)"
_NAME = re.compile(
    rf"(?:{_TITLE}?[A-Z][A-Z.'’-]*[A-Z](?:[ -][A-Z][A-Z.'’-]+){{0,4}}|{_TITLE}[A-Z][\w'’-]+(?:[ -][A-Z][\w'’-]+){{0,3}}|[QA])"
    r"(?:\s?\([^)\n]{2,60}\)|,\s[^:\n]{3,60})?(?=:\s)"
)
LEAST = 3
"""Turns that make a transcript; a colon after a name alone is a headline or a caption."""


@dataclass(frozen=True)
class Turn:
    """Where its name stands, and the stretches of body that are spoken."""

    name: Span
    words: tuple[Span, ...]
    asks: bool
    """Whether it only puts a question ("QUESTION:", "Q:", "MODERATOR:")."""


def turns(article: Article) -> tuple[Turn, ...]:
    """The turns of a transcript, in order; none for an article of another kind."""
    body = [b for b in article.blocks if b.label == "body"]
    opens = [(n, m) for n, b in enumerate(body) if (m := _NAME.match(article.text, b.start, b.end))]
    if len(opens) < LEAST or len({m.group() for _, m in opens}) < 2:
        return ()
    ends = [*(n for n, _ in opens[1:]), len(body)]
    found = []
    for (first, name), last in zip(opens, ends, strict=True):
        words = [Span(name.end() + 1, body[first].end), *(Span(b.start, b.end) for b in body[first + 1 : last])]
        asks = name.group().casefold().rstrip(".") in _WORDS["asks"]
        found.append(Turn(Span(*name.span()), tuple(words), asks))
    return tuple(found)


def surname(text: str, name: Span) -> str:
    """The last part of a turn's name as a page writes names ("MS. ALPHA" -> "Alpha")."""
    bare = re.sub(r"[(,].*", "", text[name.start : name.end]).split()[-1]
    return bare.title() if bare.isupper() else bare
