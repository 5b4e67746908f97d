"""Whom the words of a source mean: a phrase such as "the ministry's spokeswoman" becomes a named speaker.

The mentions inside a source were chained through the article before (``Marks``); here the one is picked that heads the
phrase, and phrases that name nobody ("Norland officials", "the statement") are understood by their head noun
(``data/who.toml``).
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any, Literal

from sayso.model import Mention, Span
from sayso.read.case import Case, Who

Kind = Literal["person", "body", "outlet"]

_ARTICLE = re.compile(r"^(?:the|a|an|its|his|her|their|our|this|that|these|those)\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"['’]s?\b|['’](?=\s)")
_JOINT = re.compile(r"^['’]?s?,?\s+(?:and|&)\s+(?:the\s+|a\s+|an\s+)?$|^,\s+(?:the\s+)?$", re.IGNORECASE)
NEAR = 700
"""Characters within which a pronoun looks back for whoever spoke."""

_AND = re.compile(r",?\s*(?:and|&)\s+(?:the\s+)?")
_TAIL = re.compile(
    r",|\s[-–—(]|\s(?:of|for|in|from|with|who|which|that|at|to|on|by|near|familiar|close|opposed|representing|speaking"
    r"|treating|under|inside|aboard|behind|among|via|known|based)\s", re.IGNORECASE
)  # fmt: skip
_RELATIVE = re.compile(r",|\s[-–—(]|\s(?:who|which|that|familiar|close|speaking|briefed|opposed|involved|cited)\s", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:\b(?:of|for|to|with|by|from|in|on|at|about|treating|than|against)|['’]s?)\s+(?:the\s+)?$", re.IGNORECASE
)


@dataclass(frozen=True)
class Named:
    """A speaker as named. ``mention``: the one it was read from, if any."""

    name: str | None
    kind: Kind | None
    id: str | None = None
    state: str | None = None
    role: str | None = None
    mention: Mention | None = None
    certainty: float = 0.5
    why: str = ""


NOBODY = Named(None, None, certainty=0.6, why="no words name a source")


@cache
def words_of_who() -> dict[str, Any]:
    """The word lists of ``data/who.toml``, each a frozenset."""
    raw = tomllib.loads((resources.files("sayso") / "data/who.toml").read_text(encoding="utf-8"))
    return {part: {name: frozenset(words) for name, words in lists.items()} for part, lists in raw.items()}


def named(case: Case, done: Mapping[int, Who]) -> Named:
    """Whom the source of a case names; ``done``: what was read of attributions before it."""
    inside = mentions_in(case, case.attribution.source)
    text = case.source_text
    lists = words_of_who()
    if text.lower() in lists["pair"]["words"]:
        return _pair(case)
    if bare(text).lower() in lists["first"]["words"] and not text.isupper() and "US" not in text:
        return _outer(case, done)
    return (
        _pronoun(case, inside, done)
        or _document(case, inside, done)
        or _joint(case, inside)
        or _headed(case, inside, done)
        or _noun(case, inside, done)
        or Named(None, None, certainty=0.5, why=f"“{text}” names nobody in particular")
    )


def bare(text: str) -> str:
    """A phrase without its article or possessive pronoun, nor a possessive ending."""
    return re.sub(r"['’]s?$", "", _ARTICLE.sub("", " ".join(text.split())).strip(" ,.;:"))


def mentions_in(case: Case, spans: Sequence[Span]) -> list[Mention]:
    """The mentions that lie in spans for their greater part, in order."""
    return [
        m
        for m in case.marks.mentions
        if any(2 * (min(m.end, s.end) - max(m.start, s.start)) > m.end - m.start for s in spans)
    ]


def of_mention(m: Mention) -> Named:
    """A mention as speaker."""
    kind = kind_of(m)
    described = m.id is None and m.kind in ("office", "group", "body", "pronoun")
    if described and _ends_in(m.name, words_of_who()["medium"]["nouns"]):
        kind = "outlet"
    private = _private_role(m) or (described and _is_private(m.name))
    state = None if kind == "outlet" or m.former or private else m.state
    return Named(m.name, kind, m.id, state, m.role, m, min(0.97, m.certainty), m.why or "named in the source")


def kind_of(m: Mention) -> Kind:
    """Person, body or outlet; what an office or pronoun stands for is told by its card."""
    if m.kind == "medium" or (m.id or "").startswith("outlet:"):
        return "outlet"
    if (m.id or "").startswith("person:") or m.kind in ("person", "office"):
        return "person"
    return "body" if m.kind in ("state", "body", "group") or m.id else "person"


def _ends_in(name: str, nouns: Iterable[str]) -> bool:
    return name.lower().endswith(tuple(f" {noun}" for noun in nouns))


def _private_role(m: Mention) -> bool:
    private = words_of_who()["role"]["private"]
    return any(re.search(rf"\b{re.escape(word)}\b", (m.role or "").lower()) for word in private)


def as_printed(case: Case, m: Mention) -> str:
    """The longest form in which the page names a medium or body, where the card's name stands nowhere on it."""
    if m.kind not in ("medium", "body") or m.id is None or m.name in case.article.text:
        return m.name
    forms = (bare(case.article.text[o.start : o.end]) for o in case.marks.mentions if o.entity == m.entity and o.kind == m.kind)
    return max(forms, key=len, default=m.name)


# --- pronouns ---------------------------------------------------------------------------------------------------------


def _pronoun(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """A pronoun means who the chain says; who spoke before knows better where it says somebody who did not."""
    word = case.source_text.lower()
    if word not in words_of_who()["pronoun"]["words"]:
        return None
    m = inside[0] if inside else None
    around = case.attribution.inside
    if around is not None and m is not None:
        return _not_speaker(case, done[around], m) if around in done else of_mention(m)
    body = word in words_of_who()["pronoun"]["body"]
    if m is None or body:
        last = _last(case, done, lambda who: (who.speaker.kind != "person") == body and who.speaker.name is not None)
        if last is not None and (m is None or case.start - _at(case, last) < NEAR):
            return _again(done[last], 0.7, "the one who spoke before")
    return of_mention(m) if m else None


def _not_speaker(case: Case, outer: Who, m: Mention) -> Named:
    """In words quoted directly, "he" is somebody else than the one who speaks."""
    around = case.attribution.inside
    assert around is not None
    opens = case.attributions[around].content[0].start
    direct = case.article.text[opens] in "\"“‘'"
    if not direct or m.name != outer.speaker.name or m.kind != "pronoun":
        return of_mention(m)
    others = [o for o in case.marks.mentions if o.start < m.start and kind_of(o) == "person" and o.entity != m.entity]
    named_ = [o for o in others if o.kind == "person"]
    if not named_:
        return of_mention(m)
    who = of_mention(named_[-1])
    return Named(who.name, who.kind, who.id, who.state, who.role, who.mention, 0.6, "not the one quoted: the person named before")


# --- two at once ------------------------------------------------------------------------------------------------------


def _joint(case: Case, inside: Sequence[Mention]) -> Named | None:
    """Both of "Norland and Sudland", the state of the first."""
    text = case.article.text
    ends = max(s.end for s in case.attribution.source)
    for first, second in pairwise(inside):
        between = text[first.end : second.start]
        card = case.lexicon.states.get(first.id or "")
        if card and second.kind != "state" and text[first.start : first.end] in card.adjectives:
            continue
        if _JOINT.match(between) and second.end >= ends - 1 and not _apposed(case, first, second):
            return _both(first, second, 0.85)
    return None


def _apposed(case: Case, first: Mention, second: Mention) -> bool:
    """Whether a comma joins an office and its holder rather than two speakers."""
    return "and" not in case.article.text[first.end : second.start] or first.entity == second.entity


def _both(first: Mention, second: Mention, certainty: float) -> Named:
    kind = kind_of(first)
    state = None if first.former or kind == "outlet" else first.state
    name = f"{first.name} and {second.name}"
    why = "two sources named together; the first gives the state"
    return Named(name, kind, first.id, state, None, first, certainty, why)


def _pair(case: Case) -> Named:
    """For "both sides": the two states last named side by side, else the two named most."""
    before = [m for m in case.marks.mentions if m.start < case.start and m.kind in ("state", "body") and m.state]
    text = case.article.text
    for first, second in reversed(list(pairwise(before))):
        listed = text[max(0, first.start - 6) : first.start].rstrip(" the").endswith(",")
        if first.state != second.state and not listed and _AND.fullmatch(text[first.end : second.start]):
            return _both(first, second, 0.75)
    return _most_named(case, before)


def _most_named(case: Case, before: Sequence[Mention]) -> Named:
    counted = Counter(m.state for m in before if m.kind == "state")
    two = [state for state, _ in counted.most_common(2)]
    if len(two) < 2:
        return Named(None, "body", certainty=0.4, why="two sides, but which is not said")
    first, second = (next(m for m in before if m.state == state and m.kind == "state") for state in two)
    return _both(first, second, 0.6) if first.start < second.start else _both(second, first, 0.6)


# --- one --------------------------------------------------------------------------------------------------------------


def _headed(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """The mention that heads the phrase: a named person outside a possessive, else the one at the head's end."""
    people = [m for m in inside if kind_of(m) == "person" and _free(case, m)]
    known = [m for m in people if m.id or m.kind == "person"]
    if not known and _head_word(case, inside) in words_of_who()["body"]["several"]:
        return None
    head = next(iter(known), None) or _of_country(case, inside) or next(iter(people), None) or _at_head(case, inside)
    if head is None:
        return None
    return _unnamed(case, inside, head, done) or replace(of_mention(head), name=as_printed(case, head))


def _of_country(case: Case, inside: Sequence[Mention]) -> Mention | None:
    """The state itself of "the Kingdom of Norland"."""
    if bare(case.source_text).lower().split(" of ")[0] not in words_of_who()["country"]["words"]:
        return None
    return next((m for m in reversed(inside) if m.kind == "state"), None)


def _unnamed(case: Case, inside: Sequence[Mention], head: Mention, done: Mapping[int, Who]) -> Named | None:
    """What a description says more than the chain: whom it means, or how the page words it in full."""
    who = of_mention(head)
    meant = _inner_office(case, head, done)
    if meant is None and (head.id or head.kind in ("person", "medium", "pronoun", "state")):
        return None
    meant = meant or _named_later(case, head)
    if meant:
        other = of_mention(meant)
        return replace(other, certainty=0.8, why="the holder of the office, named on the page")
    side = _ministry_of(case, head, done) or _silent_organ(case, inside, head, done)
    if side:
        return side
    if bare(head.name).lower() == bare(case.article.text[head.start : head.end]).lower() and kind_of(head) != "outlet":
        return _in_full(case, inside, who)
    return _at_body(case, head, who)


def _in_full(case: Case, inside: Sequence[Mention], who: Named) -> Named:
    """A description as the page words it; the first state named in it is the one spoken for."""
    start, _ = _head(case, inside)
    name = _full(case, start, _phrase_end(case), inside)
    owner = _owner(case) if re.match(r"(?:its|their)\s", case.source_text, re.IGNORECASE) else None
    if owner:
        card = case.lexicon.states.get(owner.state or "")
        return replace(who, name=f"{card.adjective if card else owner.name} {name}", state=owner.state)
    first = next((m.state for m in inside if m.state), None)
    return replace(who, name=name, state=who.state and (first or who.state))


def _owner(case: Case) -> Mention | None:
    """Whose "its" is: the state that leads the sentence, else the one before."""
    for sentence in reversed([s for s in case.marks.sentences if s.start < case.start]):
        for m in case.marks.mentions:
            if sentence.start <= m.start < min(sentence.end, case.attribution.source[0].start) and m.kind == "state":
                return m
    return None


def _at_body(case: Case, head: Mention, who: Named) -> Named | None:
    """ "... mission to the United Nations": where an envoy or a mission is sent belongs to its name."""
    ends = max(s.end for s in case.attribution.source)
    tail = re.match(r"\s+to\s+(?:the\s+)?[A-Z][\w ]+", case.article.text[head.end : ends])
    return replace(who, name=f"{who.name}{tail.group()}") if tail else None


def _named_later(case: Case, head: Mention) -> Mention | None:
    """ "Norland's foreign minister", who is named elsewhere on the page with that very office."""
    role = _role_words(head.role or head.name)
    if head.state is None or not role:
        return None
    people = [m for m in case.marks.mentions if m.kind == "person" and m.state == head.state and not m.former]
    holders = [m for m in people if _role_words(_role_of(case, m)) == role]
    return holders[0] if len({m.entity for m in holders}) == 1 else None


def _role_of(case: Case, m: Mention) -> str:
    """The office that the page gives a person, else the table of offices on the article's day."""
    card = case.lexicon.persons.get(m.id or "")
    office = case.lexicon.office_of(card, case.marks.anchor_day) if card and not m.role else None
    return m.role or (office.role if office else "")


def _role_words(role: str) -> frozenset[str]:
    return frozenset(re.findall(r"[a-z]+", role.lower())) - {"the", "of", "s", "new", "affairs"}


def _inner_office(case: Case, head: Mention, done: Mapping[int, Who]) -> Mention | None:
    """Said by the other side's spokesman, "the president" is that side's own."""
    around = case.attribution.inside
    outer = done.get(around) if around is not None else None
    side = outer.state.value if outer else None
    word = bare(case.source_text).lower()
    if side is None or head.state == side or word not in words_of_who()["own_office"]["words"]:
        return None
    mine = [m for m in case.marks.mentions if m.kind == "person" and m.state == side and m.start < case.start]
    fits = [m for m in mine if m.role and word.split()[-1] in m.role.lower()]
    return fits[-1] if fits else None


def _silent_organ(case: Case, inside: Sequence[Mention], head: Mention, done: Mapping[int, Who]) -> Named | None:
    """ "The military", whose state the phrase does not tell: of the side that spoke last, if the chain's has not spoken."""
    text = case.source_text
    spoke = {who.speaker.name for who in done.values()}
    if len(inside) > 1 or not text.lower().startswith("the ") or re.search(r"\s[A-Z]", text) or head.name in spoke:
        return None
    last = _last(case, done, lambda who: who.state.value is not None)
    state = done[last].state.value if last is not None else None
    card = case.lexicon.states.get(state or "")
    if card is None or state == head.state or head.why not in words_of_who()["chain"]["weak"]:
        return None
    name = f"{card.adjective} {bare(text)}"
    return Named(name, "body", None, state, None, head, 0.65, "the organ of the side that spoke last")


def _free(case: Case, m: Mention) -> bool:
    """Neither possessive nor hanging on a preposition inside the phrase."""
    text = case.article.text
    start = min(s.start for s in case.attribution.source)
    ends = max(s.end for s in case.attribution.source)
    owned = _POSSESSIVE.match(text[m.end : m.end + 2]) and m.end + 2 < ends
    return not owned and not (m.start > start and _INSIDE.search(text[start : m.start]))


def _at_head(case: Case, inside: Sequence[Mention]) -> Mention | None:
    start, end = _head(case, inside)
    text = case.article.text
    for m in reversed(inside):
        if m.start >= start and m.end <= end + 1 and not text[m.end : end].strip(" '’s]\")"):
            return m
    return None


def _head(case: Case, inside: Sequence[Mention]) -> tuple[int, int]:
    """The first noun phrase of the source: up to a comma, preposition or relative word outside every mention."""
    span = case.attribution.source[0]
    text = case.article.text[span.start : span.end]
    for cut in _TAIL.finditer(text):
        at = span.start + cut.start()
        if cut.start() > 3 and not any(m.start <= at < m.end for m in inside):
            return span.start, at
    return span.start, span.end


def _outer(case: Case, done: Mapping[int, Who]) -> Named:
    """For "I" and "we": whoever is speaking."""
    around = case.attribution.inside
    if around is not None and around in done:
        who = done[around]
        return _again(who, 0.9 * who.speaker.certainty, "first person: the one quoted")
    return Named(None, None, certainty=0.3, why="first person without a speaker")


def _head_word(case: Case, inside: Sequence[Mention]) -> str:
    start, end = _head(case, inside)
    return bare(case.article.text[start:end]).split(" ")[-1].lower()


def _noun(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """A phrase without a name, by its head noun: "senior Norland officials"."""
    start, end = _head(case, inside)
    phrase, word = bare(case.article.text[start:end]), _head_word(case, inside)
    lists = words_of_who()
    if not phrase or (phrase.lower() in lists["vague"]["words"] and " " not in case.source_text):
        return None
    kind = _kind_of_noun(word)
    official = any(word in lists[part]["official"] for part in ("person", "body"))
    private = _is_private(phrase)
    if re.search(r"\bof (?:which|whom)\b", case.source_text):
        return None
    country = _the_country(case, word, inside, done)
    if country:
        return country
    if not inside and official and case.source_text.lower().startswith("the "):
        back = _back(case, done, kind)
        if back:
            return back
    beside = next((m for m in inside if m.state), None)
    if kind == "outlet" and (named_ := _apposition(case, end)):
        return Named(named_, kind, None, None, None, beside, 0.8, "named beside its description")
    state = beside.state if beside and not beside.former and kind != "outlet" and not private else None
    name = _administration(case, phrase, beside) or _full(case, start, _phrase_end(case), inside)
    return Named(name, kind, None, state, None, beside, 0.7, f"by the noun “{word}”")


def _the_country(case: Case, word: str, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """The state that "the country" means: the one that spoke last, else the last named."""
    if inside or word not in words_of_who()["country"]["nouns"] or not case.source_text.lower().startswith("the "):
        return None
    spoke = _last(case, done, lambda who: who.mention is not None and who.mention.kind == "state")
    if spoke is not None and case.start - _at(case, spoke) < NEAR:
        return _again(done[spoke], 0.7, "the state that spoke last")
    start = case.attribution.source[0].start
    last = next((m for m in reversed(case.marks.mentions) if m.end < start and m.kind == "state"), None)
    return of_mention(last) if last else None


def _kind_of_noun(word: str) -> Kind:
    lists = words_of_who()
    if word in lists["person"]["official"] or word in lists["person"]["private"]:
        return "person"
    return "outlet" if word in lists["medium"]["nouns"] else "body"


def _is_private(phrase: str) -> bool:
    """Whether any word of a phrase takes it out of what speaks for a state: "an opposition source"."""
    lists = words_of_who()
    words = phrase.lower().split()
    return any(word in lists["person"]["private"] or word in lists["body"]["private"] for word in words)


def _apposition(case: Case, at: int) -> str | None:
    """The name behind a description: "the Norland daily, *Morning Post*"."""
    ends = max(s.end for s in case.attribution.source)
    found = re.match(r",\s+((?:[A-Z][\w'’.-]+\s?){1,4})$", case.article.text[at:ends])
    return found[1].strip() if found else None


def _administration(case: Case, phrase: str, beside: Mention | None) -> str | None:
    """A president's team, by the name that the page gives it elsewhere."""
    if phrase.split()[-1].lower() not in words_of_who()["administration"]["words"]:
        return None
    named_ = set(re.findall(r"\b([A-Z]\w+)(?:['’]s)? administration\b", case.article.text))
    holders = {m.name.split()[-1]: m.state for m in case.marks.mentions if m.kind == "person"}
    mine = [n for n in named_ if n in holders and beside is not None and holders[n] == beside.state]
    return f"{mine[0]} administration" if len(mine) == 1 else None


def _phrase_end(case: Case) -> int:
    """Where the words of a description end: before a comma, a relative clause or what it is close to."""
    span = case.attribution.source[0]
    cut = _RELATIVE.search(case.article.text[span.start : span.end])
    return span.start + cut.start() if cut and cut.start() > 3 else span.end


def _full(case: Case, start: int, end: int, inside: Sequence[Mention]) -> str:
    """The phrase with what stands for a name put in full: "its officials", "Norland's army", "Alpha's office"."""
    pieces, at = [], start
    text = case.article.text
    for m in inside:
        owned = _POSSESSIVE.match(text[m.end : m.end + 2])
        if m.start < start or m.end > end or not (owned or m.kind == "pronoun"):
            continue
        card = case.lexicon.states.get(m.state or "") if m.kind == "state" else None
        name = f"{card.adjective}" if card and owned else f"{m.name}'s" if owned else m.name
        pieces += [text[at : m.start], name]
        at = m.end + (len(owned.group()) if owned else 0)
    return bare("".join([*pieces, text[at:end]]))


def _back(case: Case, done: Mapping[int, Who], kind: Kind) -> Named | None:
    """The last speaker of a kind before this statement."""
    number = _last(case, done, lambda who: who.speaker.kind == kind and who.speaker.name is not None)
    if number is None:
        return None
    return _again(done[number], 0.65, "the last speaker of that kind")


def _last(case: Case, done: Mapping[int, Who], fits: Any) -> int | None:
    """The last statement before this one that fits, nested ones left out; of one sentence, the one that leads it."""
    before = [
        n for n, who in done.items()
        if case.attributions[n].inside is None and _at(case, n) < case.start and fits(who)
    ]  # fmt: skip
    last = max(before, key=lambda n: _at(case, n), default=None)
    if last is None:
        return None
    sentence = next((s for s in case.marks.sentences if s.start <= _at(case, last) < s.end), None)
    same = [n for n in before if sentence and sentence.start <= _at(case, n) < sentence.end]
    return min(same, key=lambda n: _at(case, n), default=last)


def _at(case: Case, number: int) -> int:
    a = case.attributions[number]
    return a.source[0].start if a.source else a.content[0].start


def _ministry_of(case: Case, head: Mention, done: Mapping[int, Who]) -> Named | None:
    """ "Norland's diplomacy" is its foreign ministry, if that has spoken."""
    part = words_of_who()["alias"]["diplomacy"]
    if head.name.split()[-1].lower() not in part:
        return None
    number = _last(case, done, lambda who: who.state.value == head.state and "Foreign" in (who.speaker.name or ""))
    return _again(done[number], 0.75, "the ministry that spoke before") if number is not None else None


def _again(who: Who, certainty: float, why: str) -> Named:
    s = who.speaker
    return Named(s.name, s.kind, s.id, who.state.value, s.role, who.mention, certainty, why)


def _document(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """For "the statement", "its statement", "Norland's letter": whoever issued it."""
    start, end = _head(case, inside)
    phrase = bare(case.article.text[start:end]).lower()
    lists = words_of_who()["document"]
    noun = next((n for n in lists["nouns"] if re.search(rf"\b{re.escape(n)}$", phrase)), None)
    if noun is None or any(kind_of(m) == "person" and m.kind == "person" and _free(case, m) for m in inside):
        return None
    if "which" in case.source_text:
        return None
    owners = [m for m in inside if m.kind != "pronoun"]
    owner = next((m for m in owners if m.end <= end), None) or next((m for m in owners if m.start >= end), None)
    if owner:
        issuer = of_mention(owner)
        return Named(as_printed(case, owner), issuer.kind, issuer.id, issuer.state, issuer.role, owner, 0.8, f"whose {noun} it is")
    if noun in lists["relayed"]:
        medium = _last_medium(case)
        if medium:
            return Named(medium.name, "outlet", medium.id, None, None, medium, 0.75, f"the medium whose {noun} it is")
    body = phrase.startswith("its ") or case.source_text.lower().startswith("its ")
    number = _last(case, done, lambda who: who.speaker.name is not None and (not body or who.speaker.kind != "person"))
    return _again(done[number], 0.7, f"the {noun} of the last speaker") if number is not None else None


def _last_medium(case: Case) -> Mention | None:
    media = [m for m in case.marks.mentions if m.kind == "medium" and m.start < case.start]
    return media[-1] if media else None
