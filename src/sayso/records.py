"""Records as plain JSON and back, with the field names of the contract (version ``model.SCHEMA``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, TypeVar

import msgspec

from sayso.model import (
    CLASS_OF,
    SCHEMA,
    Article,
    Copy,
    History,
    Hit,
    Judgement,
    Link,
    Reading,
    Saying,
    Sighting,
    Statement,
    Thread,
)

T = TypeVar("T")

FOUNDS = (
    "kind", "form", "core", "state", "addressee", "act", "polarity", "modality", "status", "dyad", "agreements",
    "channels", "topics",
)  # fmt: skip
"""The fields of a statement that are a plain ``Found``."""


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


def of_copy(copy: Copy) -> dict[str, Any]:
    """An article's copy, as it stands in the ``copies`` of its record."""
    return {"of": copy.of, "ref": copy.ref} | {
        name: round(getattr(copy, name), 3) for name in ("share", "cut", "added")
    }


def of_saying(saying: Saying) -> dict[str, Any]:
    """The ``saying`` record."""
    plain = _plain("saying", saying)
    return plain | {"said": {"from": plain["said"][0], "to": plain["said"][1]}}


def of_link(link: Link) -> dict[str, Any]:
    """The ``link`` record."""
    return _plain("link", link)


def of_thread(thread: Thread) -> dict[str, Any]:
    """The ``thread`` record."""
    return _plain("thread", thread)


def of_hit(hit: Hit) -> dict[str, Any]:
    """A saying that was found: the ``statement`` record that fits best, with where that belongs."""
    record = of_statement(hit.entry.statement, next(iter(hit.entry.refs), ""), hit.entry.level)
    copies = [copy.statement.id for copy in hit.copies]
    relation = hit.link.relation if hit.link else None
    belongs = {"saying": hit.saying, "thread": hit.thread, "relation": relation, "standing": hit.standing}
    return record | {"match": hit.match, "copies": copies} | belongs


def of_told(hit: Hit) -> Iterator[dict[str, Any]]:
    """Every report of a saying, as ``of_hit`` gives the one that fits best."""
    for entry in (hit.entry, *hit.copies):
        yield of_hit(replace(hit, entry=entry, copies=()))


def of_history(history: History) -> Iterator[dict[str, Any]]:
    """The sayings of a thread, as ``of_hit`` gives them, the thread itself, and the links of its sayings."""
    yield from map(of_hit, history.hits)
    yield of_thread(history.thread)
    links = [*(hit.link for hit in history.hits if hit.link), *history.beside]
    yield from map(of_link, sorted(links, key=lambda link: link.id))


def of_judgement(judgement: Judgement) -> dict[str, Any]:
    """The ``judgement`` record."""
    return _plain("judgement", judgement)


def _plain(type_: str, record: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return {"type": type_, "schema": SCHEMA, "id": plain.pop("id"), **plain}


def of_reading(reading: Reading) -> dict[str, Any]:
    """A reading as plain JSON: the golden file of a page."""
    plain: dict[str, Any] = msgspec.to_builtins(reading)
    plain["statements"] = [of_statement(s, "") for s in reading.statements]
    return plain


def flat(record: dict[str, Any]) -> dict[str, Any]:
    """A statement's record as one row of plain values: the columns of the ledger's table ``statement`` and of CSV.

    A found is two columns, ``state`` and ``state_certainty``; lists are JSON text; a chain reads outermost first.
    """
    said, speaker, condition = record["said"], record["speaker"], record["condition"] or {}
    row: dict[str, Any] = {"id": record["id"], "article": record["article"], "certainty": record["certainty"]}
    row |= {"said_from": said["from"], "said_to": said["to"], "said_basis": said["basis"]}
    row |= {"said_certainty": said["certainty"], "speaker": speaker["name"], "speaker_id": speaker["id"]}
    row |= {f"speaker_{key}": speaker[key] for key in ("kind", "role", "certainty")}
    for name in FOUNDS:
        row |= _columns(name, record[name])
    row["act_class"] = record["act"]["class"]
    row["chain"] = " ← ".join(hop["name"] for hop in record["chain"])
    row |= {"condition": _text(condition.get("antecedent")), "consequence": _text(condition.get("consequence"))}
    row |= {"controls": condition.get("controls"), "condition_certainty": condition.get("certainty")}
    for name in ("content", "cue", "source"):
        row |= {name: _text(record[name]), f"{name}_spans": _json(record[name] and record[name]["spans"])}
    return row


def _columns(name: str, found: dict[str, Any]) -> dict[str, Any]:
    value = found["value"]
    if name == "dyad":
        from_, to = value or (None, None)
        return {"dyad_from": from_, "dyad_to": to, "dyad_certainty": found["certainty"]}
    plain = _json(value) if isinstance(value, list | tuple) else int(value) if isinstance(value, bool) else value
    return {name: plain, f"{name}_certainty": found["certainty"]}


def _text(words: dict[str, Any] | None) -> str | None:
    return words["text"] if words else None


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
