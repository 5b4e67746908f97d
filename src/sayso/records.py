"""Records as plain JSON and back, with the field names of the contract (version ``model.SCHEMA``)."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

from sayso.model import CLASS_OF, SCHEMA, Article, Reading, Sighting, Statement

T = TypeVar("T")


def of_article(article: Article, ref: str, *, with_text: bool = False) -> dict[str, Any]:
    """The ``article`` record of one sighting."""
    plain: dict[str, Any] = msgspec.to_builtins(article)
    text = plain.pop("text")
    record = {"type": "article", "schema": SCHEMA, "id": plain.pop("id"), "ref": ref}
    sha256, blocks = plain.pop("text_sha256"), plain.pop("blocks")
    why = plain.pop("why_not_read")
    record |= plain | {"read": article.read, "why_not_read": why, "blocks": blocks, "text_sha256": sha256}
    return record | {"text": text} if with_text else record


def of_statement(statement: Statement, ref: str, level: str = "confirmed") -> dict[str, Any]:
    """The ``statement`` record."""
    plain: dict[str, Any] = msgspec.to_builtins(statement)
    plain["said"] = {"from": plain["said"].pop("from_"), **plain["said"]}
    plain["act"]["class"] = CLASS_OF.get(plain["act"]["value"])
    head = {"type": "statement", "schema": SCHEMA, "id": plain.pop("id"), "article": plain.pop("article"), "ref": ref}
    return head | plain | {"level": level}


def of_sighting(sighting: Sighting) -> dict[str, Any]:
    """The ``sighting`` record; the raw bytes stay in the ledger."""
    given = dict(sighting.given)
    head = {"type": "sighting", "schema": SCHEMA, "id": sighting.id, "article": sighting.article, "ref": sighting.ref}
    return head | {"outlet": sighting.outlet, "fetched": sighting.fetched, "given": given}


def statement_from(record: dict[str, Any]) -> Statement:
    """A statement from its record."""
    said = dict(record["said"])
    said["from_"] = said.pop("from")
    return msgspec.convert({**record, "said": said}, Statement)


def article_from(record: dict[str, Any]) -> Article:
    """An article from its record, which must hold the text."""
    return msgspec.convert(record, Article)


def of_reading(reading: Reading) -> dict[str, Any]:
    """A reading as plain JSON: the golden file of a page."""
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    plain["statements"] = [of_statement(s, "") for s in reading.statements]
    return plain
