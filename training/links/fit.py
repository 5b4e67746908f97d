"""Fits the weights of what slots show (``sayso.weave.weighing``) to typed pairs in our own words.

    python -m training.links.fit PAIRS.jsonl … > src/sayso/data/weighing.tsv

The pairs of ``variants.txt`` and ``ladders.txt`` and of the files given ({id, a, b, a_by, b_by, a_said, b_said, relation}).
Multinomial logistic regression with a quadratic penalty, features put to one spread first; rare relations weigh as much as
common ones among our made pairs. The directions that a pair of ours is shown by are fitted without its own block, as no
new matter will be known either.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from training.links import directions, pairs

STIFF = 30.0
STEPS = 400
RATE = 0.05
DAYS = "2031-03-04", "2031-09-12"
UNLIKE = 300
"""Pairs of different matters."""
GIVEN = 2.0
"""Weight of a pair of a file beside a made one."""


class Case(NamedTuple):
    """Two slots, what the later is to the earlier, the block, and the weight."""

    a: Any
    b: Any
    relation: str
    block: str
    weight: float


def cases(files: Sequence[str]) -> Iterator[Case]:
    """Every pair with its slots."""
    made = [*pairs.variants(), *pairs.steps(), *random.Random(0).sample(list(pairs.unlike()), UNLIKE)]
    rows = [(p.block, (p.side, p.a, DAYS[0], "ministry"), (p.side, p.b, DAYS[1], "ministry"), p.relation) for p in made]
    given = [row for name in files for row in map(json.loads, Path(name).read_text("utf-8").splitlines())]
    rows += [(row["id"], _spoken(row, "a"), _spoken(row, "b"), row["relation"]) for row in given]
    known = slotted({spoken for _, a, b, _ in rows for spoken in (a, b)})
    counts = Counter(relation for *_, relation in rows[: len(made)])
    for number, (block, a, b, relation) in enumerate(rows):
        even = len(made) / len(counts) / counts[relation] / 2 if number < len(made) else GIVEN
        named = "recurs" if relation == "same_utterance" else relation or "none"
        yield Case(known[a], known[b], named, block, even)


def _spoken(row: dict[str, Any], which: str) -> tuple[str | None, str, str | None, str | None]:
    by = row.get(f"{which}_by") or {}
    return by.get("side"), row[which], row.get(f"{which}_said"), by.get("speaker")


def slotted(spoken: Iterable[tuple[str | None, str, str | None, str | None]]) -> dict[Any, Any]:
    """The slots of sentences, with vectors."""
    from sayso import read
    from sayso.lexicon import Lexicon
    from sayso.text.vectors import Vectors
    from sayso.weave import slots

    reader, lexicon, every = read.Reader.load(), Lexicon.load(), sorted(spoken, key=str)
    read_ = (read.read_words(words, reader, state=side, said=day, speaker=by) for side, words, day, by in every)
    made = [slots.of(statement, lexicon) for statement in read_]
    vectors = Vectors.load().of([one.text for one in made])
    return {key: replace(one, vector=vector) for key, one, vector in zip(every, made, vectors, strict=True)}


def shown(case: Case, without: dict[str, tuple[Any, Any]]) -> dict[str, float]:
    """The features of a case; ``without``: the directions fitted without a block."""
    from sayso.weave import compare, decide

    usual = compare.directions
    known = without.get(case.block)
    if known is not None:
        compare.directions = lambda: known  # type: ignore[assignment]
    try:
        return decide.shown(compare.Pair(case.a, case.b))
    finally:
        compare.directions = usual


def left_out() -> dict[str, tuple[Any, Any]]:
    """For each block of ours the directions that the others give."""
    rungs, made = directions.material()
    blocks = sorted({pair.block for pair in made} | {rung.block for rung in rungs})
    found = {block: directions.directions(rungs, made, block) for block in blocks}
    return {block: (columns[:, :3], columns[:, 3:]) for block, columns in found.items()}


def fitted(
    rows: Sequence[dict[str, float]], answers: Sequence[str], weights: Sequence[float]
) -> tuple[list[str], Any, list[str]]:
    """Names of the features, weights [feature, relation], names of the relations."""
    import numpy as np

    names, classes = sorted({name for row in rows for name in row}), sorted(set(answers))
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y = np.array([[float(answer == name) for name in classes] for answer in answers])
    bias, spread = names.index("bias"), x.std(0)
    spread[spread < 1e-6] = 1e9
    spread[bias] = 1.0
    x, each = x / spread, np.array(weights)[:, None]
    w, first, second = (np.zeros((len(names), len(classes))) for _ in range(3))
    for step in range(1, STEPS + 1):
        z = x @ w
        p = np.exp(z - z.max(1, keepdims=True))
        p /= p.sum(1, keepdims=True)
        kept = STIFF * w
        kept[bias] = 0
        slope = (x.T @ ((p - y) * each) + kept) / len(x)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        w -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return names, w / spread[:, None], classes


def main() -> None:
    """Prints the table."""
    every, without = list(cases(sys.argv[1:])), left_out()
    rows = [shown(case, without) for case in every]
    names, weights, classes = fitted(rows, [case.relation for case in every], [case.weight for case in every])
    print("feature", *classes, sep="\t")
    for name, row in zip(names, weights, strict=True):
        if abs(row).max() >= 0.0005:
            print(name, *(f"{weight:.3f}" for weight in row), sep="\t")


if __name__ == "__main__":
    main()
