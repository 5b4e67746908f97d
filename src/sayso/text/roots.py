"""The root of an English word, for comparing wordings: inflections cut, irregular forms led back; derivations stay apart."""

from __future__ import annotations

import re
from functools import lru_cache

from sayso.text.lists import table

_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bdfgmnprt])\1$")
_SISTERS = ("ss", "us", "is", "ous", "ics", "news")
"""Endings in s that are no plural."""


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """The root of one word in small letters ("leaving", "leaves", "left" give one)."""
    word = _irregular().get(word, word)
    return _bare(_evened(_uninflected(word)))


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    lines = table("roots")["irregular"].split("\n")
    return {form: forms[0] for forms in (line.split() for line in lines) if forms for form in forms[1:]}


def _uninflected(word: str) -> str:
    if len(word) < 4:
        return word
    if word.endswith(("ies", "ied")):
        return word[:-3] + "y"
    if word.endswith("s") and not word.endswith(_SISTERS):
        return word[:-2] if word.endswith(("sses", "shes", "ches", "xes", "zes")) else word[:-1]
    for end in ("ing", "ed"):
        stem = word[: -len(end)]
        if word.endswith(end) and len(stem) > 2 and _VOWEL.search(stem):
            return _DOUBLED.sub(r"\1", stem)
    return word


def _evened(word: str) -> str:
    """British and American spellings as one."""
    word = word.replace("isation", "ization").replace("yse", "yze").replace("defence", "defense")
    return word[:-3] + "or" if word.endswith("our") and len(word) > 5 else word


def _bare(word: str) -> str:
    """Without what differs between the forms of one verb: a last e, y for i, s for z."""
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    word = word[:-2] + "iz" if word.endswith("is") and len(word) > 5 else word
    return word[:-1] + "i" if word.endswith("y") and len(word) > 3 else word
