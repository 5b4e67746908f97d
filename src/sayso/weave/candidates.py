"""Candidates: the statements that one is compared with, out of all in a ledger.

Four ways lead to them: what the fields say, as blocks (the same side on the same object, the object alone, a shared formula);
the words (full text, BM25); the vectors; and the leads of threads, so that an old first saying is reached however many came
after it. Cosine, BM25 and shared fields make one figure; without vectors, rankings are fused (``sayso.text.rank``). Nothing
is decided here: what is near may say the contrary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from heapq import nlargest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from weakref import WeakKeyDictionary

from sayso.ledger import Woven
from sayso.text.lists import table
from sayso.text.rank import fuse, weights
from sayso.text.vectors import WIDTH
from sayso.weave.slots import Slots

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_CELLS = Path(__file__).parent.parent / "data" / "vectors" / "cells.npy"

SCALE = 400.0
"""A number of a unit vector as a small whole one: 127 is .32, beyond which hardly any of 384 numbers reaches."""

ALL = "all"
"""The key under which every statement is listed: all of a small ledger, and the last of a large one, are looked at."""


class Near(NamedTuple):
    """A statement near to one: its number, and how near."""

    number: int
    score: float
    bm25: float | None = None
    cosine: float | None = None


@cache
def limits() -> dict[str, int]:
    """How many are looked at in each way, and why: ``data/candidates.toml``."""
    sizes: dict[str, int] = table("candidates")["limits"]
    return sizes


# --- what a statement is looked up by ---------------------------------------------------------------------------------


def keys(slots: Slots) -> tuple[str, ...]:
    """What a statement is listed under: its blocks, the cell of its vector, and all there is."""
    return (*_same(slots), *_objects(slots), *_formulas(slots), *_cells(slots.vector, 1), ALL)


def _same(slots: Slots) -> list[str]:
    return [f"{slots.side}|{name}" for name in sorted({*slots.names, *slots.channels})]


def _objects(slots: Slots) -> list[str]:
    return [f"|{name}" for name in sorted({*slots.names, *slots.channels})] or [f"{slots.side}|"]


def _formulas(slots: Slots) -> list[str]:
    return [f"formula|{id_}" for id_ in sorted(slots.formulas)]


def _cells(vector: Floats | None, most: int) -> list[str]:
    """The cells nearest to a vector: in a large ledger only those are searched."""
    if vector is None or not _CELLS.exists():
        return []
    import numpy as np

    near = centres() @ vector
    best = [int(near.argmax())] if most == 1 else np.argsort(-near)[:most].tolist()
    return [f"cell|{cell}" for cell in best]


# --- vectors ----------------------------------------------------------------------------------------------------------


def packed(vector: Floats) -> bytes:
    """A unit vector in a byte a number, for keeping; a cosine changes by less than .01."""
    import numpy as np

    return bytes(np.clip(np.rint(vector * SCALE), -127, 127).astype(np.int8).tobytes())


def unpacked(kept: bytes) -> Floats:
    """The unit vector that was kept."""
    import numpy as np

    vector = np.frombuffer(kept, np.int8).astype(np.float32)
    unit: Floats = vector / max(float(np.linalg.norm(vector)), 1e-6)
    return unit


@cache
def centres() -> Floats:
    """The centres of the cells, as unit vectors: [cell, number]."""
    import numpy as np

    kept = np.load(_CELLS).astype(np.float32)
    unit: Floats = kept / np.linalg.norm(kept, axis=1, keepdims=True)
    return unit


class Shelf:
    """Vectors of a ledger's statements, kept at hand once they were asked for: a statement's vector never changes."""

    MOST = 200_000
    """Vectors held (77 MB); beyond that it starts again."""

    def __init__(self, woven: Woven) -> None:
        import numpy as np

        self._woven = woven
        self._row: dict[int, int] = {}
        self._held = np.zeros((1024, WIDTH), np.int8)

    def cosines(self, vector: Floats, numbers: Sequence[int]) -> dict[int, float]:
        """How near a vector is to those of statements; statements without one are left out."""
        import numpy as np

        if len(self._row) + len(numbers) > self.MOST:
            self._row.clear()
        self._fetch([number for number in numbers if number not in self._row])
        known = [number for number in numbers if self._row.get(number, -1) >= 0]
        rows = np.fromiter((self._row[number] for number in known), np.int64, len(known))
        near = self._held[rows].astype(np.float32) @ (vector / np.float32(SCALE))
        return dict(zip(known, near.tolist(), strict=True))

    def _fetch(self, numbers: Sequence[int]) -> None:
        import numpy as np

        kept = self._woven.vectors(numbers) if numbers else {}
        first = len(self._row)
        while first + len(numbers) > len(self._held):
            self._held = np.concatenate([self._held, np.zeros_like(self._held)])
        for row, number in enumerate(numbers, first):
            blob = kept.get(number)
            self._row[number] = row if blob else -1
            if blob:
                self._held[row] = np.frombuffer(blob, np.int8)


_SHELVES: WeakKeyDictionary[Woven, Shelf] = WeakKeyDictionary()


# --- near -------------------------------------------------------------------------------------------------------------


def near(woven: Woven, slots: Slots, words: str, vector: Floats | None = None, most: int = 50) -> list[Near]:
    """The statements nearest to one, best first, whenever they were said; the leads of its own threads among them."""
    matched = dict(by_words(woven, words))
    blocks = _blocks(woven, slots, vector)
    leads = woven.leads(_same(slots) or _objects(slots), limits()["leads"])
    around: dict[int, float] = {}
    if vector is not None:
        shelf = _SHELVES.setdefault(woven, Shelf(woven))
        around = shelf.cosines(vector, sorted({*matched, *leads}.union(*blocks.values())))
    shared = _shared(blocks)
    scores = _blended(matched, around, shared) if around else fuse([_ranked(matched), _ranked(shared)])
    chosen = _with_leads(scores, leads, most)
    return [Near(number, scores.get(number, 0.0), matched.get(number), around.get(number)) for number in chosen]


def _blocks(woven: Woven, slots: Slots, vector: Floats | None) -> dict[str, list[int]]:
    """The statements in each block, those read last first."""
    sizes = limits()
    sized = [(key, sizes["same"]) for key in _same(slots)]
    sized += [(key, sizes["object"]) for key in _objects(slots)]
    sized += [(key, sizes["formula"]) for key in _formulas(slots)]
    sized += [(key, sizes["cell"]) for key in _cells(vector, sizes["cells"])] + [(ALL, sizes["last"])]
    return {key: woven.block((key,), size) for key, size in sized}


def _shared(blocks: dict[str, list[int]]) -> dict[int, float]:
    """How much speaks for each, to 1: the rarer a key that both have, the more; of those alike the later read is first."""
    weight = defaultdict[int, float](float)
    for key, numbers in blocks.items():
        if key != ALL and not key.startswith("cell|"):
            share = 10 / (10 + len(numbers))
            for number in numbers:
                weight[number] += share
    return {number: min(1.0, weight[number]) for number in sorted(weight, reverse=True)}


def _blended(matched: dict[int, float], around: dict[int, float], shared: dict[int, float]) -> dict[int, float]:
    """Cosine, BM25 and what is shared in one figure, best first: it loses fewer of the right ones than ranks do."""
    w = weights()
    bm25, unknown = w["bm25"] + w["bm25_around"], w["unknown"]
    scores = {
        number: around.get(number, unknown) + bm25 * matched.get(number, 0.0) + w["shared"] * shared.get(number, 0.0)
        for number in {**around, **matched}
    }
    return dict(sorted(scores.items(), key=lambda item: -item[1]))


def by_words(woven: Woven, words: str) -> list[tuple[int, float]]:
    """The statements that share rare words with these, with their BM25, best first.

    Words that stand everywhere say little and cost most (in a million statements half a second): the rarest are taken
    until together they stand in as many statements as may be looked at.
    """
    sizes, spread = limits(), Counter[str]()
    for word in dict.fromkeys(w for w in _split(words) if len(w) > 1):
        spread[word] = woven.spread(_content(word), sizes["word"])
    budget, rare = sizes["words"], list[str]()
    for word, count in sorted(spread.items(), key=lambda item: item[1]):
        budget -= count
        if 0 < count < sizes["word"] and budget >= 0:
            rare.append(word)
    return woven.matching(" OR ".join(map(_content, rare)), sizes["matched"]) if rare else []


def _split(words: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in words.lower()).split()


def _content(word: str) -> str:
    return f'content : "{word}"'


def _ranked(scores: dict[int, float]) -> list[int]:
    return nlargest(limits()["ranked"], scores, key=scores.__getitem__)


def _with_leads(scores: dict[int, float], leads: list[int], most: int) -> list[int]:
    """The best; a quarter of the places is kept for leads, the best of them, that are not among these by themselves."""
    order = list(scores)
    left = sorted(set(leads) - set(order[:most]), key=lambda number: (-scores.get(number, 0.0), number))
    kept = left[: most // 4]
    return order[: most - len(kept)] + kept
