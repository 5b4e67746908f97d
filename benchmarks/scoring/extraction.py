"""Article bodies against a truth by runs of four words, the definition of the article extraction benchmark.

Words are runs of word characters, case kept; a text of one to three words is one run. Per page precision and recall are
over the multisets of runs; overall they are means over the pages where they are defined, and F1 is of these means.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

WORD = re.compile(r"\w+")
RUN = 4
FOREIGN = 0.5
"""A line with less than this share of its runs in the truth is not of the article."""

Runs = Counter[tuple[str, ...]]


class Overlap(NamedTuple):
    """Precision and recall of a page (None where undefined), and whether its words are the truth's, in order."""

    precision: float | None
    recall: float | None
    exact: bool


def runs(text: str) -> Runs:
    """All runs of four words."""
    words = WORD.findall(text)
    return Counter(tuple(words[at : at + RUN]) for at in range(max(1, len(words) - RUN + 1))) if words else Counter()


def overlap(truth: str, found: str) -> Overlap:
    """How a found body agrees with the true one."""
    want, got = runs(truth), runs(found)
    exact = WORD.findall(truth) == WORD.findall(found)
    if not want and not got:
        return Overlap(1.0, 1.0, exact)
    hit = (want & got).total()
    return Overlap(hit / got.total() if got else None, hit / want.total() if want else None, exact)


def foreign_lines(truth: str, found: str) -> list[str]:
    """Lines of a found body that are not in the truth."""
    want, words = runs(truth), " ".join(WORD.findall(truth))
    return [line for line in found.splitlines() if WORD.search(line) and _foreign(line, want, words)]


def _foreign(line: str, want: Runs, words: str) -> bool:
    mine = runs(line)
    if len(WORD.findall(line)) < RUN:
        return f" {' '.join(WORD.findall(line))} " not in f" {words} "
    return (mine & want).total() < FOREIGN * mine.total()


def totals(pages: Iterable[Overlap]) -> dict[str, float]:
    """The figures over all pages."""
    rows = list(pages)
    precision = _mean([page.precision for page in rows if page.precision is not None])
    recall = _mean([page.recall for page in rows if page.recall is not None])
    both = precision + recall
    exact = _mean([float(page.exact) for page in rows])
    return {
        "f1": 2 * precision * recall / both if both else 0.0,
        "precision": precision,
        "recall": recall,
        "exact": exact,
    }


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def days(truth: Mapping[str, str], found: Mapping[str, Any]) -> dict[str, int]:
    """How many days of publication are right, wrong, and not given."""
    told = {page: found.get(page) for page in truth}
    right = sum(told[page] == day for page, day in truth.items())
    none = sum(day is None for day in told.values())
    return {"right": right, "wrong": len(truth) - right - none, "none": none}
