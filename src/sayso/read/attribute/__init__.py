"""Attribution: source, cue and content spans – who is said to say what."""

from __future__ import annotations

from sayso.read.attribute.neural import NeuralReader
from sayso.read.attribute.unite import find, outermost

__all__ = ["NeuralReader", "find", "outermost"]
