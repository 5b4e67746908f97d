"""The ledger: one SQLite file that keeps every article, every reading and every statement, and changes none."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sayso import records
from sayso.errors import LedgerError
from sayso.ledger import migrations, rows
from sayso.ledger.prints import Prints
from sayso.ledger.search import Query
from sayso.ledger.woven import Woven
from sayso.model import Article, Copy, Entry, Note, Reading, Receipt, Sighting, Statement

SELECT = "SELECT s.* FROM statement_now AS s"


class Ledger:
    """An open ledger. Every method raises ``LedgerError``, one line, if the file cannot be used."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._sql = connection
        self.prints = Prints(self)
        self.woven = Woven(self)

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, readonly: bool = False) -> Self:
        """The ledger in a file; ``create`` makes it where there is none."""
        path = Path(path)
        connection = migrations.connect(path, create=create and not readonly, readonly=readonly)
        return cls(path, connection, readonly=readonly)

    def close(self) -> None:
        """Lets go of the file."""
        self._sql.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- in ---------------------------------------------------------------------------------------------------------

    def add(
        self,
        article: Article,
        sighting: Sighting,
        reading: Reading | None,
        threshold: float = 0.5,
        *,
        again: bool = False,
    ) -> Receipt:
        """Keeps an article, where it was seen, and what was found in it: all of it or nothing, in one transaction.

        What is there already is not added again. Statements below ``threshold`` are kept as suggested. The newest
        reading of an article counts; older ones stay. An article once forgotten is refused unless ``again``.
        Raises ``SourceError`` for a text that no file can hold.
        """
        with self._writing():
            if not again and (day := self.forgotten(article.id)):
                raise LedgerError(f"{sighting.ref}: forgotten on {day} and kept out; --again takes it back")
            self._keep(article, sighting)
            return self._append(article, reading, threshold) if reading else Receipt(article.id)

    def _keep(self, article: Article, sighting: Sighting) -> None:
        if not self._has("article", "id", article.id):
            self._insert("article", rows.of_article(article))
        if not self._has("sighting", "id", sighting.id):
            raw = rows.of_raw(sighting.raw)
            if not self._has("raw", "sha256", raw["sha256"]):
                self._insert("raw", raw)
            self._insert("sighting", rows.of_sighting(sighting))

    def _append(self, article: Article, reading: Reading, threshold: float) -> Receipt:
        before = tuple(row["id"] for row in self._rows(f"{SELECT} WHERE s.article = ? ORDER BY s.number", article.id))
        if self.has_reading(article.id, reading.reader):
            return Receipt(article.id, known=before)
        kept = self._kept(article.id)
        assert kept
        number = self._insert("reading", rows.of_reading(reading, threshold, rows.labels_of(article, kept)))
        statements = {
            statement.id: statement for statement in reversed(reading.statements)
        }  # the first of an id counts
        after = tuple(reversed(statements))
        for id_ in after:
            self._state(statements[id_], number, threshold)
        return Receipt(
            article.id,
            new=tuple(id_ for id_ in after if id_ not in before),
            known=tuple(id_ for id_ in after if id_ in before),
            superseded=tuple(id_ for id_ in before if id_ not in after),
        )

    def _state(self, statement: Statement, reading: int, threshold: float) -> None:
        level = "confirmed" if statement.certainty >= threshold else "suggested"
        number = self._insert("statement", rows.of_statement(statement, level) | {"reading": reading})
        for row in rows.evidence(statement):
            self._insert("evidence", row | {"statement": number})

    def forget(self, ref: str, day: str) -> tuple[str, ...]:
        """Removes every article seen at ``ref`` (or with that id) and all that rests on it; gives their ids.

        The one exception to append-only, asked for by publishers and courts: the triggers are lifted inside one
        transaction, the file is rewritten so that no page of it holds the words, and the ids and the day stay.
        """
        found = tuple(article.id for article in self.articles(ref))
        if found:
            with self._writing():
                self._lifted(found, day)
            self._rewrite()
        return found

    def _lifted(self, found: tuple[str, ...], day: str) -> None:
        triggers = list(self._rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'keep%'"))
        for trigger in triggers:
            self._sql.execute(f'DROP TRIGGER "{trigger["name"]}"')
        for article in found:
            self._remove(article)
            if not self._one("SELECT 1 FROM forgotten WHERE article = ? AND day = ?", article, day):
                self._insert("forgotten", {"article": article, "day": day})
        self._sql.execute("INSERT INTO statement_fts (statement_fts) VALUES ('rebuild')")
        for trigger in triggers:
            self._sql.execute(trigger["sql"])

    def _remove(self, article: str) -> None:
        self.prints.drop(article)
        self.unweave(article)
        self.woven.unjudge(article)
        ours = "(SELECT number FROM statement WHERE article = ?)"
        self._sql.execute(f"DELETE FROM evidence WHERE statement IN {ours}", (article,))  # noqa: S608
        for table in ("statement", "reading", "sighting"):
            self._sql.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608
        self._sql.execute("DELETE FROM raw WHERE sha256 NOT IN (SELECT raw FROM sighting)")
        self._sql.execute("DELETE FROM article WHERE id = ?", (article,))

    def unweave(self, article: str) -> None:
        """Takes an article's statements out of what belongs together, inside a transaction."""
        self.woven.drop(article)

    def _rewrite(self) -> None:
        with migrations.told(self.path):
            self._sql.execute("VACUUM")
            busy = self._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if busy:
            raise LedgerError(
                f"{self.path}: removed, but another program is reading it: close that and open the ledger once more"
            )

    # --- out --------------------------------------------------------------------------------------------------------

    def has_reading(self, article: str, reader: str) -> bool:
        """Whether this reader (fingerprint) has read this article."""
        return self._one("SELECT 1 FROM reading WHERE article = ? AND reader = ?", article, reader) is not None

    def forgotten(self, article: str) -> str | None:
        """The day an article was removed, if it was and has not been taken back."""
        if self._has("article", "id", article):
            return None
        row = self._one("SELECT max(day) AS day FROM forgotten WHERE article = ?", article)
        return row["day"] if row else None

    def article(self, ref: str) -> Article | None:
        """The article with an id, or the one seen last at a ref."""
        return next(self.articles(ref), None)

    def articles(self, ref: str | None = None) -> Iterator[Article]:
        """All articles by id; or those with an id (its beginning will do), or seen at a ref, latest first."""
        if ref is None:
            ids: Iterator[str] = (row["id"] for row in self._rows("SELECT id FROM article ORDER BY id"))
        else:
            ids = iter(self._ids_at(ref))
        return (article for id_ in ids if (article := self._labelled(id_)))

    def _ids_at(self, ref: str) -> list[str]:
        sql = "SELECT article FROM sighting WHERE ref = ? ORDER BY rowid DESC"
        at = [row["article"] for row in self._rows(sql, ref)]
        return at or [row["id"] for row in self._starting("article", "ar_", ref)]

    def _starting(self, table: str, prefix: str, id_: str) -> list[sqlite3.Row]:
        if not id_.startswith(prefix) or len(id_) < len(prefix) + 4:
            return []
        sql = f"SELECT DISTINCT id FROM {table} WHERE id >= ? AND id < ? LIMIT 2"  # noqa: S608
        found = list(self._rows(sql, id_, id_ + "g"))  # "g" sorts behind every hex digit
        return found if len(found) == 1 else []

    def _kept(self, id_: str) -> Article | None:
        row = self._one("SELECT * FROM article WHERE id = ?", id_)
        return rows.article_from(row) if row else None

    def _labelled(self, id_: str) -> Article | None:
        """The article as its newest reading saw it."""
        row = self._one("SELECT * FROM article WHERE id = ?", id_)
        newest = self._one("SELECT labels FROM reading WHERE article = ? ORDER BY number DESC LIMIT 1", id_)
        return rows.article_from(row, newest["labels"] if newest else None) if row else None

    def sightings(self, article: str | None = None) -> Iterator[Sighting]:
        """Where articles were seen, by id; without their bytes."""
        where, args = ("WHERE article = ?", [article]) if article else ("", [])
        sql = f"SELECT * FROM sighting {where} ORDER BY id"  # noqa: S608
        return (rows.sighting_from(row) for row in self._rows(sql, *args))

    def raw(self, sighting: str) -> bytes | None:
        """The bytes as they came."""
        sql = "SELECT sighting.*, bytes FROM sighting JOIN raw ON raw.sha256 = sighting.raw WHERE sighting.id = ?"
        row = self._one(sql, sighting)
        return rows.sighting_from(row).raw if row else None

    def notes(self, article: str) -> tuple[Note, ...]:
        """What was odd in an article, by its newest reading."""
        row = self._one("SELECT notes FROM reading WHERE article = ? ORDER BY number DESC LIMIT 1", article)
        return rows.notes_from(row) if row else ()

    def entries(self, query: Query = Query()) -> Iterator[Entry]:  # noqa: B008 - frozen
        """The statements asked for, in the order in which they were added."""
        where, args = query.where()
        return self._entries(f"{SELECT} WHERE {where} ORDER BY s.number", *args)

    def entry(self, id_: str) -> Entry | None:
        """The statement with an id (its beginning will do), by the newest reading that has it."""
        for row in self._starting("statement", "st_", id_):
            sql = "SELECT s.* FROM statement AS s WHERE s.id = ? ORDER BY s.reading DESC LIMIT 1"
            return next(self._entries(sql, row["id"]), None)
        return None

    def _entries(self, sql: str, *args: Any) -> Iterator[Entry]:
        article: Article | None = None
        refs: tuple[str, ...] = ()
        for row in self._rows(sql, *args):
            if article is None or article.id != row["article"]:
                article, refs = self._labelled(row["article"]), self.refs(row["article"])
            if article is not None:
                yield Entry(rows.statement_from(row), article, refs, row["level"])

    def refs(self, article: str) -> tuple[str, ...]:
        """Every place an article was seen at, sorted."""
        return tuple(
            row["ref"] for row in self._rows("SELECT ref FROM sighting WHERE article = ? ORDER BY ref", article)
        )

    def copies(self, article: str) -> tuple[Copy, ...]:
        """The copies of an article, those that share most with it first."""
        return tuple(self.prints.copies(article))

    def counts(self) -> dict[str, int]:
        """How much it holds: articles, sightings, readings, statements that count."""
        tables = {"articles": "article", "sightings": "sighting", "readings": "reading", "statements": "statement_now"}
        return {name: self._one(f"SELECT count(*) AS n FROM {table}")["n"] for name, table in tables.items()}  # noqa: S608

    def export(self, *, suggested: bool = False, with_text: bool = False) -> Iterator[dict[str, Any]]:
        """Every record by type and id, so that `LC_ALL=C sort -m` merges the lines of several ledgers."""
        for article in self.articles():
            yield records.of_article(article, _first(self.refs(article.id)), with_text=with_text)
        yield from map(records.of_judgement, self.woven.judgements())
        yield from map(records.of_link, self.woven.links())
        yield from map(records.of_saying, self.woven.sayings())
        yield from map(records.of_sighting, self.sightings())
        where, args = Query(suggested=suggested).where()
        for entry in self._entries(f"{SELECT} WHERE {where} ORDER BY s.id", *args):
            yield records.of_statement(entry.statement, _first(entry.refs), entry.level)
        yield from map(records.of_thread, self.woven.threads())

    # --- SQL --------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with migrations.told(self.path):
            self._sql.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._sql.execute("COMMIT")
            except BaseException:
                if self._sql.in_transaction:  # a full disk rolls back by itself
                    self._sql.execute("ROLLBACK")
                raise

    def _insert(self, table: str, row: dict[str, Any]) -> int:
        columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
        cursor = self._sql.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))  # noqa: S608
        return int(cursor.lastrowid or 0)

    def _has(self, table: str, column: str, value: str) -> bool:
        return self._one(f"SELECT 1 FROM {table} WHERE {column} = ?", value) is not None  # noqa: S608

    def _one(self, sql: str, *args: Any) -> Any:
        return next(self._rows(sql, *args), None)

    def _rows(self, sql: str, *args: Any) -> Iterator[sqlite3.Row]:
        with migrations.told(self.path):
            for row in self._sql.execute(sql, args):  # noqa: UP028 - yield from would close a cursor already gone
                yield row


def _first(refs: tuple[str, ...]) -> str:
    return refs[0] if refs else ""
