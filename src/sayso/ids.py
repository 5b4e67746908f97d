"""Ids are hashes of where words stand, taken over a JSON array: joined strings would let two lists share a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any


def sha256_of(text: str) -> str:
    """Hex SHA-256 of a text in UTF-8; lone surrogates, which no file can hold, are kept apart by escapes."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def content_id(prefix: str, *parts: Any) -> str:
    """``prefix`` + 16 hex digits over the parts."""
    packed = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return prefix + sha256_of(packed)[:16]


def article_id(text_sha256: str, given_published: str | None) -> str:
    """The id of a text (with a day given from outside, since days are resolved against it)."""
    return content_id("ar_", text_sha256, given_published)


def sighting_id(article: str, ref: str) -> str:
    """The id of a text seen at a place."""
    return content_id("si_", article, ref)


def statement_id(article: str, content: Iterable[Sequence[int]], source: Iterable[Sequence[int]]) -> str:
    """The id of a statement: its article and where content and source stand (no source: [])."""
    return content_id("st_", article, [list(span) for span in content], [list(span) for span in source])


def saying_id(statement: str) -> str:
    """The id of a saying: of its first statement, in order of input."""
    return content_id("sy_", statement)


def thread_id(saying: str) -> str:
    """The id of a thread: of its first saying, in order of input."""
    return content_id("th_", saying)


def link_id(a: str, b: str, relation: str) -> str:
    """The id of a link: its two sayings, the earlier first, and what it says."""
    return content_id("ln_", a, b, relation)


def judgement_id(about: Iterable[str], says: Mapping[str, str | None]) -> str:
    """The id of a judgement: all that it holds, in one order."""
    return content_id("ju_", list(about), dict(sorted(says.items())))
