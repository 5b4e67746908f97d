"""What people judged, as the weaving asks for it: which statements must share a thread, and which must not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sayso.ledger import Woven


class Judged:
    """Must-links and cannot-links between statements; of two that disagree the later judgement counts."""

    def __init__(self, judgements: Iterable[tuple[str, str, str]]) -> None:
        says = dict[frozenset[str], str]()
        for word, a, b in judgements:
            if a != b:
                says.pop(pair := frozenset((a, b)), None)
                says[pair] = word
        self._apart = defaultdict[str, set[str]](set)
        self._with = defaultdict[str, set[str]](set)
        for pair, word in says.items():
            a, b = sorted(pair)
            if word == "not_same":
                self._apart[a].add(b)
                self._apart[b].add(a)
        for pair, word in says.items():
            if word == "same":
                self._join(*sorted(pair))

    def _join(self, a: str, b: str) -> None:
        """Links two statements and all linked with them, unless two of those were told apart."""
        ours, theirs = self._with[a] or {a}, self._with[b] or {b}
        if not any(self._apart[one] & theirs for one in ours):
            together = ours | theirs
            for each in together:
                self._with[each] = together

    def __bool__(self) -> bool:
        return bool(self._apart or self._with)

    def together(self, statement: str) -> set[str]:
        """The statements that must share a thread with one, itself apart."""
        return self._with.get(statement, set()) - {statement}

    def apart(self, a: str, b: str) -> bool:
        """Whether two statements were told apart."""
        return b in self._apart.get(a, ())

    # --- by numbers, as they are woven ------------------------------------------------------------------------------

    def apart_sayings(self, woven: Woven, a: int, b: int) -> bool:
        """Whether two sayings were told apart by any of their statements."""
        if not self._apart:
            return False
        ours, theirs = ([s.statement for s in woven.strands("saying", each)] for each in (a, b))
        return any(self.apart(one, other) for one in ours for other in theirs)

    def follows(self, woven: Woven, saying: int, place: str) -> int | None:
        """The thread of the first saying before a place that people put together with this one."""
        if not self._with:
            return None
        listed = {other for s in woven.strands("saying", saying) for other in self.together(s.statement)}
        leads = {strand.saying for other in listed for strand in woven.strands("statement", other)}
        before = [woven.strand(lead) for lead in leads if lead is not None and lead != saying]
        first = min(
            (s for s in before if s.place < place and s.thread is not None), key=lambda s: s.place, default=None
        )
        return first.thread if first else None

    def partners(self, woven: Woven, thread: int) -> set[int]:
        """The sayings that people put together with some saying of a thread."""
        if not self._with:
            return set()
        listed = {other for s in woven.strands("thread", thread) for other in self.together(s.statement)}
        leads = {strand.saying for other in listed for strand in woven.strands("statement", other)}
        return {lead for lead in leads if lead is not None}
