"""Copies found among articles that were copied the way outlets copy: by kind, false ones, and how fast.

    python -m benchmarks.copies --data F.jsonl[.gz] [--per-text 10] [--seed 1] [--limit N] [--errors N] [--json] [--out FILE]

The texts ({id, text}, or a folder of ID.txt) and the copies made of them go through the intake into a new ledger in mixed
order, and are woven in one by one. Speeds are processor time of the weaving alone. ``--out`` gets {id, copies: [ids]}.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.files import Record, common_options, figures, load_texts, write_jsonl
from benchmarks.scoring.copies import copies, score
from sayso.ledger import Ledger


def weave_in(records: Iterable[Record], path: Path) -> tuple[dict[str, list[str]], list[float]]:
    """The copies found of each text, by id, and the processor seconds each took to weave in."""
    from sayso import weave
    from sayso.intake.article import article_of
    from sayso.model import Receipt

    articles: dict[str, str] = {}
    seconds = []
    with Ledger.open(path, create=True) as ledger:
        for record in records:
            article, sighting = article_of(record["text"].encode("utf-8"), record["id"], kind="text")
            ledger.add(article, sighting, None)
            articles[record["id"]] = article.id
            start = time.process_time()
            weave.add(ledger, Receipt(article.id))
            seconds.append(time.process_time() - start)
        names: dict[str, list[str]] = {}
        for name, id_ in articles.items():
            names.setdefault(id_, []).append(name)
        found = {
            name: sorted({other for of in (id_, *_copies(ledger, id_)) for other in names[of]} - {name})
            for name, id_ in articles.items()
        }
    return found, seconds


def _copies(ledger: Ledger, article: str) -> Iterator[str]:
    return (copy.of for copy in ledger.copies(article))


def measure(texts: list[Record], per_text: int, seed: int) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """All figures, and what was found."""
    made = list(copies(texts, per_text, seed))
    records = texts + made
    random.Random(seed).shuffle(records)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "copies.db"
        found, seconds = weave_in(records, path)
        size = path.stat().st_size
    seconds.sort()
    result = score(texts, made, found)
    originals = {text["id"] for text in texts}
    among = sum(b in originals for a in originals for b in found[a]) // 2
    middle, late = seconds[len(seconds) // 2], seconds[len(seconds) * 99 // 100]
    speed = {"median_ms": 1000 * middle, "mean_ms": 1000 * sum(seconds) / len(seconds), "p99_ms": 1000 * late}
    head = {"texts": len(texts), "made": len(made)}
    tail = {"pairs_among_originals": among, "speed": speed, "ledger_kb_a_text": size / 1024 / len(records)}
    return {**head, **result, **tail, "peak_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}, found


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True)
    parser.add_argument("--per-text", type=int, default=10, help="kinds of copies made of each text, ten at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--limit", type=int, help="only so many texts")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="list N wrong pairs on standard error")
    common_options(parser)
    options = parser.parse_args()
    texts = [{"id": id_, "text": text} for id_, text in load_texts(options.data).items()][: options.limit]
    result, found = measure(texts, options.per_text, options.seed)
    for pair in result.pop("wrong")[: options.errors]:
        print(json.dumps(pair, ensure_ascii=False), file=sys.stderr)
    if options.out:
        write_jsonl(options.out, ({"id": id_, "copies": of} for id_, of in sorted(found.items())))
    figures(options, {"data": options.data, **result})
    return 0


if __name__ == "__main__":
    sys.exit(main())
