"""What a later saying is to an earlier one: pairs of sentences that stand alone, each read as one statement.

    python -m benchmarks.relations --data F.jsonl.gz [--by FIELD] [--no-vectors] [--misses] [--json] [--out FILE]

``--data``: JSON lines {id, a, b, a_by, b_by, a_said, b_said, relation?}; ``relation`` is b to a, null for unrelated or "cannot
tell". ``--out``: {id, relation}. Without gold the predictions are still written, and figures are null.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from benchmarks.scoring.recurrence import relations
from sayso.model import Decision, Statement

NONE = "none"
"""The name under which "unrelated" is scored."""


def statements(rows: Sequence[Record]) -> list[tuple[Statement, Statement]]:
    """Both sentences of each row, read by the reader that ships; speaker, side and day as given."""
    from sayso import read

    reader = read.Reader.load(threads=2)

    def one(row: Record, which: str) -> Statement:
        by = row.get(f"{which}_by") or {}
        return read.read_words(
            row[which], reader, speaker=by.get("speaker"), state=by.get("side"), said=row.get(f"{which}_said")
        )

    return [(one(row, "a"), one(row, "b")) for row in rows]


def decisions(pairs: Sequence[tuple[Statement, Statement]], *, vectors: bool = True) -> Iterator[Decision]:
    """The decision on each pair, the first of it taken for the earlier."""
    from sayso.lexicon import Lexicon
    from sayso.text.vectors import Vectors
    from sayso.weave import decide, slots

    lexicon = Lexicon.load()
    slotted = [tuple(slots.of(statement, lexicon) for statement in pair) for pair in pairs]
    if vectors:
        flat = [one for pair in slotted for one in pair]
        given = iter(Vectors.load().of([one.text for one in flat]))
        slotted = [tuple(replace(one, vector=next(given)) for one in pair) for pair in slotted]
    for a, b in slotted:
        yield decide.decide(a, b)


def measure(rows: Sequence[Record], found: Sequence[Record], by: str | None) -> dict[str, Any]:
    """The figures, over the rows that have gold."""
    gold = [{**row, "relation": row["relation"] or NONE} for row in rows if "relation" in row]
    if not gold:
        return {"pairs": len(rows), "accuracy": None, "macro_F1": None, "false_repeat": None, "missed_repeat": None}
    known = {row["id"] for row in gold}
    named = [{**row, "relation": row["relation"] or NONE} for row in found if row["id"] in known]
    return relations(gold, named, by)


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relations", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True)
    parser.add_argument("--by", help="a field whose values are scored apart")
    parser.add_argument("--no-vectors", action="store_true", help="decide by slots and words alone")
    parser.add_argument("--misses", action="store_true", help="list what was decided otherwise, on standard error")
    common_options(parser)
    options = parser.parse_args()
    rows = read_jsonl(options.data)
    made = list(decisions(statements(rows), vectors=not options.no_vectors))
    found = [{"id": row["id"], "relation": one.relation} for row, one in zip(rows, made, strict=True)]
    if options.out:
        write_jsonl(options.out, found)
    if options.misses:
        for row, one in zip(rows, made, strict=True):
            if "relation" in row and row["relation"] != one.relation:
                why = "; ".join(f"{w.slot}: {w.a} / {w.b}" for w in one.why)
                print(row["id"], row["relation"], one.relation, why, row["a"], row["b"], sep="\t", file=sys.stderr)
    figures(options, {"data": str(options.data), "n": len(rows), **measure(rows, found, options.by)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
