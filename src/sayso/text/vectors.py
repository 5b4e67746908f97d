"""Sentences as vectors: near in topic is near in angle.

Nearness says what a sentence is *about*, never that two mean the same: "will" and "will not" are nearer to each other than
most rewordings (``docs/recurrence.md``). Vectors find candidates, they decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from sayso.text.graphs import open_session
from sayso.text.pieces import WordPieces

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_DATA = Path(__file__).parent.parent / "data"
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")

WIDTH = 384
"""Numbers in a vector."""

LONGEST = 126
"""Pieces of a text that are read: as many as the encoder learned on."""


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
        """A unit vector for each text: [text, WIDTH]. The rest of a long text (about 100 words) is not read.

        Texts are read one by one: int8 scales hang on all that is fed at once, and a text has one vector in any company.
        """
        import numpy as np

        vectors = np.zeros((len(texts), WIDTH), np.float32)
        for number, text in enumerate(texts):
            vectors[number] = self._session.run(None, {"ids": np.array([self._pieces(text)], np.int64)})[0][0]
        return vectors

    def _pieces(self, text: str) -> list[int]:
        pieces = [piece for word in _WORD.findall(text) for piece in self._vocabulary.cut(word)]
        return [self._vocabulary.start, *pieces[:LONGEST], self._vocabulary.end]
