"""Measures over scored items that several commands share."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import groupby

Scored = Sequence[tuple[float, bool]]
"""(score, whether it is a positive) of each item."""


def mean(values: Iterable[float]) -> float | None:
    """The mean; None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def half_width(values: Sequence[float], rounds: int = 1000, seed: int = 13) -> float | None:
    """Half of the 95 % interval of the mean, by bootstrap over the items; the same for the same values."""
    if len(values) < 2:
        return None
    rng, n = random.Random(seed), len(values)
    means = sorted(sum(rng.choices(values, k=n)) / n for _ in range(rounds))
    return (means[int(0.975 * rounds) - 1] - means[int(0.025 * rounds)]) / 2


def f1(precision: float, recall: float) -> float:
    """The harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


def share(part: int, whole: int) -> float:
    """A part of a whole; 0 of nothing."""
    return part / whole if whole else 0.0


def auc(scored: Scored) -> float | None:
    """Probability that a positive outranks a negative, ties counted half; None where one kind is missing."""
    positive = sum(is_positive for _, is_positive in scored)
    negative = len(scored) - positive
    if not positive or not negative:
        return None
    below, won = 0, 0.0
    for tied in _tied(scored):
        ups = sum(tied)
        downs = len(tied) - ups
        won += ups * (below + downs / 2)
        below += downs
    return won / (positive * negative)


def average_precision(scored: Scored) -> float | None:
    """Area under precision and recall; tied scores enter together, so that their order in a file does not matter."""
    positive = sum(is_positive for _, is_positive in scored)
    if not positive:
        return None
    hits, seen, total = 0, 0, 0.0
    for tied in reversed(_tied(scored)):
        new = sum(tied)
        hits, seen = hits + new, seen + len(tied)
        total += new * hits / seen
    return total / positive


def _tied(scored: Scored) -> list[list[bool]]:
    """The items of each score, lowest first."""
    ranked = sorted(scored, key=lambda item: item[0])
    return [[is_positive for _, is_positive in tied] for _, tied in groupby(ranked, key=lambda item: item[0])]
