"""What the slots of two statements show, weighed: how likely each relation is.

A small multinomial logistic regression over some hundred plain features, fitted offline (``training/links/fit.py``) on pairs of our
own wording; its coefficients are data (``data/weighing.tsv``). What the rules propose is one feature among them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from functools import cache

from sayso.lexicon import DATA
from sayso.text.roots import root
from sayso.weave import compare, notions
from sayso.weave.compare import Pair, Turn
from sayso.weave.slots import Slots

Features = Mapping[str, float]


def likely(features: Features) -> dict[str, float]:
    """How likely each relation is ("none": unrelated); the same occasion is not told apart: "recurs" stands for both."""
    names, rows = _weights()
    totals = [0.0] * len(names)
    for feature, value in features.items():
        row = rows.get(feature)
        if value and row:
            for at, weight in enumerate(row):
                totals[at] += weight * value
    most = max(totals)
    raised = [math.exp(total - most) for total in totals]
    return {name: each / sum(raised) for name, each in zip(names, raised, strict=True)}


@cache
def _weights() -> tuple[list[str], dict[str, list[float]]]:
    head, *lines = (DATA / "weighing.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines)
    return head.split("\t")[1:], {name: list(map(float, weights)) for name, *weights in rows}


# --- features ---------------------------------------------------------------------------------------------------------


def features(pair: Pair, proposed: str, point: float) -> dict[str, float]:
    """All of them; ``proposed``: what the rules say; ``point``: how far the two make one point."""
    found = {"bias": 1.0, f"rules {proposed}": 1.0}
    for group in (_words, _names, _sides, _forces, _signs, _conditions, _scopes, _manners):
        found.update(group(pair))
    found |= {"point": point, "point high": max(0.0, point - 0.6), "point low": max(0.0, 0.4 - point)}
    return found


def _words(pair: Pair) -> Iterator[tuple[str, float]]:
    a, b, cosine = pair.a, pair.b, _cosine(pair)
    yield from {"like": pair.likeness, "held": pair.held, "ratio": pair.ratio, "cosine": cosine}.items()
    yield from {"near": max(0.0, cosine - 0.5), "far": max(0.0, 0.35 - cosine)}.items()
    yield "mass", min(3.0, pair.mass) / 3
    yield "rare", max((notions.weight(n) for n in pair.shared), default=0.0)
    yield "share of a", min(1.0, pair.mass / max(0.1, _mass(a)))
    yield "share of b", min(1.0, pair.mass / max(0.1, _mass(b)))
    yield "only a", min(4, len(pair.only_a)) / 4
    yield "only b", min(4, len(pair.only_b)) / 4
    longer = (len(b.terms) - len(a.terms)) / 6
    yield "longer", min(1.0, max(0.0, longer))
    yield "shorter", min(1.0, max(0.0, -longer))
    yield "edited", float(pair.edited)
    yield "formula", float(bool(a.formulas.keys() & b.formulas.keys()))
    yield "topic", float(bool(a.topics & b.topics))
    yield "no topic", float(bool(a.topics and b.topics and not a.topics & b.topics))


def _cosine(pair: Pair) -> float:
    return float(compare.rules()["no_vector"]) if pair.cosine is None else pair.cosine


def _mass(slots: Slots) -> float:
    return math.fsum(notions.weight(term.notion) for term in slots.terms)


def _names(pair: Pair) -> Iterator[tuple[str, float]]:
    a, b = pair.a.names.keys(), pair.b.names.keys()
    apart, things = compare.names_apart(pair), compare.things_apart(pair)
    yield "names shared", min(2, len(a & b)) / 2
    yield "names of a", min(2, len(a - b)) / 2
    yield "names of b", min(2, len(b - a)) / 2
    yield "names apart", float(bool(apart))
    yield "things apart", float(bool(things))
    yield "edited apart", float(bool(apart or things) and pair.edited)
    yield "apart, near", float(bool(apart or things)) * _cosine(pair)
    yield "recalls", float(("recalls" in pair.a.marks) != ("recalls" in pair.b.marks))


def _sides(pair: Pair) -> Iterator[tuple[str, float]]:
    """Only between sides: whether one meets what the other said."""
    if compare.same_side(pair):
        return
    a, b = pair.a, pair.b
    own = notions.name_key(b.side or "")
    yield "other side", 1.0
    yield "other side, near", _cosine(pair)
    yield "other side, like", pair.likeness
    yield "answers", float(b.act in compare.answering())
    yield "truth", float("truth" in b.levels)
    yield "turned answer", float(bool(compare.turned_round(pair)))
    yield "spoken of", float(own in {notions.name_key(name) for name in (*a.names, *a.first_names)})
    yield "soon", float(0 <= compare.since(a, b) <= 14)


def _forces(pair: Pair) -> Iterator[tuple[str, float]]:
    step = compare.severity(pair.b) - compare.severity(pair.a)
    yield from _both("severity", step / 4)
    yield "severer", float(step >= 1.5)
    yield "milder", float(step <= -1.5)
    turns = compare.on_scales(pair)
    level = [turn.harder for turn in turns if not turn.turned]
    yield from _both("scale up", max([*level, 0.0]) / 3)
    yield from _both("scale down", min([*level, 0.0]) / 3)
    gain = compare.gain(pair)
    yield from _both("gain", gain.valence / 3)
    yield "gain size", min(1.0, abs(gain.valence) / 4)
    yield "much friendlier", float(gain.valence > 1.5)
    yield "much more hostile", float(gain.valence < -1.5)
    yield from _both("breadth", gain.breadth)
    yield from _both("hanging", gain.condition)
    yield "vectors same", gain.same
    yield "vectors of one", gain.one


def _both(name: str, value: float) -> Iterator[tuple[str, float]]:
    """A signed value as two features, each up to 1."""
    yield f"{name} +", min(1.0, max(0.0, value))
    yield f"{name} -", min(1.0, max(0.0, -value))


def _signs(pair: Pair) -> Iterator[tuple[str, float]]:
    a, b, turns = pair.a, pair.b, compare.on_scales(pair)
    yield "scale turned", float(any(turn.turned and turn.slot != "will" for turn in turns))
    yield "will turned", float(any(turn.turned and turn.slot == "will" for turn in turns))
    yield "weakly turned", float(any(not turn.turned and not compare.one_side(pair, turn) for turn in turns))
    yield (
        "scales agree",
        float(any(not turn.turned and compare.one_side(pair, turn) for turn in turns if turn.slot != "will")),
    )
    yield "close on a scale", float(any(_close(pair, turn) for turn in turns if turn.slot != "will"))
    yield "words turned", float(pair.edited and bool(compare.turned_words(pair)))
    yield "notion turned", float(not pair.edited and bool(compare.turned_notion(pair)))
    odd = (compare.denials(a) - compare.denials(b)) % 2 != 0
    yield "odd denials", float(odd)
    yield "odd denials, near", odd * _cosine(pair)
    yield "contrary", float(any(_contrary(one.word, other.word) for one in pair.only_a for other in pair.only_b))
    ours, theirs = a.polarity or 0, b.polarity or 0
    yield "polarity turned", float(ours * theirs < 0)
    yield from _both("polarity", (theirs - ours) / 2)


def _close(pair: Pair, turn: Turn) -> bool:
    return compare.one_side(pair, turn) and abs(turn.harder) <= compare.rules()["step"]


def _contrary(one: str, other: str) -> bool:
    return notions.contrary(root(one), root(other))


def _conditions(pair: Pair) -> Iterator[tuple[str, float]]:
    a, b, changed = pair.a, pair.b, compare.condition_of(pair)
    yield "condition new", float(bool(changed) and changed is not None and changed[0] == "adds_condition")
    yield "condition gone", float(bool(changed) and changed is not None and changed[0] == "drops_condition")
    yield "if new", float(b.modality == "if" != a.modality)
    yield "if gone", float(a.modality == "if" != b.modality)
    yield "free", float(b.free and not a.free)


def _scopes(pair: Pair) -> Iterator[tuple[str, float]]:
    a, b = pair.a, pair.b
    scope = compare.scope_of(pair)
    yield "narrower", float(scope is not None and scope[0] == "narrows")
    yield "wider", float(scope is not None and scope[0] == "widens")
    further = {relation for relation, _, _ in compare.extras(pair)}
    yield "restriction", float("narrows" in further)
    yield "further member", float("widens" in further)
    ours, theirs = compare.breadth(a), compare.breadth(b)
    yield "broader", float(bool(ours and theirs and theirs > ours))
    yield "less broad", float(bool(ours and theirs and theirs < ours))
    for mark in ("whole", "universal", "some", "only", "loose", "tight", "many", "again"):
        yield f"{mark} gone", float(mark in a.marks and mark not in b.marks)
        yield f"{mark} new", float(mark in b.marks and mark not in a.marks)
    yield "joined in a", float(any(term.joined for term in pair.only_a))
    yield "joined in b", float(any(term.joined for term in pair.only_b))
    counted = [(i.value, j.value) for i in a.numbers for j in b.numbers if i.of and i.of == j.of]
    yield "number up", float(any(j > i for i, j in counted))
    yield "number down", float(any(j < i for i, j in counted))


def _manners(pair: Pair) -> Iterator[tuple[str, float]]:
    a, b = pair.a, pair.b
    for modality in ("may", "must", "will", "is"):
        yield f"{modality} new", float(b.modality == modality != a.modality)
        yield f"{modality} gone", float(a.modality == modality != b.modality)
    yield "act same", float(a.act is not None and a.act == b.act)
    yield "class same", float(a.class_ is not None and a.class_ == b.class_)
    no = ("deny", "refuse")
    yield "no new", float(b.act in no and a.act not in no)
    yield "no gone", float(a.act in no and b.act not in no)
