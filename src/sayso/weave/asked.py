"""Words asked for, compared with what is in a ledger as if they were said after it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sayso.ledger import Woven
from sayso.model import Decision, Statement
from sayso.weave.loom import Craft


def like(woven: Woven, craft: Craft, statement: Statement) -> Iterator[tuple[str, Decision]]:
    """The statements near in sense to one that is in no ledger, by id, and what it would be to each.

    Whose it is, is left open unless its words tell: it is compared with each as if the same side said it.
    """
    sides = dict[tuple[str | None, str | None], Any]()
    for number in craft.near(craft.slots([statement])[0]):
        earlier = woven.statement(number)
        side = earlier.state.value, earlier.speaker.id or earlier.speaker.name
        if side not in sides:
            state = statement.state if statement.state.value else earlier.state
            sides[side] = craft.slots([replace(statement, state=state, speaker=earlier.speaker)])[0]
        decision = craft.decide(craft.slots([earlier])[0], sides[side])
        if decision.relation is not None:
            yield earlier.id, decision
