"""From text to vectors: words, word pieces, windows, and the one pass through the encoder.

The layout is shared with ``training/``: what the network saw while it learned is what it sees when it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.text.graphs import open_session
from sayso.text.pieces import WordPieces

WORD = re.compile(r"\w+(?:['’.]\w+)*|[^\w\s]")
"""A word of the attribution corpus: letters with inner apostrophes or dots, or one mark."""

OUTSIDE, INSIDE, OPENING, CLOSING = range(4)
"""Where a word stands to quotation marks."""

BREAK = 15
"""Feature of the pieces that are no word: the start of a window and the end of a paragraph."""

WINDOW = 256
"""Pieces in a window. Reading with more than the network was trained on costs a point (measured: 384 against 256)."""

OVERLAP = 64
"""Pieces that neighbouring windows share, so that every cue is read with context on both sides.

On PolNeAR dev 64 reads a tenth faster than 96 for the same headline F1 (75.4 against 75.5, interval of the difference ±1)."""

BATCH = 512
"""Pieces fed at once: two windows stay in the processor's cache (8,500 pieces a second; eight windows 7,300)."""

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


class Word(NamedTuple):
    """A word's place: ``text[start:end]``, and the number of its paragraph."""

    start: int
    end: int
    paragraph: int


class Window(NamedTuple):
    """Words ``[first, last)`` read together; a cue counts here if its first word lies in ``[own_first, own_last)``."""

    first: int
    last: int
    own_first: int
    own_last: int


@dataclass(frozen=True)
class Layout:
    """A text laid out for the encoder: its words, and the pieces they are made of, with a break between paragraphs."""

    words: list[Word]
    quotes: list[int]
    """For each word: OUTSIDE, INSIDE, OPENING or CLOSING."""
    pieces: list[int]
    features: list[int]
    """For each piece: quotation state times word shape, or BREAK."""
    firsts: list[int]
    """For each word: the index of its first piece."""

    @cached_property
    def starts(self) -> list[int]:
        """For each word: where it starts in the text."""
        return [word.start for word in self.words]

    def end_of(self, word: int) -> int:
        """The index just behind the last piece before ``word`` (may be the number of words)."""
        return self.firsts[word] if word < len(self.firsts) else len(self.pieces)


def lay_out(text: str, vocabulary: WordPieces, paragraphs: Sequence[tuple[int, int]] | None = None) -> Layout:
    """Cuts a text into words and pieces. ``paragraphs``: the stretches to read; without it every line is one.

    In a paragraph all in capitals they tell nothing, and count as small letters.
    """
    if paragraphs is None:
        paragraphs = list(_lines(text))
    layout = Layout([], [], [], [], [])
    for number, (start, end) in enumerate(paragraphs):
        inside, shouts = False, text[start:end].isupper()
        if layout.pieces:
            layout.pieces.append(vocabulary.end)
            layout.features.append(BREAK)
        for match in WORD.finditer(text, start, end):
            word = match.group()
            inside, state = _quotation(word, inside)
            pieces = vocabulary.cut(word)
            layout.words.append(Word(match.start(), match.end(), number))
            layout.quotes.append(state)
            layout.firsts.append(len(layout.pieces))
            layout.pieces.extend(pieces)
            layout.features.extend([state * 3 + (0 if shouts else _shape(word))] * len(pieces))
    return layout


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        if line.strip():
            yield at, at + len(line)
        at += len(line) + 1


def _quotation(word: str, inside: bool) -> tuple[bool, int]:
    """Marks pair within a paragraph; single marks are left alone, most of them are apostrophes."""
    if word in "“„«" or (word == '"' and not inside):
        return True, OPENING
    if inside and word in '”"»':
        return False, CLOSING
    return inside, INSIDE if inside else OUTSIDE


def _shape(word: str) -> int:
    if word.islower() or not word[0].isalpha():
        return 0
    return 2 if len(word) > 1 and word.isupper() else 1


def windows(layout: Layout, size: int = WINDOW, overlap: int = OVERLAP, shift: int = 0) -> list[Window]:
    """Cuts a layout into windows of at most ``size`` pieces that share about ``overlap``; the first is shorter by ``shift``."""
    if not layout.words:
        return []
    cuts: list[tuple[int, int]] = []
    first, count, limit = 0, len(layout.words), size - shift
    while first < count:
        last = first + 1
        while last < count and layout.end_of(last + 1) - layout.firsts[first] <= limit:
            last += 1
        cuts.append((first, last))
        if last == count:
            break
        limit, end = size, layout.firsts[last]
        following = last
        while following > first + 1 and end - layout.firsts[following - 1] < overlap:
            following -= 1
        first = following
    owned = [0, *((right[0] + left[1]) // 2 for left, right in pairwise(cuts)), count]
    return [Window(*cut, *own) for cut, own in zip(cuts, pairwise(owned), strict=True)]


@dataclass(frozen=True)
class Batch:
    """Windows side by side, padded: what the network is fed. Shapes: [window, piece] or [window, word]."""

    ids: Ints
    features: Ints
    mask: Ints
    firsts: Ints
    paragraphs: Ints
    marks: Ints
    """For each word: how many quotation marks stand before it or in it, counted from the window's start."""


def collate(rows: Sequence[tuple[Layout, Window]], vocabulary: WordPieces) -> Batch:
    """Puts windows side by side."""
    spans = [(layout.firsts[w.first], layout.end_of(w.last)) for layout, w in rows]
    pieces = max(end - start for start, end in spans) + 1
    words = max(w.last - w.first for _, w in rows)
    ids, features, mask = (np.zeros((len(rows), pieces), np.int64) for _ in range(3))
    firsts, paragraphs, marks = (np.zeros((len(rows), words), np.int64) for _ in range(3))
    for row, ((layout, window), (start, end)) in enumerate(zip(rows, spans, strict=True)):
        n, m = end - start + 1, window.last - window.first
        ids[row, 0], features[row, 0] = vocabulary.start, BREAK
        ids[row, 1:n] = layout.pieces[start:end]
        features[row, 1:n] = layout.features[start:end]
        mask[row, :n] = 1
        firsts[row, :m] = np.array(layout.firsts[window.first : window.last]) - start + 1
        paragraphs[row, :m] = [word.paragraph for word in layout.words[window.first : window.last]]
        marks[row, :m] = np.cumsum(np.array(layout.quotes[window.first : window.last]) >= OPENING)
    return Batch(ids, features, mask, firsts, paragraphs, marks)


@dataclass(frozen=True)
class Encoded:
    """What the encoder gave for one batch: a vector and plain scores for every word."""

    rows: list[tuple[int, Window]]
    """Which layout and window each row of the arrays is."""
    batch: Batch
    vectors: Floats
    cue_scores: Floats
    any_scores: Floats


def batches(layouts: Sequence[Layout], pieces: int = BATCH) -> Iterator[list[tuple[int, Window]]]:
    """All windows of some layouts; those of one length share a batch of at most ``pieces``, so that nothing is padded."""
    rows = [(number, window) for number, layout in enumerate(layouts) for window in windows(layout)]

    def length(row: tuple[int, Window]) -> int:
        layout, window = layouts[row[0]], row[1]
        return layout.end_of(window.last) - layout.firsts[window.first]

    rows.sort(key=length)
    group: list[tuple[int, Window]] = []
    for row in rows:
        if group and (length(row) != length(group[0]) or (length(row) + 1) * (len(group) + 1) > pieces):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


class Encoder:
    """The network's first graph, run by onnxruntime."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        self.vocabulary = WordPieces.load(folder / "vocab.txt")
        self._session = open_session(folder / "encode.onnx", threads)

    def encode(self, layouts: Sequence[Layout]) -> Iterator[Encoded]:
        """Reads every window of the layouts once."""
        for rows in batches(layouts):
            batch = collate([(layouts[number], window) for number, window in rows], self.vocabulary)
            feed = {"ids": batch.ids, "features": batch.features, "firsts": batch.firsts}
            vectors, cue_scores, any_scores = self._session.run(None, feed)
            yield Encoded(rows, batch, vectors, cue_scores, any_scores)
