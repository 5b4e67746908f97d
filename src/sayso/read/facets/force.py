"""What a speaker does with the words: kind, form, act, polarity, modality and status.

Cards (``data/force.toml``) say which words speak for which act and how strongly; the weights of the cards found are
added, and the act with most leads. Nothing is trained. Definitions: annotation guide, sections 3 and 5.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any, NamedTuple

from sayso.model import Act, Condition, Found, Quote, Span
from sayso.read.case import Case, Force
from sayso.read.near import inside
from sayso.text import lists, scope
from sayso.text.phrases import Hit, Normal, Phrases, normal

CLOSE = 0.6
"""An act with this share of the leader's weight is named as an alternative."""
AGAIN = 0.4
"""What a second phrase of one card counts beside the first, a third beside the second."""
ON_CONDITION = 1.3
"""What a condition speaks for set_condition: its point more often is the threat or offer that hangs on it."""
STRONG = 2.5
"""From this sum on, a tone moves even an act that is good or bad by itself."""
TONED = 0.9
"""From this sum on, the words of a content have a good or bad tone."""
QUOTED = 0.4
"""What the tone of words counts that are another's within the speaker's own ("they say that we cheated")."""
LEAST = 0.3
"""Below this weight the act stays undetermined."""


@dataclass(frozen=True, eq=False)
class Card:
    """One entry of the force cards: words, and what they speak for."""

    id: str
    act: dict[str, float] = field(default_factory=dict)
    negated: dict[str, float] = field(default_factory=dict)
    bad: dict[str, float] = field(default_factory=dict)
    good: dict[str, float] = field(default_factory=dict)
    polarity: int | None = None
    modality: str | None = None
    status: str | None = None
    kind: str | None = None
    negative: bool = False
    """Whether the phrase itself holds a turning word, so that one inside it does not turn it."""


class Usual(NamedTuple):
    """What an act brings along: polarity, how far tone may pull it, its bounds, modality."""

    polarity: int
    pull: int
    least: int
    most: int
    modality: str


class Cards(NamedTuple):
    """All that the facet knows, indexed by words."""

    cue: Phrases[Card]
    content: Phrases[Card]
    tone: Phrases[float]
    usual: dict[str, Usual]


class Weighed(NamedTuple):
    """The acts with their weights, and the hits they came from."""

    acts: dict[str, float]
    cue: list[tuple[Hit[Card], bool]]
    content: list[tuple[Hit[Card], bool]]
    tone: float
    toned: tuple[Span, ...]


@cache
def cards() -> Cards:
    """The cards as shipped."""
    table, tone = lists.table("force"), lists.table("tone")["tone"]
    worth = {"harsh": -2.0, "bad": -1.0, "dim": -0.5, "mild": 0.5, "good": 1.0, "warm": 2.0}
    tones = [(phrase, worth[name]) for name, lines in tone.items() for line in lines for phrase in _lone_words(line)]
    usual = {act: Usual(**({"least": -2, "most": 2} | kept)) for act, kept in table["acts"].items()}
    return Cards(Phrases(_indexed(table["cue"])), Phrases(_indexed(table["content"])), Phrases(tones), usual)


def _lone_words(line: str) -> list[str]:
    """Long alternations of single words are indexed apart, so that each is found."""
    return line.split("|") if " " not in line else [line]


_TURNING = re.compile(r"\b(?:not|no|never|without|nor|neither)\b")


def _indexed(rows: Iterable[dict[str, Any]]) -> Iterator[tuple[str, Card]]:
    known = Card.__dataclass_fields__
    for row in rows:
        card = Card(**{k: v for k, v in row.items() if k in known})
        yield from ((phrase, replace(card, negative=bool(_TURNING.search(phrase)))) for phrase in row["words"])


# --- the facet --------------------------------------------------------------------------------------------------------


def read(case: Case, condition: Condition | None = None) -> Force:
    """The force of one statement; ``condition``: what ``facets.condition`` read in it."""
    a = case.attribution
    sides = _sides(case)
    content = normal(case.article.text, a.content, sides)
    cue = normal(case.cue_text)
    found = weigh(cue, _what_depends(case, content, condition, sides), conditional=condition is not None)
    if condition is not None and abs(found.tone) < TONED:
        found = _darkened(found, normal(case.article.text, condition.antecedent.spans))
    act = act_of(found, content, a.cue)
    return Force(
        kind=_kind(found, case),
        form=form_of(case.article.text, a.content, case.marks.quotes),
        act=act,
        polarity=polarity_of(act.value, found),
        modality=modality_of(act.value, content, conditional=condition is not None),
        status=status_of(act.value, found, content),
    )


def _sides(case: Case) -> dict[Span, str]:
    """Names in the content that stand for the speaker's side or the other party."""
    own = case.speaker_state
    return {
        Span(m.start, m.end): "@we" if m.state == own else "@they"
        for m in inside(case.marks.mentions, case.attribution.content)
        if own and m.state and m.kind != "pronoun"
    }


def _what_depends(case: Case, content: Normal, condition: Condition | None, sides: dict[Span, str]) -> Normal:
    """Under a condition, the words that depend on it: what the other side may do is not what the speaker does."""
    if condition is None or condition.consequence is None:
        return content
    said = case.attribution.content
    inside = [s for s in condition.consequence.spans if any(p.start <= s.start and s.end <= p.end for p in said)]
    return normal(case.article.text, inside, sides) if inside else content


def _darkened(found: Weighed, antecedent: Normal) -> Weighed:
    """A consequence without a tone of its own has that of what it answers, if that is bad ("if they attack, …")."""
    tone, toned = _tone(antecedent)
    return found._replace(tone=tone, toned=toned) if tone <= -TONED else found


def weigh(cue: Normal, content: Normal, *, conditional: bool = False) -> Weighed:
    """All cards found, and what they add up to. ``conditional``: a condition was read in the content."""
    known = cards()
    tone, toned = _tone(content)
    in_cue = [(hit, False) for hit in known.cue.find(cue)]
    under = scope.turned(content)
    in_content = [(hit, _is_turned(hit, under)) for hit in known.content.find(content)]
    acts: dict[str, float] = defaultdict(float)
    seen: dict[tuple[str, bool], int] = defaultdict(int)
    for hit, turned in in_cue + in_content:
        times = seen[hit.card.id, turned]
        seen[hit.card.id, turned] += 1
        for act, weight in _votes(hit.card, tone, turned=turned):
            acts[act] += weight * AGAIN**times
    if conditional:
        acts["set_condition"] += ON_CONDITION
    return Weighed(dict(acts), in_cue, in_content, tone, toned)


def _is_turned(hit: Hit[Card], under: Sequence[bool]) -> bool:
    """Whether a negation stands before a phrase, or in its gaps ("we are not ready")."""
    return under[hit.first] or (under[hit.last] and not hit.card.negative)


def _votes(card: Card, tone: float, *, turned: bool) -> Iterable[tuple[str, float]]:
    yield from (card.negated if turned else card.act).items()
    if abs(tone) >= TONED and not turned:
        yield from (card.bad if tone < 0 else card.good).items()


def act_of(found: Weighed, content: Normal, cue: Span | None) -> Act:
    """The act with most weight; others near it are alternatives."""
    ranked = sorted(found.acts.items(), key=lambda kept: -kept[1])
    if not ranked or ranked[0][1] < LEAST:
        return Act(None, 0.0, "no card fits", None)
    lead, best = ranked[0]
    others = tuple(act for act, weight in ranked[1:3] if weight >= CLOSE * best)
    rest = sum(math.exp(weight) for _, weight in ranked)
    hits = [hit for hit, turned in found.content if lead in (hit.card.negated if turned else hit.card.act)]
    spans = tuple(dict.fromkeys(content.span(h.first, h.last) for h in hits))
    by_cue = [h for h, _ in found.cue if lead in h.card.act]
    if by_cue and cue:
        spans = (cue, *spans)
    names = [f"cue '{h.card.id}'" for h in by_cue] + [f"'{h.card.id}'" for h in hits]
    return Act(lead, round(math.exp(best) / (rest + 1), 2), "cards: " + ", ".join(dict.fromkeys(names)), spans, others)


def polarity_of(act: str | None, found: Weighed) -> Found[int]:
    """The act's usual polarity, moved by cards that set it and by the tone of the words."""
    if act is None:
        return Found(None, 0.0, "no act", None)
    usual = cards().usual[act]
    hits = [hit.card for hit, turned in found.cue + found.content if not turned and hit.card.polarity is not None]
    set_by = [card for card in hits if act in card.act and card.act[act] > 0]
    marked = [card.polarity for card in hits if not card.act and card.polarity is not None]
    base = max((c.polarity or 0 for c in set_by), default=usual.polarity, key=abs)
    value = base + _pull(base, usual.pull, found.tone)
    value = max(usual.least, min([usual.most, value, 2, *marked]), -2)
    why = f"usual for {act}, tone of the words {found.tone:+.1f}"
    return Found(value, 0.7 if found.toned or set_by else 0.55, why, found.toned or None)


def _pull(base: int, pull: int, tone: float) -> int:
    """How far the tone moves a polarity; with its own sign only if the tone is strong."""
    if abs(tone) < (STRONG if base * tone > 0 else TONED):
        return 0
    far = 2 if base == 0 and abs(tone) >= STRONG and tone < 0 else 1
    return int(math.copysign(pull * far, tone))


def _tone(content: Normal) -> tuple[float, tuple[Span, ...]]:
    total, spans, under = 0.0, [], scope.turned(content)
    for hit in cards().tone.find(content):
        total += _turned_round(hit.card) if under[hit.first] else hit.card
        spans.append(content.span(hit.first, hit.last))
    if scope.says("quoted", content):
        total *= QUOTED
    return total, tuple(dict.fromkeys(spans))


def _turned_round(tone: float) -> float:
    """A good thing that is not so is bad; a bad one that is not so, only somewhat good."""
    return -max(1.0, 0.6 * tone) if tone > 0 else -0.6 * tone


_MODALS = {
    "will": "will", "shall": "will", "would": "will", "may": "may", "might": "may", "could": "may", "must": "must",
    "should": "must", "ought": "must",
}  # fmt: skip
_NEEDS = {"need", "needs", "needed", "has", "have", "had"}
HOLDS = frozenset(["refuse", "deny", "leave_open", "offer", "claim", "confirm", "recall", "regret", "praise", "doubt"])
"""Acts whose modal verbs say how the speaker stands to a thing, not how it holds."""
CLEFT = 8
"""Words within which "that" goes on with the clause of "it is they that must …"."""
_RELATIVE = {"which", "who", "whose", "whom", "where", "that", "because", "as", "while", "than"}


def modality_of(act: str | None, content: Normal, *, conditional: bool) -> Found[str]:
    """How the main clause holds: by its condition, its first modal verb, else by what the act brings along."""
    if conditional:
        return Found("if", 0.8, "under a condition", None)
    at, modal = _first_modal(content)
    if act in ("urge", "demand"):
        return Found("must", 0.8, f"usual for {act}", None)
    if act in HOLDS and modal != "may":
        return Found("is", 0.7, f"usual for {act}", None)
    if modal is not None and at is not None:
        return Found(modal, 0.7, f"first modal verb '{content.words[at]}'", (content.spans[at],))
    usual = cards().usual[act].modality if act else "is"
    infinitive = content.words[:1] == ("to",)
    value = usual if usual != "may" and (infinitive or usual in ("is", "must")) else "is"
    return Found(value, 0.6, "no modal verb" if value == "is" else f"usual for {act}", None)


def _first_modal(content: Normal) -> tuple[int | None, str | None]:
    cleft = content.words[:2] in (("it", "is"), ("it", "was"))
    for at, word in enumerate(content.words):
        if at > 2 and word in _RELATIVE and not (cleft and at < CLEFT and word in ("that", "who")):
            return None, None
        if word in _MODALS:
            return at, _MODALS[word]
        if word in _NEEDS and content.words[at + 1 : at + 2] == ("to",):
            return at, "must"
    return None, None


def status_of(act: str | None, found: Weighed, content: Normal) -> Found[str]:
    """How the speaker leaves the content: by the cue, or by words that answer a claim."""
    for hit, turned in found.cue + found.content:
        status = hit.card.status
        if status and not turned and act in hit.card.act:
            return Found(status, 0.8, f"card '{hit.card.id}'", None)
    if act == "leave_open":
        return Found("neither", 0.7, "left open", None)
    for at, word in enumerate(content.words):
        if word in ("reportedly", "allegedly"):
            return Found("unconfirmed", 0.6, f"'{word}'", (content.spans[at],))
    return Found("asserted", 0.8, "nothing says otherwise", None)


def _kind(found: Weighed, case: Case) -> Found[str]:
    """A wish or view is an attitude, unless words of the source are quoted or a verb of saying stands by."""
    cue = (case.attribution.cue,) if case.attribution.cue else None
    kinds = [hit.card.kind for hit, _ in found.cue + found.content if hit.card.kind]
    if kinds and "say" not in kinds:
        return Found("attitude", 0.7, "the words name a wish or view, not a saying", cue)
    return Found("say", 0.85, "a cue of saying" if cue else "goes on from what was said", cue)


def form_of(text: str, content: Sequence[Span], quotes: Sequence[Quote]) -> Found[str]:
    """Whether the content stands in quotation marks: all of it, a part, or nothing."""
    inside = outside = 0
    for start, end in content:
        near = [q for q in quotes if q.depth == 0 and q.start < end and start < q.end]
        within = [(max(start, q.start), min(end, q.end)) for q in near]
        quoted = sum(text[at].isalnum() for a, b in within for at in range(a, b))
        inside += quoted
        outside += sum(c.isalnum() for c in text[start:end]) - quoted
    share = inside / max(1, inside + outside)
    value = "direct" if share > 0.95 else "mixed" if inside else "indirect"
    return Found(value, 0.95, f"{share:.0%} in quotation marks", tuple(content))
