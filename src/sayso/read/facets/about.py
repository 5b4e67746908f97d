"""What a statement is about: whether it bears on relations between states, between whom, which agreements, channels and topics.

Definitions: annotation guide, sections 1 and 3. Words: ``data/about.toml``; agreements: the lexicon's cards.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from sayso.lexicon import Agreement
from sayso.model import Found, Mention, Span
from sayso.read.case import About, Case, Force
from sayso.read.phrases import Normal, Phrases, normal

MOST_TOPICS = 3
KEPT = 0.5
"""A further topic is named if it has this share of the first one's weight."""
MULTILATERAL = frozenset({"UN", "OSCE", "IAEA", "G7", "G20", "ICC", "OPCW", "WTO"})
"""Bodies that are no side of a dyad unless nothing else is."""


class Topic(NamedTuple):
    """A topic and what one of its phrases weighs."""

    name: str
    weight: float


class Cards(NamedTuple):
    """All that the facet knows, indexed by words."""

    topics: Phrases[Topic]
    channels: Phrases[str]
    generic: dict[str, frozenset[str]]
    order: tuple[str, ...]


@cache
def cards() -> Cards:
    """The cards as shipped."""
    table = tomllib.loads((files("sayso") / "data" / "about.toml").read_text(encoding="utf-8"))
    topics = [
        (phrase, Topic(name, weight))
        for name, card in table["topics"].items()
        for room, weight in (("sure", 2.0), ("words", 1.0))
        for line in card.get(room, ())
        for phrase in _lone_words(line)
    ]
    channels = [(phrase, name) for name, lines in table["channels"].items() for phrase in lines]
    generic = {noun: frozenset(kinds) for noun, kinds in table["generic"].items()}
    return Cards(Phrases(topics), Phrases(channels), generic, tuple(table["topics"]))


def _lone_words(line: str) -> list[str]:
    return line.split("|") if " " not in line else [line]


def read(case: Case, force: Force, addressee: Sequence[str] = ()) -> About:
    """Core, dyad, agreements, channels and topics of one statement."""
    content = normal(case.article.text, case.attribution.content)
    agreements = _agreements(case, content)
    topics = _topics(case, content, agreements)
    dyad = _dyad(case, addressee)
    return About(_core(case, dyad, topics, force), dyad, agreements, _channels(content), topics)


# --- topics and channels ----------------------------------------------------------------------------------------------


def weigh(content: Normal) -> Counter[str]:
    """Topics with the weight of their phrases."""
    found: Counter[str] = Counter()
    for hit in cards().topics.find(content):
        found[hit.card.name] += hit.card.weight  # type: ignore[assignment]
    return found


def _topics(case: Case, content: Normal, agreements: Found[tuple[str, ...]]) -> Found[tuple[str, ...]]:
    """The topics by weight; words that name none take what the sentence, then the article, is about."""
    found, why, certainty = weigh(content), "words of the content", 0.75
    spans: tuple[Span, ...] | None = tuple(content.span(h.first, h.last) for h in cards().topics.find(content))
    for id_ in agreements.value or ():
        kind = case.lexicon.agreements[id_].kind
        found["arms_control" if kind == "arms_control" else "conflict" if kind == "ceasefire" else "law"] += 1
    if not found:
        found, why, certainty, spans = weigh(normal(case.article.text, [case.sentence])), "words of the sentence", 0.5, None
    if not found:
        found, why, certainty = Counter(_of_article(case.article.text)), "the article's main topic", 0.35
    order = cards().order
    ranked = sorted(found, key=lambda name: (-found[name], order.index(name)))
    kept = tuple(name for name in ranked if found[name] >= KEPT * found[ranked[0]])[:MOST_TOPICS]
    return Found(kept or ("other",), certainty if kept else 0.2, why if kept else "no word of a topic", spans or None)


@cache
def _title_words() -> int:
    return 2000


def _of_article(text: str) -> dict[str, float]:
    """The topic that leads in the first part of an article."""
    found = weigh(normal(text[: _title_words()]))
    return dict(found.most_common(1))


def _channels(content: Normal) -> Found[tuple[str, ...]]:
    hits = list(cards().channels.find(content))
    named = tuple(dict.fromkeys(hit.card for hit in hits))
    spans = tuple(content.span(hit.first, hit.last) for hit in hits)
    return Found(named, 0.75, "named" if named else "none named", spans or None)


# --- agreements -------------------------------------------------------------------------------------------------------


def _agreements(case: Case, content: Normal) -> Found[tuple[str, ...]]:
    """Agreements named in the content, else the one that a noun like "the treaty" takes up."""
    named: dict[str, Span] = {}
    for piece in case.attribution.content:
        for hit in case.lexicon.agreements_in(case.article.text, piece.start, piece.end):
            named.setdefault(_likeliest(case, hit.ids), Span(hit.start, hit.end))
    if named:
        return Found(tuple(named), 0.9, "named", tuple(named.values()))
    for at, word in enumerate(content.words):
        kinds = cards().generic.get(word.removesuffix("s"))
        if kinds and (taken := _taken_up(case, kinds)):
            return Found((taken,), 0.6, f"'{word}': the one that the page is about", (content.spans[at],))
    return Found((), 0.85, "none named", None)


def _likeliest(case: Case, ids: Sequence[str]) -> str:
    """Among agreements of one name, the one whose parties the page names, the newest by the page's day."""
    return max(ids, key=lambda id_: _fit(case, case.lexicon.agreements[id_]))


def _fit(case: Case, card: Agreement) -> tuple[int, str]:
    day = case.marks.anchor_day or "9999"
    present = _states(case.marks.mentions)
    signed = card.signed or ""
    return len(set(card.parties) & present), signed if signed <= day else ""


def _taken_up(case: Case, kinds: frozenset[str]) -> str | None:
    """The agreement of these kinds named last before the content's end, or the one its parties are known by."""
    text, end = case.article.text, case.attribution.content[-1].end
    for hit in reversed(case.lexicon.agreements_in(text, 0, end)):
        id_ = _likeliest(case, hit.ids)
        if case.lexicon.agreements[id_].kind in kinds:
            return id_
    return _by_parties(case, kinds) if kinds in ({"ceasefire"}, {"ruling"}) else None


def _by_parties(case: Case, kinds: frozenset[str]) -> str | None:
    """The newest one by the page's day between two states that the page names most."""
    day = case.marks.anchor_day
    if day is None:
        return None
    often = {state for state, _ in _counts(case.marks.mentions).most_common(3)}
    fits = [
        card
        for card in case.lexicon.agreements.values()
        if card.kind in kinds and len(card.parties) == 2 and set(card.parties) <= often and card.signed
    ]
    begun = [card for card in fits if str(card.signed)[:7] <= day[:7]]
    return max(begun, key=lambda card: str(card.signed)).id if begun else None


# --- core and dyad ----------------------------------------------------------------------------------------------------


def _states(mentions: Iterable[Mention]) -> set[str]:
    return {m.state for m in mentions if m.state}


def _counts(mentions: Iterable[Mention]) -> Counter[str]:
    return Counter(m.state for m in mentions if m.state)


def _core(case: Case, dyad: Found[tuple[str, str]], topics: Found[tuple[str, ...]], force: Force) -> Found[bool]:
    """A side that speaks, and words that bear on another: every other attributed saying is kept, but not core."""
    if case.speaker_state is None:
        return Found(False, 0.75, "nobody speaks for a state", None)
    if dyad.value is None and (topics.value or ("",))[0] in ("other", "health", "culture"):
        return Found(False, 0.6, "no other state and no matter between states", None)
    return Found(True, 0.85, "one speaks for a state, on a matter between states", dyad.spans)


def _dyad(case: Case, addressee: Sequence[str]) -> Found[tuple[str, str]]:
    """The speaker's side, and the other party: addressed, named in the words, or the one the page sets against it."""
    own = case.speaker_state
    if own is None or case.speaker_kind == "outlet":
        return Found(None, 0.8, "nobody speaks for a side", None)
    others = [id_ for id_ in addressee if id_ != own]
    if others:
        return Found((own, others[0]), 0.85, "the party addressed", None)
    inside = list(_named(case, case.attribution.content))
    if _third_parties(case, inside):
        return Found(None, 0.6, "others' relation, on which a third party speaks", _where(inside))
    near = list(_named(case, [case.sentence]))
    found, why, sure = _first(_parties(case, inside), own), "named in the words", 0.85
    if found is None:
        found, why, sure = _first(_parties(case, near), own, bodies=False), "named in the sentence", 0.65
    against = _against(case, own) if found is None else None
    if against:
        return Found((own, against), 0.5, "the side that the page sets against it", None)
    if found is None:
        found, why, sure = _first(inside or near, own, bodies=bool(inside)), "named as the place or matter", 0.5
    if found is None:
        return Found(None, 0.5, "no other party", None)
    return Found((own, str(found.state)), sure, why, (Span(found.start, found.end),))


_MATTER = re.compile(r"(?:['’]s)?[\s-]+(?:crisis|conflict|war|issue|settlement|question|problem|dispute|ceasefire)\b")
_PLACE = re.compile(r"\b(?:in|over|across|near|around|inside|throughout|outside)\s+(?:the\s+|eastern\s+|northern\s+|southern\s+|western\s+)?$")


def _parties(case: Case, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that stand for a party: no scene ("in Norland") and no matter ("the Norland crisis")."""
    text = case.article.text
    return [m for m in mentions if not _MATTER.match(text, m.end) and not _PLACE.search(text, max(0, m.start - 24), m.start)]


def _named(case: Case, spans: Sequence[Span]) -> Iterator[Mention]:
    return (m for m in case.marks.mentions if m.state and any(s.start <= m.start and m.end <= s.end for s in spans))


def _first(mentions: Sequence[Mention], own: str, *, bodies: bool = True) -> Mention | None:
    """The first other party; a body of many states only where no state is named."""
    others = [m for m in mentions if m.state != own]
    found = next((m for m in others if m.state not in MULTILATERAL), None)
    return found or (others[0] if others and bodies else None)


def _third_parties(case: Case, inside: Sequence[Mention]) -> bool:
    """Two other states joined by "and" (or against each other), and no word of the speaker's own side."""
    own = case.speaker_state
    if any(m.state == own for m in inside):
        return False
    text = case.article.text
    for a, b in zip(inside, inside[1:], strict=False):
        between = text[a.end : b.start].strip().lower()
        if a.state != b.state and between in ("and", "or", "-", "–", "with", "/", "against", "'s war against"):
            return True
    return False


def _against(case: Case, own: str) -> str | None:
    """The other state that the page names most; only on a page where the speaker's side is among the three named most."""
    counts = _counts(case.marks.mentions)
    ranked = [state for state, _ in counts.most_common() if state not in MULTILATERAL]
    return next((state for state in ranked if state != own), None) if own in ranked[:3] else None


def _where(mentions: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(Span(m.start, m.end) for m in mentions)
