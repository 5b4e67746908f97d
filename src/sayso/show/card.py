"""The card of a statement: every field with its value, how sure that is, why, and the words it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol

from sayso.model import Article, Condition, Found, Hop, Span, Statement
from sayso.show import wording

LONGEST = 160
"""Characters of a field's words printed on its card; the text itself shows them all."""

LISTS = ("addressee", "agreements", "channels", "topics")
PLAIN = ("status", "modality", "form", "kind", "core")


@dataclass(frozen=True)
class Field:
    """One row. ``value`` None: undetermined, an answer like any other."""

    name: str
    value: str | None
    certainty: float
    why: str
    words: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    more: str | None = None
    """What is said beside the value, less loudly."""

    @property
    def data_spans(self) -> str:
        """``12-40;55-61``, in code points of the canonical text."""
        return ";".join(f"{start}-{end}" for start, end in self.spans)

    @property
    def above(self) -> bool:
        """Whether it was read from the statement's own words, which are not printed again."""
        return bool(self.spans) and not self.words

    @property
    def sure(self) -> str:
        """The certainty with two decimals."""
        return f"{self.certainty:.2f}"

    @property
    def length(self) -> int:
        """The certainty in twentieths, for its bar."""
        return max(0, min(20, round(self.certainty * 20)))


class Read(Protocol):
    """What was read: a found, a speaker, a day, a hop."""

    @property
    def certainty(self) -> float: ...  # noqa: D102
    @property
    def why(self) -> str: ...  # noqa: D102
    @property
    def spans(self) -> tuple[Span, ...] | None: ...  # noqa: D102


@dataclass(frozen=True)
class Names:
    """Names for the ids of states, bodies and agreements; an id without one stands for itself."""

    known: Mapping[str, str]

    def of(self, id_: str) -> str:
        """The name of an id."""
        return self.known.get(id_, id_)


def fields(statement: Statement, article: Article, names: Names) -> tuple[list[Field], list[Field]]:
    """Every field of a statement: the telling ones, and the rest, where lists that name nothing share a row if read alike."""
    told = _Telling(statement, article, names)
    return list(told.firsts()), [*told.plains(), *told.lists()]


@dataclass(frozen=True)
class _Telling:
    statement: Statement
    article: Article
    names: Names

    def firsts(self) -> Iterator[Field]:
        """Who, for whom, when, what, how, towards whom, by what way, on what condition."""
        s = self.statement
        yield self._row("speaker", s.speaker.name, s.speaker, s.speaker.role)
        yield self._row("state", s.state.value and self.names.of(s.state.value), s.state)
        day = wording.said(s.said)
        yield self._row("said", day if s.said.from_ or s.said.to else None, s.said)
        yield self._row("act", s.act.value and wording.act(s.act.value), s.act, self._alternatives())
        tone = None if s.polarity.value is None else wording.tone(s.polarity.value)[1]
        yield self._row("polarity", tone, s.polarity, _signed(s.polarity.value))
        sides = s.dyad.value and " → ".join(self.names.of(side) for side in s.dyad.value)
        yield self._row("dyad", sides or None, s.dyad)
        yield from (self._hop(hop) for hop in s.chain if hop.kind != "speaker")
        if s.condition:
            yield self._condition(s.condition)

    def plains(self) -> Iterator[Field]:
        """Fields of one plain value."""
        for name in PLAIN:
            found: Found[object] = getattr(self.statement, name)
            yield self._row(name, None if found.value is None else wording.word(found.value), found)

    def lists(self) -> Iterator[Field]:
        """Fields that are lists; the empty ones, read for one reason and as surely, share a row."""
        empty: dict[tuple[str, str], list[str]] = {}
        for name in LISTS:
            found: Found[tuple[str, ...]] = getattr(self.statement, name)
            if found.value:
                values = (
                    self.names.of(v) if name in ("addressee", "agreements") else wording.word(v) for v in found.value
                )
                yield self._row(name, ", ".join(values), found)
            elif found.value is None or found.spans:
                yield self._row(name, None if found.value is None else "none", found)
            else:
                empty.setdefault((f"{found.certainty:.2f}", found.why), []).append(wording.table("fields")[name])
        for (sure, why), labels in empty.items():
            yield Field(", ".join(labels), "none", float(sure), wording.one_line(why))

    def _row(self, name: str, value: str | None, found: Read, more: str | None = None) -> Field:
        spans = found.spans or ()
        label = str(wording.table("fields")[name])
        shown = wording.one_line(value) if value else None
        why = wording.one_line(found.why)
        return Field(label, shown, found.certainty, why, self._words(spans), spans, more and wording.one_line(more))

    def _hop(self, hop: Hop) -> Field:
        return self._row("chain", hop.name, hop, hop.kind)

    def _condition(self, condition: Condition) -> Field:
        spans = condition.antecedent.spans + (condition.consequence.spans if condition.consequence else ())
        decides = (
            f"{self.names.of(condition.controls)} decides" if condition.controls else f"who decides: {wording.untold()}"
        )
        label, value = str(wording.table("fields")["condition"]), wording.one_line(condition.antecedent.text)
        why = wording.one_line(condition.why)
        return Field(label, value, condition.certainty, why, self._words(spans), spans, decides)

    def _words(self, spans: tuple[Span, ...]) -> tuple[str, ...]:
        """The words of the spans; empty for those of the statement itself, which stand above."""
        if not spans or spans == self.statement.content.spans:
            return ()
        return tuple(_within(self.article.text[start:end]) for start, end in spans)

    def _alternatives(self) -> str | None:
        act = self.statement.act
        others = " or ".join(wording.act(other) for other in act.alternatives)
        return "; ".join(part for part in (act.class_, f"or {others}" if others else None) if part) or None


def _signed(value: int | None) -> str | None:
    return None if value is None else f"{value:+d}".replace("-", "−") if value else "0"


def _within(words: str) -> str:
    """The words on one line; of long ones the beginning and the end."""
    line = wording.one_line(words)
    if len(line) <= LONGEST:
        return line
    return wording.short(line, LONGEST - 50) + " " + line[-40:].partition(" ")[2]
