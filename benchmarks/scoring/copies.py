"""Copies made of texts the way outlets make them, with what they were made of; and what was found of them.

Kinds: junk (as it is, page furniture around), retitled (new headline and dateline), cut_half, cut_lead (first quarter only),
reordered (paragraphs), reworded_light and reworded_heavy (one word in ten, in four changed), embedded (a quarter inside
another text), typeset (quotes, dashes, ligatures, soft hyphens, line wraps), background (a text of its own that shares one
stock paragraph with the source: no copy). A made text: {id, text, of: id or None, kind, kept: share of the source's
words that survive, from: numbers of the paragraphs, host?: the text around}.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

Record = dict[str, Any]

JUNK = (
    "Share", "Read also: five things to watch today", "Subscribe to our newsletter", "Advertisement",
    "All rights reserved.", "Comments (0)", "FILE PHOTO", "More on this topic", "Follow us",
)  # fmt: skip
FILLER = (
    "said", "new", "state", "official", "which", "later", "again", "also", "however", "country", "minister", "reported",
    "week", "side", "former",
)  # fmt: skip
KINDS = (
    "junk", "retitled", "cut_half", "cut_lead", "reordered", "reworded_light", "reworded_heavy", "embedded", "typeset",
    "background",
)  # fmt: skip

SHORT = 10
"""Words below which there is nothing to be found."""


def paragraphs(text: str) -> list[str]:
    """The lines of a text."""
    return [part.strip() for part in text.split("\n") if part.strip()]


def copies(texts: Sequence[Record], per_text: int, seed: int) -> Iterator[Record]:
    """Copies of every text, each of another kind; the same for the same seed."""
    rng = random.Random(seed)
    for source in texts:
        others = [text for text in texts if text["id"] != source["id"]]
        usable = [kind for kind in KINDS if others or kind not in ("embedded", "background")]
        for kind in rng.sample(usable, min(per_text, len(usable))):
            yield {"id": f"{source['id']}~{kind}", **make(source, kind, others, rng)}


def make(source: Record, kind: str, others: Sequence[Record], rng: random.Random) -> Record:
    """One copy of a text."""
    parts = paragraphs(source["text"])
    numbers = _chosen(kind, len(parts), rng)
    kept = _edited(kind, [parts[number] for number in numbers], rng)
    host = rng.choice(others) if kind in ("embedded", "background") else None
    if host:
        around = paragraphs(host["text"])
        middle = len(around) // 2
        kept = around[:middle] + kept + around[middle:]
    share = _words(parts[number] for number in numbers) / max(1, _words(parts))
    of = None if kind == "background" else source["id"]
    made = {"text": "\n\n".join(kept), "of": of, "kind": kind, "kept": round(share, 3), "from": numbers}
    return made | ({"host": host["id"]} if host else {})


def _chosen(kind: str, count: int, rng: random.Random) -> list[int]:
    numbers = list(range(count))
    if kind == "reordered":
        rng.shuffle(numbers)
    if kind == "background":
        return numbers[-1:]
    parts = {"cut_half": 2, "cut_lead": 4, "embedded": 4}.get(kind)
    return numbers[: max(1, count // parts)] if parts else numbers


def _edited(kind: str, kept: list[str], rng: random.Random) -> list[str]:
    if kind.startswith("reworded"):
        return [_reworded(part, 0.10 if kind.endswith("light") else 0.25, rng) for part in kept]
    if kind == "typeset":
        return [_typeset(part, rng) for part in kept]
    if kind == "junk":
        return rng.sample(JUNK, 3) + kept + rng.sample(JUNK, 3)
    if kind == "retitled":
        return ["What we know about the statement", "HAFEN (Agencies) — " + kept[0], *kept[1:]]
    return kept


def _reworded(paragraph: str, rate: float, rng: random.Random) -> str:
    return " ".join(
        rng.choice(FILLER) if word.isalpha() and word.islower() and rng.random() < rate else word
        for word in paragraph.split()
    )


def _typeset(paragraph: str, rng: random.Random) -> str:
    paragraph = paragraph.replace('"', rng.choice("“”")).replace("'", "’").replace(" - ", " — ").replace("fi", "ﬁ")
    words = [w[:4] + "\u00ad" + w[4:] if len(w) > 9 and rng.random() < 0.2 else w for w in paragraph.split()]
    return re.sub(r"(.{60,75}) ", r"\1\n", " ".join(words))


def _words(parts: Iterable[str]) -> int:
    return sum(len(part.split()) for part in parts)


# --- scores -----------------------------------------------------------------------------------------------------------


def score(texts: Sequence[Record], made: Sequence[Record], found: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Found by kind, and false.

    ``found``: of each text (by id) the ids of the texts it was taken for a copy of. A pair is right if both have words of
    one original (source or host); ``false`` is the share of all pairs told that is wrong. Agencies write their running
    stories anew from day to day: ``false_unlike`` leaves out pairs whose originals share two sentences or more,
    word for word. ``background_false`` is the share of background texts taken for copies of the text
    that their stock paragraph is from; ``too_short`` are copies of a few words (a date line alone), counted as missed.
    """
    by_kind = defaultdict[str, list[bool]](list)
    short = [each for each in made if len(each["text"].split()) < SHORT]
    for each in made:
        by_kind[each["kind"]].append(each["id"].rpartition("~")[0] in found.get(each["id"], ()))
    background = by_kind.pop("background", [])
    roots = {each["id"]: _roots(each) for each in made} | {text["id"]: {text["id"]} for text in texts}
    pairs = [(a, b) for a, others in found.items() for b in others]
    wrong = [(a, b) for a, b in pairs if not roots[a] & roots[b]]
    near = _sharing(texts)
    unlike = [(a, b) for a, b in wrong if not any((x, y) in near for x in roots[a] for y in roots[b])]
    return {
        "found": {kind: _mean(by_kind[kind]) for kind in KINDS if kind in by_kind},
        "too_short": len(short),
        "background_false": _mean(background),
        "false": len(wrong) / len(pairs) if pairs else None,
        "false_unlike": len(unlike) / len(pairs) if pairs else None,
        "pairs": len(pairs),
        "wrong": sorted(unlike),
    }


def _roots(made: Record) -> set[str]:
    return {each for each in (made["of"], made.get("host")) if each}


def _sharing(texts: Sequence[Record], least: int = 2, words: int = 8) -> set[tuple[str, str]]:
    """The pairs of texts that share so many sentences of so many words."""
    holders = defaultdict[str, set[str]](set)
    for text in texts:
        for sentence in re.split(r"(?<=[.!?])\s+|\n", text["text"]):
            if len(sentence.split()) >= words:
                holders[sentence].add(text["id"])
    shared = Counter((a, b) for ids in holders.values() for a in ids for b in ids if a != b)
    return {pair for pair, number in shared.items() if number >= least}


def _mean(values: Sequence[bool]) -> float | None:
    return sum(values) / len(values) if values else None
