"""Whether what a statement tells of has happened, as its speaker leaves it: so that a threat, a denial or an anniversary
is never taken for an event of the day (the table in the guide of events: negation, future, condition, history).
"""

from __future__ import annotations

from typing import Literal

from sayso.model import Statement

Happened = Literal["true", "false", "unknown", "past"]
"""Told as done or so; as not so; left open (future, wished, demanded, under a condition); long ago, no news of the day."""

_NOT_SO = frozenset(["deny", "refuse"])
_OPEN = frozenset([
    "predict", "doubt", "leave_open", "demand", "urge", "warn", "threaten", "promise", "offer", "plan", "set_condition",
    "hope",
])  # fmt: skip


def happened(statement: Statement) -> Happened:
    """How a statement leaves what it tells of."""
    act, modality, status = statement.act.value, statement.modality.value, statement.status.value
    if status == "denied" or act in _NOT_SO:
        return "false"
    if status in ("neither", "unconfirmed") or statement.condition or modality != "is" or act in _OPEN:
        return "unknown"
    return "past" if act == "recall" else "true"
