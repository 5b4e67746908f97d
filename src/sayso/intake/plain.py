"""Bytes to canonical text: decoded, line ends evened, nothing else touched."""

from __future__ import annotations

import codecs
import re

from sayso.errors import SourceError

LIMIT = 10_000_000
"""Bytes of one text; more is no article."""

LONGEST = 100_000
"""Characters of one text, some 16,000 words: more is a book or an archive, and would be read for minutes."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE)
_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
)


def decode(data: bytes, *, markup: bool = False) -> tuple[str, str]:
    """The text of the bytes and the charset it was read in.

    Order: byte order mark, strict UTF-8, what the page declares, then detection from the bytes. Latin-1 is read as
    windows-1252, as browsers do. ``SourceError`` for what is no text.
    """
    _check(data)
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(charset, "replace"), charset
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    declared = _declared(data) if markup else None
    return (_try(data, declared) if declared else None) or _detected(data)


def canonical(text: str) -> str:
    r"""The text with ``\r\n`` and ``\r`` as ``\n``."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_length(text: str) -> None:
    """``SourceError`` for a text that is too long for one article."""
    if len(text) > LONGEST:
        raise SourceError(f"it has {len(text):,} characters, {LONGEST:,} are an article's most: give single articles")


def check_size(size: int) -> None:
    """``SourceError`` for more bytes than an article can have."""
    if size > LIMIT:
        raise SourceError(f"it has more than {LIMIT // 1_000_000} MB, too much for an article: give single articles")


def _check(data: bytes) -> None:
    check_size(len(data))
    if data.startswith(_BINARY) or _many_nulls(data):
        raise SourceError("it is a binary file, not a text: save it as .txt or .html first")
    if not data.strip():
        raise SourceError("it is empty: give a file with text in it")


def _many_nulls(data: bytes) -> bool:
    """NUL bytes without a mark of UTF-16 or UTF-32: no text."""
    return b"\x00" in data and not any(data.startswith(mark) for mark, _ in _MARKS)


def _declared(data: bytes) -> str | None:
    found = _DECLARED.search(data, 0, 4096)
    return found[1].decode("ascii") if found else None


def _try(data: bytes, charset: str) -> tuple[str, str] | None:
    try:
        name = codecs.lookup(charset).name
    except LookupError:
        return None
    if name in ("iso8859-1", "ascii", "utf-8"):
        name = "cp1252" if name != "utf-8" else name
    try:
        return data.decode(name), name
    except (UnicodeDecodeError, ValueError, TypeError, AttributeError):
        return None


def _nearly_utf8(data: bytes) -> tuple[str, str] | None:
    """A text that is UTF-8 but for a few torn bytes, with those marked; None if it is something else."""
    text = data.decode("utf-8", "replace")
    torn = text.count("\ufffd")
    wide = sum(1 for char in text if ord(char) > 127) - torn
    return (text, "utf-8") if torn <= max(1, wide // 20) and wide > torn else None


def _detected(data: bytes) -> tuple[str, str]:
    if nearly := _nearly_utf8(data):
        return nearly
    import chardet

    guess = chardet.detect(data[:200_000]).get("encoding") or "cp1252"
    return _try(data, guess) or (data.decode("cp1252", "replace"), "cp1252")
