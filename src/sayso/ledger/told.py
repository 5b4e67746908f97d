"""What a ledger tells of sayings and threads without changing anything: where statements belong, links, what it covers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sayso.ledger.search import Query
from sayso.ledger.store import SELECT, Ledger
from sayso.ledger.woven import _link
from sayso.model import SURE, Bounds, Entry, Link

_PAIRS = """SELECT m.id AS a, n.id AS b, p.relation, max(p.certainty) AS certainty, p.level, p.why
    FROM {start} JOIN woven AS k ON k.number = a.saying JOIN woven AS l ON l.number = b.saying
    JOIN saying AS m ON m.lead = a.saying JOIN saying AS n ON n.lead = b.saying
    WHERE {where} AND k.place < l.place AND p.relation <> 'same_utterance' GROUP BY a.saying, b.saying"""
_FROM_A = "woven AS a CROSS JOIN pair AS p ON p.a = a.number CROSS JOIN woven AS b ON b.number = p.b"
_FROM_B = "woven AS b CROSS JOIN pair AS p ON p.b = b.number CROSS JOIN woven AS a ON a.number = p.a"
"""Joined crosswise: SQLite begins with the few statements asked for, never with all pairs."""


class Home(NamedTuple):
    """Where a statement belongs: ids of its saying and its thread."""

    saying: str
    thread: str | None


def bounds(ledger: Ledger) -> Bounds:
    """What a ledger covers; an article without a day of its own counts, yet begins nothing."""
    row = ledger._one(
        """SELECT min(substr(published, 1, 10)) AS begins, max(substr(published, 1, 10)) AS ends,
                  count(*) AS articles, count(DISTINCT coalesce(outlet, agency)) AS outlets FROM article"""
    )
    return Bounds(row["begins"], row["ends"], row["articles"], row["outlets"])


def homes(ledger: Ledger, statements: Iterable[str]) -> dict[str, Home]:
    """Where statements belong, of those that are woven in."""
    sql = """SELECT w.statement, s.id AS saying, t.id AS thread
             FROM woven AS w JOIN saying AS s ON s.lead = w.saying LEFT JOIN thread AS t ON t.lead = w.thread
             WHERE w.statement IN (SELECT value FROM json_each(?))"""
    return {r["statement"]: Home(r["saying"], r["thread"]) for r in ledger._rows(sql, json.dumps(list(statements)))}


def entries_in(ledger: Ledger, column: str, ids: Iterable[str], query: Query = Query()) -> Iterator[Entry]:  # noqa: B008 - frozen
    """The statements of sayings or threads (``column``) that fit a query."""
    where, args = query.where()
    ours = f"""s.number IN (SELECT w.number FROM {column} AS g JOIN woven AS w ON w.{column} = g.lead
               WHERE g.id IN (SELECT value FROM json_each(?)))"""  # noqa: S608
    yield from ledger._entries(f"{SELECT} WHERE {ours} AND {where} ORDER BY s.number", json.dumps(list(ids)), *args)


def links_within(ledger: Ledger, thread: str) -> list[Link]:
    """What the sayings of a thread are to each other."""
    where = "a.thread = (SELECT lead FROM thread WHERE id = ?) AND b.thread = a.thread"
    return _links(ledger, _PAIRS.format(start=_FROM_A, where=where), thread)


def links_of(ledger: Ledger, saying: str) -> list[Link]:
    """What a saying is to those before it, and what later ones are to it."""
    found = list[Link]()
    for start, side in ((_FROM_A, "a"), (_FROM_B, "b")):
        where = f"{side}.saying = (SELECT lead FROM saying WHERE id = ?)"  # noqa: S608
        found += _links(ledger, _PAIRS.format(start=start, where=where), saying)
    return sorted(found, key=lambda link: link.id)


def _links(ledger: Ledger, sql: str, id_: str) -> list[Link]:
    return sorted(map(_link, ledger._rows(sql, id_)), key=lambda link: link.id)


def often(ledger: Ledger, query: Query = Query(), most: int = 20) -> list[str]:  # noqa: B008 - frozen
    """Threads of which more than one saying fits a query and is surely linked, those said most first, then those said last."""
    where, args = query.where()
    sure = f"""o.thread = w.thread AND o.saying <> w.saying AND p.level = 'confirmed' AND p.certainty >= {SURE}
               AND p.relation NOT IN ('same_utterance', 'reverses')"""
    linked = f"""EXISTS (SELECT 1 FROM pair AS p JOIN woven AS o ON o.number = p.b WHERE p.a = w.number AND {sure})
              OR EXISTS (SELECT 1 FROM pair AS p JOIN woven AS o ON o.number = p.a WHERE p.b = w.number AND {sure})"""  # noqa: S608
    sql = f"""SELECT t.id FROM ({SELECT} WHERE {where}) AS s JOIN woven AS w ON w.number = s.number
              JOIN thread AS t ON t.lead = w.thread WHERE {linked} GROUP BY w.thread HAVING count(DISTINCT w.saying) > 1
              ORDER BY count(DISTINCT w.saying) DESC, max(w.place) DESC LIMIT ?"""  # noqa: S608
    return [row["id"] for row in ledger._rows(sql, *args, most)]
