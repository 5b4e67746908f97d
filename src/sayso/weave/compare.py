"""Two statements side by side, slot by slot: what they share, what stands against each other, what changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, cached_property
from math import fsum, sqrt
from typing import TYPE_CHECKING, Any

from sayso.lexicon import DATA
from sayso.model import Relation
from sayso.text.lists import table
from sayso.text.roots import root
from sayso.weave import notions
from sayso.weave.slots import Slots, Term

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@cache
def rules() -> dict[str, Any]:
    """Weights and thresholds: ``links.toml``."""
    weights: dict[str, Any] = table("links")["weights"]
    return weights


@cache
def contrasts() -> dict[str, frozenset[int]]:
    """For each thing the lines of contrasts it stands in."""
    lines = table("concepts")["contrasts"].strip().split("\n")
    found: dict[str, set[int]] = {}
    for number, line in enumerate(lines):
        for word in line.split(","):
            found.setdefault(word.strip(), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@dataclass(frozen=True)
class Pair:
    """Two statements side by side: what they share, and what only one of them has."""

    a: Slots
    b: Slots

    # --- words ---

    @cached_property
    def shared(self) -> frozenset[str]:
        """Notions of both."""
        return self.a.notions & self.b.notions

    @cached_property
    def likeness(self) -> float:
        """How far the notions are the same: 0 to 1 (cosine over weighted notions and names)."""
        ours, theirs = _weights(self.a), _weights(self.b)
        both = fsum(min(weight, theirs[n]) for n, weight in ours.items() if n in theirs)
        return both / sqrt(fsum(ours.values()) * fsum(theirs.values())) if ours and theirs else 0.0

    @cached_property
    def mass(self) -> float:
        """How much they share, the commoner the less."""
        return fsum(notions.weight(notion) for notion in self.shared)

    @cached_property
    def held(self) -> float:
        """The share of the shorter one's notions that the longer one has."""
        ours, theirs = _weights(self.a), _weights(self.b)
        both = fsum(min(weight, theirs[n]) for n, weight in ours.items() if n in theirs)
        least = min(fsum(ours.values()), fsum(theirs.values()))
        return both / least if least else 0.0

    @cached_property
    def edits(self) -> SequenceMatcher[str]:
        """The words of one aligned to the other's, by their roots."""
        return SequenceMatcher(None, [r for r, _ in self.a.frame], [r for r, _ in self.b.frame], autojunk=False)

    @cached_property
    def edited(self) -> bool:
        """Whether one is the other with a few words changed: then every change counts."""
        return self.ratio >= float(rules()["edited"])

    @cached_property
    def changes(self) -> list[tuple[list[int], list[int]]]:
        """The stretches that differ, as places in the words of each."""
        a, b = self.a.frame, self.b.frame
        return [
            ([at for _, at in a[i:j]], [at for _, at in b[k:m]])
            for what, i, j, k, m in self.edits.get_opcodes()
            if what != "equal"
        ]

    @cached_property
    def ratio(self) -> float:
        """How nearly the words are the same, in order."""
        return self.edits.ratio()

    @cached_property
    def cosine(self) -> float | None:
        """Of the vectors, where both have one."""
        if self.a.vector is None or self.b.vector is None:
            return None
        return float(self.a.vector @ self.b.vector)

    # --- only one has it ---

    def only(self, mine: Slots, other: Slots) -> list[Term]:
        """The terms of one that the other has not."""
        return [term for term in mine.terms if term.notion not in other.notions]

    @cached_property
    def only_a(self) -> list[Term]:
        """Terms of the earlier alone."""
        return self.only(self.a, self.b)

    @cached_property
    def only_b(self) -> list[Term]:
        """Terms of the later alone."""
        return self.only(self.b, self.a)


def _weights(slots: Slots) -> dict[str, float]:
    found = {term.notion: notions.weight(term.notion) for term in slots.terms}
    return found | {f"={name}": NAME for name in slots.names}


NAME = 0.4
"""What a name weighs beside notions: of two states much is said."""


# --- slots compared ---------------------------------------------------------------------------------------------------


_KINDS = ({"agreement"}, {"person"}, {"state", "name"})


def names_apart(pair: Pair) -> tuple[list[str], list[str]] | None:
    """Names that stand against each other: each has one of a kind that the other has not."""
    a, b = pair.a, pair.b
    for kinds in _KINDS:
        ours = [name for name, of in a.names.items() if of in kinds and not _has(b, name)]
        theirs = [name for name, of in b.names.items() if of in kinds and not _has(a, name)]
        if ours and theirs:
            return ours, theirs
    ours = [n for n in (*a.names, *a.first_names) if not _has(b, n)]
    theirs = [n for n in (*b.names, *b.first_names) if not _has(a, n)]
    return (ours, theirs) if ours and theirs and pair.edited else None


def _has(slots: Slots, name: str) -> bool:
    return name in slots.names or name in slots.first_names or name in slots.notions or name == slots.side


def times_apart(pair: Pair) -> tuple[list[str], list[str]] | None:
    """What is to be expected under one in office, and a saying from when he was not: another time, another object."""
    if "outlook" not in pair.a.levels or "outlook" not in pair.b.levels:
        return None
    for one, other in ((pair.a, pair.b), (pair.b, pair.a)):
        day = other.said[1]
        for person, terms in one.terms_of_office.items():
            if day and person not in other.names and not any(from_ <= day <= to + "~" for from_, to in terms):
                names = [person], [day]
                return names if one is pair.a else (names[1], names[0])
    return None


def things_apart(pair: Pair) -> tuple[str, str] | None:
    """Two things of which a saying is about one or the other; or, in words that are else the same, a thing in place of another."""
    ours = [t for t in pair.only_a if t.kind == "thing"]
    theirs = [t for t in pair.only_b if t.kind == "thing"]
    for one in ours:
        for other in theirs:
            if contrasts().get(one.notion, frozenset()) & contrasts().get(other.notion, frozenset()):
                return one.word, other.word
    return _replaced(pair) if pair.edited else _left_over(pair, ours, theirs)


def _left_over(pair: Pair, ours: list[Term], theirs: list[Term]) -> tuple[str, str] | None:
    """In words put in another order: one thing each that the other has not, where nearly all else is shared."""
    ours = [t for t in pair.only_a if not _on_scale(pair.a, t) and notions.weight(t.notion) > rules()["slight"]]
    theirs = [t for t in pair.only_b if not _on_scale(pair.b, t) and notions.weight(t.notion) > rules()["slight"]]
    if (
        len(ours) == len(theirs) == 1
        and pair.mass >= rules()["mass"]
        and _noun(pair.a, ours[0])
        and _noun(pair.b, theirs[0])
    ):
        return ours[0].word, theirs[0].word
    return None


def _replaced(pair: Pair) -> tuple[str, str] | None:
    """In words that are else the same: a thing, a year, a place in a row in the place of another."""
    for ours, theirs in pair.changes:
        one, other = _things(pair.a, pair.only_a, ours), _things(pair.b, pair.only_b, theirs)
        if one and other and not _contraries(pair, ours, theirs):
            return one, other
        dated = [w for at in ours if (w := pair.a.words[at]) and _ORDER.match(w)]
        redated = [w for at in theirs if (w := pair.b.words[at]) and _ORDER.match(w)]
        if dated and redated and dated != redated:
            return dated[0], redated[0]
    return None


_ORDER = re.compile(
    r"(?:(?:1[6-9]|20|21)\d\d|first|second|third|fourth|previous|present|current|upper|lower|former|next|last)$"
)


def _things(slots: Slots, only: list[Term], places: list[int]) -> str | None:
    """The words of things among some places."""
    found = [t for t in only if t.at in places and t.kind != "deed" and not _on_scale(slots, t) and _noun(slots, t)]
    return " ".join(t.word for t in found) or None


def _contraries(pair: Pair, ours: list[int], theirs: list[int]) -> tuple[str, str] | None:
    """A word and its contrary in its place."""
    for i in ours:
        for k in theirs:
            one, other = root(pair.a.words[i]), root(pair.b.words[k])
            if notions.contrary(one, other):
                return pair.a.words[i], pair.b.words[k]
    return None


_BEFORE_NOUNS = frozenset(
    [
        "the", "a", "an", "of", "in", "on", "at", "for", "with", "against", "over", "about", "to", "from", "its", "our", "their",
        "his", "her", "this", "that", "these", "those", "by", "and", "near", "under",
    ]
)  # fmt: skip


def _noun(slots: Slots, term: Term) -> bool:
    """Whether a term names a thing, by its table or by the word before it."""
    if term.kind == "thing":
        return True
    before = slots.words[term.at - 1] if term.at else ""
    return before in _BEFORE_NOUNS and not term.word.endswith(("ly", "ing", "ed")) and before != "to"


def _on_scale(slots: Slots, term: Term) -> bool:
    return any(term.word in words.split() for _, words in slots.levels.values())


@dataclass(frozen=True)
class Turn:
    """How two stand on what they share: turned, harder (above 0), softer (below 0), or level."""

    turned: bool
    harder: float
    slot: str
    a: str
    b: str


def on_scales(pair: Pair) -> list[Turn]:
    """Every scale that both stand on, compared."""
    found = []
    kinds = _scales()
    for name, (ours, words_a) in pair.a.levels.items():
        if name not in pair.b.levels:
            continue
        theirs, words_b = pair.b.levels[name]
        kind, _hostile = kinds[name]
        found.append(_turn(name, kind, ours, theirs, words_a, words_b))
    return found


def _turn(name: str, kind: str, ours: float, theirs: float, words_a: str, words_b: str) -> Turn:
    weak = rules()["weak"]
    if kind == "climbs":
        return Turn(False, theirs - ours, name, words_a, words_b)
    if ours * theirs < 0:
        firm = min(abs(ours), abs(theirs)) > weak
        return Turn(firm, ours - theirs, name, words_a, words_b)
    if ours == 0 or theirs == 0:
        return Turn(False, 0.0, name, words_a, words_b)
    return Turn(False, abs(theirs) - abs(ours), name, words_a, words_b)


@cache
def _scales() -> dict[str, tuple[str, bool]]:
    return {n: (c["kind"], c.get("hostile", False)) for n, c in table("scales").items() if n != "yes"}


def hostility(slots: Slots) -> float:
    """How hostile the words are at most, 0 to 5."""
    found = [0.0]
    for name, (level, _) in slots.levels.items():
        kind, hostile = _scales()[name]
        if hostile and name in ("relations", "censure", "press", "threat"):
            found.append(level if kind == "climbs" else -level)
    return max(found)


def turned_round(pair: Pair) -> tuple[str, str] | None:
    """What one affirms and the other denies: a contrary or a negation put into words that are else the same, or a notion."""
    return turned_words(pair) if pair.edited else turned_notion(pair)


def turned_words(pair: Pair) -> tuple[str, str] | None:
    """A word and its contrary, or a turning word that only one has, in words that are else the same."""
    ours = theirs = 0
    for left, right in pair.changes:
        if found := _contraries(pair, left, right):
            return found
        ours += any(root(pair.a.words[at]) in notions.turning() for at in left)
        theirs += any(root(pair.b.words[at]) in notions.turning() for at in right)
    if ours % 2 != theirs % 2:
        return ("not", "…") if ours % 2 else ("…", "not")
    return None


def turned_notion(pair: Pair) -> tuple[str, str] | None:
    """A notion of both that one affirms and the other negates, if what they share is so."""
    negated_a = {t.notion for t in pair.a.terms if t.negated}
    negated_b = {t.notion for t in pair.b.terms if t.negated}
    one = (negated_a & pair.shared) - negated_b
    other = (negated_b & pair.shared) - negated_a
    if bool(one) == bool(other) or negated_a & negated_b:
        return None
    if denials(pair.a) % 2 == denials(pair.b) % 2:
        return None
    word = min(one or other)
    return (f"not {word}", word) if one else (word, f"not {word}")


def denials(slots: Slots) -> int:
    """How many words turn the sense round."""
    return sum(root(word) in notions.turning() for word in slots.words)


def condition_of(pair: Pair) -> tuple[Relation, str | None, str | None] | None:
    """A condition that appears, or is gone."""
    a, b = pair.a, pair.b
    if b.condition is not None and (a.condition is None or a.free):
        return "adds_condition", None, b.condition_words
    if a.condition is not None and b.condition is None:
        return "drops_condition", a.condition_words, None
    return None


BREADTH = {"universal": 5, "most": 4, "many": 3, "some": 2}


def scope_of(pair: Pair) -> tuple[Relation, str, str] | None:
    """Whether the later one says it of less or of more: by quantifiers, numbers, members of a list, words that restrict."""
    return next(_scopes(pair), None)


def _scopes(pair: Pair) -> Iterator[tuple[Relation, str, str]]:
    a, b = pair.a, pair.b
    ours, theirs = breadth(a), breadth(b)
    if ours and theirs and ours != theirs:
        yield ("narrows" if theirs < ours else "widens", breadth_words(a), breadth_words(b))
    if ("only" in b.marks) != ("only" in a.marks):
        yield ("narrows" if "only" in b.marks else "widens", "", "only")
    for one in a.numbers:
        for other in b.numbers:
            if one.of and one.of == other.of and one.value != other.value:
                yield ("narrows" if other.value < one.value else "widens", f"{one.value:g}", f"{other.value:g}")
    if pair.edited or pair.held >= rules()["within"]:
        yield from extras(pair)
    if bool(ours) != bool(theirs):
        if 5 in (ours, theirs) and "whole" in (a.marks | b.marks):
            yield ("narrows" if ours == 5 else "widens", breadth_words(a), breadth_words(b))
        elif 2 in (ours, theirs) and pair.edited:
            yield ("narrows" if theirs == 2 else "widens", breadth_words(a), breadth_words(b))


def extras(pair: Pair) -> Iterator[tuple[Relation, str, str]]:
    """Words that only one has while the other has nothing of its own: a further member widens, a restriction narrows."""
    extra_a = [t for t in pair.only_a if not _on_scale(pair.a, t) and notions.weight(t.notion) > rules()["slight"]]
    extra_b = [t for t in pair.only_b if not _on_scale(pair.b, t) and notions.weight(t.notion) > rules()["slight"]]
    if extra_b and not extra_a:
        listed = any(t.joined for t in extra_b)
        yield ("widens" if listed else "narrows", "", " ".join(t.word for t in extra_b))
    if extra_a and not extra_b:
        listed = any(t.joined for t in extra_a)
        yield ("narrows" if listed else "widens", " ".join(t.word for t in extra_a), "")


def breadth(slots: Slots) -> int:
    """Of how much it is said, by its quantifiers: 5 of all, 0 if it does not say."""
    found = [level for name, level in BREADTH.items() if name in slots.marks]
    if not found and any(n.of for n in slots.numbers):
        return 2
    return max(found, default=0)


def breadth_words(slots: Slots) -> str:
    """The name of the list its quantifier is of."""
    return next((name for name in BREADTH if name in slots.marks), "")


def severity(slots: Slots) -> float:
    """How far the words or the act go against the other side, 0 to 5."""
    found = [float(table("links")["acts"].get(slots.act or "", 0.0))]
    for name, (level, _) in slots.levels.items():
        if name in _GRADED:
            found.append(level if _scales()[name][0] == "climbs" else -level)
        elif name in _TURNING:
            found.append(-0.8 * level)
    return max(found)


_GRADED = frozenset(["relations", "censure", "press", "threat", "outlook"])
_TURNING = frozenset(["will", "access", "part", "support", "custody"])


@dataclass(frozen=True, slots=True)
class Gain:
    """What the vectors tell of the way from the earlier to the later one (training/links/directions.py)."""

    valence: float = 0.0
    """How much friendlier; about ±2 is much."""
    breadth: float = 0.0
    """Of how much more it is said."""
    condition: float = 0.0
    """How much more it hangs on something."""
    same: float = 0.0
    """How likely it is not turned round."""
    one: float = 0.0
    """How likely it is of one object and point."""


def gain(pair: Pair) -> Gain:
    """What the vectors tell; nothing without them."""
    if pair.a.vector is None or pair.b.vector is None:
        return Gain()
    way, (signed, sized) = pair.b.vector - pair.a.vector, directions()
    return Gain(*map(float, way @ signed), *map(float, abs(way) @ sized))


@cache
def directions() -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Those read off the difference of two vectors, and off its size."""
    import numpy as np

    table_ = np.loadtxt(DATA / "directions.tsv", np.float32, skiprows=1)
    return np.ascontiguousarray(table_[:, :3]), np.ascontiguousarray(table_[:, 3:])


# --- who and when ---------------------------------------------------------------------------------------------------------


def same_side(pair: Pair) -> bool:
    """Whether both speak for one side; of two without a side, whether one speaker spoke."""
    a, b = pair.a, pair.b
    if a.side and b.side:
        return a.side == b.side or notions.name_key(a.side) == notions.name_key(b.side)
    return a.side == b.side and a.speaker is not None and a.speaker == b.speaker


def same_occasion(pair: Pair) -> bool:
    """Whether both were said on one day."""
    a, b = pair.a, pair.b
    return a.said[1] is not None and a.said == b.said


def since(a: Slots, b: Slots) -> int:
    """Days from one saying to the other; many if it cannot be told."""
    from datetime import date

    try:
        return (date.fromisoformat(str(b.said[0])) - date.fromisoformat(str(a.said[1]))).days
    except ValueError:
        return 9999


@cache
def answering() -> frozenset[str]:
    """Acts that meet what another said."""
    return frozenset(table("links")["words"]["answers"].split())


def level_with(pair: Pair) -> bool:
    """Whether both stand at about one place of a scale, of one thing."""
    a, b = pair.a.levels, pair.b.levels
    near = any(
        t.slot in ("relations", "outlook", "censure", "threat", "part", "support") and abs(a[t.slot][0]) > rules()["weak"]
        and a[t.slot][0] * b[t.slot][0] > 0 and abs(t.harder) < rules()["step"]
        for t in on_scales(pair)
    )  # fmt: skip
    return near and bool(pair.a.things & pair.b.things)


def one_side(pair: Pair, turn: Turn) -> bool:
    """Whether both stand on one side of a scale."""
    ours, theirs = pair.a.levels[turn.slot][0], pair.b.levels[turn.slot][0]
    return ours * theirs > 0
