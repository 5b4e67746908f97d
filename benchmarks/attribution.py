"""Attributions (source, cue, content) against gold: outermost relations, before contents are split into statements.

    python -m benchmarks.attribution --data F.jsonl[.gz] [--speech-only] [--least X] [--errors N] [--json] [--out FILE]

Records are {id, text, attributions?: [{source, cue, content, cue_class?, source_class?, quote?}]}. Without gold
attributions, predictions are still written and figures are null.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from benchmarks.scoring.attribution import Tally, report, score

FIGURES = (
    "headline",
    "content_found",
    "source_right_given_content",
    "all_exact",
    "roles",
    "recall_by",
    "certainty_bins",
)


def predictions(records: Iterable[Record], threads: int = 2) -> Iterator[Record]:
    """What ``sayso.read.attribute.outermost`` finds in each text."""
    from sayso import read
    from sayso.read.attribute import outermost

    reader = read.Reader.load(threads=threads)
    for record in records:
        found = outermost(record["text"], reader.neural)
        yield {
            "id": record["id"],
            "attributions": [
                {
                    "source": a.source,
                    "cue": [a.cue] if a.cue else [],
                    "content": a.content,
                    "certainty": a.certainty,
                    "by": a.by,
                }
                for a in found
            ],
        }


def measure(
    records: list[Record], found: list[Record], speech_only: bool, least: float
) -> tuple[dict[str, Any], Tally]:
    """All figures, and the tally behind them; null where no record has gold attributions."""
    gold = {r["id"]: r for r in records if r.get("attributions") is not None}
    tally = score(gold, {p["id"]: p for p in found}, speech_only, least)
    head = {"texts": len(records), "predicted": sum(len(p["attributions"]) for p in found), "speech_only": speech_only}
    return {**head, **(report(tally) if gold else dict.fromkeys(FIGURES))}, tally


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attribution", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True)
    parser.add_argument(
        "--speech-only", action="store_true", help="leave attitude and perception relations out of the count"
    )
    parser.add_argument("--least", type=float, default=0.0, help="leave out predictions of lower certainty")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N missed relations on standard error")
    parser.add_argument("--pred", help="score these predictions instead of reading the texts")
    common_options(parser)
    options = parser.parse_args()
    records = read_jsonl(options.data)
    found = read_jsonl(options.pred) if options.pred else list(predictions(records))
    if options.out:
        write_jsonl(options.out, found)
    result, tally = measure(records, found, options.speech_only, options.least)
    for error in tally.errors[: options.errors]:
        print(json.dumps(error, ensure_ascii=False), file=sys.stderr)
    figures(options, {"data": options.data, **result})
    return 0


if __name__ == "__main__":
    sys.exit(main())
