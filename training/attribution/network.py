"""The attribution network: one encoder pass, a cue tagger, and a tagger that asks for each cue "whose words, which words?"."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from training.attribution import pretrained

LOG_DISTANCES = torch.tensor([1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256])
"""Edges of the distance buckets, in words from the cue."""

CONTENT_WORDS = 25.0
"""Words a relation has on average: the tagger's loss is a sum over a window, brought to the size of a mean."""


class Network(nn.Module):
    """Shapes: ids [window, piece]; words [window, word]; cues [cue, (window, first word, last word + 1)]."""

    def __init__(self, folder: Path, hidden: int = 192, drop: float = 0.1) -> None:
        super().__init__()
        self.encoder = pretrained.load(folder, drop)
        width = self.encoder.width
        self.drop = nn.Dropout(drop)
        self.cue, self.any = nn.Linear(width, 3), nn.Linear(width, 5)
        self.word, self.question = nn.Linear(width, hidden), nn.Linear(2 * width, hidden)
        self.soft = nn.Linear(8, hidden, bias=False)
        self.distance, self.paragraph, self.mark = (
            nn.Embedding(35, hidden),
            nn.Embedding(7, hidden),
            nn.Embedding(9, hidden),
        )
        self.neighbours = nn.Conv1d(hidden, hidden, 3, padding=1)
        self.norm = nn.LayerNorm(hidden)
        self.tag = nn.Linear(hidden, 5)

    def encode(self, ids: Tensor, features: Tensor, mask: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Word vectors, cue scores (O B I), scores of being anyone's source or content (O BS IS BC IC)."""
        pieces = self.encoder(ids, features, mask)
        vectors = torch.gather(pieces, 1, firsts[..., None].expand(-1, -1, pieces.shape[-1]))
        dropped = self.drop(vectors)
        return vectors, self.cue(dropped), self.any(dropped)

    def condition(
        self, vectors: Tensor, cue: Tensor, any_: Tensor, paragraphs: Tensor, marks: Tensor, cues: Tensor
    ) -> Tensor:
        """Tag scores [cue, word, 5]: for each cue, every word of its window is its source, its content, or neither."""
        row, first, last = cues.unbind(1)
        last = last - 1
        at = torch.arange(vectors.shape[1], device=vectors.device)
        base = self.word(vectors) + self.soft(torch.cat([cue, any_], -1).softmax(-1).to(vectors.dtype))
        left, right = first[:, None] - at, at - last[:, None]
        gap = torch.maximum(left, right).clamp(min=0)
        bucket = torch.bucketize(gap, LOG_DISTANCES.to(gap.device))
        bucket = torch.where(gap == 0, 34, torch.where(left > 0, bucket, bucket + 17))
        paragraphs, marks = paragraphs[row], marks[row]
        paragraph = (paragraphs - paragraphs.gather(1, first[:, None])).clamp(-3, 3) + 3
        mark = (marks - marks.gather(1, first[:, None])).clamp(-4, 4) + 4
        asked = self.question(torch.cat([vectors[row, first], vectors[row, last]], -1))[:, None]
        z = F.gelu(base[row] + asked + self.distance(bucket) + self.paragraph(paragraph) + self.mark(mark))
        z = self.norm(z + F.gelu(self.neighbours(z.transpose(1, 2)).transpose(1, 2)))
        return self.tag(self.drop(z))

    def loss(self, batch: dict[str, Tensor]) -> Tensor:
        """4 x cue + 0.5 x any + the conditioned tagger, with the gold cues."""
        vectors, cue, any_ = self.encode(batch["ids"], batch["features"], batch["mask"], batch["firsts"])
        words = (batch["cue"] >= 0).sum()
        loss = (4 * _cross_entropy(cue, batch["cue"]) + 0.5 * _cross_entropy(any_, batch["any"])) / words
        if len(batch["cues"]):
            tags = self.condition(vectors, cue, any_, batch["paragraphs"], batch["marks"], batch["cues"])
            loss = loss + _cross_entropy(tags, batch["tags"]) / (CONTENT_WORDS * len(batch["cues"]))
        return loss


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    return F.cross_entropy(scores.float().flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="sum")
