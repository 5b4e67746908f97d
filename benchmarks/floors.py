"""Scores on the example pages, and the floors below which they must not fall.

    python -m benchmarks.floors [--raise | --lower] [--misses] [--json] [--out FILE]

The gold stands in ``benchmarks/examples.jsonl`` as words; ``floors.json`` holds the floors and the digest of pages and
gold. ``--raise`` lifts floors that are passed; only ``--lower`` may let one down. Exit status 1 if a score is below its
floor.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from benchmarks.scoring.statements import Tally, report, score
from benchmarks.statements import above, predictions
from sayso.settings import KNOWN

HERE = Path(__file__).parent
GOLD, FLOORS = HERE / "examples.jsonl", HERE / "floors.json"
PAGES = Path(str(resources.files("sayso").joinpath("examples")))

PINNED = ("core_recall", "precision", "f1", "f1.8", "speaker", "state", "said", "act", "class")

SLACK = 0.02
"""How far below its floor a score may be: processors round the network's weights differently."""


def digest() -> str:
    """Of the example pages and their gold."""
    sha256 = hashlib.sha256()
    for path in (*sorted(p for p in PAGES.iterdir() if p.suffix in (".txt", ".html")), GOLD):
        sha256.update(f"{path.name}\n".encode() + path.read_bytes())
    return sha256.hexdigest()


def placed(gold: Iterable[Record], texts: Mapping[str, str]) -> list[Record]:
    """Gold words as spans: where they stand in the text, a page's second use of the same words after its first."""
    out: list[Record] = []
    for record in gold:
        text, spans, at = texts[record["article"]], [], 0
        for words in record["content"]:
            start = text.index(words, at)
            at = start + len(words)
            spans.append([start, at])
        out.append({**record, "content": spans})
    return out


def measure(found: list[Record]) -> Tally:
    """The examples' tally for some predictions (records of ``sayso read``)."""
    texts = {Path(p["ref"]).stem: p["text"] for p in found if p["type"] == "article"}
    return score(texts, placed(read_jsonl(GOLD), texts), found)


def fallen(result: Mapping[str, Any], floors: Mapping[str, float]) -> dict[str, str]:
    """The scores below their floors."""
    return {
        name: f"{result.get(name, 0):.3f} is below {floor:.3f}"
        for name, floor in floors.items()
        if result.get(name, 0) < floor - SLACK
    }


def moved(result: Mapping[str, Any], floors: Mapping[str, float], lower: bool) -> dict[str, float]:
    """New floors: lifted to the scores; let down to them only with ``lower``."""
    scores = {name: round(result.get(name, 0.0), 3) for name in PINNED}
    return scores if lower else {name: max(scores[name], floors.get(name, 0.0)) for name in PINNED}


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.floors", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    change = parser.add_mutually_exclusive_group()
    change.add_argument("--raise", dest="lift", action="store_true", help="lift floors to the scores")
    change.add_argument("--lower", action="store_true", help="set floors to the scores, lower ones too")
    parser.add_argument("--misses", action="store_true", help="list what was missed, false or wrong, on standard error")
    common_options(parser)
    options = parser.parse_args()
    found = above(list(predictions(PAGES)), KNOWN["threshold"][0])
    if options.out:
        write_jsonl(options.out, found)
    tally = measure(found)
    result = report(tally)
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))["floors"] if FLOORS.exists() else {}
    if options.lift or options.lower:
        floors = moved(result, floors, options.lower)
        FLOORS.write_text(json.dumps({"sha256": digest(), "floors": floors}, indent=1) + "\n", encoding="utf-8")
    if options.misses:
        print(*("\t".join(miss) for miss in tally.misses), sep="\n", file=sys.stderr)
    below = fallen(result, floors)
    figures(options, {"data": "examples", **result, "below_floor": below or None})
    return 1 if below else 0


if __name__ == "__main__":
    sys.exit(main())
