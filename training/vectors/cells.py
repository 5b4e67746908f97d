"""Centres of cells of vectors: sentences of news -> src/sayso/data/vectors/cells.npy.

python -m training.vectors.cells --texts FILE.txt --out src/sayso/data/vectors/cells.npy [--cells 1024]

One sentence a line. In a large ledger vectors are compared only with those of the nearest cells (and of the statement's
blocks); where the centres lie decides how even the cells are, not what is found in a small ledger.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sayso.text.vectors import Vectors

ROUNDS = 20


def centres(vectors: NDArray[np.float32], cells: int, seed: int = 1) -> NDArray[np.int8]:
    """Spherical k-means (Dhillon, Modha 2001); a cell that loses all its vectors starts again from a random one."""
    rng = np.random.default_rng(seed)
    found = vectors[rng.choice(len(vectors), cells, replace=False)]
    for _ in range(ROUNDS):
        nearest = (vectors @ found.T).argmax(1)
        sums = np.zeros_like(found)
        np.add.at(sums, nearest, vectors)
        empty = np.bincount(nearest, minlength=cells) == 0
        sums[empty] = vectors[rng.choice(len(vectors), int(empty.sum()))]
        found = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return np.rint(found * 127 / np.abs(found).max()).astype(np.int8)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--cells", type=int, default=1024)
    options = parser.parse_args()
    vectors = Vectors.load().of(options.texts.read_text(encoding="utf-8").splitlines())
    np.save(options.out, centres(vectors, options.cells))


if __name__ == "__main__":
    main()
