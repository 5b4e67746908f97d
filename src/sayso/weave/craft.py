"""How our statements are compared: slots, candidates and decisions, as the loom asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from sayso.ledger import Woven
from sayso.lexicon import Lexicon
from sayso.model import Decision, Statement
from sayso.weave import decide, slots
from sayso.weave.loom import Entry
from sayso.weave.slots import Slots

if TYPE_CHECKING:
    from sayso.text.vectors import Vectors

NEAR = 50
"""Statements that one is compared with, at most."""

NO_OBJECT = frozenset(("name",))
"""Kinds of names that are too unsure to be what a saying is about."""


class Craft:
    """What the loom needs, over a ledger and the cards."""

    def __init__(self, woven: Woven, lexicon: Lexicon, vectors: Vectors | None = None) -> None:
        self.woven, self.lexicon, self.vectors = woven, lexicon, vectors

    def slots(self, statements: Sequence[Statement]) -> list[Slots]:
        """Statements as they are compared."""
        return [slots.of(statement, self.lexicon) for statement in statements]

    def entry(self, one: Slots) -> Entry:
        """What is kept of one."""
        return Entry(about(one), point(one), tuple({f"{one.side}|{name}" for name in one.names} | {f"{one.side}"}))

    def near(self, one: Slots) -> Iterable[int]:
        """Numbers of statements near to one."""
        return self.woven.block(self.entry(one).keys, NEAR)

    def decide(self, earlier: Slots, later: Slots) -> Decision:
        """What a later one is to an earlier one."""
        return decide.decide(earlier, later)


def about(one: Slots) -> tuple[str, ...]:
    """What a statement is about: states, agreements, persons and channels, as ids."""
    return tuple(sorted({name for name, kind in one.names.items() if kind not in NO_OBJECT} | one.channels))


def point(one: Slots) -> str:
    """What a statement says of it: class of act, sign, and formula or leading words."""
    sign = "" if one.polarity is None else "+" if one.polarity > 0 else "-" if one.polarity < 0 else "0"
    head = next(iter(sorted(one.formulas)), "") or " ".join(dict.fromkeys(term.notion for term in one.terms[:3]))
    return " ".join(filter(None, (one.class_, sign, head)))
