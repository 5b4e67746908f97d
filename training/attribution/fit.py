"""Fits the attribution network on a CPU and keeps a checkpoint after every epoch; started again, it goes on from there.

python -m training.attribution.fit --encoder FOLDER --data polnear_train.jsonl.gz --out FOLDER [--epochs 8]
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import torch

from sayso.read.encode import WordPieces
from training.attribution import labels
from training.attribution.network import Network

WARM_UP, LOWEST = 0.08, 0.02
AVERAGE = 0.998
"""Decay of the running average of the weights, which is what is exported."""


def groups(network: Network, rate: float, head_rate: float, decay: float) -> list[dict[str, Any]]:
    """Layers near the input learn more slowly; the heads, which start from nothing, fastest."""
    depth = len(network.encoder.layers)
    out = []
    for name, weight in network.named_parameters():
        if not weight.requires_grad:
            continue
        if not name.startswith("encoder.") or "features" in name:
            peak = head_rate
        elif name.startswith("encoder.layers."):
            peak = rate * decay ** (depth - 1 - int(name.split(".")[2]))
        else:
            peak = rate * decay**depth
        out.append({"params": [weight], "lr": peak, "peak": peak, "weight_decay": 0.01 if weight.dim() > 1 else 0.0})
    return out


def fit(options: argparse.Namespace) -> None:
    """Runs all epochs that are not done yet."""
    options.out.mkdir(parents=True, exist_ok=True)
    random.seed(options.seed)
    torch.manual_seed(options.seed)
    torch.set_num_threads(options.threads)
    vocabulary = WordPieces.load(options.encoder / "vocab.txt")
    examples = [
        e for path in options.data for r in labels.read_jsonl(path) if (e := labels.example(r, vocabulary)).layout.words
    ]
    network = Network(options.encoder)
    # Half of a small encoder's weights are its words; held still, a step is faster and nothing is lost.
    network.encoder.words.weight.requires_grad_(False)
    optimiser = torch.optim.AdamW(
        groups(network, options.rate, options.head_rate, options.decay), betas=(0.9, 0.98), fused=True
    )
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    step, done, curve = 0, 0, []
    checkpoint = options.out / "checkpoint.pt"
    if checkpoint.exists():
        kept = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(kept["network"])
        optimiser.load_state_dict(kept["optimiser"])
        average, step, done, curve = kept["average"], kept["step"], kept["done"], kept["curve"]
        random.setstate(kept["random"])
        torch.set_rng_state(kept["torch_random"])
    total = options.epochs * len(labels.epoch(examples, options.pieces))
    network.train()
    while done < options.epochs:
        started, running, pieces = time.time(), 0.0, 0
        queue = labels.epoch(examples, options.pieces)
        for count, rows in enumerate(queue, 1):
            batch = labels.tensors(rows, vocabulary)
            progress = min(1.0, step / total)
            share = min(1.0, (progress + 1 / total) / WARM_UP) * max(LOWEST, 1 - progress)
            for group in optimiser.param_groups:
                group["lr"] = group["peak"] * share
            with torch.autocast("cpu", torch.bfloat16, enabled=not options.fp32):
                loss = network.loss(batch)
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([w for w in network.parameters() if w.requires_grad], 1.0)
            optimiser.step()
            with torch.no_grad():
                keep = min(AVERAGE, (step + 1) / (step + 10))
                for name, value in network.state_dict().items():
                    average[name].lerp_(value, 1 - keep)
            step, running, pieces = step + 1, running + loss.item(), pieces + int(batch["mask"].sum())
            if count % 50 == 0:
                rate = pieces / (time.time() - started)
                print(
                    f"epoch {done + 1} step {count}/{len(queue)} loss {running / count:.4f} {rate:.0f} pieces/s",
                    file=sys.stderr,
                    flush=True,
                )
        done += 1
        curve.append(
            {"epoch": done, "loss": round(running / len(queue), 4), "minutes": round((time.time() - started) / 60, 1)}
        )
        state = {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "average": average,
            "step": step,
            "done": done,
            "curve": curve,
        }
        torch.save(
            {**state, "random": random.getstate(), "torch_random": torch.get_rng_state()},
            checkpoint.with_suffix(".new"),
        )
        checkpoint.with_suffix(".new").replace(checkpoint)
        torch.save(average, options.out / "weights.pt")
        settings = {
            k: v.name if isinstance(v, Path) else v for k, v in vars(options).items() if k not in ("out", "data")
        }
        settings["data"] = [path.name for path in options.data]
        (options.out / "curve.json").write_text(json.dumps({"settings": settings, "curve": curve}, indent=1))


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--encoder", type=Path, required=True, help="folder with config.json, vocab.txt, model.safetensors"
    )
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True, help="for checkpoints; keep it outside the repository")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--rate", type=float, default=3e-4, help="top layer")
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--decay", type=float, default=0.9, help="of the rate, per layer down")
    parser.add_argument("--pieces", type=int, default=1600, help="a batch")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fp32", action="store_true", help="for processors without bfloat16")
    fit(parser.parse_args())


if __name__ == "__main__":
    main()
