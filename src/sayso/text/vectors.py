"""Sentences as vectors: near in topic is near in angle.

Nearness says what a sentence is *about*, never that two mean the same: "will" and "will not" are nearer to each other than
most rewordings (``docs/recurrence.md``). Vectors find candidates, they decide nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sayso.text.graphs import open_session
from sayso.text.pieces import WordPieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Bytes = NDArray[np.int8]

_DATA = Path(__file__).parent.parent / "data"
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")

WIDTH = 384
"""Numbers in a vector."""

LONGEST = 126
"""Pieces of a text that are read: as many as the encoder learned on."""

BATCH = 1024
"""Pieces fed at once."""


class Vectors:
    """The sentence encoder (all-MiniLM-L6-v2 in int8), run by onnxruntime."""

    def __init__(self, vocabulary: WordPieces, session: Any) -> None:
        self._vocabulary, self._session = vocabulary, session

    @classmethod
    def load(cls, threads: int = 1) -> Self:
        """The encoder that ships with the program."""
        vocabulary = WordPieces.load(_DATA / "attribution" / "vocab.txt")
        return cls(vocabulary, open_session(_DATA / "vectors" / "sentence.onnx", threads))

    def of(self, texts: Sequence[str]) -> Floats:
        """A unit vector for each text: [text, WIDTH]. The rest of a long text (about 100 words) is not read."""
        import numpy as np

        vectors = np.zeros((len(texts), WIDTH), np.float32)
        for numbers, rows in self._batches(texts):
            vectors[numbers] = self._session.run(None, {"ids": np.array(rows, np.int64)})[0]
        return vectors

    def _batches(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[list[int]]]]:
        """Texts of one length together, so that nothing is padded."""
        by_length = defaultdict[int, list[tuple[int, list[int]]]](list)
        for number, text in enumerate(texts):
            pieces = self._pieces(text)
            by_length[len(pieces)].append((number, pieces))
        for length, group in by_length.items():
            size = max(1, BATCH // length)
            for first in range(0, len(group), size):
                part = group[first : first + size]
                yield [number for number, _ in part], [pieces for _, pieces in part]

    def _pieces(self, text: str) -> list[int]:
        pieces = [piece for word in _WORD.findall(text) for piece in self._vocabulary.cut(word)]
        return [self._vocabulary.start, *pieces[:LONGEST], self._vocabulary.end]
