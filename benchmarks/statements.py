"""Statements of whole articles, from page to record, against gold.

    python -m benchmarks.statements --texts T --gold G [--traps F] [--documents F] [--threshold X] [--misses]
                                    [--json] [--out FILE]

``--texts`` is a folder of .txt or JSON lines {id, text, published?} (published is a given field). The predictions are
the records of ``sayso read``: statements from the ledger's threshold on. Without gold they are still written, and
figures are null.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.files import Record, common_options, figures, load_texts, read_jsonl, write_jsonl
from benchmarks.scoring.pages import page_figures, sprung_traps
from benchmarks.scoring.statements import Tally, no_figures, report, score
from sayso.model import Refused
from sayso.records import of_article, of_statement
from sayso.settings import KNOWN


def predictions(texts: Path, threads: int = 2) -> Iterator[Record]:
    """The article and statement records of every text, in order of input."""
    from sayso import intake, read

    reader = read.Reader.load(threads=threads)
    for arrival in intake.arrivals([str(texts)]):
        if isinstance(arrival, Refused):
            print(f"{arrival.ref}: {arrival.reason}", file=sys.stderr)
            continue
        article, sighting = arrival
        yield of_article(article, sighting.ref, with_text=True)
        for statement in read.read_article(article, reader).statements:
            yield of_statement(statement, sighting.ref)


def optional_jsonl(path: str | None) -> list[Record]:
    """A file's records; none when no file is given or it is not there."""
    return read_jsonl(path) if path and Path(path).exists() else []


def measure(options: argparse.Namespace, found: list[Record]) -> tuple[dict[str, Any], Tally]:
    """All figures that the given gold allows, and the tally behind them."""
    texts = load_texts(options.texts)
    gold = [g for g in optional_jsonl(options.gold) if "content" in g and g.get("article") in texts]
    tally = score(texts, gold, found)
    statements = [p for p in found if p.get("type") == "statement"]
    head: dict[str, Any] = {"data": str(options.texts), "texts": len(texts), "statements": len(statements)}
    head |= {"threshold": options.threshold, **(report(tally) if gold else no_figures())}
    traps = [t for t in optional_jsonl(options.traps) if t.get("article") in texts]
    if options.traps:
        sprung = sprung_traps(texts, traps, found)
        head |= {"traps": len(traps) or None, "traps_sprung": len(sprung) if traps else None, "sprung": sprung}
    if options.documents:
        head["documents"] = page_figures(optional_jsonl(options.documents), found) or None
    return head, tally


def above(found: list[Record], threshold: float) -> list[Record]:
    """Leaves out statements below a certainty."""
    return [p for p in found if p.get("type") != "statement" or p["certainty"] >= threshold]


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.statements", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--texts", required=True, type=Path)
    for name in ("--gold", "--traps", "--documents"):
        parser.add_argument(name)
    parser.add_argument("--threshold", type=float, default=KNOWN["threshold"][0], help="as the ledger's setting")
    parser.add_argument("--misses", action="store_true", help="list what was missed, false or wrong, on standard error")
    parser.add_argument("--pred", help="score these predictions instead of reading the texts")
    common_options(parser)
    options = parser.parse_args()
    found = read_jsonl(options.pred) if options.pred else list(predictions(options.texts))
    found = above(found, options.threshold)
    if options.out:
        write_jsonl(options.out, found)
    result, tally = measure(options, found)
    if options.misses:
        print(*("\t".join(miss) for miss in tally.misses), sep="\n", file=sys.stderr)
    figures(options, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
