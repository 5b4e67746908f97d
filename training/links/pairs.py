"""Typed pairs out of ``variants.txt`` and ``ladders.txt``: every two lines of a block, with what the later is to the earlier."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import NamedTuple

from training.links.directions import ladders

HERE = Path(__file__).parent


class Pair(NamedTuple):
    """Two sentences of one side, the earlier first; ``relation`` None: unrelated. ``block``: pairs of one are left out together."""

    block: str
    side: str
    a: str
    b: str
    relation: str | None


FROM_BASE = {"=": "recurs", "?": "adds_condition", "<": "narrows", ">": "widens", "!": "reverses", "+": "hardens",
             "-": "softens", "~": "other_object", "*": "kindred"}  # fmt: skip
INVERSE = {"adds_condition": "drops_condition", "narrows": "widens", "widens": "narrows", "hardens": "softens",
           "softens": "hardens"}  # fmt: skip


def blocks() -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Each block's side and its tagged lines."""
    for block in (HERE / "variants.txt").read_text("utf-8").split("\n\n"):
        lines = [
            tuple(line.split(" ", 1)) for line in block.split("\n") if line[:2] in {f"{tag} " for tag in "@=?<>!+-~*"}
        ]
        if lines and lines[0][0] == "@":
            yield lines[0][1], [(tag, words) for tag, words in lines[1:]]


def variants() -> Iterator[Pair]:
    """A wording of the base with every other line, both ways round; contraries with one another say the same."""
    for number, (side, lines) in enumerate(blocks()):
        for (tag_a, a), (tag_b, b) in permutations(lines, 2):
            relation = _relation(tag_a, tag_b)
            if relation:
                yield Pair(f"v{number}", side, a, b, relation)


def _relation(a: str, b: str) -> str | None:
    if a == "=":
        return FROM_BASE[b]
    if b == "=":
        return INVERSE.get(FROM_BASE[a], FROM_BASE[a])
    if a == b == "!":
        return "recurs"
    if "*" in (a, b):
        return "kindred"
    return "other_object" if "~" in (a, b) and a != b else None


def steps() -> Iterator[Pair]:
    """Two rungs of a ladder: a step on one side hardens or softens, from one firm end to the other reverses."""
    for number, rungs in enumerate(ladders()):
        for (one, a), (other, b) in permutations(rungs, 2):
            if one * other <= -9:
                yield Pair(f"l{number}", "Norland", a, b, "reverses")
            elif one * other > 0 and abs(one - other) >= 1.5:
                yield Pair(f"l{number}", "Norland", a, b, "hardens" if other < one else "softens")


def unlike() -> Iterator[Pair]:
    """First lines of blocks with those of others: nothing to do with each other."""
    every = list(blocks())
    for (_, ours), (_, theirs) in permutations(every, 2):
        yield Pair("u", "Norland", ours[0][1], theirs[-1][1], None)
