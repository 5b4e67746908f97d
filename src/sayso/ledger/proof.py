"""Proof that a ledger holds what it says: every span gives exactly the words stored, every id is recomputed."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from sayso import ids, records
from sayso.ledger import migrations, rows
from sayso.ledger.store import Ledger
from sayso.model import Article, Fault, Span, Statement, Thread, Words

JOINT = " … "
"""Between the pieces of interrupted words."""


def faults(ledger: Ledger) -> Iterator[Fault]:
    """Everything wrong with a ledger; nothing if all is well.

    The full-text index can be proved only if the file may be written to.
    """
    yield from _file(ledger)
    for row in ledger._rows("SELECT * FROM article ORDER BY id"):
        yield from _of_article(ledger, row)
    for row in ledger._rows("SELECT sighting.*, bytes FROM sighting LEFT JOIN raw ON sha256 = raw ORDER BY id"):
        yield from (Fault(row["id"], what) for what in _in_sighting(row))
    yield from _woven(ledger)


def _file(ledger: Ledger) -> Iterator[Fault]:
    for row in ledger._rows("PRAGMA integrity_check"):
        yield from (Fault(str(ledger.path), line) for line in str(row[0]).splitlines() if line != "ok")
    for row in ledger._rows("PRAGMA foreign_key_check"):
        yield Fault(f"{row['table']} {row['rowid']}", f"rests on a row of {row['parent']} that is not there")
    if not ledger.readonly:
        yield from _index(ledger)


def _index(ledger: Ledger) -> Iterator[Fault]:
    with migrations.told(ledger.path):
        try:
            ledger._sql.execute("INSERT INTO statement_fts (statement_fts, rank) VALUES ('integrity-check', 1)")
        except sqlite3.DatabaseError as error:
            if not error.sqlite_errorname.startswith("SQLITE_CORRUPT"):
                raise
            yield Fault("statement_fts", "the full-text index does not agree with the statements")


def _woven(ledger: Ledger) -> Iterator[Fault]:
    """What belongs together: every name is the hash it should be, and leads to what the log says."""
    try:
        for saying in ledger.woven.sayings():
            lead = ledger.woven.lead_of(saying.id)
            if lead is None or ledger.woven.strand(lead).saying != lead:
                yield Fault(saying.id, "its id is not the hash of its first statement")
        for thread in ledger.woven.threads():
            yield from (Fault(thread.id, what) for what in _in_thread(ledger, thread))
        for judgement in ledger.woven.judgements():
            told = {name: getattr(judgement, name) for name in ("says", "by", "when", "note", "field", "value")}
            if ids.judgement_id(judgement.about, told) != judgement.id:
                yield Fault(judgement.id, "its id is not the hash of what it holds")
    except (ValueError, TypeError, msgspec.ValidationError) as error:
        yield Fault(str(ledger.path), f"what belongs together cannot be read: {error}")


def _in_thread(ledger: Ledger, thread: Thread) -> Iterator[str]:
    if not ledger.woven.was(thread.id) or ids.thread_id(ledger.woven.opened(thread.id)[1]) != thread.id:
        yield "its id is not the hash of the saying that opened it"
        return
    logged = ledger.woven.logged(thread.sayings)
    for saying in thread.sayings:
        if saying not in logged or ledger.woven.resolved(logged[saying][1]) != thread.id:
            yield f"the log does not know that {saying} is in it"


def _of_article(ledger: Ledger, row: sqlite3.Row) -> Iterator[Fault]:
    try:
        article = rows.article_from(row)
    except (ValueError, msgspec.ValidationError) as error:
        yield Fault(row["id"], f"its row cannot be read: {error}")
        return
    yield from (Fault(article.id, what) for what in _in_article(article))
    for reading in ledger._rows("SELECT * FROM reading WHERE article = ? ORDER BY number", article.id):
        yield from _in_reading(ledger, article, reading)


def _in_article(article: Article) -> Iterator[str]:
    if ids.sha256_of(article.text) != article.text_sha256:
        yield "its text is not the one its hash was taken of"
    given = article.published if article.published_basis == "given" else None
    if ids.article_id(article.text_sha256, given) != article.id:
        yield "its id is not the hash of its text"
    yield from _in_blocks(article)


def _in_blocks(article: Article) -> Iterator[str]:
    at = 0
    for block in article.blocks:
        if not at <= block.start <= block.end <= len(article.text):
            yield f"its block {block.start}-{block.end} is out of order or outside the text"
            return
        if article.text[at : block.start].strip():
            yield f"words before its block {block.start}-{block.end} stand in no block"
        at = block.end
    if article.text[at:].strip():
        yield "words behind its last block stand in no block"


def _in_reading(ledger: Ledger, article: Article, row: sqlite3.Row) -> Iterator[Fault]:
    record = f"{article.id} (reading {row['number']})"
    try:
        labels = rows.labels_of(article, article) or row["labels"]
        spans = [
            span for found in rows.attributions_from(row) for span in (*found.source, *found.content, *_some(found.cue))
        ]
        spans += [span for note in rows.notes_from(row) for span in note.spans or ()]
        if labels:
            yield from (
                Fault(record, what) for what in _in_blocks(msgspec.convert(_relabelled(article, labels), Article))
            )
        yield from (Fault(record, what) for what in _outside(article, spans))
    except (ValueError, msgspec.ValidationError) as error:
        yield Fault(record, f"its row cannot be read: {error}")
    for statement in ledger._rows("SELECT * FROM statement WHERE reading = ? ORDER BY number", row["number"]):
        yield from (Fault(statement["id"], what) for what in _in_row(ledger, article, statement))


def _relabelled(article: Article, labels: str) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(article)
    changes: dict[str, Any] = msgspec.json.decode(labels)
    return plain | changes


def _some(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _in_row(ledger: Ledger, article: Article, row: sqlite3.Row) -> Iterator[str]:
    try:
        statement = rows.statement_from(row)
        columns = records.flat(msgspec.json.decode(row["record"]))
    except (ValueError, KeyError, TypeError, msgspec.ValidationError) as error:
        yield f"its record cannot be read: {error}"
        return
    yield from (f"its column {name} differs from its record" for name, value in columns.items() if row[name] != value)
    yield from _in_statement(article, statement)
    told = {(found["field"], found["why"], found["spans"]) for found in rows.evidence(statement)}
    kept = {
        tuple(found)
        for found in ledger._rows("SELECT field, why, spans FROM evidence WHERE statement = ?", row["number"])
    }
    if told != kept:
        yield "its evidence differs from its record"


def _in_statement(article: Article, statement: Statement) -> Iterator[str]:
    source = statement.source.spans if statement.source else ()
    if ids.statement_id(article.id, statement.content.spans, source) != statement.id:
        yield "its id is not the hash of where its words stand"
    for name, words in _all_words(statement):
        if not words.spans or JOINT.join(article.text[start:end] for start, end in words.spans) != words.text:
            yield f"its {name} is not what stands there"
    yield from _outside(article, [span for spans in _all_spans(statement) for span in spans or ()])


def _all_words(statement: Statement) -> Iterator[tuple[str, Words]]:
    condition = statement.condition
    named = {"content": statement.content, "cue": statement.cue, "source": statement.source}
    named |= {"condition": condition.antecedent, "consequence": condition.consequence} if condition else {}
    return ((name, words) for name, words in named.items() if words)


def _all_spans(statement: Statement) -> Iterator[Sequence[Span] | None]:
    yield from (words.spans for _, words in _all_words(statement))
    yield from (getattr(statement, name).spans for name in ("speaker", "said", *records.FOUNDS))
    yield from (hop.spans for hop in statement.chain)


def _outside(article: Article, spans: Iterable[Span]) -> Iterator[str]:
    for start, end in spans:
        if not 0 <= start < end <= len(article.text):
            yield f"its span {start}-{end} is not inside the text"


def _in_sighting(row: sqlite3.Row) -> Iterator[str]:
    if ids.sighting_id(row["article"], row["ref"]) != row["id"]:
        yield "its id is not the hash of its article and ref"
    try:
        if row["bytes"] is None or rows.sha256(zlib.decompress(row["bytes"])) != row["raw"]:
            yield "its bytes are not those its hash was taken of"
    except zlib.error:
        yield "its bytes cannot be unpacked"
