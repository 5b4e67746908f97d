"""How near in topic one wording is to others: cosine of vectors and BM25 in one figure, and rankings made one.

Weights are data (``data/rank.toml``). Nearness finds what may have been said before; it never says that it was.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

from sayso.text.lists import table

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@cache
def weights() -> Mapping[str, float]:
    """The weights."""
    found: dict[str, float] = table("rank")["weights"]
    return found


def blend(cosines: Floats, bm25: Floats, around: Floats) -> Floats:
    """Nearness of words to others: the cosines of vectors, the BM25, and the BM25 of the words with those around them."""
    w = weights()
    near: Floats = cosines + w["bm25"] * bm25 + w["bm25_around"] * around
    return near


def fuse(rankings: Iterable[Sequence[int]]) -> dict[int, float]:
    """Rankings as one, best first: the sum of 1 / (60 + rank) (Cormack, Clarke, Büttcher 2009)."""
    fused = defaultdict[int, float](float)
    for ranking in rankings:
        for rank, number in enumerate(ranking, 1):
            fused[number] += 1 / (60 + rank)
    return dict(sorted(fused.items(), key=lambda item: -item[1]))
