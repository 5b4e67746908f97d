"""Agreements that no card knows, found by how they are named; an id is made of the name, so that two pages agree on it."""

from __future__ import annotations

import re
from functools import cache

from sayso.text import fold, lists

_RESOLUTION = re.compile(
    r"\b(?:Security Council|UNSC|UNSCR|UN|U\.N\.)(?:['’]s)?(?:[^.;]{0,30}?\b[Rr]esolutions?)?\s+(\d{3,4})\b"
)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    table = lists.table("about")["pacts"]
    heads, openers = "|".join(table["heads"]), "|".join(table["openers"])
    word = r"[A-Z][\w’'-]*"
    after = re.compile(rf"\b({word}(?:[ -](?:of the |of |on |and |for )?{word}){{0,5}}?) ({heads})\b(?! [A-Z])")
    before = re.compile(rf"\b(?:{openers}) (?:of|on|for|against) (?:the )?{word}(?: (?:of |and |the )?{word})*")
    return after, before, frozenset(table["not_names"])


def named(text: str) -> tuple[str, ...]:
    """Ids of the agreements named in a text: "northaven-accord", "treaty-of-velon", "unscr1701"."""
    after, before, no_names = _patterns()
    found = {m.start(): f"unscr{m[1]}" for m in _RESOLUTION.finditer(text)}
    for match in before.finditer(text):
        found[match.start()] = _slug(match[0])
    for match in after.finditer(text):
        words = match[1].split()
        while words and words[0] in no_names:
            words = words[1:]
        if words and not any(match.start() <= at < match.end() for at in found):
            found[match.start()] = _slug(" ".join([*words, match[2]]))
    return tuple(dict.fromkeys(found[at] for at in sorted(found)))


def _slug(name: str) -> str:
    """A name in small letters with hyphens: "Treaty of the Two Bays" is "treaty-of-the-two-bays"."""
    return re.sub(r"[^a-z0-9]+", "-", fold(re.sub(r"['’]s\b", "", name)).lower()).strip("-")
