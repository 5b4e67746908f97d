"""Attributions become statements: each facet is asked in turn, and what a later one needs is handed on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sayso import ids
from sayso.lexicon import Lexicon
from sayso.model import Article, Attribution, Marks, Said, Span, Statement, Words
from sayso.read.case import Case, Who
from sayso.read.facets import about, condition, force, when, who


def statements(
    article: Article, marks: Marks, attributions: Sequence[Attribution], lexicon: Lexicon
) -> tuple[Statement, ...]:
    """One statement for each attribution, in the same order.

    An attribution that inherits, or lies inside another, is read after the one it points at, wherever that stands.
    """
    any_case = Case(article, marks, lexicon, attributions, 0)
    people: dict[int, Who] = {}
    for number in _order(attributions):
        people[number] = who.read(replace(any_case, number=number), people)
    found = [people[number] for number in range(len(attributions))]
    cases = [_told(replace(any_case, number=n), who_) for n, who_ in enumerate(found)]
    days = when.read(cases, found)
    return tuple(map(_statement, cases, found, days))


def _told(case: Case, found: Who) -> Case:
    """The case with the speaker known."""
    return replace(case, source_mention=found.mention, speaker_kind=found.speaker.kind, speaker_state=found.state.value)


def _statement(case: Case, found: Who, said: Said) -> Statement:
    a = case.attribution
    hangs_on = condition.read(case)
    strength = force.read(case, hangs_on)
    matter = about.read(case, strength, found.addressee.value or ())
    return Statement(
        id=ids.statement_id(case.article.id, a.content, a.source),
        article=case.article.id,
        content=Words(a.content, case.content_text),
        cue=_words(case, (a.cue,) if a.cue else ()),
        source=_words(case, a.source),
        certainty=a.certainty,
        speaker=found.speaker,
        state=found.state,
        chain=found.chain,
        addressee=found.addressee,
        said=said,
        condition=hangs_on,
        **strength._asdict(),
        **matter._asdict(),
    )


def _words(case: Case, spans: tuple[Span, ...]) -> Words | None:
    return Words(spans, case.words(spans)) if spans else None


def _order(attributions: Sequence[Attribution]) -> list[int]:
    """By place in the text, but each after those it points at (pointers that run in a circle are cut)."""
    order: list[int] = []
    waiting: set[int] = set()

    def place(number: int) -> None:
        if number in waiting:
            return
        waiting.add(number)
        for other in (attributions[number].inside, attributions[number].inherits):
            if other is not None:
                place(other)
        order.append(number)

    for number in sorted(range(len(attributions)), key=lambda n: min(s.start for s in attributions[n].content)):
        place(number)
    return order
