"""Directions in sentence vectors that tell what a later wording is to an earlier one, fitted to our own wordings.

    python -m training.links.directions > src/sayso/data/directions.tsv

``valence`` (hostile to friendly, from ``ladders.txt``), ``breadth`` (of less, of more) and ``condition`` (gone, new) are read
off the difference of two vectors; ``same`` (said anew, not turned) and ``one`` (of one point, not of another object or
matter) off its size in each dimension. All by ridge regression. The file holds one dimension a line.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

NAMES = ("valence", "breadth", "condition", "same", "one")
STIFF = {"valence": 1.0, "breadth": 4.0, "condition": 1.0, "same": 40.0, "one": 40.0}
"""Weights of the penalty, the best of a few by blocks left out."""

APART = frozenset(("other_object", "kindred"))


class Made(NamedTuple):
    """A pair with the vectors of both."""

    block: str
    a: Floats
    b: Floats
    relation: str


class Rungs(NamedTuple):
    """The vectors of one ladder, and the level of each."""

    block: str
    vectors: Floats
    levels: Floats


def ladders() -> list[list[tuple[float, str]]]:
    """The rungs of every matter."""
    text = Path(__file__).with_name("ladders.txt").read_text("utf-8")
    made = [[line.split("\t") for line in block.split("\n") if "\t" in line] for block in text.split("\n\n")]
    return [[(float(level), words) for level, words in block] for block in made if block]


def material() -> tuple[list[Rungs], list[Made]]:
    """All ladders and all pairs, with vectors."""
    import numpy as np

    from sayso.text.vectors import Vectors
    from training.links import pairs

    known = Vectors.load()
    rungs = [
        Rungs(f"l{at}", known.of([words for _, words in block]), np.array([level for level, _ in block], "f"))
        for at, block in enumerate(ladders())
    ]
    every = [*pairs.variants(), *pairs.steps()]
    words = sorted({words for pair in every for words in (pair.a, pair.b)})
    vector = dict(zip(words, known.of(words), strict=True))
    return rungs, [Made(p.block, vector[p.a], vector[p.b], str(p.relation)) for p in every]


def directions(rungs: Sequence[Rungs], pairs: Sequence[Made], without: str | None = None) -> Floats:
    """The directions as columns, in the order of ``NAMES``; ``without``: a block left out."""
    import numpy as np

    rungs, pairs = [r for r in rungs if r.block != without], [p for p in pairs if p.block != without]
    x = np.concatenate([r.vectors - r.vectors.mean(0) for r in rungs])
    columns = [_ridge(x, np.concatenate([r.levels - r.levels.mean() for r in rungs]), STIFF["valence"])]
    for name, more, less in (("breadth", "widens", "narrows"), ("condition", "adds_condition", "drops_condition")):
        columns.append(_between(pairs, {more}, {less}, name))
    columns.append(_between(pairs, {"recurs"}, {"reverses"}, "same", size=True))
    point = {p.relation for p in pairs} - APART
    columns.append(_between([p for p in pairs if p.block[0] == "v"], point, set(APART), "one", size=True))
    return np.stack(columns, 1).astype(np.float32)


def _between(pairs: Sequence[Made], more: set[str], less: set[str], name: str, *, size: bool = False) -> Floats:
    """The direction from some relations to others, both weighing the same."""
    import numpy as np

    told = [p for p in pairs if p.relation in more | less]
    x = np.stack([p.b - p.a for p in told])
    y = np.array([1.0 if p.relation in more else -1.0 for p in told])
    each = np.where(y > 0, 0.5 / np.mean(y > 0), 0.5 / np.mean(y < 0))
    if not size:
        return _ridge(x, y, STIFF[name], each)
    x = np.abs(x)
    return _ridge(x - x.mean(0), y - np.average(y, weights=each), STIFF[name], each)


def _ridge(x: Floats, y: Floats, stiff: float, each: Floats | None = None) -> Floats:
    import numpy as np

    weighed = x if each is None else x * each[:, None]
    solved: Floats = np.linalg.solve(weighed.T @ x + stiff * np.eye(x.shape[1]), weighed.T @ y)
    return solved


def main() -> None:
    """Prints the table."""
    print(*NAMES, sep="\t")
    for row in directions(*material()):
        print(*(f"{weight:.4f}" for weight in row), sep="\t")


if __name__ == "__main__":
    main()
