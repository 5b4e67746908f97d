"""Published weights of a sentence encoder -> the int8 graph that the program ships, with its card.

python -m training.vectors.export --encoder FOLDER --out src/sayso/data/vectors [--layers 6] [--map FILE.npz]

The vocabulary is that of the attribution reader and is not written again. ``--layers`` keeps only the first few layers;
``--map`` ({weight, bias}) then brings their mean to the full encoder's vector (``training.vectors.compare``).
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional as F

from training.attribution import pretrained
from training.attribution.export import OPSET, Attention

LONGEST = 128
"""Pieces of a text that are read; the encoder was trained on as many."""


class Sentence(nn.Module):
    """Pieces of texts of one length -> unit vectors: the mean over the pieces, as the encoder was trained."""

    def __init__(self, encoder: pretrained.Encoder, layers: int, projection: nn.Linear | None) -> None:
        super().__init__()
        self.encoder, self.layers, self.projection = encoder, encoder.layers[:layers], projection
        self.positions = nn.Parameter(encoder.positions.weight[:LONGEST].detach().clone())
        del encoder.positions, encoder.features

    def forward(self, ids: Tensor) -> Tensor:
        x = self.encoder.norm(self.encoder.words(ids) + self.positions[: ids.shape[1]])
        for layer in self.layers:
            query, key, value = layer.qkv(x).split(x.shape[-1], -1)
            x = layer.norm_attention(x + layer.out(Attention.apply(query, key, value, layer.heads)))
            x = layer.norm_inner(x + layer.down(F.gelu(layer.up(x))))
        mean = x.mean(1)
        return F.normalize(self.projection(mean) if self.projection else mean, dim=-1)


def sentence(folder: Path, layers: int, fitted: Path | None) -> Sentence:
    """The network in fp32."""
    projection = None
    if fitted:
        weights = {name: torch.tensor(values) for name, values in np.load(fitted).items()}
        projection = nn.Linear(*reversed(weights["weight"].shape))
        projection.load_state_dict(weights)
    return Sentence(pretrained.load(folder, 0.0), layers, projection).eval()


def export(network: Sentence, out: Path) -> None:
    """Writes the graph in int8, a scale for each channel."""
    with TemporaryDirectory() as folder:
        plain = Path(folder) / "sentence.onnx"
        axes = {"ids": {0: "text", 1: "piece"}, "vectors": {0: "text"}}
        torch.onnx.export(
            network, (torch.randint(1000, 2000, (2, 40)),), str(plain), input_names=["ids"], output_names=["vectors"],
            opset_version=OPSET, dynamic_axes=axes, dynamo=False, custom_opsets={"com.microsoft": 1}
        )  # fmt: skip
        quantize_dynamic(plain, out, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--layers", type=int, default=6)
    parser.add_argument("--map", type=Path)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    graph = options.out / "sentence.onnx"
    export(sentence(options.encoder, options.layers, options.map), graph)
    card = {
        "name": "vectors",
        "what": "a unit vector for a sentence: near in topic is near in angle",
        "format": "int8, per channel",
        "made_from": {"encoder": "all-MiniLM-L6-v2 (Apache-2.0)", "layers": options.layers, "map": bool(options.map)},
        "sha256": {"sentence.onnx": hashlib.sha256(graph.read_bytes()).hexdigest()},
    }
    (options.out / "card.json").write_text(json.dumps(card, indent=1) + "\n")


if __name__ == "__main__":
    main()
