"""Texts as they arrive: files, folders, patterns, JSON lines, standard input."""

from __future__ import annotations

import gzip
import json
import os
import sys
import zlib
from collections.abc import Iterable, Iterator, Mapping
from glob import glob, has_magic
from pathlib import Path
from typing import Any, BinaryIO

from sayso.errors import SourceError
from sayso.intake.article import article_of
from sayso.intake.plain import LIMIT
from sayso.model import Article, Refused, Sighting

Arrival = tuple[Article, Sighting] | Refused

_KINDS = {".txt": "text", ".html": "html", ".htm": "html"}
_LINES = (".jsonl", ".jsonl.gz")
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

    A path is a file, a folder (walked in sorted order for .txt .html .htm, links to folders not followed), a pattern
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
        if (place := Path(path)).stat().st_size > LIMIT:
            raise SourceError("it has more than 50 MB, too much for an article: give single articles")
        if not place.is_file():
            raise SourceError("it is no regular file: give a file, or - for standard input")
        yield article_of(place.read_bytes(), path, kind=_KINDS.get(place.suffix.lower()), given=known)
    except SourceError as error:
        yield Refused(path, str(error))
    except (OSError, ValueError) as error:
        yield Refused(path, _reason(error))


def _stream(stdin: BinaryIO, known: Mapping[str, str]) -> Iterator[Arrival]:
    """Standard input: one text, or JSON lines if its first line is such a record."""
    data = stdin.read(LIMIT + 1)
    first = data.lstrip().split(b"\n", 1)[0]
    if first.startswith(b"{") and _is_record(first):
        for number, line in enumerate(data.split(b"\n"), 1):
            if line.strip():
                yield _record(line, f"-:{number}", known)
        return
    try:
        yield article_of(data, "-", given=known)
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
    number = 0
    try:
        with _opened(path) as lines:
            while line := lines.readline(LIMIT + 1):
                number += 1
                if line.strip():
                    yield _record(line.rstrip(b"\r\n"), f"{path}:{number}", known)
    except (OSError, EOFError, zlib.error) as error:
        yield Refused(f"{path}:{number + 1}" if number else path, _reason(error))


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
    if len(line) > LIMIT:
        raise SourceError("the line has more than 50 MB: give single articles")
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
