"""Sources that point back: pronouns, "the statement", "the country", "both sides", "the president" of who speaks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sayso.model import Mention
from sayso.read.case import Case, Who
from sayso.read.source.named import (
    Kind,
    Named,
    again,
    as_printed,
    bare,
    both,
    is_private,
    kind_of,
    last_of,
    of_mention,
    start_of,
    words_of_who,
)
from sayso.read.source.phrase import free, head, kind_of_noun

NEAR = 700
"""Characters within which a pronoun looks back for whoever spoke."""

_AND = re.compile(r",?\s*(?:and|&)\s+(?:the\s+)?")


def pronoun(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
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
        last = last_of(case, done, lambda who: (who.speaker.kind != "person") == body and who.speaker.name is not None)
        if last is not None and (m is None or case.start - start_of(case, last) < NEAR):
            return again(done[last], 0.7, "the one who spoke before")
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
    return replace(who, certainty=0.6, why="not the one quoted: the person named before")


def outer(case: Case, done: Mapping[int, Who]) -> Named:
    """For "I" and "we": whoever is speaking."""
    around = case.attribution.inside
    if around is not None and around in done:
        who = done[around]
        return again(who, 0.9 * who.speaker.certainty, "first person: the one quoted")
    return Named(None, None, certainty=0.3, why="first person without a speaker")


def relative(case: Case, done: Mapping[int, Who]) -> Named | None:
    """For "who" and "which": what stands right before; "its statement, which" is whoever issued it."""
    start, text = case.attribution.source[0].start, case.article.text
    lead = re.split(r"\W+", text[max(0, start - 40) : start].rstrip(" ,").lower())[-1]
    if lead in words_of_who()["document"]["nouns"]:
        number = last_of(case, done, lambda who: who.speaker.name is not None)
        return again(done[number], 0.65, f"the {lead} of the last speaker") if number is not None else None
    near = [m for m in case.marks.mentions if m.end <= start and start - m.end < 40 and m.start >= case.sentence.start]
    return _antecedent(case, near[-1], text[near[-1].end : start].strip(" ,")) if near else None


def _antecedent(case: Case, m: Mention, noun: str) -> Named | None:
    """A mention with the noun that follows it: "Norland *elites*, who …"."""
    if not noun:
        return replace(of_mention(m), certainty=0.8)
    if not re.fullmatch(r"(?:[a-z-]+ ?){1,3}", noun):
        return None
    kind = kind_of_noun(noun.split()[-1])
    state = None if kind == "outlet" or is_private(noun) else m.state
    name = f"{case.article.text[m.start : m.end]} {noun}"
    return Named(name, kind, None, state, None, m, 0.65, "what “who” goes back to")


def unsaid(case: Case, done: Mapping[int, Who]) -> Named | None:
    """For a verb of saying without a source in reach: the last who spoke; a noun ("allegations") has nobody."""
    cue = case.lexicon.cues.get(case.cue_text.lower().strip(" :,."))
    if cue is None or cue.part != "verb" or cue.class_ not in ("say", "speech"):
        return None
    number = last_of(case, done, lambda who: who.speaker.name is not None)
    return (
        again(done[number], 0.5, "no source stands with the verb: the last who spoke") if number is not None else None
    )


def document(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """For "the statement", "its statement", "Norland's letter": whoever issued it."""
    start, end = head(case, inside)
    phrase = bare(case.article.text[start:end]).lower()
    lists = words_of_who()["document"]
    noun = next((n for n in lists["nouns"] if re.search(rf"\b{re.escape(n)}$", phrase)), None)
    if noun is None or any(kind_of(m) == "person" and m.kind == "person" and free(case, m) for m in inside):
        return None
    if "which" in case.source_text:
        return None
    owners = [m for m in inside if m.kind != "pronoun"]
    owner = next((m for m in owners if m.end <= end), None) or next((m for m in owners if m.start >= end), None)
    if owner:
        issuer = of_mention(owner)
        return replace(issuer, name=as_printed(case, owner), certainty=0.8, why=f"whose {noun} it is")
    if noun in lists["relayed"]:
        medium = _last_medium(case)
        if medium:
            return Named(medium.name, "outlet", medium.id, None, None, medium, 0.75, f"the medium whose {noun} it is")
    body = phrase.startswith("its ") or case.source_text.lower().startswith("its ")
    issuers = {"body", "outlet"} if body else {"person", "body", "outlet"}
    number = last_of(case, done, lambda who: who.speaker.name is not None and who.speaker.kind in issuers)
    return again(done[number], 0.7, f"the {noun} of the last speaker") if number is not None else None


def _last_medium(case: Case) -> Mention | None:
    media = [m for m in case.marks.mentions if m.kind == "medium" and m.start < case.start]
    return media[-1] if media else None


def the_country(case: Case, word: str, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """The state that "the country" means: the one that spoke last, else the last named."""
    if inside or word not in words_of_who()["country"]["nouns"] or not case.source_text.lower().startswith("the "):
        return None
    spoke = last_of(case, done, lambda who: who.mention is not None and who.mention.kind == "state")
    if spoke is not None and case.start - start_of(case, spoke) < NEAR:
        return again(done[spoke], 0.7, "the state that spoke last")
    start = case.attribution.source[0].start
    last = next((m for m in reversed(case.marks.mentions) if m.end < start and m.kind == "state"), None)
    return of_mention(last) if last else None


def pair(case: Case) -> Named:
    """For "both sides": the two states last named side by side, else the two named most."""
    before = [m for m in case.marks.mentions if m.start < case.start and m.kind in ("state", "body") and m.state]
    text = case.article.text
    for first, second in reversed(list(pairwise(before))):
        listed = text[max(0, first.start - 6) : first.start].rstrip(" the").endswith(",")
        if first.state != second.state and not listed and _AND.fullmatch(text[first.end : second.start]):
            return both(first, second, 0.75)
    return _most_named(before)


def _most_named(before: Sequence[Mention]) -> Named:
    counted = Counter(m.state for m in before if m.kind == "state")
    two = [state for state, _ in counted.most_common(2)]
    if len(two) < 2:
        return Named(None, "body", certainty=0.4, why="two sides, but which is not said")
    first, second = (next(m for m in before if m.state == state and m.kind == "state") for state in two)
    return both(first, second, 0.6) if first.start < second.start else both(second, first, 0.6)


def last_of_kind(case: Case, done: Mapping[int, Who], kind: Kind) -> Named | None:
    """The last speaker of a kind before this statement."""
    number = last_of(case, done, lambda who: who.speaker.kind == kind and who.speaker.name is not None)
    if number is None:
        return None
    return again(done[number], 0.65, "the last speaker of that kind")


def ministry_of(case: Case, head: Mention, done: Mapping[int, Who]) -> Named | None:
    """For "Norland's diplomacy": its foreign ministry, if that has spoken."""
    part = words_of_who()["alias"]["diplomacy"]
    if head.name.split()[-1].lower() not in part:
        return None
    number = last_of(case, done, lambda who: who.state.value == head.state and "Foreign" in (who.speaker.name or ""))
    return again(done[number], 0.75, "the ministry that spoke before") if number is not None else None


def silent_organ(case: Case, inside: Sequence[Mention], head: Mention, done: Mapping[int, Who]) -> Named | None:
    """For "the military" of no told state: that of the side that spoke last, if the chain's has not spoken."""
    text = case.source_text
    spoke = {who.speaker.name for who in done.values()}
    if len(inside) > 1 or not text.lower().startswith("the ") or re.search(r"\s[A-Z]", text) or head.name in spoke:
        return None
    last = last_of(case, done, lambda who: who.state.value is not None)
    state = done[last].state.value if last is not None else None
    card = case.lexicon.states.get(state or "")
    if card is None or state == head.state or head.why not in words_of_who()["chain"]["weak"]:
        return None
    name = f"{card.adjective} {bare(text)}"
    return Named(name, "body", None, state, None, head, 0.65, "the organ of the side that spoke last")


def inner_office(case: Case, head: Mention, done: Mapping[int, Who]) -> Mention | None:
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


def named_later(case: Case, head: Mention) -> Mention | None:
    """For "Norland's foreign minister", who is named elsewhere on the page with that very office."""
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


def owner_of(case: Case) -> Mention | None:
    """Whose "its" is: the state that leads the sentence, else the one before."""
    for sentence in reversed([s for s in case.marks.sentences if s.start < case.start]):
        for m in case.marks.mentions:
            if sentence.start <= m.start < min(sentence.end, case.attribution.source[0].start) and m.kind == "state":
                return m
    return None


def administration(case: Case, phrase: str, beside: Mention | None) -> str | None:
    """A president's team, by the name that the page gives it elsewhere."""
    if phrase.split()[-1].lower() not in words_of_who()["administration"]["words"]:
        return None
    named_ = set(re.findall(r"\b([A-Z]\w+)(?:['’]s)? administration\b", case.article.text))
    holders = {m.name.split()[-1]: m.state for m in case.marks.mentions if m.kind == "person"}
    mine = [n for n in named_ if n in holders and beside is not None and holders[n] == beside.state]
    return f"{mine[0]} administration" if len(mine) == 1 else None
