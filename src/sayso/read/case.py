"""What every facet is told about one statement, and what each gives back.

A facet is a pure function of a ``Case``; what a later facet needs from an earlier one stands in the case
(``source_mention``, ``speaker_state`` …) or is an argument. The order is written once, in ``interpret``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from sayso.lexicon import Lexicon
from sayso.model import Act, Article, Attribution, Found, Hop, Marks, Mention, Said, Span, Speaker
from sayso.read.near import touching

T = TypeVar("T")

GAP = " … "
"""Stands between the pieces of an interrupted stretch of words."""


@dataclass(frozen=True)
class Case:
    """One attribution in its article. ``number`` is its place in ``attributions``."""

    article: Article
    marks: Marks
    lexicon: Lexicon
    attributions: Sequence[Attribution]
    number: int
    source_mention: Mention | None = None
    """The mention that was taken for the speaker; None before ``who`` has read, or if no mention fits."""
    speaker_kind: str | None = None
    """person, body or outlet."""
    speaker_state: str | None = None
    """State or bloc spoken for."""
    _of_article: dict[object, Any] = field(default_factory=dict, repr=False, compare=False)
    """What was worked out of the article; handed on by ``replace``."""

    def once(self, ask: Callable[[Case], T]) -> T:
        """What ``ask`` says of the article and not of the one statement: asked once for all made from one case."""
        if ask not in self._of_article:
            self._of_article[ask] = ask(self)
        found: T = self._of_article[ask]
        return found

    @cached_property
    def attribution(self) -> Attribution:
        """The attribution itself."""
        return self.attributions[self.number]

    @cached_property
    def content_text(self) -> str:
        """The words said."""
        return self.words(self.attribution.content)

    @cached_property
    def cue_text(self) -> str:
        """The word(s) that signal saying; empty if the attribution has none of its own."""
        return self.words([self.attribution.cue] if self.attribution.cue else [])

    @cached_property
    def source_text(self) -> str:
        """The words that name the source; empty if there are none."""
        return self.words(self.attribution.source)

    @cached_property
    def start(self) -> int:
        """Where the attribution begins."""
        return min(span.start for span in self._own)

    @cached_property
    def end(self) -> int:
        """Where the attribution ends."""
        return max(span.end for span in self._own)

    @cached_property
    def sentence(self) -> Span:
        """The sentences that the attribution touches, as one stretch."""
        touched = touching(self.marks.sentences, self.start, self.end)
        return Span(touched[0].start, touched[-1].end) if touched else Span(self.start, self.end)

    @cached_property
    def label(self) -> str:
        """The label of the block that the content begins in (``headline``, ``body`` …)."""
        start = self.attribution.content[0].start
        return next((b.label for b in self.article.blocks if b.start <= start < b.end), "body")

    @cached_property
    def _own(self) -> list[Span]:
        a = self.attribution
        return [*a.content, *a.source, *([a.cue] if a.cue else [])]

    def words(self, spans: Iterable[Span]) -> str:
        """The words under spans."""
        return GAP.join(self.article.text[s.start : s.end] for s in spans)


class Who(NamedTuple):
    """What ``facets.who`` gives."""

    speaker: Speaker
    state: Found[str]
    chain: tuple[Hop, ...]
    addressee: Found[tuple[str, ...]]
    mention: Mention | None


class Force(NamedTuple):
    """What ``facets.force`` gives."""

    kind: Found[str]
    form: Found[str]
    act: Act
    polarity: Found[int]
    modality: Found[str]
    status: Found[str]


class About(NamedTuple):
    """What ``facets.about`` gives."""

    core: Found[bool]
    dyad: Found[tuple[str, str]]
    agreements: Found[tuple[str, ...]]
    channels: Found[tuple[str, ...]]
    topics: Found[tuple[str, ...]]


__all__ = ["GAP", "About", "Case", "Force", "Said", "Who"]
