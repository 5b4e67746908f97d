"""The direction in which sentence vectors turn from hostile to friendly, fitted to ``ladders.txt``.

    python -m training.links.valence > src/sayso/data/valence.txt

Ridge regression of the level on the vector, the mean of each matter taken out of both, so that no matter is hostile by itself. The
file holds one weight a line.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

STIFF = 1.0
"""Weight of the penalty: the best of 0.5, 1, 2, 4, 8 by matters left out."""


def ladders() -> list[list[tuple[float, str]]]:
    """The rungs of every matter."""
    text = Path(__file__).with_name("ladders.txt").read_text("utf-8")
    blocks = (block for block in text.split("\n\n"))
    made = [[line.split("\t") for line in block.split("\n") if "\t" in line] for block in blocks]
    return [[(float(level), words) for level, words in block] for block in made if block]


def fitted(rungs: list[tuple[NDArray[np.float32], NDArray[np.float32]]], stiff: float) -> NDArray[np.float32]:
    """The weights; ``rungs``: vectors and levels of each matter."""
    import numpy as np

    x = np.concatenate([vectors - vectors.mean(0) for vectors, _ in rungs])
    y = np.concatenate([levels - levels.mean() for _, levels in rungs])
    solved: NDArray[np.float32] = np.linalg.solve(x.T @ x + stiff * np.eye(x.shape[1]), x.T @ y)
    return solved


def main() -> None:
    """Prints the weights."""
    import numpy as np

    from sayso.text.vectors import Vectors

    known = Vectors.load()
    rungs = [(known.of([words for _, words in block]), np.array([lv for lv, _ in block], "f")) for block in ladders()]
    print("\n".join(f"{weight:.4f}" for weight in fitted(rungs, STIFF)))


if __name__ == "__main__":
    main()
