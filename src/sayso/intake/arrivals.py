"""Texts as they arrive: files, folders, patterns, JSON lines, standard input."""

from __future__ import annotations

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from glob import glob, has_magic
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from sayso.errors import SourceError
from sayso.intake.article import article_of
from sayso.intake.plain import LIMIT, check_size
from sayso.model import Article, Refused, Sighting

Arrival = tuple[Article, Sighting] | Refused

_KINDS = {".txt": "text", ".html": "html", ".htm": "html"}
_LINES = (".jsonl", ".jsonl.gz")
_SKIPPED = 20 * LIMIT
"""Bytes passed over in search of a record: a packed file of a kilobyte can unpack to any number of them."""

_LINE = 100
"""Bytes that an empty line counts for: it takes as long."""

_FIELDS = ("url", "title", "outlet", "published", "language", "author", "fetched")


def arrivals(
    paths: Iterable[str],
    *,
    stdin: BinaryIO | None = None,
    outlet: str | None = None,
    published: str | None = None,
    fetched: str | None = None,
) -> Iterator[Arrival]:
    """The articles at the paths, one after another in their order; what cannot be taken in comes as ``Refused``.

    A path is a file, a folder (walked in sorted order for .txt .html .htm; links to folders told, not followed), a pattern
    (``news/*.txt``), ``-`` for standard input, or a JSON-lines file named itself. ``outlet``, ``published`` and
    ``fetched`` are given for every text that does not bring its own.
    """
    given = {"outlet": outlet, "published": published, "fetched": fetched}
    known = {name: value for name, value in given.items() if value}
    for path in paths:
        if path == "-":
            yield from _stream(stdin or sys.stdin.buffer, known)
        else:
            yield from _at(path, known)


def _at(path: str, known: Mapping[str, str]) -> Iterator[Arrival]:
    place = Path(path)
    try:
        if place.is_dir():
            yield from _folder(place, known)
        elif place.exists() or not has_magic(path):
            yield from _file(path, known)
        elif matches := sorted(glob(path, recursive=True)):  # noqa: PTH207 (a pattern may be absolute)
            for match in matches:
                yield from _at(match, known)
        else:
            yield Refused(path, "no file matches this pattern: check the pattern and the folder")
    except (OSError, ValueError) as error:
        yield Refused(path, _reason(error))


def _folder(place: Path, known: Mapping[str, str]) -> Iterator[Arrival]:
    refused: list[Refused] = []

    def note(error: OSError) -> None:
        refused.append(Refused(str(error.filename), _reason(error)))

    found = False
    for folder, names, files in os.walk(place, onerror=note):
        names.sort()
        links = [str(link) for name in names if (link := Path(folder) / name).is_symlink()]
        refused += [Refused(link, "a link to a folder is not followed: name that folder itself") for link in links]
        for name in sorted(files):
            if Path(name).suffix.lower() in _KINDS:
                found = True
                yield from _file(str(Path(folder) / name), known)
    yield from refused
    if not found and not refused:
        yield Refused(str(place), "the folder has no .txt, .html or .htm file: name other files themselves")


def _reason(error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file: check the path"
    if isinstance(error, PermissionError):
        return "it may not be read: change its permissions"
    if isinstance(error, (EOFError, zlib.error, gzip.BadGzipFile)):
        return "the compressed file is damaged: fetch or make it again"
    if isinstance(error, OSError):
        return f"it cannot be read ({error.strerror or error}): check the file"
    return f"it cannot be read ({error}): check the path"


def _file(path: str, known: Mapping[str, str]) -> Iterator[Arrival]:
    if path.lower().endswith(_LINES):
        yield from _json_lines(path, known)
        return
    try:
        if not (place := Path(path)).stat() or not place.is_file():
            raise SourceError("it is no regular file: give a file, or - for standard input")
        check_size(place.stat().st_size)
        yield article_of(place.read_bytes(), path, kind=_KINDS.get(place.suffix.lower()), given=known)
    except SourceError as error:
        yield Refused(path, str(error))
    except (OSError, ValueError) as error:
        yield Refused(path, _reason(error))


def _stream(stdin: BinaryIO, known: Mapping[str, str]) -> Iterator[Arrival]:
    """Standard input: one text, or JSON lines if its first line is such a record."""
    lead, first = bytearray(), b""
    while not first.strip() and len(lead) <= LIMIT and (first := stdin.readline(LIMIT + 1)):
        lead += first
    if first.startswith(b"{") and _is_record(first):
        yield from _records(stdin, "-", known, bytes(lead))
        return
    try:
        yield article_of(bytes(lead) + stdin.read(LIMIT + 1), "-", given=known)
    except SourceError as error:
        yield Refused("-", str(error))


def _is_record(line: bytes) -> bool:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and bool({"text", "html"} & record.keys())


# --- JSON lines ------------------------------------------------------------------------------------------------------


def _json_lines(path: str, known: Mapping[str, str]) -> Iterator[Arrival]:
    try:
        with _opened(path) as lines:
            yield from _records(lines, path, known)
    except OSError as error:
        yield Refused(path, _reason(error))


def _records(lines: BinaryIO, path: str, known: Mapping[str, str], lead: bytes = b"") -> Iterator[Arrival]:
    """The articles of the lines, one by one; ``lead``: lines read already. A file that breaks off is told once."""
    number = 0
    try:
        for line in _lines(lines, lead):
            number += 1
            if line.strip():
                yield _record(line.rstrip(b"\r\n"), f"{path}:{number}", known)
    except (OSError, EOFError, zlib.error) as error:
        yield Refused(f"{path}:{number + 1}" if number else path, _reason(error))
    except SourceError as error:
        yield Refused(f"{path}:{number + 1}", str(error))


def _lines(lines: BinaryIO, lead: bytes) -> Iterator[bytes]:
    """Lines, each cut behind the limit. ``SourceError`` if nothing but filling comes for too long."""
    filling, opens = 0, True
    for piece in chain(lead.splitlines(keepends=True), iter(partial(lines.readline, LIMIT + 1), b"")):
        if opens:
            yield piece
        opens = piece.endswith(b"\n")
        record = opens and len(piece) <= LIMIT and piece.strip()
        filling = 0 if record else filling + len(piece) + _LINE
        if filling > _SKIPPED:
            raise SourceError("from here on it is filling without records: give a file of JSON lines")


def _opened(path: str) -> BinaryIO:
    return gzip.open(path, "rb") if path.lower().endswith(".gz") else Path(path).open("rb")  # type: ignore[return-value]


def _record(line: bytes, place: str, known: Mapping[str, str]) -> Arrival:
    """The article of one line; ``ref`` is its id, or file and number of the line."""
    try:
        record = _parsed(line)
        text, kind = _text_of(record)
        own = {name: _clean(str(record[name])) for name in _FIELDS if record.get(name)}
        ref = _clean(str(record["id"])) if record.get("id") not in (None, "") else place
        return article_of(text.encode("utf-8"), ref, kind=kind, given={**known, **own}, raw=line)
    except SourceError as error:
        return Refused(place, str(error))


def _parsed(line: bytes) -> dict[str, Any]:
    check_size(len(line))
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"the line is no JSON ({error}): write one whole object a line") from error
    if not isinstance(record, dict):
        raise SourceError('the line is no JSON object: write {"id": …, "text": …}')
    return record


def _text_of(record: Mapping[str, Any]) -> tuple[str, str]:
    for name, kind in (("text", "text"), ("html", "html")):
        if isinstance(record.get(name), str) and record[name].strip():
            return _clean(record[name]), kind
    raise SourceError('the record has no "text" and no "html": give one of them')


def _clean(words: str) -> str:
    """The words with halves of characters, which JSON can hold but no file, marked as lost."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
