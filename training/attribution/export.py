"""Trained weights -> the two int8 graphs that the program ships, with vocabulary and card.

python -m training.attribution.export --encoder FOLDER --run FOLDER --out src/sayso/data/attribution
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from training.attribution.network import Network

OPSET = 17


class Attention(torch.autograd.Function):
    """Attention as one node of onnxruntime, without a mask: the program feeds windows of one length together.

    A tenth faster than the plain products with a mask (8,500 pieces a second against 7,500). Made for export only.
    """

    @staticmethod
    def forward(ctx: Any, query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
        return query + 0 * (key + value)

    @staticmethod
    def symbolic(g: Any, query: Any, key: Any, value: Any, heads: int) -> Any:
        node = g.op("com.microsoft::MultiHeadAttention", query, key, value, num_heads_i=heads)
        node.setType(query.type())
        return node


class Encode(nn.Module):
    """The first graph: pieces -> word vectors and plain scores."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, features: Tensor, firsts: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        encoder = self.network.encoder
        x = encoder.norm(encoder.words(ids) + encoder.positions.weight[: ids.shape[1]] + encoder.features(features))
        for layer in encoder.layers:
            query, key, value = layer.qkv(x).split(x.shape[-1], -1)
            x = layer.norm_attention(x + layer.out(Attention.apply(query, key, value, layer.heads)))
            x = layer.norm_inner(x + layer.down(F.gelu(layer.up(x))))
        vectors = torch.gather(x, 1, firsts[..., None].expand(-1, -1, x.shape[-1]))
        return vectors, self.network.cue(vectors), self.network.any(vectors)


class Condition(nn.Module):
    """The second graph: vectors and cues -> tags."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, vectors: Tensor, cue: Tensor, any_: Tensor, paragraphs: Tensor, marks: Tensor, cues: Tensor
    ) -> Tensor:
        return self.network.condition(vectors, cue, any_, paragraphs, marks, cues)


class Neighbours(nn.Module):
    """The convolution over three words as one matrix product: that can be brought to int8, a convolution here cannot."""

    def __init__(self, convolution: nn.Conv1d) -> None:
        super().__init__()
        weight = convolution.weight.detach()
        self.product = nn.Linear(weight.shape[1] * 3, weight.shape[0])
        self.product.weight.data = weight.permute(0, 2, 1).reshape(weight.shape[0], -1).clone()
        self.product.bias.data = convolution.bias.detach().clone()

    def forward(self, channels: Tensor) -> Tensor:
        words = channels.transpose(1, 2)
        edge = torch.zeros_like(words[:, :1])
        left, right = torch.cat([edge, words[:, :-1]], 1), torch.cat([words[:, 1:], edge], 1)
        return self.product(torch.cat([left, words, right], -1)).transpose(1, 2)


def export(network: Network, folder: Path) -> None:
    """Writes both graphs in fp32."""
    network.eval()
    network.neighbours = Neighbours(network.neighbours)
    pieces, words = {0: "window", 1: "piece"}, {0: "window", 1: "word"}
    ids = torch.randint(1000, 2000, (2, 40))
    firsts = torch.arange(1, 31).expand(2, 30).contiguous()
    encode_in = (ids, torch.zeros_like(ids), firsts)
    names = ["ids", "features", "firsts"]
    outputs = ["vectors", "cue_scores", "any_scores"]
    axes = dict.fromkeys(names[:2], pieces) | dict.fromkeys(["firsts", *outputs], words)
    torch.onnx.export(
        Encode(network), encode_in, str(folder / "encode.onnx"), input_names=names, output_names=outputs,
        opset_version=OPSET, dynamic_axes=axes, dynamo=False, custom_opsets={"com.microsoft": 1}
    )  # fmt: skip
    with torch.no_grad():
        vectors, cue, any_ = network.encode(ids, torch.zeros_like(ids), torch.ones_like(ids), firsts)
    places = torch.zeros(2, 30, dtype=torch.long)
    condition_in = (vectors, cue, any_, places, places, torch.tensor([[0, 3, 5], [1, 2, 3], [1, 9, 10]]))
    names = [*outputs, "paragraphs", "marks", "cues"]
    axes = dict.fromkeys(names[:5], words) | {"cues": {0: "cue"}, "tags": {0: "cue", 1: "word"}}
    torch.onnx.export(
        Condition(network), condition_in, str(folder / "condition.onnx"), input_names=names, output_names=["tags"],
        opset_version=OPSET, dynamic_axes=axes, dynamo=False
    )  # fmt: skip


def quantise(folder: Path, out: Path) -> None:
    """Dynamic int8, a scale for each channel: costs nothing on the six-layer encoder (per tensor costs half a point)."""
    for graph in ("encode", "condition"):
        quantize_dynamic(folder / f"{graph}.onnx", out / f"{graph}.onnx", weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True, help="folder of training.attribution.fit")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    network = Network(options.encoder)
    network.load_state_dict(torch.load(options.run / "weights.pt", weights_only=True))
    fp32 = options.run / "fp32"
    fp32.mkdir(exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    export(network, fp32)
    quantise(fp32, options.out)
    shutil.copy(options.encoder / "vocab.txt", options.out / "vocab.txt")
    shutil.copy(options.encoder / "vocab.txt", fp32 / "vocab.txt")
    digests = {
        name: hashlib.sha256((options.out / name).read_bytes()).hexdigest()
        for name in ("encode.onnx", "condition.onnx", "vocab.txt")
    }
    card = {
        "name": "attribution",
        "format": "int8, per channel",
        "sha256": digests,
        **json.loads((options.run / "curve.json").read_text()),
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=1) + "\n")
    (fp32 / "card.json").write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
