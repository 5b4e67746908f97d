"""Whether what a statement tells of has happened, as its speaker leaves it: so that a threat, a denial or an anniversary
is never taken for an event of the day (negation, future, condition and history: ``sayso.text.scope``).
"""

from __future__ import annotations

from typing import Literal

from sayso.model import Statement
from sayso.text import scope
from sayso.text.phrases import normal

Happened = Literal["true", "false", "unknown", "past"]
"""Told as done or so; as not so; left open (future, wished, demanded, under a condition); long ago, no news of the day."""

_NOT_SO = frozenset(["deny", "refuse"])
_OPEN = frozenset([
    "predict", "doubt", "leave_open", "demand", "urge", "warn", "threaten", "promise", "offer", "plan", "set_condition",
    "hope",
])  # fmt: skip
_DONE = frozenset(["agree", "decide", "praise"])
"""Acts that are done by the words, whatever they foresee."""


def happened(statement: Statement) -> Happened:
    """How a statement leaves what it tells of."""
    act, modality, status = statement.act.value, statement.modality.value, statement.status.value
    words = normal(statement.content.text)
    if status == "denied" or act in _NOT_SO:
        return "false"
    if status in ("neither", "unconfirmed") or statement.condition or scope.says("supposed", words):
        return "unknown"
    if scope.long_ago(words, _year(statement)):
        return "past"
    if scope.denied(words):
        return "false"
    if scope.says("quoted", words):
        return "unknown"
    if modality in ("will", "may", "must", "if") or act in _OPEN or scope.says("ahead", scope.main_clause(words)):
        return "unknown"
    return "past" if act == "recall" else "true"


def _year(statement: Statement) -> int | None:
    day = statement.said.to or statement.said.from_
    return int(day[:4]) if day else None
