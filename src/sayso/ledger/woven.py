"""What belongs together, as rows: statements as they are compared, pairs of them, and the names of threads.

Sayings and threads are kept by the statement that leads them, the first by day; their ids hang on the order of input.
All rows but the log of threads and the judgements are derived, and may be dropped and made again at any time.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from sayso import ids
from sayso.ledger import migrations, rows
from sayso.model import Decision, Judgement, Link, Saying, Statement, Thread, Why

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


TABLES = {"sy_": ("saying", "id"), "th_": ("thread_log", "thread")}
"""Where ids are looked up."""


@dataclass(frozen=True, slots=True)
class Strand:
    """A statement as it is compared, and where it belongs."""

    number: int
    statement: str
    article: str
    first: int
    place: str
    side: str | None
    speaker: str | None
    since: str | None
    until: str | None
    object: tuple[str, ...]
    point: str
    frame: bool = False
    vector: bytes | None = None
    saying: int | None = None
    thread: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What the statement ``b`` is to ``a``, which stands before it by place."""

    a: int
    b: int
    decision: Decision


class Tie(NamedTuple):
    """What the statement ``b`` is to the earlier ``a``, and where that one belongs."""

    a: int
    b: int
    relation: str
    certainty: float
    saying: int
    place: str
    """Of the statement that leads the saying."""
    thread: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the log of threads."""

    event: str
    thread: str
    saying: str | None = None
    other: str | None = None


class Woven:
    """What belongs together in a ledger. Changes belong inside ``writing``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def writing(self) -> AbstractContextManager[None]:
        """One transaction: all of an article's weaving or nothing."""
        return self._ledger._writing()

    # --- statements -------------------------------------------------------------------------------------------------

    def missing(self) -> list[str]:
        """Articles whose newest reading is not woven in, in the order in which they were read."""
        sql = """SELECT r.article FROM (SELECT article, max(number) AS number FROM reading GROUP BY article) AS r
                 LEFT JOIN weft AS w USING (article) WHERE w.reading IS NOT r.number ORDER BY r.number"""
        return [row["article"] for row in self._rows(sql)]

    def newest(self, article: str) -> int | None:
        """The newest reading of an article, unless it is woven in already."""
        sql = """SELECT max(number) AS number, (SELECT reading FROM weft WHERE article = ?) AS woven
                 FROM reading WHERE article = ?"""
        row = self._ledger._one(sql, article, article)
        return row["number"] if row["number"] != row["woven"] else None

    def read(self, reading: int) -> Iterator[tuple[int, int, Statement]]:
        """The confirmed statements of a reading: number, number when each was first read, and record."""
        sql = """SELECT number, record, (SELECT min(number) FROM statement AS f WHERE f.id = s.id) AS first
                 FROM statement AS s WHERE reading = ? AND level = 'confirmed' ORDER BY number"""
        return ((row["number"], row["first"], rows.statement_from(row)) for row in self._rows(sql, reading))

    def statement(self, number: int) -> Statement:
        """The statement with a number."""
        return rows.statement_from(self._ledger._one("SELECT record FROM statement WHERE number = ?", number))

    def put(self, strand: Strand, keys: Iterable[str]) -> None:
        """Keeps a statement as it is compared, and lists it under its keys."""
        row = {name: getattr(strand, name) for name in Strand.__slots__} | {"object": rows.packed(strand.object)}
        self._ledger._insert("woven", row)
        listed = [(key, strand.number) for key in sorted(set(keys))]
        self._ledger._sql.executemany("INSERT INTO block (key, number) VALUES (?, ?)", listed)

    def done(self, article: str, reading: int) -> None:
        """Notes that a reading is woven in."""
        self._do("INSERT OR REPLACE INTO weft (article, reading) VALUES (?, ?)", article, reading)

    def unsettle(self, column: str, value: str) -> None:
        """All that shares a thread with statements (by a value of a column) is to be settled anew."""
        for together in ("thread", "saying"):
            leads = f"(SELECT {together} FROM woven WHERE {column} = ?)"  # noqa: S608
            self._do(f"UPDATE woven SET saying = NULL WHERE {together} IN {leads}", value)  # noqa: S608
        self._do("DELETE FROM thread WHERE lead IN (SELECT thread FROM woven WHERE saying IS NULL)")
        self._do("DELETE FROM saying WHERE lead IN (SELECT number FROM woven WHERE saying IS NULL)")
        self._do("UPDATE woven SET thread = NULL WHERE saying IS NULL")

    def drop(self, article: str) -> None:
        """Takes an article's statements out; those that belonged together with them are to be settled anew."""
        ours = "(SELECT number FROM woven WHERE article = ?)"
        self.unsettle("article", article)
        self._do("DELETE FROM weft WHERE article = ?", article)
        for table, column in (("pair", "a"), ("pair", "b"), ("block", "number"), ("woven", "number")):
            self._do(f"DELETE FROM {table} WHERE {column} IN {ours}", article)  # noqa: S608

    def number(self, statement: str) -> int | None:
        """The number of the statement with an id; None if it is not woven in."""
        row = self._ledger._one("SELECT number FROM woven WHERE statement = ?", statement)
        return row["number"] if row else None

    def strand(self, number: int) -> Strand:
        """The statement with a number, as it is compared."""
        return _strand(self._ledger._one("SELECT * FROM woven WHERE number = ?", number))

    def strands(self, column: str, value: object) -> list[Strand]:
        """Statements with a value in a column (article, saying, thread, statement), by place."""
        sql = f"SELECT * FROM woven WHERE {column} IS ? ORDER BY place"  # noqa: S608
        return [_strand(row) for row in self._rows(sql, value)]

    def last(self) -> str:
        """The place of the last statement; empty if there is none."""
        return self._ledger._one("SELECT max(place) AS place FROM woven")["place"] or ""

    # --- looking up -------------------------------------------------------------------------------------------------

    def block(self, keys: Iterable[str], most: int) -> list[int]:
        """Statements listed under the keys, under each no more than ``most``, those read last first."""
        sql = "SELECT number FROM block WHERE key = ? ORDER BY number DESC LIMIT ?"
        found = {number for key in keys for (number,) in self._plain(sql, key, most)}
        return sorted(found, reverse=True)

    def leads(self, keys: Iterable[str], most: int) -> list[int]:
        """Those of them that lead a thread of several sayings."""
        return self.block([f"lead|{key}" for key in keys], most)

    def set_leads(self, number: int, leads: bool) -> None:
        """Lists a statement among those that lead a thread of several sayings, or takes it out."""
        self._do("DELETE FROM block WHERE number = ? AND key LIKE 'lead|%'", number)
        if leads:
            self._do(
                "INSERT INTO block (key, number) SELECT 'lead|' || key, number FROM block WHERE number = ?", number
            )

    def matching(self, expression: str, most: int) -> list[tuple[int, float]]:
        """Statements that fit a full-text expression, with their BM25 (higher is better), best first."""
        sql = """SELECT f.rowid AS number, -f.rank AS score FROM statement_fts AS f
                 WHERE statement_fts MATCH ? ORDER BY f.rank LIMIT ?"""
        found = [(row["number"], row["score"]) for row in self._rows(sql, expression, most)]
        kept = self._kept([number for number, _ in found])
        return [(number, score) for number, score in found if number in kept]

    def _kept(self, numbers: Sequence[int]) -> set[int]:
        """Those of them that are woven in: the index also holds statements of older readings and suggested ones."""
        sql = "SELECT number FROM woven WHERE number IN (SELECT value FROM json_each(?))"
        return {row["number"] for row in self._rows(sql, json.dumps(list(numbers)))}

    def spread(self, expression: str, most: int) -> int:
        """How many statements fit a full-text expression, counted no further than ``most``."""
        sql = "SELECT count(*) AS n FROM (SELECT 1 FROM statement_fts WHERE statement_fts MATCH ? LIMIT ?)"
        return int(self._ledger._one(sql, expression, most)["n"])

    def vectors(self, numbers: Iterable[int]) -> dict[int, bytes]:
        """The vectors of statements, of those that have one."""
        sql = """SELECT number, vector FROM woven
                 WHERE number IN (SELECT value FROM json_each(?)) AND vector IS NOT NULL"""
        return dict(self._plain(sql, json.dumps(sorted(numbers))))

    def count(self) -> int:
        """How many statements are woven in."""
        return int(self._ledger._one("SELECT count(*) AS n FROM woven")["n"])

    # --- pairs ------------------------------------------------------------------------------------------------------

    def relate(self, pair: Pair) -> None:
        """Keeps what one statement is to another."""
        found = pair.decision
        why = msgspec.json.encode(found.why).decode()
        self._do(
            "INSERT OR REPLACE INTO pair VALUES (?, ?, ?, ?, ?, ?, ?)",
            pair.a, pair.b, found.relation, found.certainty, found.level, rows.packed(found.also), why,
        )  # fmt: skip

    def has(self, number: int) -> set[int]:
        """The statements it is related to."""
        sql = "SELECT a AS other FROM pair WHERE b = ? UNION SELECT b FROM pair WHERE a = ?"
        return {row["other"] for row in self._rows(sql, number, number)}

    def before(self, column: str, lead: int) -> list[Tie]:
        """What the statements of a saying (or one statement: ``number``) are to those that stand before it."""
        sql = f"""SELECT p.a, p.b, p.relation, p.certainty, l.number AS saying, l.place, l.thread
                  FROM woven AS w JOIN pair AS p ON p.b = w.number JOIN woven AS o ON o.number = p.a
                  JOIN woven AS l ON l.number = o.saying
                  WHERE w.{column} = ? ORDER BY o.place, w.place"""  # noqa: S608
        return [Tie(*row) for row in self._rows(sql, lead)]

    def members(self, thread: int, place: str = "~") -> list[int]:
        """The leads of a thread's sayings that stand before a place, in order."""
        sql = "SELECT number FROM woven WHERE thread = ? AND number = saying AND place < ? ORDER BY place"
        return [row["number"] for row in self._rows(sql, thread, place)]

    def behind(self, column: str, lead: int, relations: Iterable[str], place: str) -> set[int]:
        """The statements behind a place that are related so to some statement of a group."""
        sql = f"""SELECT DISTINCT o.number FROM woven AS w JOIN pair AS p ON p.a = w.number
                  JOIN woven AS o ON o.number = p.b
                  WHERE w.{column} = ? AND o.place > ? AND p.relation IN (SELECT value FROM json_each(?))"""  # noqa: S608
        return {row["number"] for row in self._rows(sql, lead, place, json.dumps(sorted(relations)))}

    # --- where they belong ------------------------------------------------------------------------------------------

    def unsettled(self) -> list[int]:
        """Statements whose saying is not known, by place."""
        return [row["number"] for row in self._rows("SELECT number FROM woven WHERE saying IS NULL ORDER BY place")]

    def set_saying(self, number: int, lead: int) -> None:
        """Puts a statement into a saying; its thread has to be settled anew."""
        self._do("UPDATE woven SET saying = ?, thread = NULL WHERE number = ? AND saying IS NOT ?", lead, number, lead)

    def set_thread(self, saying: int, lead: int | None) -> None:
        """Puts a saying into a thread."""
        self._do("UPDATE woven SET thread = ? WHERE saying = ?", lead, saying)

    # --- names ------------------------------------------------------------------------------------------------------

    def name_saying(self, lead: int) -> str:
        """Names the saying that a statement leads: by the first of its statements in order of input."""
        sql = "SELECT statement FROM woven WHERE saying = ? ORDER BY first LIMIT 1"
        id_ = ids.saying_id(self._ledger._one(sql, lead)["statement"])
        self._do("DELETE FROM saying WHERE lead = ? OR id = ?", lead, id_)
        self._ledger._insert("saying", {"lead": lead, "id": id_})
        return id_

    def unname_saying(self, lead: int) -> None:
        """A statement leads no saying any more."""
        self._do("DELETE FROM saying WHERE lead = ?", lead)

    def roll(self, thread: int) -> list[list[str]]:
        """The sayings of a thread in order of input, each by the ids that it may have had, the one it has first."""
        found = dict[int, list[str]]()
        for row in self._rows("SELECT saying, statement FROM woven WHERE thread = ? ORDER BY first", thread):
            found.setdefault(row["saying"], []).append(ids.saying_id(row["statement"]))
        return list(found.values())

    def name(self, lead: int) -> str:
        """The id of the thread that a statement leads."""
        return str(self._ledger._one("SELECT id FROM thread WHERE lead = ?", lead)["id"])

    def lead_of_thread(self, id_: str) -> int | None:
        """The statement that leads the thread with an id now."""
        row = self._ledger._one("SELECT lead FROM thread WHERE id = ?", id_)
        return row["lead"] if row else None

    def set_names(self, names: Mapping[int, str], gone: Iterable[int]) -> None:
        """Names threads, those that are gone first."""
        for lead in sorted({*gone, *names}):
            self._do("DELETE FROM thread WHERE lead = ?", lead)
        for lead, name in sorted(names.items()):
            self._do("INSERT INTO thread (lead, id) VALUES (?, ?)", lead, name)

    def log(self, event: Event) -> None:
        """Adds a line to the log of threads."""
        self._ledger._insert("thread_log", {name: getattr(event, name) for name in Event.__slots__})

    def events(self) -> Iterator[Event]:
        """The log of threads."""
        sql = "SELECT event, thread, saying, other FROM thread_log ORDER BY number"
        return (Event(*row) for row in self._rows(sql))

    def opened(self, thread: str) -> tuple[int, str]:
        """When a thread was opened (a number in the log), and by which saying."""
        sql = "SELECT number, saying FROM thread_log WHERE thread = ? AND event IN ('opened', 'split') ORDER BY number LIMIT 1"
        row = self._ledger._one(sql, thread)
        return row["number"], row["saying"]

    def was(self, thread: str) -> bool:
        """Whether there ever was a thread with an id."""
        return self._ledger._has("thread_log", "thread", thread)

    def logged(self, sayings: Iterable[str]) -> dict[str, tuple[int, str]]:
        """The thread that each saying went into last, by the log, and when: whatever became of that thread."""
        sql = """SELECT saying, max(number) AS number, thread FROM thread_log
                 WHERE saying IN (SELECT value FROM json_each(?)) GROUP BY saying"""
        return {row["saying"]: (row["number"], row["thread"]) for row in self._rows(sql, json.dumps(list(sayings)))}

    def known(self, reading: int) -> bool:
        """Whether the log knows any saying of a reading."""
        sql = "SELECT id FROM statement WHERE reading = ? AND level = 'confirmed'"
        return bool(self.logged([ids.saying_id(row["id"]) for row in self._rows(sql, reading)]))

    def resolved(self, thread: str) -> str:
        """The thread that an id leads to now: itself, or the one it was merged into last."""
        sql = """SELECT event, thread FROM thread_log
                 WHERE thread = ? AND event IN ('opened', 'split') OR other = ? AND event = 'merged'
                 ORDER BY number DESC LIMIT 1"""
        seen = set[str]()
        while (row := self._ledger._one(sql, thread, thread)) and row["event"] == "merged" and thread not in seen:
            seen.add(thread)
            thread = row["thread"]
        return thread

    def aliases(self, thread: str) -> tuple[str, ...]:
        """The ids that lead to a thread, itself apart, sorted."""
        found, new = {thread}, [thread]
        while new:
            sql = "SELECT DISTINCT other FROM thread_log WHERE event = 'merged' AND thread = ?"
            into = [row["other"] for row in self._rows(sql, new.pop())]
            new += [id_ for id_ in into if id_ not in found and self.resolved(id_) == thread]
            found.update(new)
        return tuple(sorted(found - {thread}))

    # --- judgements -------------------------------------------------------------------------------------------------

    def judge(self, judgement: Judgement, statements: Sequence[str]) -> None:
        """Keeps what a person decided about statements; the same judgement twice is kept once."""
        if not self._ledger._has("judgement", "id", judgement.id):
            row = {name: getattr(judgement, name) for name in Judgement.__slots__}
            lists = {"about": rows.packed(judgement.about), "statements": rows.packed(list(statements))}
            self._ledger._insert("judgement", row | lists)

    def judged(self) -> list[tuple[str, str, str]]:
        """Pairs of statements that people judged, by what each says (same, not_same), in order of judging."""
        sql = "SELECT says, statements FROM judgement WHERE says IN ('same', 'not_same') ORDER BY number"
        return [(row["says"], *json.loads(row["statements"])) for row in self._rows(sql)]

    def judgements(self) -> Iterator[Judgement]:
        """All judgements, by id."""
        for row in self._rows("SELECT * FROM judgement ORDER BY id"):
            plain = {name: row[name] for name in Judgement.__slots__}
            yield Judgement(**plain | {"about": tuple(json.loads(row["about"]))})

    def unjudge(self, article: str) -> None:
        """Forgets what was judged about an article's statements, notes included; only ``forget`` may."""
        self._do(
            """DELETE FROM judgement WHERE EXISTS (SELECT 1 FROM json_each(statements)
               WHERE value IN (SELECT id FROM statement WHERE article = ?))""", article
        )  # fmt: skip

    # --- out --------------------------------------------------------------------------------------------------------

    def statements_of(self, id_: str) -> list[str]:
        """The statements that an id of a statement, saying or thread leads to, the first in order of input first."""
        if id_.startswith("st_"):
            found = self.strands("statement", id_)
        elif id_.startswith("sy_"):
            lead = self.lead_of(id_)
            found = [] if lead is None else self.strands("saying", lead)
        else:
            lead = self.lead_of_thread(self.resolved(id_))
            found = [] if lead is None else self.strands("thread", lead)
        return [strand.statement for strand in sorted(found, key=lambda strand: strand.first)]

    def stands_for(self, id_: str) -> str:
        """The statement that a statement, saying or thread is judged by: of a thread the first of its own first saying.

        So a thread that was merged into another can be told apart from it.
        """
        own = self.statements_of(self.opened(id_)[1]) if id_.startswith("th_") else []
        return (own or self.statements_of(id_))[0]

    def complete(self, beginning: str) -> str | None:
        """The id of a woven statement, a saying or a thread (also one that was merged) by its beginning."""
        table, column = TABLES.get(beginning[:3], ("woven", "statement"))
        sql = f"SELECT DISTINCT {column} AS id FROM {table} WHERE {column} >= ? AND {column} < ? LIMIT 2"  # noqa: S608
        if len(beginning) < len("st_") + 4:
            return None
        found = [row["id"] for row in self._rows(sql, beginning, beginning + "g")]  # "g" sorts behind every hex digit
        return found[0] if len(found) == 1 and self.statements_of(found[0]) else None

    def lead_of(self, saying: str) -> int | None:
        """The statement that leads the saying with an id."""
        row = self._ledger._one("SELECT lead FROM saying WHERE id = ?", saying)
        return row["lead"] if row else None

    def saying(self, lead: int) -> Saying:
        """The saying that a statement leads."""
        strands = self.strands("saying", lead)
        head = next(strand for strand in strands if strand.number == lead)
        listed = tuple(s.statement for s in sorted(strands, key=lambda s: s.first))
        said = _overlap([(s.since, s.until) for s in strands])
        return Saying(
            ids.saying_id(listed[0]), listed, head.speaker, head.side, said, head.object, head.point
        )  # fmt: skip

    def sayings(self) -> Iterator[Saying]:
        """All sayings, by id."""
        for row in list(self._rows("SELECT lead FROM saying ORDER BY id")):
            yield self.saying(row["lead"])

    def links(self, saying: str | None = None) -> Iterator[Link]:
        """All links, by id, or those of one saying: the surest pair of statements stands for two sayings."""
        of, args = ("AND ? IN (m.id, n.id)", [saying]) if saying else ("", [])
        sql = f"""SELECT m.id AS a, n.id AS b, p.relation, p.certainty, p.level, p.why
                  FROM pair AS p JOIN woven AS a ON a.number = p.a JOIN woven AS b ON b.number = p.b
                  JOIN woven AS k ON k.number = a.saying JOIN woven AS l ON l.number = b.saying
                  JOIN saying AS m ON m.lead = a.saying JOIN saying AS n ON n.lead = b.saying
                  WHERE k.place < l.place AND p.relation <> 'same_utterance' {of}
                  ORDER BY p.certainty DESC, a.place, b.place"""  # noqa: S608
        surest = dict[tuple[str, str], Any]()
        for row in self._rows(sql, *args):
            surest.setdefault((row["a"], row["b"]), row)
        return iter(sorted(map(_link, surest.values()), key=lambda link: link.id))

    def thread(self, id_: str) -> Thread | None:
        """The thread that an id leads to."""
        name = self.resolved(id_)
        lead = self.lead_of_thread(name)
        return None if lead is None else self._thread(lead, name)

    def threads(self) -> Iterator[Thread]:
        """All threads, by id."""
        for row in list(self._rows("SELECT lead, id FROM thread ORDER BY id")):
            yield self._thread(row["lead"], row["id"])

    def _thread(self, lead: int, id_: str) -> Thread:
        leads = dict.fromkeys(s.saying for s in self.strands("thread", lead) if s.saying is not None)
        names = tuple(self.saying(number).id for number in leads)
        label = self._ledger._one("SELECT content FROM statement WHERE number = ?", lead)["content"]
        return Thread(id_, names, label, self.aliases(id_))

    def _rows(self, sql: str, *args: object) -> Iterator[Any]:
        return self._ledger._rows(sql, *args)

    def _plain(self, sql: str, *args: object) -> list[Any]:
        """Rows as tuples, all at once: where there are thousands, half the time went into making them one by one."""
        cursor = self._ledger._sql.cursor()
        cursor.row_factory = None
        with migrations.told(self._ledger.path):
            return cursor.execute(sql, args).fetchall()

    def _do(self, sql: str, *args: object) -> None:
        self._ledger._sql.execute(sql, args)


def _strand(row: Any) -> Strand:
    plain = {name: row[name] for name in Strand.__slots__}
    return Strand(**plain | {"object": tuple(json.loads(row["object"])), "frame": bool(row["frame"])})


def _link(row: Any) -> Link:
    a, b, relation = row["a"], row["b"], row["relation"]
    why = msgspec.json.decode(row["why"], type=tuple[Why, ...])
    return Link(ids.link_id(a, b, relation), a, b, relation, row["certainty"], row["level"], why)


def _overlap(days: Sequence[tuple[str | None, str | None]]) -> tuple[str | None, str | None]:
    """The days that all of the intervals have in common; the first of them if there is none."""
    since = max((day for day, _ in days if day), default=None)
    until = min((day for _, day in days if day), default=None)
    return days[0] if since and until and since > until else (since, until)
