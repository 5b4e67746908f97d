"""PolNeAR-like records -> labelled windows. The layout is the program's own (``sayso.read.encode``)."""

from __future__ import annotations

import gzip
import json
import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from sayso.read import encode
from sayso.read.encode import Layout, Window, WordPieces

NEITHER, FIRST_SOURCE, SOURCE, FIRST_CONTENT, CONTENT = range(5)
Run = tuple[int, int]


@dataclass(frozen=True)
class Relation:
    """A gold relation in words of a layout: ``[first, last)`` each."""

    cue: Run
    sources: list[Run]
    contents: list[Run]


@dataclass(frozen=True)
class Example:
    """An article laid out, with its gold."""

    layout: Layout
    relations: list[Relation]


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Records of a JSON-lines file, packed or not."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def example(record: dict[str, Any], vocabulary: WordPieces) -> Example:
    """Lays a record out and finds the words of its spans."""
    layout = encode.lay_out(record["text"], vocabulary)
    ends = [word.end for word in layout.words]

    def runs(spans: Iterable[list[int]]) -> list[Run]:
        found = ((bisect_right(ends, s), bisect_left(layout.starts, e)) for s, e in spans)
        return [run for run in found if run[0] < run[1]]

    relations = [
        Relation(cues[0], runs(a["source"]), runs(a["content"]))
        for a in record.get("attributions", [])
        if (cues := runs(a["cue"]))
    ]
    return Example(layout, relations)


def epoch(examples: list[Example], pieces: int) -> list[list[tuple[Example, Window]]]:
    """One pass over the articles in windows cut with a new random shift; windows of like length share a batch."""
    rows = [
        (e, w)
        for e in examples
        for w in encode.windows(e.layout, overlap=0, shift=random.randrange(encode.WINDOW // 2))
    ]

    def length(row: tuple[Example, Window]) -> int:
        return row[0].layout.end_of(row[1].last) - row[0].layout.firsts[row[1].first]

    rows.sort(key=lambda row: length(row) + 24 * random.random())
    batches: list[list[tuple[Example, Window]]] = [[]]
    for row in rows:
        if batches[-1] and (length(row) + 1) * (len(batches[-1]) + 1) > pieces:
            batches.append([])
        batches[-1].append(row)
    random.shuffle(batches)
    return batches


def tensors(rows: list[tuple[Example, Window]], vocabulary: WordPieces) -> dict[str, Tensor]:
    """A batch for ``Network.loss``: relations whose cue lies outside a window are dropped, contents are cut at its edges."""
    batch = encode.collate([(e.layout, w) for e, w in rows], vocabulary)
    words = batch.firsts.shape[1]
    cue, any_ = np.full((2, len(rows), words), -100)
    cues: list[tuple[int, int, int]] = []
    tags: list[np.ndarray[Any, Any]] = []
    for row, (e, window) in enumerate(rows):
        count = window.last - window.first
        cue[row, :count] = any_[row, :count] = NEITHER
        for relation in e.relations:
            first, last = (edge - window.first for edge in relation.cue)
            if first < 0 or last > count:
                continue
            tag = np.full(words, -100)
            tag[:count] = NEITHER
            for runs, start, inner in (
                (relation.contents, FIRST_CONTENT, CONTENT),
                (relation.sources, FIRST_SOURCE, SOURCE),
            ):
                for s, t in runs:
                    s, t = max(s - window.first, 0), min(t - window.first, count)
                    if s < t:
                        tag[s:t], tag[s] = inner, start
            any_[row] = np.where(tag > 0, tag, any_[row])
            cue[row, first:last], cue[row, first] = 2, 1
            cues.append((row, first, last))
            tags.append(tag)
    return {
        "ids": torch.from_numpy(batch.ids),
        "features": torch.from_numpy(batch.features),
        "mask": torch.from_numpy(batch.mask),
        "firsts": torch.from_numpy(batch.firsts),
        "paragraphs": torch.from_numpy(batch.paragraphs),
        "marks": torch.from_numpy(batch.marks),
        "cue": torch.from_numpy(cue),
        "any": torch.from_numpy(any_),
        "cues": torch.tensor(cues, dtype=torch.long).view(-1, 3),
        "tags": torch.from_numpy(np.stack(tags)) if tags else torch.zeros(0, words, dtype=torch.long),
    }
