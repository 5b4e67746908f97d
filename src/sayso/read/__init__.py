"""Reading: an article -> its statements. Pure: the same article, weights and cards give the same reading."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sayso.model import Article, Reading

if TYPE_CHECKING:
    from sayso.lexicon import Lexicon
    from sayso.model import Statement
    from sayso.read.attribute import NeuralReader

VERSION = "1"
"""Raised when rules in the code change what is read, so that ledgers take the new reading."""


@dataclass(frozen=True)
class Reader:
    """Weights and cards, loaded once; the fingerprint names both and the rules."""

    neural: NeuralReader
    lexicon: Lexicon

    @classmethod
    def load(cls, threads: int = 1, lexicon: Lexicon | None = None) -> Reader:
        """The reader that ships with the program; ``threads`` for the network."""
        from importlib import resources
        from pathlib import Path

        with _uncollected():
            from sayso.lexicon import Lexicon
            from sayso.read import interpret, marks  # noqa: F401 -- what the first article would else wait for
            from sayso.read.attribute import NeuralReader

            folder = Path(str(resources.files("sayso").joinpath("data/attribution")))
            reader = cls(NeuralReader.load(folder, threads), lexicon or Lexicon.load())
            reader.lexicon.build()
        return reader

    @cached_property
    def fingerprint(self) -> str:
        """Rules, weights, cards."""
        return f"{VERSION}-{self.neural.fingerprint}-{self.lexicon.fingerprint[:8]}"


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the garbage collector, which goes over all cards again and again while they are made: a tenth of a second."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def read_article(article: Article, reader: Reader) -> Reading:
    """Everything said in one article. An article that is not to be read gives an empty reading."""
    from sayso.read import attribute, interpret, marks
    from sayso.read.notes import notes

    if not article.read:
        return Reading(article.id, reader.fingerprint)
    marked = marks.mark(article, reader.lexicon)
    attributions = attribute.find(article, marked, reader.neural)
    statements = interpret.statements(article, marked, attributions, reader.lexicon)
    return Reading(article.id, reader.fingerprint, attributions, statements, notes(article))


def read_words(
    words: str,
    reader: Reader,
    *,
    speaker: str | None = None,
    state: str | None = None,
    said: str | tuple[str | None, str | None] | None = None,
) -> Statement:
    """Words that stand alone (quoted, or "X said that …") as one statement; what is given overrides what they tell.

    ``state``: an id, or any name for a side that no card knows; ``said``: an ISO day, or both ends of an interval.
    """
    from sayso.read.standalone import read_words as read

    return read(words, reader, speaker=speaker, state=state, said=said)
