"""Records as rows of the ledger's tables, and back."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from sayso import records
from sayso.model import Article, Attribution, Note, Reading, Sighting, Statement

if TYPE_CHECKING:
    import sqlite3

    Row = sqlite3.Row | Mapping[str, Any]

LISTS = ("blocks", "published_candidates")
"""Fields of an article that are JSON text in its row."""


def of_article(article: Article) -> dict[str, Any]:
    """The row of ``article``."""
    row: dict[str, Any] = msgspec.to_builtins(article)
    dateline = row.pop("dateline") or {}
    row |= {"dateline_place": dateline.get("place"), "dateline_date": dateline.get("date"), "read": int(article.read)}
    return row | {name: packed(row[name]) for name in LISTS}


def article_from(row: Row, labels: str | None = None) -> Article:
    """The article of a row, with the fields a later reading saw otherwise."""
    plain = {name: row[name] for name in Article.__slots__ if name != "dateline"}
    place, date = row["dateline_place"], row["dateline_date"]
    plain["dateline"] = None if place is None and date is None else {"place": place, "date": date}
    plain |= {name: json.loads(plain[name]) for name in LISTS}
    return msgspec.convert(plain | json.loads(labels or "{}"), Article)


def labels_of(article: Article, kept: Article) -> str | None:
    """The fields of an article (never its id or text) that differ from those kept, as JSON; None if none does."""
    ours, theirs = msgspec.to_builtins(article), msgspec.to_builtins(kept)
    changed = {name: value for name, value in ours.items() if value != theirs[name]}
    return packed(changed) if changed else None


def of_sighting(sighting: Sighting) -> dict[str, Any]:
    """The row of ``sighting``."""
    row = {name: getattr(sighting, name) for name in ("id", "article", "ref", "outlet", "fetched")}
    return row | {"given": packed(dict(sighting.given)), "raw": sha256(sighting.raw)}


def sighting_from(row: Row) -> Sighting:
    """The sighting of a row, its bytes unpacked if the row has them."""
    given = tuple(sorted(json.loads(row["given"]).items()))
    raw = zlib.decompress(row["bytes"]) if "bytes" in row.keys() else b""  # noqa: SIM118 - sqlite3.Row holds values
    return Sighting(row["id"], row["article"], row["ref"], row["outlet"], row["fetched"], given, raw)


def of_raw(raw: bytes) -> dict[str, Any]:
    """The row of ``raw``."""
    return {"sha256": sha256(raw), "size": len(raw), "bytes": zlib.compress(raw)}


def of_reading(reading: Reading, threshold: float, labels: str | None) -> dict[str, Any]:
    """The row of ``reading``; its statements have rows of their own."""
    attributions, notes = msgspec.json.encode(reading.attributions), msgspec.json.encode(reading.notes)
    row = {"article": reading.article, "reader": reading.reader, "threshold": threshold, "labels": labels}
    return row | {"attributions": attributions.decode(), "notes": notes.decode()}


def attributions_from(row: Row) -> tuple[Attribution, ...]:
    """The attributions of a reading's row."""
    return msgspec.json.decode(row["attributions"], type=tuple[Attribution, ...])


def notes_from(row: Row) -> tuple[Note, ...]:
    """The notes of a reading's row."""
    return msgspec.json.decode(row["notes"], type=tuple[Note, ...])


def of_statement(statement: Statement, level: str) -> dict[str, Any]:
    """The row of ``statement``, the whole record beside its columns."""
    record = records.of_statement(statement, "", level)
    del record["ref"], record["level"]
    return records.flat(record) | {"level": level, "record": packed(record)}


def statement_from(row: Row) -> Statement:
    """The statement of a row."""
    return records.statement_from(json.loads(row["record"]))


def evidence(statement: Statement) -> Iterator[dict[str, Any]]:
    """The rows of ``evidence``: why each field has its value, and where that was read."""
    fields = [(name, getattr(statement, name)) for name in ("speaker", "said", *records.FOUNDS)]
    fields += [(f"chain.{place}", hop) for place, hop in enumerate(statement.chain)]
    for name, found in fields:
        yield {"field": name, "why": found.why, "spans": None if found.spans is None else packed(found.spans)}
    if statement.condition:
        yield {
            "field": "condition",
            "why": statement.condition.why,
            "spans": packed(statement.condition.antecedent.spans),
        }


def packed(value: Any) -> str:
    """Compact JSON, the same for the same value."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sha256(raw: bytes) -> str:
    """Hex SHA-256 of bytes."""
    return hashlib.sha256(raw).hexdigest()
