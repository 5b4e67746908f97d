"""Claims found that were checked before: sentence vectors and full text over a pool, as candidates are found in a ledger.

    python -m benchmarks.retrieval --queries F.jsonl[.gz] --pool F.jsonl[.gz] [--by vectors|words|fused|blend] [--json] [--out FILE]

Queries are {id, text, gold?: [ids], before?: [text], after?: [text]}, the pool {id, vclaim, title?}. Without gold, the
ranking is still written and figures are null. ``score`` is the nearness of the first: certainty that it was said before.
"""

from __future__ import annotations

import argparse
import re
import resource
import sqlite3
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from benchmarks.scoring.recurrence import retrieval
from sayso.text import rank, table
from sayso.text.vectors import Vectors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

GIVEN = 100
"""Claims named for each query."""

WAYS = ("vectors", "words", "fused", "blend")


class Pool:
    """Claims to be found: their vectors, and their words in a full-text index like that of a ledger."""

    def __init__(self, records: Sequence[Record], vectors: Vectors) -> None:
        self.ids = [record["id"] for record in records]
        claims, titles = ([record.get(name) or "" for record in records] for name in ("vclaim", "title"))
        share = rank.weights()["title"]
        self.vectors = _unit(vectors.of(claims) + share * vectors.of(titles))
        self._sql = sqlite3.connect(":memory:")
        self._sql.execute(
            "CREATE VIRTUAL TABLE claim USING fts5 (words, title, tokenize='porter unicode61 remove_diacritics 2')"
        )
        self._sql.executemany("INSERT INTO claim VALUES (?, ?)", zip(claims, titles, strict=True))

    def bm25(self, text: str) -> Floats:
        """The BM25 of every claim; 0 where no word is shared."""
        import numpy as np

        scores = np.zeros(len(self.ids), np.float32)
        expression = " OR ".join(f'"{word}"' for word in dict.fromkeys(words(text)))
        if expression:
            sql = "SELECT rowid - 1, -bm25(claim) FROM claim WHERE claim MATCH ?"
            for number, score in self._sql.execute(sql, (expression,)):
                scores[number] = score
        return scores


def words(text: str) -> list[str]:
    """Its words, without those that stand everywhere."""
    common = frozenset(table("rank")["common"].split())
    return [word for word in re.findall(r"\w+", text.lower()) if word not in common]


def around(record: Record) -> str:
    """A query with what was said before and after it, names of speakers cut."""
    lines = (re.sub(r"^[^:]{1,38}: ", "", line) for line in [*record.get("before", ()), *record.get("after", ())])
    listed = list(lines)
    middle = len(record.get("before", ()))
    return " ".join([*listed[:middle], record["text"], *listed[middle:]])


def rankings(queries: Sequence[Record], pool: Pool, vectors: Vectors, way: str) -> Iterator[Record]:
    """For each query the claims that are nearest."""
    import numpy as np

    own = vectors.of([record["text"] for record in queries])
    wide = vectors.of([around(record) for record in queries])
    asked = _unit(own + rank.weights()["around"] * wide)
    for record, vector in zip(queries, asked, strict=True):
        scores = _scores(record, pool, vector, way)
        best = np.argsort(-scores, kind="stable")[:GIVEN]
        yield {"id": record["id"], "ranked": [pool.ids[n] for n in best], "score": round(float(scores[best[0]]), 4)}


def _scores(record: Record, pool: Pool, vector: Floats, way: str) -> Floats:
    import numpy as np

    cosines = pool.vectors @ vector
    if way == "vectors":
        return cosines
    bm25, wide = pool.bm25(record["text"]), pool.bm25(around(record))
    if way == "words":
        return bm25
    if way == "fused":
        fused = rank.fuse([_order(cosines), _order(bm25)])
        return np.array([fused.get(number, 0.0) for number in range(len(cosines))], np.float32)
    return rank.blend(cosines, bm25, wide)


def _order(scores: Floats) -> list[int]:
    import numpy as np

    return [int(n) for n in np.argsort(-scores, kind="stable")[:GIVEN]]


def _unit(vectors: Floats) -> Floats:
    import numpy as np

    unit: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def measure(queries: Sequence[Record], found: Iterable[Record]) -> dict[str, Any]:
    """The figures; null where there is no gold."""
    judged = [record for record in queries if record.get("gold") is not None]
    named = {record["id"] for record in judged}
    if not judged:
        return dict.fromkeys(retrieval([], []))
    return retrieval(judged, [record for record in found if record["id"] in named])


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.retrieval", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--queries", required=True)
    parser.add_argument("--pool", required=True)
    parser.add_argument("--by", choices=WAYS, default="blend", help="what ranks the claims")
    common_options(parser)
    options = parser.parse_args()
    queries, vectors = read_jsonl(options.queries), Vectors.load()
    start = time.process_time()
    pool = Pool(read_jsonl(options.pool), vectors)
    made = time.process_time()
    found = list(rankings(queries, pool, vectors, options.by))
    done = time.process_time()
    if options.out:
        write_jsonl(options.out, found)
    speed = {
        "ms_a_claim": 1000 * (made - start) / max(1, len(pool.ids)),
        "ms_a_query": 1000 * (done - made) / max(1, len(queries)),
    }
    head = {"data": options.queries, "claims": len(pool.ids), "by": options.by}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures(options, {**head, **measure(queries, found), "speed": speed, "peak_mib": peak})
    return 0


if __name__ == "__main__":
    sys.exit(main())
