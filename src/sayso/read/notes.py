"""What is odd in the characters of a text: things that the eye does not see, or that are not what they look like."""

from __future__ import annotations

import re

from sayso.model import Article, Note, Span

MOST = 20
"""Places that a note points at."""

ODD = (
    ("direction", r"[\u202a-\u202e\u2066-\u2069]+", "marks that turn the direction of reading, and can reorder words"),
    ("invisible", r"(?<=\w)[\u200b-\u200d\u2060\ufeff]+(?=\w)", "invisible characters inside words"),
    ("control", r"[\x00-\x08\x0e-\x1f\x7f]+", "control characters, which no text has"),
    ("lost", r"\ufffd+", "characters lost on the way here (wrong charset, or torn)"),
    ("letters", r"[a-z][\u0370-\u052f]|[\u0370-\u052f][a-z]", "words with letters of two alphabets that look alike"),
)
"""Kind, pattern, and what to tell after the number of places."""

_PATTERNS = tuple((kind, re.compile(pattern, re.IGNORECASE), told) for kind, pattern, told in ODD)


def notes(article: Article) -> tuple[Note, ...]:
    """One note for each kind of odd characters in the article's text, with the first places where they stand."""
    if article.text.isascii() and article.text.isprintable():
        return ()
    found = ((kind, told, _places(pattern, article.text)) for kind, pattern, told in _PATTERNS)
    return tuple(Note(kind, f"{len(spans)} × {told}", spans[:MOST]) for kind, told, spans in found if spans)


def _places(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(Span(*match.span()) for match in pattern.finditer(text))
