"""The neural reader: one encoder pass over a text, then for every cue "whose words, and which words?".

Recipe and figures: docs/reader.md. Trained on PolNeAR (Newell, Margolin, Ruths 2018), outermost relations of US political news.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sayso.model import Attribution, Span
from sayso.read.encode import Encoded, Encoder, Layout, lay_out
from sayso.text.graphs import open_session

Scores = NDArray[np.float64]
Paragraphs = Sequence[tuple[int, int]]

NEITHER, FIRST_SOURCE, SOURCE, FIRST_CONTENT, CONTENT = range(5)
NEVER = -1e9

INSIDE_NEEDS_BEGIN = np.zeros((5, 5))
INSIDE_NEEDS_BEGIN[:, SOURCE] = INSIDE_NEEDS_BEGIN[:, CONTENT] = NEVER
INSIDE_NEEDS_BEGIN[[FIRST_SOURCE, SOURCE], SOURCE] = INSIDE_NEEDS_BEGIN[[FIRST_CONTENT, CONTENT], CONTENT] = 0
"""Transition scores [from, to]: a tag "inside" only follows its own kind."""

CUE_NEEDS_BEGIN = np.zeros((3, 3))
CUE_NEEDS_BEGIN[0, 2] = NEVER

RAW, RIGHT = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.0), (0.05, 0.2, 0.4, 0.51, 0.65, 0.8, 0.95)
"""P(cue) times mean P(content), and the share that was right on PolNeAR dev (2,178 attributions in five bands)."""

NUDGE = 3.0
"""Nats given to content when a cue got none: every relation has a content."""

CUES_AT_ONCE = 64

DECODED_AT_ONCE = 32
"""Batches decoded together: numpy's price is for each call, so an article is decoded in one go; memory stays bounded."""


@dataclass(frozen=True)
class NeuralReader:
    """The encoder, and the tagger that is asked once for each cue."""

    encoder: Encoder
    tagger: Any
    fingerprint: str

    @classmethod
    def load(cls, folder: Path, threads: int = 1) -> NeuralReader:
        """``folder``: encode.onnx, condition.onnx, vocab.txt, card.json as ``training.attribution.export`` writes them."""
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        fingerprint = "".join(card["sha256"][name][:8] for name in ("encode.onnx", "condition.onnx"))
        return cls(Encoder(folder, threads), open_session(folder / "condition.onnx", threads), fingerprint)

    def read(self, text: str, passages: Sequence[Paragraphs]) -> list[list[Attribution]]:
        """The attributions of each passage (a list of paragraphs, read together), in order of their cues.

        Spans point into ``text``. Certainty is the share of attributions as sure as this one that are right (see ``RAW``).
        """
        layouts = [lay_out(text, self.encoder.vocabulary, passage) for passage in passages]
        found: list[list[tuple[int, Attribution]]] = [[] for _ in layouts]
        batches = self.encoder.encode(layouts)
        while some := list(islice(batches, DECODED_AT_ONCE)):
            for number, first, attribution in self._relations(some, layouts):
                found[number].append((first, attribution))
        return [[attribution for _, attribution in sorted(each, key=lambda pair: pair[0])] for each in found]

    def _relations(
        self, batches: Sequence[Encoded], layouts: Sequence[Layout]
    ) -> Iterator[tuple[int, int, Attribution]]:
        rows = [(layouts[number], number, window) for batch in batches for number, window in batch.rows]
        lengths = [window.last - window.first for *_, window in rows]
        cues = [
            (row, first, last, sure)
            for row, first, last, sure in cue_spans(_stacked([batch.cue_scores for batch in batches]), lengths)
            if rows[row][2].own_first <= first + rows[row][2].first < rows[row][2].own_last
        ]
        if not cues:
            return
        tags = _stacked(list(self._tags(batches, cues)))
        decoded = relations(tags, [cue[1:3] for cue in cues], [lengths[cue[0]] for cue in cues])
        for (row, first, last, sure), (source, contents, content_sure) in zip(cues, decoded, strict=True):
            layout, number, window = rows[row]
            words = layout.words[window.first : window.last]

            def span(run: tuple[int, int], words: Sequence[Any] = words) -> Span:
                return Span(words[run[0]].start, words[run[1] - 1].end)

            if contents:
                yield (
                    number,
                    window.first + first,
                    Attribution(
                        source=(span(source),) if source else (),
                        cue=span((first, last)),
                        content=tuple(span(run) for run in contents),
                        certainty=round(float(np.interp(sure * content_sure, RAW, RIGHT)), 4),
                        by="neural",
                    ),
                )

    def _tags(
        self, batches: Sequence[Encoded], cues: Sequence[tuple[int, int, int, float]]
    ) -> Iterator[NDArray[np.float32]]:
        """Tag scores of the cues, batch by batch, in their order."""
        before = 0
        for batch in batches:
            mine = [(row - before, first, last) for row, first, last, _ in cues if 0 <= row - before < len(batch.rows)]
            before += len(batch.rows)
            feed = {
                "vectors": batch.vectors,
                "cue_scores": batch.cue_scores,
                "any_scores": batch.any_scores,
                "paragraphs": batch.batch.paragraphs,
                "marks": batch.batch.marks,
            }
            for start in range(0, len(mine), CUES_AT_ONCE):
                asked = np.array(mine[start : start + CUES_AT_ONCE], np.int64)
                yield self.tagger.run(None, {**feed, "cues": asked})[0]


def _stacked(parts: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Scores [row, word, tag] of several batches in one array, padded to the longest."""
    words = max(part.shape[1] for part in parts)
    return np.concatenate([np.pad(part, ((0, 0), (0, words - part.shape[1]), (0, 0))) for part in parts])


def cue_spans(scores: NDArray[np.float32], lengths: Sequence[int]) -> list[tuple[int, int, int, float]]:
    """The cues of each window: (row, first word, last word + 1, probability that its first word is in a cue)."""
    logs = log_softmax(scores.astype(np.float64))
    only(logs, lengths)
    paths = viterbi(logs, CUE_NEEDS_BEGIN, never_first=(2,))
    return [
        (row, first, last, float(1 - np.exp(logs[row, first, 0])))
        for row, path in enumerate(paths)
        for first, last in runs(path[: lengths[row]], 1, 2)
    ]


Decoded = tuple[tuple[int, int] | None, list[tuple[int, int]], float]


def relations(scores: NDArray[np.float32], cues: Sequence[tuple[int, int]], lengths: Sequence[int]) -> list[Decoded]:
    """For each cue: its source (at most one, the surest), its pieces of content, and the mean P(content)."""
    logs = log_softmax(scores.astype(np.float64))
    for row, (first, last) in enumerate(cues):
        logs[row, first:last, 1:] = NEVER
    only(logs, lengths)
    paths = viterbi(logs, INSIDE_NEEDS_BEGIN, never_first=(SOURCE, CONTENT))
    empty = [row for row, path in enumerate(paths) if not (path >= FIRST_CONTENT).any()]
    if empty:
        nudged = logs[empty]
        nudged[:, :, FIRST_CONTENT:] += NUDGE
        paths[empty] = viterbi(nudged, INSIDE_NEEDS_BEGIN, never_first=(SOURCE, CONTENT))
    chances = np.exp(logs)
    out: list[Decoded] = []
    for row, path in enumerate(paths):
        contents = runs(path[: lengths[row]], FIRST_CONTENT, CONTENT)
        sources = runs(path[: lengths[row]], FIRST_SOURCE, SOURCE)
        as_source = chances[row, :, FIRST_SOURCE:FIRST_CONTENT].sum(1)
        as_content = chances[row, :, FIRST_CONTENT:].sum(1)
        source = max(sources, key=lambda run: as_source[run[0] : run[1]].mean(), default=None)
        sure = float(np.mean([as_content[s:e].mean() for s, e in contents])) if contents else 0.0
        out.append((source, contents, sure))
    return out


def log_softmax(scores: Scores) -> Scores:
    """Natural logarithm of the softmax over the last axis."""
    shifted = scores - scores.max(-1, keepdims=True)
    logs: Scores = shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))
    return logs


def only(logs: Scores, lengths: Sequence[int]) -> None:
    """Words behind a row's end are padding: they are made to be neither."""
    for row, length in enumerate(lengths):
        logs[row, length:, 1:] = NEVER


def viterbi(logs: Scores, transitions: Scores, never_first: tuple[int, ...]) -> NDArray[np.int64]:
    """The best allowed tag sequence of each row; logs [row, word, tag], transitions [from, to]."""
    rows, words, tags = logs.shape
    back = np.zeros((words, rows, tags), np.int8)
    best = logs[:, 0].copy()
    best[:, list(never_first)] = NEVER
    for word in range(1, words):
        candidates = best[:, :, None] + transitions
        back[word] = candidates.argmax(1)
        best = candidates.max(1) + logs[:, word]
    path = np.zeros((rows, words), np.int64)
    path[:, -1] = best.argmax(1)
    every = np.arange(rows)
    for word in range(words - 1, 0, -1):
        path[:, word - 1] = back[word, every, path[:, word]]
    return path


def runs(path: NDArray[np.int64], first: int, inner: int) -> list[tuple[int, int]]:
    """Stretches [start, end) that begin with the tag ``first`` and go on with ``inner``."""
    out: list[tuple[int, int]] = []
    for at in np.flatnonzero((path == first) | (path == inner)).tolist():
        if path[at] == first or not out or out[-1][1] != at:
            out.append((at, at + 1))
        else:
            out[-1] = (out[-1][0], at + 1)
    return out
