"""What a later statement is to an earlier one: decided slot by slot, with why in words.

A likeness of words only says whether two statements are of one matter; what they are to each other is told by side, object,
sign, condition, force and scope, in the order in which one relation is named when several hold. Rules propose
(``proposed``), weights over what the slots show dispose (``sayso.weave.weighing``). A conflict of object or sign rules out
"said before", however alike the words are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Literal, get_args

from sayso.model import OUT_OF_THREAD, Decision, Relation, Span, Why
from sayso.weave import notions, weighing
from sayso.weave.compare import (
    Pair,
    Turn,
    answering,
    condition_of,
    denials,
    hostility,
    level_with,
    names_apart,
    on_scales,
    one_side,
    rules,
    same_occasion,
    same_side,
    scope_of,
    since,
    things_apart,
    times_apart,
    turned_round,
)
from sayso.weave.slots import Slots

# --- the decision -----------------------------------------------------------------------------------------------------


def decide(earlier: Slots, later: Slots) -> Decision:
    """What the later statement is to the earlier one; relation None: unrelated, or it cannot be told (see ``why``)."""
    pair = Pair(earlier, later)
    found = _weighed(pair)
    return replace(found, why=tuple(_located(later, why) for why in found.why))


def _weighed(pair: Pair) -> Decision:
    by_rule, point = proposed(pair)
    if far_apart(pair) or by_rule.relation == "answers" or (alike(pair) and same_side(pair)):
        return by_rule
    chances = weighing.likely(weighing.features(pair, by_rule.relation or NONE, point))
    allowed = {name: chance for name, chance in chances.items() if _may_be(pair, by_rule, name, point)}
    unseen = by_rule.relation not in ("recurs", "same_utterance") and not same_occasion(pair)
    if unseen and allowed.get("recurs", 0.0) < rules()["repeat"]:
        allowed.pop("recurs", None)  # a false "said before" costs more than one missed
    best = max(allowed, key=lambda name: allowed[name])
    held = by_rule.relation == "recurs" and level_with(pair) and point >= rules()["confirmed"]
    if held and allowed[best] < rules()["sure"]:
        best = "recurs"  # both hold one place on a scale, and the weights are of two minds
    return _decided(pair, by_rule, point, best, allowed)


def _located(later: Slots, why: Why) -> Why:
    """With the words of the later one as they stand in its article, where they can be found."""
    wanted = tuple((why.b or "").lower().split())
    for at in range(len(later.words) - len(wanted) + 1) if wanted else ():
        places = [place for place in later.places[at : at + len(wanted)] if place]
        if later.words[at : at + len(wanted)] == wanted and len(places) == len(wanted):
            return replace(why, spans=(Span(places[0].start, places[-1].end),))
    return why


NONE = "none"
"""What the weights call unrelated."""


def shown(pair: Pair) -> dict[str, float]:
    """What the weights are laid on: for fitting them."""
    by_rule, point = proposed(pair)
    return weighing.features(pair, by_rule.relation or NONE, point)


def far_apart(pair: Pair) -> bool:
    """Whether nothing is shared that could make them more than unrelated: most pairs, told at once."""
    a, b = pair.a, pair.b
    return not (pair.shared or a.names.keys() & b.names.keys()) and (pair.cosine or 0.0) < rules()["far"]


def alike(pair: Pair) -> bool:
    """Whether no slot differs: then nothing that the weights may think of has changed."""
    a, b = pair.a, pair.b
    if pair.only_a or pair.only_b or a.marks != b.marks or a.numbers != b.numbers or a.names.keys() != b.names.keys():
        return False
    return a.condition == b.condition and a.levels.keys() == b.levels.keys() and denials(a) % 2 == denials(b) % 2


def _may_be(pair: Pair, by_rule: Decision, name: str, point: float) -> bool:
    """Hard conflicts: another side, object or sign is never "said before"; who speaks for himself does not answer."""
    if not same_side(pair):
        return name in (NONE, "kindred", "answers")
    if name == "answers" or (point < rules()["least"] and name not in (NONE, "kindred")):
        return False
    if by_rule.relation == "other_object" or (
        by_rule.relation == "kindred" and "recalls" in pair.a.marks ^ pair.b.marks
    ):
        return name in (NONE, "kindred", "other_object")
    if pair.edited and turned_round(pair):
        return name in (NONE, "kindred", "other_object", "reverses", "hardens", "softens")
    if (
        name == "other_object"
    ):  # the rules saw no other object: only where something is left over on both sides may it be one
        formula = pair.a.formulas.keys() & pair.b.formulas.keys()
        named = pair.a.names.keys() != pair.b.names.keys()
        return (named or bool(pair.only_a and pair.only_b)) and not formula
    return True


def _decided(pair: Pair, by_rule: Decision, point: float, best: str, chances: dict[str, float]) -> Decision:
    """The likeliest relation with why; what else is likely stands beside it."""
    if best == NONE:
        return Decision(None, chances[best], by_rule.why, level="suggested")
    relation: Relation = "same_utterance" if best == "recurs" and same_occasion(pair) else best  # type: ignore[assignment]
    whys = by_rule.why if by_rule.relation in (relation, "other_object") else (*_reasons(pair, relation), *by_rule.why)
    beside = (name for name, chance in chances.items() if name not in (best, NONE) and chance >= rules()["beside"])
    also: tuple[Relation, ...] = tuple(beside)  # type: ignore[arg-type]
    sure = chances[best]
    if relation in OUT_OF_THREAD:
        return Decision(relation, sure, whys, also, "confirmed" if sure >= 0.5 else "suggested")
    return Decision(relation, sure, whys, also, _level(pair, point))


def _reasons(pair: Pair, relation: Relation) -> Iterator[Why]:
    """In words, what makes it this relation where no rule said so."""
    a, b = pair.a, pair.b
    if relation in ("hardens", "softens"):
        yield Why("force", _said(a), _said(b))
    elif relation == "reverses":
        yield Why("polarity", _said(a), _said(b))
    elif relation in ("narrows", "widens"):
        ours, theirs = (" ".join(term.word for term in only) or None for only in (pair.only_a, pair.only_b))
        yield Why("scope", ours, theirs)
    elif relation in ("adds_condition", "drops_condition"):
        yield Why("condition", a.condition_words, b.condition_words)
    elif relation == "answers":
        yield Why("act", a.act, b.act)
    elif relation == "other_object":
        ours, theirs = ("; ".join([*one.names]) or None for one in (a, b))
        yield Why("object", ours, theirs)


def _said(slots: Slots) -> str | None:
    """The words that say most how far a statement goes."""
    levels = sorted(slots.levels.values(), key=lambda level: -abs(level[0]))
    return levels[0][1] if levels else slots.act


def proposed(pair: Pair) -> tuple[Decision, float]:
    """What the rules say, and how far the two make one point."""
    point, why = of_one_point(pair)
    return _by_rules(pair, point, why), point


def _by_rules(pair: Pair, point: float, why: tuple[Why, ...]) -> Decision:
    if (answer := _answer(pair)) is not None:
        return answer
    if not same_side(pair):
        return _across(pair)
    if "recalls" in pair.a.marks ^ pair.b.marks:
        return _kin(pair, (Why("act", "tells of an earlier saying", "says it"), *why))
    apart = names_apart(pair) or times_apart(pair)
    things = None if apart else things_apart(pair)
    if apart or things:
        a, b = ("; ".join(apart[0]), "; ".join(apart[1])) if apart else things or ("", "")
        clash = Why("object", a, b)
        if point >= rules()["frame"]:
            return Decision("other_object", min(0.95, 0.5 + point / 2), (clash, *why))
        return _kin(pair, (clash, *why))
    if point < rules()["point"]:
        return _kin(pair, why)
    return _moved(pair, point, why)


def _answer(pair: Pair) -> Decision | None:
    """Whether the later one confirms, denies, leaves open, takes up or refuses what another said."""
    a, b = pair.a, pair.b
    if same_side(pair) or (a.act in answering() and a.act != "agree"):
        return None
    spoken_of = b.side is not None and notions.name_key(b.side) in {
        notions.name_key(n) for n in (*a.names, *a.first_names)
    }
    near = pair.held >= rules()["answered"] or (a.names.keys() & b.names.keys() and pair.shared)
    meets = b.act in answering() or "truth" in b.levels or b.status in ("denied", "neither")
    if near and (meets or turned_round(pair) or (spoken_of and not pair.edited and since(a, b) <= 14)):
        return Decision("answers", 0.7, (Why("act", a.act, b.act), Why("side", a.side, b.side)))
    return None


def _across(pair: Pair) -> Decision:
    why = (Why("side", pair.a.side, pair.b.side),)
    if pair.likeness >= rules()["kin"]:
        return Decision("kindred", 0.5, why, level="suggested")
    return Decision(None, 0.6, why)


def of_one_point(pair: Pair) -> tuple[float, tuple[Why, ...]]:
    """How far two statements make one point, 0 to 1, with what speaks for it.

    What counts is how much they share that is seldom said, then how much of the shorter one that is, then how near the
    sentences are as vectors: never one of these alone.
    """
    weight = rules()
    cosine = weight["no_vector"] if pair.cosine is None else pair.cosine
    mass = min(1.0, (pair.mass + weight["place"] * level_with(pair)) / weight["mass"])
    point = (mass + weight["held"] * pair.held + weight["cosine"] * cosine) / (1 + weight["held"] + weight["cosine"])
    if pair.a.formulas.keys() & pair.b.formulas.keys():
        point += weight["level"]
    return min(1.0, point), tuple(_speaking(pair))


def _speaking(pair: Pair) -> Iterator[Why]:
    """What speaks for one point: words, formulas, names, place on a scale."""
    words = sorted(pair.shared, key=lambda n: (-notions.weight(n), n))[:6]
    if words:
        yield Why("words", ", ".join(_written(pair.a, words)), ", ".join(_written(pair.b, words)))
    for id_ in sorted(pair.a.formulas.keys() & pair.b.formulas.keys()):
        yield Why("formula", id_, id_)
    if names := pair.a.names.keys() & pair.b.names.keys():
        yield Why("object", ", ".join(sorted(names)), ", ".join(sorted(names)))


def _written(slots: Slots, wanted: list[str]) -> list[str]:
    """The words that stand for some notions, as they were written."""
    by_notion = {term.notion: term.word for term in reversed(slots.terms)}
    return [by_notion[notion] for notion in wanted if notion in by_notion]


def _kin(pair: Pair, why: tuple[Why, ...]) -> Decision:
    a, b = pair.a, pair.b
    near = pair.shared or a.names.keys() & b.names.keys() or a.topics & b.topics or a.channels & b.channels
    return Decision("kindred" if near else None, 0.5, why, level="suggested")


def _moved(pair: Pair, point: float, why: tuple[Why, ...]) -> Decision:
    """Two statements of one point: what changed in it."""
    found = list(_changes(pair))
    sure = min(0.95, 0.45 + point / 2)
    level = _level(pair, point)
    if not found:
        same = same_occasion(pair)
        return Decision("same_utterance" if same else "recurs", sure, why, level=level)
    order = {name: at for at, name in enumerate(get_args(Relation))}
    found.sort(key=lambda change: order[change[0]])
    also = tuple(dict.fromkeys(name for name, _ in found[1:] if name != found[0][0]))
    return Decision(found[0][0], sure, (*(w for _, w in found), *why), also, level)


def _level(pair: Pair, point: float) -> Literal["confirmed", "suggested"]:
    """Confirmed: surely of one point, and not by a few words of a long saying."""
    enough = point >= rules()["confirmed"] and (pair.held >= 0.35 or level_with(pair))
    return "confirmed" if enough else "suggested"


def _changes(pair: Pair) -> Iterator[tuple[Relation, Why]]:
    same_day = same_occasion(pair)
    turns = on_scales(pair)
    agreeing = any(not t.turned and t.slot != "will" and one_side(pair, t) for t in turns)
    for turn in turns:
        if turn.turned and not (turn.slot == "will" and agreeing):
            yield "reverses", Why("polarity", turn.a, turn.b)
    if (pair.edited or not agreeing) and (round_ := turned_round(pair)):
        yield "reverses", Why("polarity", *round_)
    if changed := condition_of(pair):
        yield changed[0], Why("condition", changed[1], changed[2])
    if same_day:
        return
    yield from _forces(pair, turns)
    if scope := scope_of(pair):
        yield scope[0], Why("scope", scope[1] or None, scope[2] or None)


def _forces(pair: Pair, turns: list[Turn]) -> Iterator[tuple[Relation, Why]]:
    step = rules()["step"]
    moved = [turn for turn in turns if abs(turn.harder) >= step and not turn.turned]
    if moved:
        most = max(moved, key=lambda turn: (turn.slot != "will", abs(turn.harder)))
        yield ("hardens" if most.harder > 0 else "softens"), Why("force", most.a, most.b)
        return
    gain = hostility(pair.b) - hostility(pair.a) if hostility(pair.a) and hostility(pair.b) else 0.0
    if not any(t.slot != "will" for t in turns) and abs(gain) >= rules()["hostility"]:
        yield ("hardens" if gain > 0 else "softens"), Why("force", f"{hostility(pair.a):g}", f"{hostility(pair.b):g}")
        return
    if not pair.edited:
        return
    for word, sign in (("tight", 1), ("loose", -1)):
        if (word in pair.a.marks) != (word in pair.b.marks):
            up = sign if word in pair.b.marks else -sign
            yield ("hardens" if up > 0 else "softens"), Why("modality", pair.a.modality, pair.b.modality)
            return
