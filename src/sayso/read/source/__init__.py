"""Whom the words of a source mean: a phrase such as "the ministry's spokeswoman" becomes a named speaker.

The mentions inside a source were chained through the article before (``Marks``); here the one is picked that heads the
phrase, and phrases that name nobody ("Norland officials", "the statement") are understood by their head noun
(``data/who.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from sayso.model import Mention
from sayso.read.case import Case, Who
from sayso.read.source.before import (
    administration,
    document,
    inner_office,
    last_of_kind,
    ministry_of,
    named_later,
    outer,
    owner_of,
    pair,
    pronoun,
    relative,
    silent_organ,
    the_country,
    unsaid,
)
from sayso.read.source.named import (
    NOBODY,
    Named,
    any_of,
    as_printed,
    bare,
    both,
    is_private,
    kind_of,
    mentions_in,
    of_mention,
    words_of_who,
)
from sayso.read.source.phrase import (
    apposition,
    at_head,
    free,
    full,
    head,
    head_word,
    kind_of_noun,
    of_country,
    phrase_end,
)

__all__ = ["NOBODY", "Named", "any_of", "as_printed", "kind_of", "named", "unsaid", "words_of_who"]

_JOINT = re.compile(r"^['’]?s?,?\s+(?:and|&)\s+(?:the\s+|a\s+|an\s+)?$|^,\s+(?:the\s+)?$", re.IGNORECASE)


def named(case: Case, done: Mapping[int, Who]) -> Named:
    """Whom the source of a case names; ``done``: what was read of attributions before it."""
    inside = mentions_in(case, case.attribution.source)
    text = case.source_text
    lists = words_of_who()
    if text.lower() in lists["label"]["words"]:
        return Named(None, None, certainty=0.8, why=f"“{text}” is a heading")
    if text.lower() in lists["pair"]["words"]:
        return pair(case)
    if bare(text).lower() in lists["first"]["words"] and not text.isupper() and "US" not in text:
        return outer(case, done)
    if text.lower() in lists["relative"]["words"]:
        return relative(case, done) or Named(None, None, certainty=0.5, why=f"“{text}” goes back to nobody known")
    return (
        pronoun(case, inside, done)
        or document(case, inside, done)
        or _joint(case, inside)
        or _headed(case, inside, done)
        or _noun(case, inside, done)
        or Named(None, None, certainty=0.5, why=f"“{text}” names nobody in particular")
    )


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
            return both(first, second, 0.85)
    return None


def _apposed(case: Case, first: Mention, second: Mention) -> bool:
    """Whether a comma joins an office and its holder rather than two speakers."""
    return "and" not in case.article.text[first.end : second.start] or first.entity == second.entity


def _headed(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """The mention that heads the phrase: a named person outside a possessive, else the one at the head's end."""
    people = [m for m in inside if kind_of(m) == "person" and free(case, m)]
    known = [m for m in people if m.id or m.kind == "person"]
    ending = at_head(case, inside)
    if not people and not (ending and ending.id) and head_word(case, inside) in words_of_who()["body"]["several"]:
        return None
    head = next(iter(known), None) or of_country(case, inside) or next(iter(people), None) or ending
    if head is None:
        return None
    return _unnamed(case, inside, head, done) or replace(of_mention(head), name=as_printed(case, head))


def _unnamed(case: Case, inside: Sequence[Mention], head: Mention, done: Mapping[int, Who]) -> Named | None:
    """What a description says more than the chain: whom it means, or how the page words it in full."""
    who = of_mention(head)
    meant = inner_office(case, head, done)
    if meant is None and (head.id or head.kind in ("person", "medium", "pronoun", "state")):
        return None
    meant = meant or named_later(case, head)
    if meant:
        other = of_mention(meant)
        return replace(other, certainty=0.8, why="the holder of the office, named on the page")
    side = ministry_of(case, head, done) or silent_organ(case, inside, head, done)
    if side:
        return side
    if bare(head.name).lower() == bare(case.article.text[head.start : head.end]).lower() and kind_of(head) != "outlet":
        return _in_full(case, inside, who)
    return _at_body(case, head, who)


def _in_full(case: Case, inside: Sequence[Mention], who: Named) -> Named:
    """A description as the page words it; the first state named in it is the one spoken for."""
    start, _ = head(case, inside)
    name = full(case, start, phrase_end(case), inside)
    owner = owner_of(case) if re.match(r"(?:its|their)\s", case.source_text, re.IGNORECASE) else None
    if owner:
        card = case.lexicon.states.get(owner.state or "")
        return replace(who, name=f"{card.adjective if card else owner.name} {name}", state=owner.state)
    first = next((m.state for m in inside if m.state), None)
    return replace(who, name=name, state=who.state and (first or who.state))


def _at_body(case: Case, head: Mention, who: Named) -> Named | None:
    """With "to the United Nations": where an envoy or a mission is sent belongs to its name."""
    ends = max(s.end for s in case.attribution.source)
    tail = re.match(r"\s+to\s+(?:the\s+)?[A-Z][\w ]+", case.article.text[head.end : ends])
    return replace(who, name=f"{who.name}{tail.group()}") if tail else None


def _noun(case: Case, inside: Sequence[Mention], done: Mapping[int, Who]) -> Named | None:
    """A phrase without a name, by its head noun: "senior Norland officials"."""
    start, end = head(case, inside)
    phrase, word = bare(case.article.text[start:end]), head_word(case, inside)
    lists = words_of_who()
    if not phrase or (phrase.lower() in lists["vague"]["words"] and " " not in case.source_text):
        return None
    kind = kind_of_noun(word)
    official = any(word in lists[part]["official"] for part in ("person", "body"))
    private = is_private(phrase)
    if re.search(r"\bof (?:which|whom)\b", case.source_text):
        return None
    country = the_country(case, word, inside, done)
    if country:
        return country
    if not inside and official and case.source_text.lower().startswith("the "):
        back = last_of_kind(case, done, kind)
        if back:
            return back
    beside = next((m for m in inside if m.state), None)
    if kind == "outlet" and (named_ := apposition(case, end)):
        return Named(named_, kind, None, None, None, beside, 0.8, "named beside its description")
    state = beside.state if beside and not beside.former and kind != "outlet" and not private else None
    name = administration(case, phrase, beside) or full(case, start, phrase_end(case), inside)
    return Named(name, kind, None, state, None, beside, 0.7, f"by the noun “{word}”")
