"""Who: the speaker, the state spoken for, the chain through which the words came, and whom they are directed to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from sayso.model import Found, Hop, Mention, Span, Speaker
from sayso.read.case import Case, Who
from sayso.read.near import inside, touching
from sayso.read.source import NOBODY, Named, any_of, as_printed, kind_of, named, unsaid, words_of_who

_ACT = re.compile(r"(?:to|not|will|does|do|can|should|must|abides?)\b")
"""What may follow a state that is asked to act."""
_PASSIVE = re.compile(r"\b(?:must|should|has to|have to) (?:not )?be\b")


def read(case: Case, done: Mapping[int, Who]) -> Who:
    """Speaker, state, chain and addressee of one statement; ``done``: what was read of those before it."""
    a = case.attribution
    giver = done.get(a.inherits) if a.inherits is not None else None
    if giver and not a.source:
        return _inherited(case, giver)
    said_by = _measured(named(case, done) if a.source else unsaid(case, done) or NOBODY)
    spans = a.source or None
    speaker = Speaker(said_by.name, said_by.id, said_by.kind, said_by.role, said_by.certainty, said_by.why, spans)
    state = _state(said_by, spans)
    chain = tuple(_chain(case, speaker, done))
    return Who(speaker, state, chain, _addressee(case, state.value), said_by.mention)


def _measured(said_by: Named) -> Named:
    """With the certainty brought to the share found right on annotated articles: the rules alone are too humble."""
    return replace(said_by, certainty=1 - 0.55 * (1 - said_by.certainty))


def _inherited(case: Case, giver: Who) -> Who:
    """A continuation: speaker, state and chain of the statement it goes on from."""
    s, certainty = giver.speaker, 0.95 * giver.speaker.certainty
    why = "goes on from the statement before it"
    speaker = Speaker(s.name, s.id, s.kind, s.role, certainty, why, s.spans)
    state = Found(giver.state.value, 0.95 * giver.state.certainty, why, giver.state.spans)
    return Who(speaker, state, giver.chain, _addressee(case, state.value), giver.mention)


def _state(said_by: Named, spans: tuple[Span, ...] | None) -> Found[str]:
    if said_by.state:
        return Found(said_by.state, min(0.98, said_by.certainty), "the side the speaker speaks for that day", spans)
    m = said_by.mention
    why = "a medium speaks for no state" if said_by.kind == "outlet" else "no state is told"
    if m and m.former:
        why = "out of office"
    return Found(None, 0.85 if said_by.name else 0.75, why, spans)


# --- chain ------------------------------------------------------------------------------------------------------------


def _chain(case: Case, speaker: Speaker, done: Mapping[int, Who]) -> Iterator[Hop]:
    """Outer to inner: the page's outlet and agency, media that relay, outer speakers, the speaker."""
    around = _teller(case)
    outer = done.get(around) if around is not None else None
    hops = [_relayed(hop, outer) for hop in outer.chain] if outer else list(_page(case))
    for m in _relays(case):
        if not any(_alike(m, hop) for hop in hops) and m.name != speaker.name:
            hops.append(_relay(case, m))
    yield from hops
    if speaker.name:
        yield Hop("speaker", speaker.name, speaker.id, speaker.certainty, "the speaker", speaker.spans)


def _page(case: Case) -> Iterator[Hop]:
    article = case.article
    if article.outlet:
        yield Hop("outlet", article.outlet, None, 0.9, "where the page stands")
    if article.agency and article.agency != article.outlet:
        yield Hop("agency", article.agency, None, 0.9, "credited by the page")


def _teller(case: Case) -> int | None:
    """The nearest attribution around this one that tells what it holds; "rejected", "was angry at" only react to it."""
    around = case.attribution.inside
    for _ in case.attributions:
        if around is None:
            return None
        outer = case.attributions[around]
        if outer.cue is None or case.words([outer.cue]).lower() not in words_of_who()["silent"]["cues"]:
            return around
        around = outer.inside
    return None


def _relayed(hop: Hop, outer: Who) -> Hop:
    """An outer speaker that is a medium hands on what another said."""
    medium = outer.speaker.kind == "outlet" and hop.name == outer.speaker.name
    if hop.kind == "speaker" and medium:
        return Hop("medium", hop.name, hop.id, hop.certainty, "a medium that tells what another said", hop.spans)
    return hop


def _relay(case: Case, m: Mention) -> Hop:
    card = case.lexicon.outlets.get(m.id or "")
    kind: Literal["agency", "medium"] = "agency" if card and card.kind == "agency" else "medium"
    name, certainty, spans = as_printed(case, m), 0.85 * m.certainty, (Span(m.start, m.end),)
    return Hop(kind, name, m.id, certainty, "named as the one who tells it", spans)


def _alike(m: Mention, hop: Hop) -> bool:
    return m.name == hop.name or hop.name in (m.name, m.id) or (m.id is not None and m.id == hop.id)


def _relays(case: Case) -> Iterator[Mention]:
    """Media named on the cue side as those told, or as those who quote."""
    if case.attribution.source and case.attribution.cue is None:
        return
    held = [*case.attribution.content, *case.attribution.source]
    for m in touching(case.marks.mentions, *case.sentence):
        if m.kind != "medium" or m.start < case.sentence.start:
            continue
        if not any(s.start <= m.start < s.end for s in held) and _hands_on(case, m):
            yield m


def _hands_on(case: Case, m: Mention) -> bool:
    words = words_of_who()["relay"]

    before = case.article.text[max(case.sentence.start, m.start - 40) : m.start].lower().rstrip()
    before = re.sub(r"\s+(?:the|a|an|us|russia's|russian)$", "", before)
    behind = case.article.text[m.end : m.end + 40].lower().lstrip(" ,")
    return before.endswith(tuple(f" {w}" for w in words["before"])) or behind.startswith(tuple(words["behind"]))


# --- addressee --------------------------------------------------------------------------------------------------------


def _addressee(case: Case, own: str | None) -> Found[tuple[str, ...]]:
    """Those to whom the words are marked as directed; never the speaker's own side."""
    asked = _asked(case), "the object of the cue", 0.8
    required = _required(case) if own else [], "asked by the words to act", 0.6
    for mentions, why, certainty in (asked, required):
        sides = tuple(dict.fromkeys(m.state for m in mentions if m.state and m.state != own))
        if sides:
            return Found(sides, certainty, why, tuple(Span(m.start, m.end) for m in mentions))
    return Found((), 0.93, "nobody is marked as addressed")


def _asked(case: Case) -> list[Mention]:
    """The actors between an asking cue and the content: "urged | Norland | to withdraw"."""
    a = case.attribution
    if a.cue is None or not _is(case.cue_text, "cues"):
        return []
    start = a.content[0].start
    if start - a.cue.end > 120:
        return []
    return [m for m in inside(case.marks.mentions, [Span(a.cue.end, start)]) if kind_of(m) != "outlet"]


def _required(case: Case) -> list[Mention]:
    """Those of whom the content itself requires an act: "Norland must withdraw", "we urge Norland to withdraw"."""
    content = case.attribution.content[0]
    text = case.article.text
    for m in (m for m in inside(case.marks.mentions, [content]) if m.state):
        behind = text[m.end : m.end + 14].lower().lstrip()
        before = text[content.start : m.start].lower().rstrip()
        before = re.sub(r"\s+the$|^the$", "", before)
        if before.strip("\"“‘' ") == "" and _starts(behind, "must") and not _PASSIVE.search(behind):
            return [m]
        if _ends(before, "ask") and (_ACT.match(behind) or "hope" in before[-6:]):
            return [m]
    return []


def _is(cue: str, part: str) -> bool:
    return cue.lower() in words_of_who()["addressee"][part]


def _starts(text: str, part: str) -> bool:
    return any_of("addressee", part).match(text) is not None


def _ends(text: str, part: str) -> bool:
    return any(found.end() == len(text) for found in any_of("addressee", part).finditer(text))
