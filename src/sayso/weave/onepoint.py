"""Whether two statements of one side make one point at all: how likely that is, and what their scope says against it."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from sayso.lexicon import DATA
from sayso.text import lists, normal
from sayso.weave.compare import Pair, level_with
from sayso.weave.decide import of_one_point
from sayso.weave.slots import Slots

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_WORD = re.compile(r"[a-z0-9][\w']*")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")

SHORT = 3
"""Fewer words are no sentence by themselves."""


@cache
def rules() -> dict[str, Any]:
    """Weights, thresholds and words: ``data/onepoint.toml``."""
    return lists.table("onepoint")


@dataclass(eq=False)
class Told:
    """A statement with what its chances are told by, each made once."""

    slots: Slots
    parts: Floats | None = None
    """The vectors of its sentences, if they are several: a long one may make one point among others."""
    state: bool = True
    """Whether it speaks for a state or bloc that the cards know: slots and scales are made for what such ones say."""

    @property
    def rows(self) -> Floats | None:
        """The vectors that may be near to another's: of its sentences, else of the whole."""
        whole = self.slots.vector
        return self.parts if self.parts is not None or whole is None else whole[None]

    @cached_property
    def weights(self) -> dict[str, float]:
        """What it says, by how much that tells."""
        rule, slots = rules()["rarity"], self.slots
        found = {f"={name}": float(rule["names"]) for name in slots.names}
        found |= {f"={name}": float(rule["maybe"]) for name in slots.first_names}
        found |= {f"#{number.value:g}": float(rule["numbers"]) for number in slots.numbers}
        for term in slots.terms:
            found[term.notion] = max(found.get(term.notion, 0.0), *(rarity(word) for word in term.word.split()))
        return found

    @cached_property
    def utmosts(self) -> dict[str, set[frozenset[str]]]:
        """Each utmost that it claims, with the limits of it in each sentence that claims it."""
        found: dict[str, set[frozenset[str]]] = {}
        for sentence in sentences(normal(self.slots.text)):
            words = f" {' '.join(_WORD.findall(sentence))} "
            for claim in _standing(words, "utmost"):
                found.setdefault(claim, set()).add(frozenset(_standing(words, "limits")))
        return found


def sentences(text: str) -> list[str]:
    """The sentences of a statement, scraps left out."""
    return [part for part in _SENTENCE.split(text) if len(part.split()) >= SHORT] or [text]


def chance(a: Told, b: Told) -> float:
    """How likely two statements make one point, 0 to 1: calibrated on pairs of which few do."""
    found = measures(a, b)
    weights: dict[str, float] = rules()[section(a, b)]
    total = weights["bias"] + sum(weights[name] * (found[name] or 0.0) for name in weights if name != "bias")
    return 1 / (1 + math.exp(-total))


def levels(a: Told, b: Told) -> dict[str, float]:
    """From which chances on a link is suggested, confirmed, or made though no slot tells it."""
    found: dict[str, float] = rules()["levels"]["states" if a.state and b.state else "others"]
    return found


def section(a: Told, b: Told) -> str:
    """Which weights two statements are measured by."""
    who = "states" if a.state and b.state else "others"
    return who if a.rows is not None and b.rows is not None else f"{who}_plain"


def measures(a: Told, b: Told) -> dict[str, float | None]:
    """What the chance is told by."""
    pair = Pair(a.slots, b.slots)
    ours, theirs = a.rows, b.rows
    near = None
    if ours is not None and theirs is not None and pair.cosine is not None:
        near = (pair.cosine + float((ours @ theirs.T).max())) / 2
    found: dict[str, float | None] = {"near": near, "rare": likeness(a, b)}
    return found | {"level": float(level_with(pair)), "point": of_one_point(pair)[0]}


def likeness(a: Told, b: Told) -> float:
    """How far two say the same, rare words counting most: cosine over notions, names and numbers."""
    shared = math.fsum(min(weight, b.weights[name]) for name, weight in a.weights.items() if name in b.weights)
    both = math.fsum(a.weights.values()) * math.fsum(b.weights.values())
    return shared / math.sqrt(both) if both else 0.0


@lru_cache(maxsize=65_536)
def rarity(word: str) -> float:
    """How much a word tells, 0 to 1; 1 for one that the vocabulary has not."""
    rule = rules()["rarity"]
    rank = _ranks().get(word.lower(), rule["last"]) - rule["first"] + 1
    return float((math.log(max(rank, 2)) / math.log(rule["last"] - rule["first"] + 1)) ** rule["power"])


@cache
def _ranks() -> dict[str, int]:
    lines = (DATA / "attribution" / "vocab.txt").read_text("utf-8").split("\n")
    return {word: rank for rank, word in enumerate(lines)}


# --- the scope of an utmost -------------------------------------------------------------------------------------------


def scopes_apart(a: Told, b: Told) -> tuple[str, str] | None:
    """What limits an utmost that both claim ("the highest …"), where it is another limit in every sentence of theirs."""
    for claim in sorted(a.utmosts.keys() & b.utmosts.keys()):
        if not a.utmosts[claim] & b.utmosts[claim]:
            ours, theirs = (", ".join(sorted(min(each.utmosts[claim], key=sorted))) for each in (a, b))
            return f"{claim} {ours}".strip(), f"{claim} {theirs}".strip()
    return None


def _standing(words: str, kind: str) -> Iterator[str]:
    for line in _lines(kind):
        if any(f" {each} " in words for each in line):
            yield line[0]


@cache
def _lines(kind: str) -> list[list[str]]:
    return [[each.strip() for each in line.split(",")] for line in rules()["scope"][kind].strip().split("\n")]
