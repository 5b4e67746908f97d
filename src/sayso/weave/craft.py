"""How our statements are compared: slots, candidates and decisions, as the loom asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.ledger import Woven
from sayso.lexicon import Lexicon
from sayso.model import Decision, Statement
from sayso.weave import candidates, decide, slots
from sayso.weave.loom import Entry
from sayso.weave.slots import Slots

if TYPE_CHECKING:
    from sayso.text.vectors import Vectors

DATA = Path(__file__).parent.parent / "data" / "vectors"

UNSURE = frozenset(("name",))
"""Kinds of names that are too unsure to be what a saying is about."""


class Craft:
    """What the loom needs, over a ledger and the cards."""

    def __init__(self, woven: Woven, lexicon: Lexicon, *, threads: int = 1) -> None:
        self.woven, self.lexicon, self._threads = woven, lexicon, threads

    @cached_property
    def vectors(self) -> Vectors | None:
        """The sentence encoder; None where it was not installed."""
        from sayso.text.vectors import Vectors

        return Vectors.load(self._threads) if (DATA / "sentence.onnx").exists() else None

    def slots(self, statements: Sequence[Statement]) -> list[Slots]:
        """Statements as they are compared."""
        made = [slots.of(statement, self.lexicon) for statement in statements]
        if self.vectors is None or not made:
            return made
        found = self.vectors.of([candidates.rendering(statement, self.lexicon) for statement in statements])
        return [replace(one, vector=vector) for one, vector in zip(made, found, strict=True)]

    def entry(self, one: Slots) -> Entry:
        """What is kept of one."""
        vector = None if one.vector is None else candidates.packed(one.vector)
        return Entry(about(one), point(one), candidates.keys(one), vector)

    def near(self, one: Slots) -> Iterable[int]:
        """Numbers of statements near to one."""
        return [near.number for near in candidates.near(self.woven, one, one.text, one.vector)]

    def decide(self, earlier: Slots, later: Slots) -> Decision:
        """What a later one is to an earlier one."""
        return decide.decide(earlier, later)


def about(one: Slots) -> tuple[str, ...]:
    """What a statement is about: states, agreements, persons and channels, as ids."""
    return tuple(sorted({name for name, kind in one.names.items() if kind not in UNSURE} | one.channels))


def point(one: Slots) -> str:
    """What a statement says of it: class of act, sign, and formula or leading words."""
    sign = "" if one.polarity is None else "+" if one.polarity > 0 else "-" if one.polarity < 0 else "0"
    head = next(iter(sorted(one.formulas)), "") or " ".join(dict.fromkeys(term.notion for term in one.terms[:3]))
    return " ".join(filter(None, (one.class_, sign, head)))
