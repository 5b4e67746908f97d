"""How our statements are compared: slots, candidates and decisions, as the loom asks for them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sayso.ledger import Woven
from sayso.lexicon import Lexicon
from sayso.model import Decision, Statement, Why
from sayso.weave import candidates, decide, slots
from sayso.weave.compare import Pair, answering, same_side
from sayso.weave.loom import Entry
from sayso.weave.onepoint import Told, chance, levels, scopes_apart, sentences
from sayso.weave.slots import Slots

if TYPE_CHECKING:
    from sayso.text.vectors import Vectors

DATA = Path(__file__).parent.parent / "data" / "vectors"

NEAR = 50
"""Statements that one is compared with, at most."""

APART = frozenset(("other_object", "answers"))
"""What no likeness speaks against."""

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

    def slots(self, statements: Sequence[Statement]) -> list[Told]:
        """Statements as they are compared."""
        made = [slots.of(statement, self.lexicon) for statement in statements]
        if self.vectors is None or not made:
            return [Told(one, state=self._known(one)) for one in made]
        return list(self._placed(made, self.vectors))

    def _known(self, one: Slots) -> bool:
        return one.side in self.lexicon.states

    def _placed(self, made: Sequence[Slots], vectors: Vectors) -> Iterator[Told]:
        """With the vector of each, and those of its sentences where they are several."""
        parts = [sentences(one.text) for one in made]
        several = [part for part in parts if len(part) > 1]
        found = vectors.of([one.text for one in made] + [sentence for part in several for sentence in part])
        at = len(made)
        for number, (one, part) in enumerate(zip(made, parts, strict=True)):
            size = len(part) if len(part) > 1 else 0
            yield Told(replace(one, vector=found[number]), found[at : at + size] if size else None, self._known(one))
            at += size

    def entry(self, told: Told) -> Entry:
        """What is kept of one."""
        one = told.slots
        vector = None if one.vector is None else candidates.packed(one.vector)
        return Entry(about(one), point(one), candidates.keys(one), vector)

    def near(self, told: Told) -> Iterable[int]:
        """Numbers of statements near to one."""
        one = told.slots
        return [near.number for near in candidates.near(self.woven, one, one.text, one.vector, NEAR)]

    def decide(self, earlier: Told, later: Told) -> Decision:
        """What a later one is to an earlier one: what their slots tell, as sure as it is that they make one point."""
        if not same_side(
            Pair(earlier.slots, later.slots)
        ):  # what one side says to another's words is an answer or nothing
            if later.slots.act in answering() and earlier.slots.side and later.slots.side:
                return decide.decide(earlier.slots, later.slots)
            return Decision(None, 0.5, level="suggested")
        sure, least = chance(earlier, later), levels(earlier, later)
        if sure < least["suggested"]:  # most pairs: told before their slots are laid side by side
            return Decision(None, 1 - sure, level="suggested")
        decision = decide.decide(earlier.slots, later.slots)
        if decision.relation in APART:
            return decision
        if apart := scopes_apart(earlier, later):
            return Decision("other_object", max(sure, least["confirmed"]), (Why("scope", *apart), *decision.why))
        return _told(decision, sure, least)


def _told(decision: Decision, sure: float, least: Mapping[str, float]) -> Decision:
    level: Literal["confirmed", "suggested"] = "confirmed" if sure >= least["confirmed"] else "suggested"
    if decision.relation in (None, "kindred"):  # the slots tell nothing, yet the words are too near for chance
        if sure < least["bare"]:
            return decision
        return replace(decision, relation="recurs", certainty=sure, level="suggested")
    return replace(decision, certainty=sure, level=level)


def about(one: Slots) -> tuple[str, ...]:
    """What a statement is about: states, agreements, persons and channels, as ids."""
    return tuple(sorted({name for name, kind in one.names.items() if kind not in UNSURE} | one.channels))


def point(one: Slots) -> str:
    """What a statement says of it: class of act, sign, and formula or leading words."""
    sign = "" if one.polarity is None else "+" if one.polarity > 0 else "-" if one.polarity < 0 else "0"
    head = next(iter(sorted(one.formulas)), "") or " ".join(dict.fromkeys(term.notion for term in one.terms[:3]))
    return " ".join(filter(None, (one.class_, sign, head)))
