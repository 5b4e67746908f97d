"""The pre-trained encoder (BERT or MPNet) in plain torch: loads published weights, trains in bfloat16, exports to ONNX."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

FEATURES = 16
"""Word shape times quotation state (``sayso.read.encode``); added to the word vectors, zero before training."""


class Layer(nn.Module):
    """One transformer layer, normalised after each half."""

    def __init__(self, width: int, heads: int, inner: int, eps: float, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.norm_attention, self.norm_inner = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        rows, n, width = x.shape
        size = width // self.heads
        q, k, v = self.qkv(x).view(rows, n, 3, self.heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        # Two plain products: with heads 32 wide in bfloat16 they beat the fused kernel on a CPU (23 ms against 41).
        weights = ((q * size**-0.5) @ k.transpose(-1, -2) + bias.to(q.dtype)).softmax(-1).to(v.dtype)
        mixed = (weights @ v).transpose(1, 2).reshape(rows, n, width)
        x = self.norm_attention(x + F.dropout(self.out(mixed), self.drop, self.training))
        return self.norm_inner(x + F.dropout(self.down(F.gelu(self.up(x))), self.drop, self.training))


class Encoder(nn.Module):
    """Pieces -> vectors."""

    def __init__(self, config: dict[str, Any], drop: float) -> None:
        super().__init__()
        width = config["hidden_size"]
        self.config, self.width, self.drop = config, width, drop
        self.is_mpnet = config.get("model_type") == "mpnet"
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.features = nn.Embedding(FEATURES, width)
        self.norm = nn.LayerNorm(width, config["layer_norm_eps"])
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], config["layer_norm_eps"], drop)
            for _ in range(config["num_hidden_layers"])
        )
        if self.is_mpnet:
            self.relative = nn.Embedding(config["relative_attention_num_buckets"], config["num_attention_heads"])
        nn.init.zeros_(self.features.weight)

    def forward(self, ids: Tensor, features: Tensor, mask: Tensor) -> Tensor:
        n = ids.shape[1]
        offset = 2 if self.is_mpnet else 0
        x = self.words(ids) + self.positions.weight[offset : n + offset] + self.features(features)
        x = F.dropout(self.norm(x), self.drop, self.training)
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -1e4
        if self.is_mpnet:
            bias = bias + self._relative_bias(n)
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def _relative_bias(self, n: int) -> Tensor:
        """MPNet's relative positions: exact when near, by the logarithm of the distance when far."""
        i = torch.arange(n)
        distance = i[:, None] - i[None, :]
        half = self.config["relative_attention_num_buckets"] // 2
        side, distance = (distance < 0).long() * half, distance.abs()
        exact = half // 2
        far = exact + (torch.log(distance.float().clamp(min=1) / exact) / math.log(128 / exact) * (half - exact)).long()
        return self.relative(side + torch.where(distance < exact, distance, far.clamp(max=half - 1))).permute(2, 0, 1)[
            None
        ]


def load(folder: Path, drop: float) -> Encoder:
    """``folder``: config.json and model.safetensors of a BertModel or MPNetModel."""
    from safetensors.torch import load_file

    config = json.loads((folder / "config.json").read_text())
    given = {
        k.removeprefix("bert.").removeprefix("mpnet."): v.float()
        for k, v in load_file(folder / "model.safetensors").items()
        if v.is_floating_point()
    }
    encoder = Encoder(config, drop)
    weights = {
        "words.weight": given["embeddings.word_embeddings.weight"],
        "positions.weight": given["embeddings.position_embeddings.weight"],
        "norm.weight": given["embeddings.LayerNorm.weight"],
        "norm.bias": given["embeddings.LayerNorm.bias"],
        "features.weight": encoder.features.weight.data,
    }
    if encoder.is_mpnet:
        weights["relative.weight"] = given["encoder.relative_attention_bias.weight"]
        query_key_value = ["attention.attn.q", "attention.attn.k", "attention.attn.v"]
        names = {"out": "attention.attn.o", "norm_attention": "attention.LayerNorm"}
    else:
        # One text at a time: the embedding of the first segment is folded into the positions.
        weights["positions.weight"] = weights["positions.weight"] + given["embeddings.token_type_embeddings.weight"][0]
        query_key_value = ["attention.self.query", "attention.self.key", "attention.self.value"]
        names = {"out": "attention.output.dense", "norm_attention": "attention.output.LayerNorm"}
    names |= {"up": "intermediate.dense", "down": "output.dense", "norm_inner": "output.LayerNorm"}
    for i in range(len(encoder.layers)):
        for part in ("weight", "bias"):
            weights[f"layers.{i}.qkv.{part}"] = torch.cat(
                [given[f"encoder.layer.{i}.{name}.{part}"] for name in query_key_value]
            )
            for ours, theirs in names.items():
                weights[f"layers.{i}.{ours}.{part}"] = given[f"encoder.layer.{i}.{theirs}.{part}"]
    encoder.load_state_dict(weights)
    return encoder
