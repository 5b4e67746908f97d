"""Threads: sayings of one point over time, and their names, which never change hands.

A saying, taken by its day, joins the thread that its earlier sayings speak for, unless a single one of them speaks
against it (no chain A, B, C where A and C are of different things), else it opens one. Which sayings share a thread is a
function of the set of sayings and of what people judged; only ids hang on the order of input.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from sayso import ids
from sayso.ledger import Woven
from sayso.ledger.woven import Event, Tie
from sayso.model import Decision
from sayso.text import lists
from sayso.weave.judged import Judged
from sayso.weave.sayings import surest

Decide = Callable[[int, int], Decision]
"""What a statement is to one before it, both by number."""


@cache
def rules() -> dict[str, Any]:
    """What joins, and what speaks against it: ``[thread]`` of ``data/threads.toml``."""
    table: dict[str, Any] = lists.table("threads")["thread"]
    return table


class Placing:
    """The sayings of a ledger, by the statements that lead them, grouped into threads (see ``leads``)."""

    def __init__(self, woven: Woven, decide: Decide, judged: Judged, last: str) -> None:
        self.woven, self.decide, self.judged, self.last = woven, decide, judged, last
        self.touched: set[int] = set()
        """Leads of threads that lost or won a saying."""

    def place(self, item: int) -> str:
        """By day, then id."""
        return self.woven.strand(item).place

    def lead(self, item: int) -> int | None:
        """The statement that leads its thread."""
        return self.woven.strand(item).thread

    def follow(self, item: int, lead: int) -> None:
        """Puts a saying into a thread."""
        self.touched.update({lead, self.lead(item) or lead})
        self.woven.set_thread(item, lead)

    def behind(self, lead: int, place: str) -> Iterable[int]:
        """Sayings of a thread, and sayings that may join it."""
        if place >= self.last:
            return ()
        linked = self.woven.behind("thread", lead, [*rules()["joins"], *rules()["near"]], place)
        later = {strand.saying for strand in self.woven.strands("thread", lead)} | {
            self.woven.strand(number).saying for number in linked
        }
        later |= self.judged.partners(self.woven, lead)
        return sorted(number for number in later if number is not None and self.place(number) > place)

    def choose(self, item: int) -> int:
        """The thread that people put it in, else the one that speaks for it most."""
        place = self.place(item)
        if (told := self.judged.follows(self.woven, item, place)) is not None:
            return told
        ties = surest(t for t in self.woven.before("saying", item) if t.saying != item and t.place < place)
        return next(self._open(item, place, ties), item)

    def _open(self, item: int, place: str, ties: dict[int, Tie]) -> Iterator[int]:
        """The threads it may join, the one that speaks for it most first."""
        joining = defaultdict[int, list[Tie]](list)
        for tie in ties.values():
            if tie.thread is not None and self._joins(tie):
                joining[tie.thread].append(tie)
        surest_first = sorted(
            joining, key=lambda thread: (-max(t.certainty for t in joining[thread]), self.place(thread))
        )
        for thread in surest_first:
            if self._fits(item, self.woven.members(thread, place), ties):
                yield thread

    def _joins(self, tie: Tie) -> bool:
        return tie.certainty >= rules()["floor"] and tie.relation in (*rules()["joins"], *rules()["near"])

    def _fits(self, item: int, members: list[int], ties: dict[int, Tie]) -> bool:
        """Whether a thread's sayings speak for a saying, taken together, and none against."""
        if any(self.judged.apart_sayings(self.woven, item, member) for member in members):
            return False
        if len(members) > rules()["members"]:
            members = [members[0], *members[1 - rules()["members"] :]]
        speaking = 0.0
        for member in members:
            relation, certainty = self._relation(member, item, ties)
            if relation in rules()["against"] and certainty >= rules()["sure"]:
                return False
            speaking += self._weight(relation) * certainty
        return bool(speaking >= rules()["support"] * len(members))

    def _weight(self, relation: str | None) -> float:
        if relation in rules()["joins"] or relation in rules()["near"]:
            return 1.0
        return -float(rules()["conflict"]) if relation in rules()["against"] else 0.0

    def _relation(self, member: int, item: int, ties: dict[int, Tie]) -> tuple[str | None, float]:
        if tie := ties.get(member):
            return tie.relation, tie.certainty
        decision = self.decide(member, item)
        return decision.relation, decision.certainty


# --- names ------------------------------------------------------------------------------------------------------------


def name(woven: Woven, touched: set[int]) -> None:
    """Names threads that changed, and logs how: a thread keeps the oldest of the names that its sayings bring along."""
    groups = {lead: found for lead in sorted(touched) if (found := woven.roll(lead))}
    logged = woven.logged(id_ for roll in groups.values() for own in roll for id_ in own)
    brought = {lead: [_brought(woven, own, logged) for own in roll] for lead, roll in groups.items()}
    won = _won(woven, groups, brought, touched)
    names = {lead: won[lead][0] if won[lead] else _new(woven, roll) for lead, roll in groups.items()}
    woven.set_names(names, touched)
    for lead in sorted(touched):
        woven.set_leads(lead, len(groups.get(lead, ())) > 1)
    for lead, id_ in names.items():
        _log(woven, id_, won[lead], list(zip(groups[lead], brought[lead], strict=True)), logged)


Roll = list[list[str]]
"""The sayings of a thread in order of input, each by the ids it may have had, the one it has first."""


def _brought(woven: Woven, own: list[str], logged: Mapping[str, tuple[int, str]]) -> str | None:
    """The thread that a saying was in last, by the log, or the one that became of it."""
    last = max((logged[id_] for id_ in own if id_ in logged), default=None)
    return woven.resolved(last[1]) if last else None


def _won(
    woven: Woven, groups: Mapping[int, Roll], brought: Mapping[int, list[str | None]], touched: set[int]
) -> dict[int, list[str]]:
    """The names that each group keeps, the oldest first: a name goes with the saying that opened it, else with most."""
    claims = {id_: Counter[int]() for names in brought.values() for id_ in names if id_}
    for lead, names in brought.items():
        for id_ in filter(None, names):
            claims[id_][lead] += 1
    won: dict[int, list[tuple[int, str]]] = {lead: [] for lead in groups}
    for id_, leads in claims.items():
        number, opener = woven.opened(id_)
        if woven.lead_of_thread(id_) in {None, *touched}:  # else sayings that stayed where they were keep it
            founder = (lead for lead in leads if any(opener in own for own in groups[lead]))
            most = max(leads, key=lambda lead: (leads[lead], -lead))
            won[next(founder, most)].append((number, id_))
    return {lead: [id_ for _, id_ in sorted(found)] for lead, found in won.items()}


def _new(woven: Woven, roll: Roll) -> str:
    """A name that no thread has had: of the first saying; if that was taken, of the next."""
    own = [ids.thread_id(names[0]) for names in roll]
    return next((id_ for id_ in own if not woven.was(id_)), own[0])


def _log(
    woven: Woven,
    id_: str,
    won: list[str],
    roll: list[tuple[list[str], str | None]],
    logged: Mapping[str, tuple[int, str]],
) -> None:
    for other in won[1:]:
        woven.log(Event("merged", id_, None, other))
    if not won:
        split = next((before for _, before in roll if before), None)
        opener = next(own[0] for own, _ in roll if ids.thread_id(own[0]) == id_)
        woven.log(Event("split" if split else "opened", id_, opener, split))
        logged = {**logged, opener: (0, id_)}
    for own, _ in roll:
        if own[0] not in logged or logged[own[0]][1] != id_:
            woven.log(Event("joined", id_, own[0]))
