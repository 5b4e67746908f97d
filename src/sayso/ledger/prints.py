"""Prints of texts, by which copies are found: derived rows that may be dropped and made again at any time."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from sayso.model import Copy

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


@dataclass(frozen=True, slots=True)
class Kin:
    """Two prints of one text: the share of each that stands in the other, and the keys that speak for it."""

    a: int
    b: int
    in_b: float
    in_a: float
    rare: int
    """Keys that both have and few others."""
    need: int
    """Below this many they are not taken for copies."""


class Prints:
    """The prints in a ledger. Changes belong inside ``writing``."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def writing(self) -> AbstractContextManager[None]:
        """One transaction: all of an article's weaving or nothing."""
        return self._ledger._writing()

    def missing(self) -> list[str]:
        """Articles without a print, in the order in which they were added."""
        sql = "SELECT id FROM article WHERE id NOT IN (SELECT article FROM printed) ORDER BY rowid"
        return [row["id"] for row in self._ledger._rows(sql)]

    def has(self, article: str, sha256: str | None) -> bool:
        """Whether an article is woven in with this print (None: with none)."""
        sql = "SELECT sha256 FROM printed LEFT JOIN print ON number = print WHERE article = ?"
        row = self._ledger._one(sql, article)
        return row is not None and row["sha256"] == sha256

    def keep(self, article: str, sha256: str | None, passages: bytes, keys: Iterable[int]) -> int | None:
        """Gives an article its print, in the place of an older one; the print's number, if it is new here."""
        self.drop(article)
        row = sha256 and self._ledger._one("SELECT number FROM print WHERE sha256 = ?", sha256)
        number = row["number"] if row else None
        new = None
        if sha256 and number is None:
            kept = {"sha256": sha256, "passages": passages, "keys": json.dumps(sorted(keys))}
            number = new = self._ledger._insert("print", kept)
        self._ledger._insert("printed", {"article": article, "print": number})
        return new

    def drop(self, article: str) -> None:
        """Removes an article's print and all that was found by it."""
        row = self._ledger._one(
            "SELECT number, keys FROM printed JOIN print ON number = print WHERE article = ?", article
        )
        self._do("DELETE FROM printed WHERE article = ?", article)
        if row and not self._ledger._one("SELECT 1 FROM printed WHERE print = ?", row["number"]):
            self._do(
                "DELETE FROM shingle WHERE print = ? AND hash IN (SELECT value FROM json_each(?))",
                row["number"], row["keys"],
            )  # fmt: skip
            self._do("DELETE FROM kin WHERE a = ? OR b = ?", row["number"], row["number"])
            self._do("DELETE FROM print WHERE number = ?", row["number"])

    def hold(self, number: int, keys: Iterable[int], common: int) -> Counter[int]:
        """Looks a print up by its keys, and lists it under them: other prints with how many keys they share with it.

        Keys that more than ``common`` prints have do not count. The print that makes a key common takes it from the
        evidence of all pairs found by it, so that it does not matter who came first.
        """
        held = {key: list[int]() for key in keys}
        sql = "SELECT hash, print FROM shingle WHERE hash IN (SELECT value FROM json_each(?))"
        for row in self._ledger._rows(sql, json.dumps(list(held))):
            held[row["hash"]].append(row["print"])
        rows = [(key, number) for key, others in held.items() if len(others) <= common]
        self._ledger._sql.executemany("INSERT INTO shingle (hash, print) VALUES (?, ?)", sorted(rows))
        for key in (key for key, others in held.items() if len(others) == common):
            self._weaken(key)
        return Counter(chain.from_iterable(others for others in held.values() if len(others) < common))

    def _weaken(self, key: int) -> None:
        holders = "(SELECT print FROM shingle WHERE hash = ?)"
        self._do(f"UPDATE kin SET rare = rare - 1 WHERE a IN {holders} AND b IN {holders}", key, key)  # noqa: S608
        self._do(f"DELETE FROM kin WHERE rare < need AND a IN {holders}", key)  # noqa: S608

    def packed(self, number: int) -> tuple[str, bytes, list[int]]:
        """A print as it was kept: hash, passages, keys."""
        row = self._ledger._one("SELECT sha256, passages, keys FROM print WHERE number = ?", number)
        return row["sha256"], row["passages"], json.loads(row["keys"])

    def link(self, kin: Kin) -> None:
        """Keeps that two prints are of one text."""
        fields = {name: getattr(kin, name) for name in Kin.__slots__}
        self._ledger._insert("kin", fields)

    def copies(self, article: str) -> Iterator[Copy]:
        """The copies of an article, those that share most first."""
        sql = """SELECT c.*, (SELECT min(ref) FROM sighting AS s WHERE s.article = c.of) AS ref
                 FROM copy AS c WHERE c.article = ? ORDER BY share + kept DESC, of"""
        for row in self._ledger._rows(sql, article):
            share, kept = row["share"], row["kept"]
            yield Copy(row["article"], row["of"], row["ref"] or "", share, 1 - kept, 1 - share)

    def are_copies(self, a: str, b: str) -> bool:
        """Whether two articles are printings of one text."""
        return self._ledger._one("SELECT 1 FROM copy WHERE article = ? AND of = ?", a, b) is not None

    def _do(self, sql: str, *args: object) -> None:
        self._ledger._sql.execute(sql, args)
