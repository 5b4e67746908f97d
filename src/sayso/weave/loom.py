"""The loom: an article's statements compared with those near to them, then put into sayings and threads."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sayso.ledger import Ledger
from sayso.ledger.woven import Pair, Strand
from sayso.model import OUT_OF_THREAD, Decision, Judgement, Statement
from sayso.weave import leads, sayings, threads
from sayso.weave.judged import Judged

HELD = 4_000
"""Statements, and decisions, that are kept in memory."""

PAGE = 40
"""Statements of its page, before it and after it, that one is compared with whatever they say."""


SILENT = frozenset((None, "kindred"))
"""What is not kept: of kindred ones there is no end, they are decided when asked for."""


class Craft(Protocol):
    """How statements are compared: what the loom needs of slots, candidates and decisions."""

    def slots(self, statements: Sequence[Statement]) -> list[Any]:
        """Statements as they are compared."""

    def entry(self, slots: Any) -> Entry:
        """What is kept of one."""

    def near(self, slots: Any) -> Iterable[int]:
        """Numbers of statements near to one, whenever they were said, best first."""

    def decide(self, earlier: Any, later: Any) -> Decision:
        """What a later one is to an earlier one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is kept of a statement as it is compared."""

    object: tuple[str, ...]
    """What it is about: ids and names, sorted."""
    point: str
    """What is said of it."""
    keys: tuple[str, ...] = ()
    """What it is looked up by."""
    vector: bytes | None = None


class Loom:
    """Weaves a ledger. One writer at a time; what it remembers is only what the ledger holds."""

    def __init__(self, ledger: Ledger, craft: Craft) -> None:
        self.ledger, self.woven, self.craft = ledger, ledger.woven, craft
        self._read = _Memory(self._again)
        self._told = _Memory(self._decided)
        self._place = _Memory(lambda number: self.woven.strand(number).place)  # which never changes

    def add(self, article: str, *, again: bool = False) -> bool:
        """Weaves in the newest reading of an article; False if that was done before.

        ``again``: what the log of threads knows already is left to be settled with the rest that is made again, else
        threads would seem to part and merge on the way.
        """
        if self.woven.newest(article) is None:
            return False
        with self.woven.writing():
            reading = self.woven.newest(article)  # another process may have been faster
            if reading is not None:
                self.ledger.unweave(article)
                self._compare(self._take(reading))
                self.woven.done(article, reading)
                if not (again and self.woven.known(reading)):
                    self._settle_all()
        return reading is not None

    def settle(self) -> None:
        """Puts into sayings and threads what is in none (an article was forgotten, a judgement came in)."""
        if self.woven.unsettled():
            with self.woven.writing():
                self._settle_all()

    def judge(self, judgement: Judgement, statements: Sequence[str]) -> None:
        """Keeps what a person judged about two statements, and decides anew where they belong."""
        with self.woven.writing():
            self.woven.judge(judgement, statements)
            for statement in statements:
                self.woven.unsettle("statement", statement)
            self._settle_all()

    def _settle_all(self) -> None:
        if open_ := self.woven.unsettled():
            judged, last = Judged(self.woven.judged()), self.woven.last()
            reports = sayings.Reports(self.woven, judged, last)
            placing = threads.Placing(self.woven, self.decide, judged, last)
            self._settle(reports, placing, open_)

    def _settle(self, reports: sayings.Reports, placing: threads.Placing, open_: list[int]) -> None:
        changed = leads.settle(reports, open_) | reports.left
        changed |= {lead for number in changed if (lead := self.woven.strand(number).saying) is not None}
        for lead in sorted(changed):
            self._name(lead)
        heads = {lead for lead in changed if self.woven.strand(lead).saying == lead}
        for thread in reports.threads:
            heads.update(self.woven.members(thread))
        placing.touched |= reports.threads
        leads.settle(placing, heads)
        threads.name(self.woven, placing.touched)

    def decide(self, a: int, b: int) -> Decision:
        """What the statement ``b`` is to ``a``, which stands before it."""
        found: Decision = self._told[a, b]
        return found

    def _name(self, lead: int) -> None:
        if self.woven.strand(lead).saying == lead:
            self.woven.name_saying(lead)
        else:
            self.woven.unname_saying(lead)

    # --- comparing --------------------------------------------------------------------------------------------------

    def _take(self, reading: int) -> list[Strand]:
        """Keeps the statements of a reading that somebody said."""
        listed = [each for each in self.woven.read(reading) if said(each[2])]
        made = self.craft.slots([statement for *_, statement in listed])
        told = frames([statement for *_, statement in listed])
        strands = []
        for (number, first, statement), slots in zip(listed, made, strict=True):
            frame = statement.id in told
            self._read[number] = statement, slots, frame
            strands.append(_strand(number, first, statement, entry := self.craft.entry(slots), frame=frame))
            self.woven.put(strands[-1], entry.keys)
        return strands

    def _again(self, number: int) -> tuple[Statement, Any, bool]:
        statement = self.woven.statement(number)
        return statement, self.craft.slots([statement])[0], self.woven.strand(number).frame

    def _compare(self, strands: list[Strand]) -> None:
        own = [strand.number for strand in strands]
        for at, strand in enumerate(strands):
            page = own[max(0, at - PAGE) : at + PAGE]
            for other in dict.fromkeys([*page, *self.craft.near(self._read[strand.number][1])]):
                if other != strand.number:
                    self._relate(*sorted((strand.number, other), key=self._place.__getitem__))

    def _relate(self, a: int, b: int) -> None:
        decision = self.decide(a, b)
        if decision.relation not in SILENT:
            self.woven.relate(Pair(a, b, decision))

    def _decided(self, pair: tuple[int, int]) -> Decision:
        (a, ours, framed), (b, theirs, frame) = self._read[pair[0]], self._read[pair[1]]
        decision = self.craft.decide(ours, theirs)
        if frame != framed and decision.relation not in {None, *OUT_OF_THREAD}:
            return replace(decision, relation="kindred", level="suggested")
        copies = a.article != b.article and self.ledger.prints.are_copies(a.article, b.article)
        return sayings.adjudged(a, b, decision, copies=copies)


def said(statement: Statement) -> bool:
    """Whether a statement is somebody's: what a writer alleges of nobody, or an outlet tells by itself, is no saying."""
    return statement.speaker.name is not None and statement.speaker.kind != "outlet"


def frames(statements: Sequence[Statement]) -> set[str]:
    """Statements of an article that only tell that their own side said something, which is a statement of its own."""
    inner = [(one, frozenset(_places(one))) for one in statements]
    return {
        outer.id
        for outer, words in inner
        for one, held in inner
        if one is not outer and held < words and outer.state.value == one.state.value is not None
    }


def _places(statement: Statement) -> Iterator[int]:
    for start, end in statement.content.spans:
        yield from range(start, end)


def _strand(number: int, first: int, statement: Statement, entry: Entry, *, frame: bool) -> Strand:
    since, until = statement.said.from_, statement.said.to
    day = (since or until or "9999-99-99")[:10]
    return Strand(
        number, statement.id, statement.article, first, f"{day} {statement.id}", statement.state.value,
        statement.speaker.name, since, until, entry.object, entry.point, frame, entry.vector,
    )  # fmt: skip


class _Memory(OrderedDict[Any, Any]):
    """The last things made, so that they need not be made again."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: Any) -> Any:
        if len(self) >= HELD:
            self.popitem(last=False)
        self[key] = made = self._make(key)
        return made
