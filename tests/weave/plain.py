"""Statements compared by their plain words: "ALPHA talks fail not" is about ALPHA, of a sign, and says the rest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.ledger import Ledger
from sayso.model import Decision, Statement
from sayso.weave import Loom
from sayso.weave.loom import Entry
from tests import factory


@dataclass(frozen=True)
class Slots:
    side: str | None
    object: tuple[str, ...]
    point: str
    sign: bool


class Craft:
    """All are near to each other."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger

    def slots(self, statements: Sequence[Statement]) -> list[Slots]:
        return list(map(self.of, statements))

    def of(self, statement: Statement) -> Slots:
        words = statement.content.text.split()
        plain = [w for w in words if not w.isupper() and w != "not"]
        return Slots(
            statement.state.value, tuple(w for w in words if w.isupper()), " ".join(sorted(plain)), "not" not in words
        )

    def entry(self, slots: Slots) -> Entry:
        return Entry(slots.object, slots.point)

    def near(self, slots: Slots) -> Iterable[int]:
        return [row["number"] for row in self.ledger._rows("SELECT number FROM woven ORDER BY number")]

    def decide(self, earlier: Slots, later: Slots) -> Decision:
        shared = set(earlier.point.split()) & set(later.point.split())
        if earlier.side != later.side or not shared:
            return Decision(None, 0.5)
        share = len(shared) / len(set(earlier.point.split()) | set(later.point.split()))
        if earlier.object != later.object:
            return Decision("other_object", 0.9)
        return Decision("recurs" if earlier.sign == later.sign else "reverses", share)


@dataclass
class Bench:
    """A ledger with its loom; ``say`` adds an article of lines said on one day."""

    ledger: Ledger
    loom: Loom

    @classmethod
    def open(cls, folder: str | Path) -> Bench:
        ledger = Ledger.open(Path(folder) / "x.db", create=True)
        return cls(ledger, Loom(ledger, Craft(ledger)))

    def keep(self, day: str | None, *lines: str, speaker: str = "Jane Alpha", side: str = "NOR", head: str = "") -> str:
        page = factory.article(" | later that day | ".join([f"{head} {speaker} {day}", *lines]))
        found = [
            factory.statement(page, line, source=speaker, state=side, said=day, speaker_id=f"person:{speaker}")
            for line in dict.fromkeys(lines)
        ]
        self.ledger.add(page, factory.sighting(page, page.id), factory.reading(page, *found))
        return page.id

    def say(self, day: str | None, *lines: str, **fields: str) -> str:
        article = self.keep(day, *lines, **fields)
        self.loom.add(article)
        return article

    def threads(self) -> set[frozenset[str]]:
        """The threads as sets of contents with their days."""
        return {frozenset(self.worded(thread.id)) for thread in self.ledger.woven.threads()}

    def worded(self, id_: str) -> list[str]:
        found = map(self.ledger.entry, self.ledger.woven.statements_of(id_))
        return [f"{e.statement.said.from_} {e.statement.content.text}" for e in found if e]

    def id_of(self, words: str) -> str:
        return next(e.statement.id for e in self.ledger.entries() if e.statement.content.text == words)

    def thread_of(self, statement: str) -> str:
        return next(t.id for t in self.ledger.woven.threads() if statement in self.ledger.woven.statements_of(t.id))

    def log(self) -> list[tuple]:
        return [(e.event, e.thread, e.saying, e.other) for e in self.ledger.woven.events()]
