"""Attribution spans as sets of tokens, and the classes that a gold file may leave unnamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from benchmarks.scoring.words import cue_words, speech_pattern

TOKEN = re.compile(r"\w+(?:['’.]\w+)*|[^\w\s]")
LETTER = re.compile(r"\w")
SINGLE_MARKS = re.compile(r"(?<![\w’'])[‘'](?=\w)[^‘\n]{2,240}?(?<=[\w.,!?…])[’'](?!\w)")

SAY, NOUNS, LIGHT, PRONOUNS = map(cue_words, ("say", "nouns", "light", "pronouns"))
SPEECH = speech_pattern()

Ids = frozenset[int]


class Tokens:
    """The words and marks of a text; a token belongs to a span if they share a character."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans = [m.span() for m in TOKEN.finditer(text)]
        self._at = [-1] * (len(text) + 1)
        for number, (start, end) in enumerate(self.spans):
            self._at[start:end] = [number] * (end - start)

    def of(self, spans: Iterable[Sequence[int]] | None) -> Ids:
        """The tokens of some spans; a span outside the text is an error of the predictor."""
        got: set[int] = set()
        for start, end in spans or ():
            if not 0 <= start < end <= len(self.text):
                raise ValueError(f"span [{start}, {end}] outside the text (0..{len(self.text)})")
            got.update(self._at[start:end])
        return frozenset(got - {-1})

    def words(self, ids: Ids) -> list[str]:
        """The tokens' words in order."""
        return [self.text[slice(*self.spans[i])] for i in sorted(ids)]

    def only_words(self, ids: Ids) -> Ids:
        """Without marks."""
        return frozenset(i for i in ids if LETTER.search(self.text[slice(*self.spans[i])]))


def quoted_chars(text: str) -> bytearray:
    """Flag per character: inside quotation marks.

    Double marks pair within a line (an unclosed one runs to its end); single marks only as a closed pair at word edges.
    """
    flag = bytearray(len(text))
    at = 0
    for line in text.split("\n"):
        for start, end in _quotations(line):
            flag[at + start : at + end] = b"\1" * (end - start)
        at += len(line) + 1
    return flag


def _quotations(line: str) -> Iterable[tuple[int, int]]:
    start: int | None = None
    for i, mark in enumerate(line):
        if mark == "“" or (mark == '"' and start is None):
            start = i if start is None else start
        elif start is not None and mark in '”"':
            yield start, i + 1
            start = None
    if start is not None:
        yield start, len(line)
    yield from (m.span() for m in SINGLE_MARKS.finditer(line))


def quote_class(tokens: Tokens, content: Ids, quoted: bytearray) -> str:
    """Class of a content: direct (from 90 % of the words in quotation marks), indirect (none), else mixed."""
    words = tokens.only_words(content)
    share = sum(quoted[tokens.spans[i][0]] for i in words) / len(words) if words else 0
    return "direct" if share >= 0.9 else "indirect" if share == 0 else "mixed"


def cue_class(tokens: Tokens, cue: Ids) -> str:
    """By the words alone, for gold without ``cue_class``."""
    if not cue:
        return "none"
    words = [w.lower() for w in tokens.words(cue)]
    plain = [w for w in words if LETTER.search(w)]
    if "according to" in " ".join(words):
        return "according_to"
    if not plain:
        return "punctuation"
    return "say_verb" if SAY.intersection(plain) else _verb_or_noun(plain)


def _verb_or_noun(plain: list[str]) -> str:
    rest = [w for w in plain if w not in LIGHT]
    nouns = [w for w in rest if w in NOUNS]
    only_nouns = bool(nouns) and len(rest) == len(nouns)
    if only_nouns and (len(plain) > len(rest) or not any(SPEECH.match(w) for w in nouns)):
        return "noun"
    if any(SPEECH.match(w) for w in rest):
        return "speech_verb"
    return "noun" if nouns else "other"


def source_class(tokens: Tokens, source: Ids) -> str:
    """By the words alone, for gold without ``source_class``; a body cannot be told from a person without name data."""
    if not source:
        return "none"
    words = [w for w in tokens.words(source) if LETTER.search(w)]
    if words and all(w.lower() in PRONOUNS for w in words):
        return "pronoun"
    unnamed = ("the", "a", "an", "some", "many", "most", "one")
    capital = any(w[0].isupper() and (i or w.lower() not in unnamed) for i, w in enumerate(words))
    return "named_person" if capital else "other_nominal"
