"""An article as it is shown: its whole text in rows, each stretch of a statement underlined, its notes in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from sayso.model import Article, Block, Entry, Span, Statement
from sayso.show import wording
from sayso.text import quotations

GREY = frozenset({"byline", "meta", "caption", "related_link", "furniture", "dateline"})
"""Labels of what belongs to the page, not to the report."""


@dataclass(frozen=True)
class Noted:
    """A statement of an article with its number in the margin."""

    number: int
    entry: Entry
    new_speaker: bool
    """Whether the note before is of somebody else."""

    @property
    def statement(self) -> Statement:
        """What it notes."""
        return self.entry.statement

    @property
    def line(self) -> str:
        """How its words came: quoted, told, mixed, or a view."""
        if self.statement.kind.value == "attitude":
            return "view"
        return {"direct": "quoted", "mixed": "told mixed"}.get(self.statement.form.value or "", "told")


@dataclass(frozen=True)
class Run:
    """Words of one statement, or of none, that stand together.

    ``parts``: (words, whether in quotation marks); ``opens``: the statement's first run; ``ends``: those whose words end
    here; ``nested``: inside another statement; ``holds``: those whose words are all inner statements' words.
    """

    noted: Noted | None
    start: int
    parts: tuple[tuple[str, bool], ...]
    holds: tuple[Noted, ...] = ()
    opens: bool = False
    nested: bool = False
    ends: tuple[Noted, ...] = ()

    @property
    def before(self) -> tuple[tuple[str, bool], ...]:
        """The parts before the last."""
        return self.parts[:-1]

    @property
    def tail(self) -> tuple[str, str, bool]:
        """The last part, its last word apart: that never parts from the number behind it."""
        words, quoted = self.parts[-1]
        cut = max(words.rstrip().rfind(mark) for mark in " \n\t") + 1
        return words[:cut], words[cut:], quoted


@dataclass(frozen=True)
class Row:
    """A block of the text with the notes that start in it."""

    block: Block
    runs: tuple[Run, ...]
    notes: tuple[Noted, ...]

    @property
    def grey(self) -> bool:
        """Whether it belongs to the page, not to the report."""
        return self.block.label in GREY

    @property
    def label(self) -> str | None:
        """The label to print; body text needs none."""
        return (
            None if self.block.label == "body" else str(wording.table("labels").get(self.block.label, self.block.label))
        )


def noted(entries: Iterable[Entry]) -> list[Noted]:
    """The statements of one article, numbered in the order of their words; a nested one stands behind the one around it."""
    ordered = sorted(entries, key=lambda entry: _order(entry.statement))
    notes: list[Noted] = []
    for number, entry in enumerate(ordered, 1):
        before = ordered[number - 2].statement.speaker.name if number > 1 else None
        notes.append(Noted(number, entry, number == 1 or entry.statement.speaker.name != before))
    return notes


def _order(statement: Statement) -> tuple[int, int, str]:
    spans = statement.content.spans
    return (spans[0].start, -spans[-1].end, statement.id) if spans else (0, 0, statement.id)


def rows(article: Article, notes: Sequence[Noted]) -> list[Row]:
    """The text, block by block, nothing left out."""
    blocks = article.blocks or ((Block(0, len(article.text), "body"),) if article.text else ())
    return _anchored([_row(article.text, block, notes) for block in blocks], notes)


def _anchored(plain: list[Row], notes: Sequence[Noted]) -> list[Row]:
    """Rows in which every statement has one run to lead to: its first, or the one that holds its beginning."""
    first = {run.noted.number: run.start for row in reversed(plain) for run in reversed(row.runs) if run.noted}
    lost = [note for note in notes if note.number not in first]
    return [replace(row, runs=tuple(_opened(run, first, row, lost) for run in row.runs)) for row in plain]


def _opened(run: Run, first: Mapping[int, int], row: Row, lost: Sequence[Noted]) -> Run:
    if run.noted is None:
        return run
    end = min((other.start for other in row.runs if other.start > run.start), default=row.block.end)
    held = tuple(note for note in lost if run.start <= _spans(note)[0].start < end)
    return replace(run, opens=first[run.noted.number] == run.start, holds=held)


def _row(text: str, block: Block, notes: Sequence[Noted]) -> Row:
    here = [note for note in notes if any(_meets(span, block) for span in note.statement.content.spans)]
    starting = tuple(note for note in here if _starts(note, block))
    return Row(block, tuple(_runs(text, block, here)), starting)


def _meets(span: Span, block: Block) -> bool:
    return span.start < block.end and block.start < span.end


def _starts(note: Noted, block: Block) -> bool:
    return block.start <= note.statement.content.spans[0].start < block.end


def _runs(text: str, block: Block, notes: Sequence[Noted]) -> Iterator[Run]:
    quotes = [Span(quote.start, quote.end) for quote in quotations(text, block.start, block.end) if quote.depth == 0]
    cuts = sorted({block.start, block.end, *_edges(block, (s for note in notes for s in note.statement.content.spans))})
    stretches = [(_owner(notes, start), Span(start, end)) for start, end in pairwise(cuts)]
    for owner, group in groupby(stretches, key=lambda stretch: stretch[0]):
        spans = [span for _, span in group]
        span = Span(spans[0].start, spans[-1].end)
        yield _run(text, span, owner, notes, quotes)


def _edges(block: Block, spans: Iterable[Span]) -> Iterator[int]:
    return (edge for span in spans for edge in span if block.start < edge < block.end)


def _owner(notes: Sequence[Noted], at: int) -> Noted | None:
    """The innermost statement over a character: the one whose stretch there is the shortest, the later of two alike."""
    over = [
        (span.end - span.start, -note.number, note)
        for note in notes
        for span in note.statement.content.spans
        if span.start <= at < span.end
    ]
    return min(over, key=lambda found: found[:2])[2] if over else None


def _run(text: str, span: Span, owner: Noted | None, notes: Sequence[Noted], quotes: Sequence[Span]) -> Run:
    if owner is None:
        return Run(None, span.start, ((wording.clean(text[span.start : span.end]), False),))
    around = [
        n for n in notes if n is not owner and any(s.start <= span.start and span.end <= s.end for s in _spans(n))
    ]
    ends = sorted((n for n in (owner, *around) if _spans(n)[-1].end == span.end), key=lambda n: n.number)
    return Run(
        owner,
        span.start,
        tuple(_parts(text, span, quotes if "mixed" in owner.line else ())),
        nested=bool(around),
        ends=tuple(ends),
    )


def _spans(note: Noted) -> tuple[Span, ...]:
    return note.statement.content.spans


def _parts(text: str, span: Span, quotes: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """The words of a span, those in quotation marks apart."""
    at = span.start
    for quote in quotes:
        start, end = max(quote.start, at), min(quote.end, span.end)
        if start < end:
            if at < start:
                yield wording.clean(text[at:start]), False
            yield wording.clean(text[start:end]), True
            at = end
    if at < span.end:
        yield wording.clean(text[at : span.end]), False
