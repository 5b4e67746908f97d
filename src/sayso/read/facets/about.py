"""What a statement is about: core or not, between whom, which agreements, channels and topics.

Definitions: annotation guide, sections 1 and 3. Words: ``data/about.toml``; agreements: the lexicon's cards.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from sayso.lexicon import Agreement
from sayso.model import Found, Mention, Span
from sayso.read import pacts
from sayso.read.case import About, Case, Force
from sayso.read.near import before, inside
from sayso.text import lists
from sayso.text.phrases import Hit, Normal, Phrases, normal

MOST_TOPICS = 3
OF_ARTICLE = 0.6
"""What the article's leading topic counts where the content says little."""
ENOUGH = 2
"""Weight of topic words in a content below which the words around it count too."""
KEPT = 0.5
"""A further topic is named if it has this share of the first one's weight."""
NEWS = 14
"""Days for which a ceasefire is the news of a page between its parties."""
PROPOSED = frozenset({"proposal"})
_DEFINITE = frozenset(["the", "this", "that", "its", "their", "our", "his", "her", "these", "those"])
_EVENT = re.compile(r"\s+(?:summit|meeting|retreat|forum)\b")
"""What makes a name that of a gathering at a place, not of what was agreed there."""
OF_KIND = {
    "arms_control": "arms_control", "ceasefire": "conflict", "trade": "trade", "climate": "climate", "ruling": "law",
    "boundary": "territory", "sanctions": "sanctions",
}  # fmt: skip
"""The topic that an agreement of a kind adds."""
MULTILATERAL = frozenset({"UN", "OSCE", "IAEA", "ICC", "OPCW", "WTO", "OAS", "AU", "BRICS", "ASEAN", "SCO", "G20"})
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
    fresh: frozenset[str]
    order: tuple[str, ...]


@cache
def cards() -> Cards:
    """The cards as shipped."""
    table = lists.table("about")
    topics = [
        (phrase, Topic(name, weight))
        for name, card in table["topics"].items()
        for room, weight in (("sure", 2.0), ("words", 1.0))
        for line in card.get(room, ())
        for phrase in _lone_words(line)
    ]
    channels = [(phrase, name) for name, lines in table["channels"].items() for phrase in lines]
    generic = {noun: frozenset(kinds) for noun, kinds in table["generic"].items()}
    fresh = frozenset(table["fresh"]["words"])
    return Cards(Phrases(topics), Phrases(channels), generic, fresh, tuple(table["topics"]))


def _lone_words(line: str) -> list[str]:
    return line.split("|") if " " not in line else [line]


def read(case: Case, force: Force, addressee: Sequence[str] = ()) -> About:
    """Core, dyad, agreements, channels and topics of one statement."""
    content = normal(case.article.text, case.attribution.content)
    agreements = _agreements(case, content)
    topics = _topics(case, content, agreements)
    claims = force.act.value == "claim" and force.kind.value == "attitude"
    dyad = _dyad(case, addressee, claims=claims)
    return About(_core(case, dyad, topics), dyad, agreements, _channels(content), topics)


# --- topics and channels ----------------------------------------------------------------------------------------------


def weigh(content: Normal) -> dict[str, float]:
    """Topics with the weight of their phrases."""
    return _summed(cards().topics.find(content))


def _summed(hits: Iterable[Hit[Topic]]) -> dict[str, float]:
    found: dict[str, float] = defaultdict(float)
    for hit in hits:
        found[hit.card.name] += hit.card.weight
    return found


def _topics(case: Case, content: Normal, agreements: Found[tuple[str, ...]]) -> Found[tuple[str, ...]]:
    """The topics by weight; words that name none take what the sentence, then the article, is about."""
    hits = list(cards().topics.find(content))
    found, why, certainty = _summed(hits), "words of the content", 0.75
    spans: tuple[Span, ...] | None = tuple(content.span(hit.first, hit.last) for hit in hits)
    for id_ in agreements.value or ():
        card = case.lexicon.agreements.get(id_)
        if card is not None and card.kind in OF_KIND:
            found[OF_KIND[card.kind]] += 1
    if sum(found.values()) < ENOUGH:
        if not found:
            why, certainty, spans = "words around the content, and the article's main topic", 0.4, None
        for name, weight in _around(case).items():
            found[name] += weight
    order = cards().order
    ranked = sorted(found, key=lambda name: (-found[name], order.index(name)))
    kept = tuple(name for name in ranked if found[name] >= KEPT * found[ranked[0]])[:MOST_TOPICS]
    return Found(kept or ("other",), certainty if kept else 0.2, why if kept else "no word of a topic", spans or None)


def _around(case: Case) -> dict[str, float]:
    """What the sentence, the two before it and the whole article are about, each with less weight."""
    found: dict[str, float] = defaultdict(float)
    by_sentence, leading = _of_article(case.article.text, case.marks.sentences)
    here = case.sentence
    first = before(case.marks.sentences, here.start)
    own = [
        at
        for at in range(first, before(case.marks.sentences, here.end))
        if case.marks.sentences[at].start >= here.start
    ]
    for numbers, share in ((own, 0.3), (range(max(0, first - 2), first), 0.1)):
        for name, weight in chain.from_iterable(by_sentence[at].items() for at in numbers):
            found[name] += share * weight
    for name, weight in leading.items():
        found[name] += OF_ARTICLE * weight
    return found


@lru_cache(maxsize=4)
def _of_article(text: str, sentences: tuple[Span, ...]) -> tuple[list[dict[str, float]], dict[str, float]]:
    """The topics of each sentence; and those that most sentences are about, the leading one with weight 1."""
    by_sentence = [weigh(normal(text, [sentence])) for sentence in sentences]
    found = Counter(chain.from_iterable(by_sentence))
    most = max(found.values(), default=1)
    return by_sentence, {name: times / most for name, times in found.most_common(4)}


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
        for span, id_ in _names(case, piece.start, piece.end):
            named.setdefault(id_, span)
    if named:
        return Found(tuple(named), 0.9, "named", tuple(named.values()))
    unknown = pacts.named(case.content_text)
    if unknown:
        return Found(unknown, 0.5, "named; no card knows it, so its id is its name", None)
    news = _news(case)
    for at, word in enumerate(content.words):
        kinds = _kinds(content, at)
        if news and word.removesuffix("s") in cards().fresh:
            return Found((news,), 0.6, f"'{word}': the one that the page brings as its news", (content.spans[at],))
        if kinds and (kinds == PROPOSED or _definite(content, at)) and (taken := _taken_up(case, kinds)):
            return Found((taken,), 0.6, f"'{word}': the one that the page is about", (content.spans[at],))
    if _points_back(content) and (last := _last_named(case) or news):
        return Found((last,), 0.5, "goes on about the one named just before", None)
    return Found((), 0.85, "none named", None)


def _kinds(content: Normal, at: int) -> frozenset[str] | None:
    """The kinds of agreement that a noun may mean; "peace treaty" is one not made yet."""
    word = content.words[at].removesuffix("s")
    both = f"{content.words[at - 1]} {word}" if at else word
    return cards().generic.get(both) or cards().generic.get(word)


def _news(case: Case) -> str | None:
    """A ceasefire between two states that the page names most, agreed in the days before it."""
    day, newest = case.marks.anchor_day, _by_parties(case, frozenset({"ceasefire"}))
    signed = case.lexicon.agreements[newest].signed if newest else None
    if day is None or not signed or len(signed) < len("2025-05-10"):
        return None
    return newest if 0 <= (date.fromisoformat(day[:10]) - date.fromisoformat(signed)).days <= NEWS else None


def _definite(content: Normal, at: int) -> bool:
    """Whether a noun stands for a thing known: "the treaty", "their deal", "1994 ceasefire"."""
    return any(w in _DEFINITE or (w.isdigit() and len(w) == 4) for w in content.words[max(0, at - 4) : at])


def _points_back(content: Normal) -> bool:
    """Whether the words are about something told just before ("This in itself", "that step")."""
    return content.words[:1] in (("this",), ("that",), ("it",)) or any(
        a in ("this", "that", "such") and b in ("step", "decision", "move", "measure", "document")
        for a, b in pairwise(content.words)
    )


def _last_named(case: Case) -> str | None:
    """The agreement named last in the two sentences before."""
    at = before(case.marks.sentences, case.attribution.content[0].start)
    named = [id_ for s in case.marks.sentences[max(0, at - 2) : at] for _, id_ in _names(case, s.start, s.end)]
    return named[-1] if named else None


def _likeliest(case: Case, ids: Sequence[str]) -> str:
    """Among agreements of one name, the one whose parties the page names, the newest by the page's day."""
    return max(ids, key=lambda id_: _fit(case, case.lexicon.agreements[id_]))


def _fit(case: Case, card: Agreement) -> tuple[int, str]:
    day = case.marks.anchor_day or "9999"
    present = case.once(_counts).keys()
    signed = card.signed or ""
    return len(set(card.parties) & present), signed if signed <= day else ""


def _taken_up(case: Case, kinds: frozenset[str]) -> str | None:
    """The agreement of these kinds named last before the content's end, or the one its parties are known by."""
    end = case.attribution.content[-1].end
    named = [(s, id_) for s, id_ in case.once(_all_names) if case.lexicon.agreements[id_].kind in kinds]
    before = [id_ for span, id_ in named if span.end <= end]
    if before or len({id_ for _, id_ in named}) == 1:
        return before[-1] if before else named[0][1]
    return _by_parties(case, kinds) if kinds in ({"ceasefire"}, {"ruling"}, PROPOSED) else None


def _all_names(case: Case) -> list[tuple[Span, str]]:
    return list(_names(case, 0, len(case.article.text)))


def _names(case: Case, start: int, end: int) -> Iterator[tuple[Span, str]]:
    """Agreements named in a stretch. A lone common word is no name; a pact of two needs both of them on the page."""
    present = case.once(_counts).keys()
    for hit in case.lexicon.agreements_in(case.article.text, start, end):
        words = case.article.text[hit.start : hit.end]
        if " " not in words and "-" not in words and sum(c.isupper() or c.isdigit() for c in words) < 2:
            continue
        if _EVENT.match(case.article.text, hit.end):
            continue
        id_ = _likeliest(case, hit.ids)
        parties = set(case.lexicon.agreements[id_].parties)
        if len(parties) != 2 or parties <= present:
            yield Span(hit.start, hit.end), id_


def _by_parties(case: Case, kinds: frozenset[str]) -> str | None:
    """The newest one by the page's day between two states that the page names most."""
    day = case.marks.anchor_day
    if day is None:
        return None
    often = {state for state, _ in case.once(_counts).most_common(3)}
    fits = [
        card
        for card in case.lexicon.agreements.values()
        if card.kind in kinds
        and len(card.parties) == 2
        and set(card.parties) <= often
        and (card.signed or kinds == PROPOSED)
    ]
    if kinds == PROPOSED:
        return next((card.id for card in fits if "peace treaty" in card.name), None)
    until = str(int(day[:4]) + 1) + day[4:7] if kinds == {"ruling"} else day[:7]  # proceedings come before their ruling
    begun = [card for card in fits if str(card.signed)[:7] <= until]
    return max(begun, key=lambda card: str(card.signed)).id if begun else None


# --- core and dyad ----------------------------------------------------------------------------------------------------


def _counts(case: Case) -> Counter[str]:
    """How often the page names each state."""
    return Counter(m.state for m in case.marks.mentions if m.state)


def _core(case: Case, dyad: Found[tuple[str, str]], topics: Found[tuple[str, ...]]) -> Found[bool]:
    """A side that speaks, and words that bear on another: every other attributed saying is kept, but not core."""
    if case.speaker_state is None:
        return Found(False, 0.75, "nobody speaks for a state", None)
    if dyad.value is None and (topics.value or ("",))[0] in ("other", "health", "culture"):
        return Found(False, 0.6, "no other state and no matter between states", None)
    return Found(True, 0.85, "one speaks for a state, on a matter between states", dyad.spans)


def _dyad(case: Case, addressee: Sequence[str], *, claims: bool = False) -> Found[tuple[str, str]]:
    """The speaker's side, and the other party: addressed, named in the words, or the one the page sets against it.

    ``claims``: a claim to a territory, which is made against nobody that its sentence does not name.
    """
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
    set_against = _against(case, own)
    parties = _parties(case, inside)
    likely = [m for m in parties if m.state == set_against] or parties
    found, why, sure = _first(likely, own), "named in the words", 0.85
    if found is None:
        found, why, sure = _first(_parties(case, near), own, bodies=False), "named in the sentence", 0.65
    if found is None and set_against and not claims:
        return Found((own, set_against), 0.5, "the side that the page sets against it", None)
    if found is None:
        found, why, sure = _first(inside or near, own, bodies=bool(inside)), "named as the place or matter", 0.5
    if found is None:
        return Found(None, 0.5, "no other party", None)
    return Found((own, str(found.state)), sure, why, (Span(found.start, found.end),))


_MATTER = re.compile(r"(?:['’]s)?[\s-]+(?:crisis|conflict|war|issue|settlement|question|problem|dispute|ceasefire)\b")
_PLACE = re.compile(
    r"\b(?:in|over|across|near|around|inside|throughout|outside)\s+(?:(?:the|eastern|northern|southern|western)\s+)?$"
)


def _parties(case: Case, mentions: Sequence[Mention]) -> list[Mention]:
    """Mentions that stand for a party: no scene ("in Norland") and no matter ("the Norland crisis")."""
    text = case.article.text
    scenes = [m for m in mentions if _PLACE.search(text, max(0, m.start - 24), m.start)]
    return [m for m in mentions if m not in scenes and not _MATTER.match(text, m.end)]


def _named(case: Case, spans: Sequence[Span]) -> Iterator[Mention]:
    return (m for m in inside(case.marks.mentions, spans) if m.state)


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
    for a, b in pairwise(inside):
        between = text[a.end : b.start].strip().lower()
        if a.state != b.state and between in ("and", "or", "-", "–", "with", "/", "against", "'s war against"):
            return True
    return False


def _against(case: Case, own: str) -> str | None:
    """The other state that the page names most, if the speaker's side is among the three named most."""
    counts = case.once(_counts)
    ranked = [state for state, _ in counts.most_common() if state not in MULTILATERAL]
    return next((state for state in ranked if state != own), None) if own in ranked[:3] else None


def _where(mentions: Sequence[Mention]) -> tuple[Span, ...]:
    return tuple(Span(m.start, m.end) for m in mentions)
