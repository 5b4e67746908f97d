"""Words as notions: what stands for one thing in different wordings (``data/concepts.toml``), and words that mark a slot."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from sayso.lexicon import DATA
from sayso.text.lists import table
from sayso.text.phrases import Hit, Normal, Phrases, normal
from sayso.text.roots import root

LINES, RARE = 100_000, 100
"""The counts of ``commonness.tsv`` are of so many lines; a notion in fewer than ``RARE`` weighs in full."""

LONGEST = 4
"""Words of the longest entry that is looked for."""
_NATION = re.compile(r"(?:ians?|ans?|ese|ish|ics?|ers?|ia)$")


class Notion(NamedTuple):
    """What words stand for, and whether they name a thing or tell a deed (``""``: no table has them)."""

    name: str
    kind: str


@dataclass(frozen=True)
class Scale:
    """One scale of force and sign: how a negation acts on it, and whether its far end is hostile."""

    name: str
    kind: str
    hostile: bool


class Level(NamedTuple):
    """A phrase's place on a scale."""

    scale: Scale
    level: int


@cache
def _known() -> dict[tuple[str, ...], Notion]:
    """Every entry by the roots of its words; of two notions with one word the first counts."""
    known: dict[tuple[str, ...], Notion] = {}
    for kind in ("things", "deeds"):
        for line in table("concepts")[kind].strip().split("\n"):
            entries = [entry.strip() for entry in line.split(",")]
            for entry in entries:
                known.setdefault(roots(entry), Notion(entries[0], kind[:-1]))
    return known


def roots(words: str) -> tuple[str, ...]:
    """The roots of some words."""
    return tuple(root(word) for word in re.findall(r"[\w'’]+", words.lower().replace("-", " ")))


def notions(words: Sequence[str]) -> Iterator[tuple[int, int, Notion]]:
    """The notions of words in normal form as (first, behind the last, notion): longest entries first, function words left out."""
    at, known, bare = 0, _known(), [root(word) for word in words]
    while at < len(words):
        for size in range(min(LONGEST, len(words) - at), 0, -1):
            found = known.get(tuple(bare[at : at + size]))
            if found and not (size == 1 and words[at] in empty()):
                yield at, at + size, found
                at += size
                break
        else:
            if bare[at] not in _empty_roots() and words[at][:1].isalpha() and len(words[at]) > 1:
                yield at, at + 1, Notion(bare[at], "")
            at += 1


def is_common(word: str) -> bool:
    """Whether a word is one of our tables': such a one is no name by its capital letter alone."""
    return root(word.lower().removesuffix("'s").removesuffix("’s")) in _common()


def opens(word: str) -> bool:
    """Whether a word may open a sentence with a capital letter without being a name."""
    return is_common(word) or word.lower().removesuffix("'s").removesuffix("’s") in _vocabulary()


@cache
def _vocabulary() -> frozenset[str]:
    """Whole words of the encoder's vocabulary that are no names as far as the lexicon's readers go."""
    lines = (DATA / "attribution" / "vocab.txt").read_text("utf-8").split("\n")
    return frozenset(line for line in lines if len(line) > 2 and line.isalpha())


@cache
def _common() -> frozenset[str]:
    said = re.findall(r"[a-z]+", str(table("scales")) + str(table("concepts")) + str(table("links")))
    return frozenset(map(root, said)) | _empty_roots()


@cache
def empty() -> frozenset[str]:
    """Words that carry no notion."""
    return frozenset(table("links")["words"]["empty"].split())


@cache
def _empty_roots() -> frozenset[str]:
    return frozenset(map(root, empty()))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name in the form in which land and people are one ("Miravia", "Miravian", "Miravians")."""
    bare = name.casefold().replace("’", "'").removesuffix("'s")
    return _NATION.sub("", bare) if len(bare) > 5 else bare


# --- words that mark a slot -------------------------------------------------------------------------------------------


@cache
def marks() -> Phrases[str]:
    """The lists of ``links.toml`` that are looked for as phrases, each by its name."""
    lists: dict[str, Any] = table("links")["words"]
    wanted = ("whole", "universal", "most", "many", "some", "only", "loose", "tight", "again", "free", "recalls")
    return Phrases((phrase.strip(), name) for name in wanted for phrase in lists[name].split(","))


_TIMES = frozenset(["moment", "time", "day", "minute", "hour", "point"])


def marked(text: Normal) -> frozenset[str]:
    """The lists that a text has words of; "at any moment" is a time, not a quantity."""
    hits = [hit for hit in marks().find(text) if not _is_time(text, hit)]
    return frozenset(hit.card for hit in hits)


def _is_time(text: Normal, hit: Hit[str]) -> bool:
    return text.words[hit.last] == "any" and _TIMES.issuperset(text.words[hit.last + 1 : hit.last + 2] or ("",))


@cache
def negators() -> frozenset[str]:
    """Words that turn what follows."""
    return frozenset(table("links")["words"]["negators"].split())


@cache
def _commonness() -> dict[str, float]:
    """What each common notion weighs: the more lines of the news it stands in, the less (``data/commonness.tsv``)."""
    rows = (line.split("\t") for line in (DATA / "commonness.tsv").read_text("utf-8").splitlines())
    return {notion: max(0.2, math.log(LINES / int(share)) / math.log(LINES / RARE)) for notion, share in rows}


@lru_cache(maxsize=65536)
def weight(notion: str) -> float:
    """What a notion says of the point of a saying, up to 1."""
    found = _commonness().get(notion, 1.0)
    return min(found, 0.3) if notion in light() else found


@cache
def light() -> frozenset[str]:
    """Notions that weigh little: how a saying is meant, not what it is about."""
    return frozenset(word.strip() for word in table("links")["words"]["light"].split(","))


@cache
def bodies() -> frozenset[str]:
    """Common words that name a body of states where they have a capital letter ("the Union")."""
    return frozenset(table("links")["words"]["bodies"].split())


@cache
def turning() -> frozenset[str]:
    """Roots of words that turn the sense of what they stand by."""
    return frozenset(root(word) for word in table("links")["words"]["turning"].split())


@cache
def joins() -> frozenset[str]:
    """Words that join a further member to a list."""
    return frozenset(word.strip() for word in table("links")["words"]["joins"].split(","))


@cache
def numbers() -> dict[str, int]:
    """Number words with their value."""
    return {word.strip(): at for at, word in enumerate(table("links")["words"]["numbers"].split(","))}


# --- scales -----------------------------------------------------------------------------------------------------------


@cache
def scales() -> Phrases[Level]:
    """The phrases of ``scales.toml`` with their levels."""
    return Phrases(_levels())


def _levels() -> Iterator[tuple[str, Level]]:
    for name, card in table("scales").items():
        if name == "yes":
            continue
        scale = Scale(name, card["kind"], card.get("hostile", False))
        for key, phrases in card.items():
            if key not in ("kind", "hostile"):
                yield from ((phrase, Level(scale, int(key))) for phrase in phrases)


def hits_on_scales(text: Normal) -> list[Hit[Level]]:
    """The phrases that stand in a text, without those that stand inside a longer one of their scale."""
    found = list(scales().find(text))
    return [hit for hit in found if not any(_holds(other, hit) for other in found)]


def _holds(outer: Hit[Level], inner: Hit[Level]) -> bool:
    within = outer.first <= inner.first and inner.last <= outer.last
    longer = outer.last - outer.first > inner.last - inner.first
    return within and longer and (outer.card.scale == inner.card.scale or inner.card.scale.name == "will")


def placed(text: Normal, names: set[int]) -> dict[str, tuple[float, str]]:
    """Where a text stands on each scale it touches, with the words that say so; words of ``names`` say nothing."""
    found: dict[str, list[tuple[float, str]]] = {}
    hits = hits_on_scales(text)
    for hit in hits:
        if (hit.first in names and hit.last in names) or _only_hoped(hit, hits):
            continue
        level = _level(text, hit)
        if level:
            words = " ".join(text.words[hit.first : hit.last + 1])
            found.setdefault(hit.card.scale.name, []).append((level, words))
    return {name: _summed(levels) for name, levels in found.items()}


def _only_hoped(hit: Hit[Level], hits: list[Hit[Level]]) -> bool:
    """Whether a good state is only what is not to be hoped for ("no reason to hope for better ties")."""
    if hit.card.scale.name != "relations" or hit.card.level < 0:
        return False
    return any(h.card.scale.name == "outlook" and h.card.level < 0 and 0 < hit.first - h.last <= 6 for h in hits)


def _level(text: Normal, hit: Hit[Level]) -> float:
    scale, level = hit.card
    opens = text.words[hit.first] in negators()
    if opens or not negated(text, hit.first):
        return _firm(text, hit, level)
    if scale.kind == "turns":
        return -level
    if scale.kind == "climbs":
        return 0.0
    return 0.5 if level < 0 else -1.0


def _firm(text: Normal, hit: Hit[Level], level: float) -> float:
    if hit.card.scale.kind == "grades":
        return level
    before = text.words[max(0, hit.first - 3) : hit.first]
    return level * 0.5 if any(word in ("may", "might", "could", "perhaps", "possibly") for word in before) else level


def _summed(levels: list[tuple[float, str]]) -> tuple[float, str]:
    """The farthest on one side; where both sides are named, what is left of them."""
    low, high = min(levels), max(levels)
    if low[0] < 0 < high[0]:
        return low[0] + high[0], f"{low[1]} … {high[1]}"
    return low if low[0] < 0 else high


def evened(text: str) -> Normal:
    """The words of a text in normal form."""
    return normal(text)


# --- contraries -------------------------------------------------------------------------------------------------------


@cache
def _contraries() -> frozenset[tuple[str, str]]:
    """Pairs of roots that are each other's contrary, in both orders."""
    found: set[tuple[str, str]] = set()
    for line in table("concepts")["antonyms"].strip().split("\n"):
        left, right = ([root(word.strip()) for word in side.split(",")] for side in line.split("|"))
        found |= {(a, b) for a in left for b in right} | {(b, a) for a in left for b in right}
    return frozenset(found)


_PREFIX = ("un", "dis", "in", "im", "ir", "il", "non", "mis")


@lru_cache(maxsize=16384)
def contrary(a: str, b: str) -> bool:
    """Whether two roots are each other's contrary, by the table or by a prefix."""
    if (a, b) in _contraries():
        return True
    short, long = sorted((a, b), key=len)
    return len(short) > 2 and any(long == prefix + short for prefix in _PREFIX)


_HOLDING = frozenset(["mean", "think", "believe", "say", "suppose", "expect", "agree", "follow", "consider"])


def negated(text: Normal, first: int, reach: int = 3) -> bool:
    """Whether a negation bears on the word ``first``: near before it, or on what it is told by ("does not mean that …")."""
    if text.negated(first, reach):
        return True
    for at in range(first - 1, max(0, first - 8), -1):
        if text.words[at] in {",", ".", ";", ":"}:
            return False
        if text.words[at] in _HOLDING:
            return text.negated(at, 2)
    return False
