"""Candidates: the statements that one is compared with, out of all in a ledger.

Four ways lead to them: blocks (the same side and object, the object alone, a shared formula), the words (full text, BM25),
the vectors, and the leads of threads, so that an old first saying is reached however many came after it. Rankings are fused
by reciprocal rank (Cormack, Clarke, Büttcher 2009). Nothing is decided here: what is near in topic may say the contrary.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sayso.ledger import Woven
from sayso.lexicon import Lexicon
from sayso.model import Statement
from sayso.text.lists import table
from sayso.text.rank import fuse
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


def rendering(statement: Statement, lexicon: Lexicon) -> str:
    """The statement as a sentence that stands alone: who, for whom, of whom, and the words. Its vector is kept."""
    speaker, dyad = statement.speaker.name, statement.dyad.value
    side = statement.state.value
    who = ", ".join(filter(None, (speaker, _name(side, lexicon))))
    whom = f" on {_name(dyad[1], lexicon)}" if dyad and dyad[1] != side else ""
    return f"{who}{whom}: {statement.content.text}" if who else statement.content.text


def _name(id_: str | None, lexicon: Lexicon) -> str | None:
    state = lexicon.states.get(id_) if id_ else None
    return state.name if state else id_


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

    return [f"cell|{cell}" for cell in np.argsort(-(_centres() @ vector))[:most]]


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


def cosines(vector: Floats, kept: Sequence[bytes]) -> Floats:
    """How near a vector is to each of those kept."""
    import numpy as np

    others = np.frombuffer(b"".join(kept), np.int8).reshape(len(kept), -1).astype(np.float32)
    near: Floats = others @ vector / np.maximum(np.linalg.norm(others, axis=1), 1e-6)
    return near


@cache
def _centres() -> Floats:
    import numpy as np

    centres = np.load(_CELLS).astype(np.float32)
    unit: Floats = centres / np.linalg.norm(centres, axis=1, keepdims=True)
    return unit


# --- near -------------------------------------------------------------------------------------------------------------


def near(woven: Woven, slots: Slots, words: str, vector: Floats | None = None, most: int = 50) -> list[Near]:
    """The statements nearest to one, best first, whenever they were said; the leads of its own threads among them."""
    matched = dict(by_words(woven, words))
    blocks = _blocks(woven, slots, vector)
    leads = woven.leads(_same(slots) or _objects(slots), limits()["leads"])
    around = by_vector(woven, vector, {*matched, *leads}.union(*blocks.values())) if vector is not None else {}
    rankings = [_ranked(matched), _ranked(around), _ranked(_shared(blocks))]
    fused = fuse(rankings)
    chosen = _with_leads(fused, leads, around, most)
    return [Near(number, fused.get(number, 0.0), matched.get(number), around.get(number)) for number in chosen]


def _blocks(woven: Woven, slots: Slots, vector: Floats | None) -> dict[str, list[int]]:
    """The statements in each block, those read last first; ``keys`` that say more come first."""
    sizes = limits()
    sized = [(key, sizes["same"]) for key in _same(slots)]
    sized += [(key, sizes["object"]) for key in _objects(slots)]
    sized += [(key, sizes["formula"]) for key in _formulas(slots)]
    sized += [(key, sizes["cell"]) for key in _cells(vector, sizes["cells"])] + [(ALL, sizes["last"])]
    return {key: woven.block((key,), size) for key, size in sized}


def _shared(blocks: dict[str, list[int]]) -> dict[int, float]:
    """How much speaks for each: the rarer a key that both have, the more; of those alike the later read is first."""
    weight = defaultdict[int, float](float)
    for key, numbers in blocks.items():
        if key != ALL and not key.startswith("cell|"):
            for number in numbers:
                weight[number] += 1 / (10 + len(numbers))
    return {number: weight[number] for number in sorted(weight, reverse=True)}


def by_vector(woven: Woven, vector: Floats, numbers: Iterable[int]) -> dict[int, float]:
    """The cosine of each of some statements that has a vector."""
    kept = woven.vectors(numbers)
    return dict(zip(kept, map(float, cosines(vector, list(kept.values()))), strict=True)) if kept else {}


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
    return sorted(scores, key=lambda number: -scores[number])[: limits()["ranked"]]


def _with_leads(fused: dict[int, float], leads: list[int], around: dict[int, float], most: int) -> list[int]:
    """The best; a quarter of the places is kept for leads, the best of them, that are not among these by themselves."""
    order = list(fused)
    left = sorted(set(leads) - set(order[:most]), key=lambda n: (-fused.get(n, 0.0), -around.get(n, 0.0), n))
    kept = left[: most // 4]
    return order[: most - len(kept)] + kept
