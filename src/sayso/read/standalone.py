"""A sentence that stands alone – a headline, words quoted, words asked for – read as one statement."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso import ids
from sayso.model import Article, Attribution, Block, Found, Said, Span, Statement

if TYPE_CHECKING:
    from sayso.read import Reader

ENOUGH = 0.65
"""Share of a sentence's words that content, source and cue must cover, else the whole of it was said."""
_COLON = re.compile(r"\s*(?:[A-Z][\w.’'-]*\s+){0,3}[A-Z][\w.’'-]*:\s+(?=[\"“]?\w)")
_DASH = re.compile(r"\s+[—–]\s+(?:(?:[A-Z][\w.’'-]*|the|of)\s*){1,4}[.]?\s*$")
_GIVEN = "given with the words"


def read_words(
    words: str,
    reader: Reader,
    *,
    speaker: str | None = None,
    state: str | None = None,
    said: str | tuple[str | None, str | None] | None = None,
) -> Statement:
    """Words that stand alone, as one statement: its content without "X said"; without such a frame all of them.

    ``speaker``, ``state`` (an id, or any name for a side that no card knows) and ``said`` (ISO day, or both ends of an
    interval) override what the words tell.
    """
    from sayso.read import attribute, interpret, marks

    article = _article(words, said)
    marked = marks.mark(article, reader.lexicon)
    attribution = _whole(words, attribute.find(article, marked, reader.neural))
    read = interpret.statements(article, marked, (attribution,), reader.lexicon)[0]
    return _overridden(_addressed(words, read, speaker), speaker, state, said)


_NAME = re.compile(r"[A-Z][\w’'-]+(?:\s+[A-Z][\w’'-]+)*")
_DAYS = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|\w+ber\b"
)


def _addressed(words: str, read: Statement, speaker: str | None) -> Statement:
    """With the one addressed where no card knows him: a name between cue and content ("called on Norland to …")."""
    if read.cue is None or read.addressee.value or not read.cue.spans:
        return read
    start = read.cue.spans[-1].end
    after = [span.start for span in read.content.spans if span.start >= start]
    between = words[start : min(after)] if after else ""
    found = [m[0] for m in _NAME.finditer(between) if not _DAYS.match(m[0]) and m[0] not in (speaker or "")]
    taken = {words[s.start : s.end] for s in read.source.spans} if read.source else set()
    named = tuple(name.removesuffix("'s").removesuffix("’s") for name in found if name not in taken)
    return replace(read, addressee=Found(named, 0.6, "named behind the cue")) if named else read


def _article(words: str, said: str | tuple[str | None, str | None] | None) -> Article:
    """The words as a text; a line with a colon, or without a full stop, is a headline. Days are told by the given one."""
    digest = ids.sha256_of(words)
    day = said if isinstance(said, str) or said is None else said[1]
    bare = bool(_COLON.match(words) or _DASH.search(words)) or words.rstrip()[-1:] not in '.!?"”’'
    block = Block(0, len(words), "headline" if bare else "body")
    return Article(ids.article_id(digest, day), words, digest, (block,), published=day, published_basis="given")


def _whole(words: str, found: Sequence[Attribution]) -> Attribution:
    """What is attributed on the outermost level as one; all the words if that leaves too much of them out."""
    outer = [a for a in found if a.inside is None]
    if outer:
        first = next((a for a in outer if a.cue), outer[0])
        content = tuple(sorted(span for a in outer for span in a.content))
        made = Attribution(first.source, first.cue, _apart(content), first.certainty, first.by)
        held = [*content, *(s for a in outer for s in a.source), *(a.cue for a in outer if a.cue)]
        if _letters(words, held) >= ENOUGH * len(re.findall(r"\w", words)) and _leads(words, made):
            return made
    return Attribution((), None, (_without_name(words),), 0.5, "alone")


def _leads(words: str, found: Attribution) -> bool:
    """Whether the attribution is the frame of the whole, not a saying told of in passing ("much to be desired")."""
    own = [*found.source, *found.content, *([found.cue] if found.cue else [])]
    outside = words[: min(s.start for s in own)] + words[max(s.end for s in own) :]
    return bool(found.source) and len(re.findall(r"\w+", outside)) <= 6


def _letters(words: str, spans: Sequence[Span]) -> int:
    held = {at for span in spans for at in range(span.start, span.end)}
    return sum(words[at].isalnum() for at in held)


def _apart(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch made one."""
    made: list[Span] = []
    for span in spans:
        if made and span.start <= made[-1].end + 1:
            made[-1] = Span(made[-1].start, max(made[-1].end, span.end))
        else:
            made.append(span)
    return tuple(made)


def _without_name(words: str) -> Span:
    """All of it but "Name: " before or "— Name" behind."""
    before, behind = _COLON.match(words), _DASH.search(words)
    start = before.end() if before else len(words) - len(words.lstrip())
    return Span(start, behind.start() if behind and not before else len(words.rstrip()))


def _overridden(
    read: Statement, speaker: str | None, state: str | None, said: str | tuple[str | None, str | None] | None
) -> Statement:
    if speaker is not None:
        read = replace(read, speaker=replace(read.speaker, name=speaker, certainty=1.0, why=_GIVEN, spans=None))
    if state is not None:
        read = replace(read, state=Found(state, 1.0, _GIVEN))
    if said is not None:
        from_, to = (said, said) if isinstance(said, str) else said
        read = replace(read, said=Said(from_, to, "given", 1.0, _GIVEN))
    return read


__all__ = ["read_words"]
