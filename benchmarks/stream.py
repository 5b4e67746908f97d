"""A stream of assertions, each answered before the next is seen: said before? by which earlier one? in which thread?

    python -m benchmarks.stream --data F.jsonl.gz [--misses] [--json] [--out FILE]

``--data``: JSON lines {id, speaker, date, quote, claims?} in order of time. Each quote is read as a statement that stands alone
and woven into a ledger like any other; all speakers count as one side, for it is asked whether anybody said it before.
``--out``: {id, score, earlier, thread, final}: how likely it was said before, by which earlier assertion (null: by none that
is likely), its thread on arrival and at the end. Without gold the predictions are still written, and figures are null.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from benchmarks.scoring.recurrence import stream
from sayso import ids
from sayso.ledger import Ledger
from sayso.model import Article, Block, Reading, Receipt, Sighting, Statement
from sayso.weave.craft import Craft
from sayso.weave.loom import Loom
from sayso.weave.onepoint import Told, chance, scopes_apart

SIDE = "one side"
"""Whom all speak for."""

LIKELY = 0.03
"""Chance from which on an earlier assertion is named."""


def statements(records: Sequence[Record]) -> Iterator[tuple[Article, Statement]]:
    """Each quote as an article of its own with one statement."""
    from sayso import read

    reader = read.Reader.load(threads=1)
    for record in records:
        words, day = record["quote"], record["date"]
        said = read.read_words(words, reader, speaker=record["speaker"], state=SIDE, said=day)
        blocks = (Block(0, len(words), "body"),)
        yield Article(said.article, words, ids.sha256_of(words), blocks, published=day, published_basis="given"), said


class Stream:
    """A ledger that takes in assertions and answers."""

    def __init__(self, ledger: Ledger) -> None:
        from sayso.lexicon import Lexicon

        self.ledger, self.craft = ledger, Craft(ledger.woven, Lexicon.load())
        self.loom = Loom(ledger, self.craft)
        self.told = dict[int, tuple[str, Told]]()
        self.by_statement = dict[str, list[str]]()

    def answer(self, id_: str, article: Article, said: Statement) -> Record:
        """Whether an assertion was said before; then it is woven in."""
        (told,) = self.craft.slots([said])
        near = {number: chance(self.told[number][1], told) for number in self.craft.near(told) if number in self.told}
        best = max(near, key=lambda number: (near[number], number), default=None)
        score = 0.0 if best is None else near[best]
        same = [number for number in near if not scopes_apart(self.told[number][1], told)]
        named = max(same, key=lambda number: (near[number], number), default=None)
        earlier = self.told[named][0] if named is not None and near[named] >= LIKELY else None
        self._take(id_, article, said, told)
        return {"id": id_, "score": score, "earlier": earlier, "thread": self._thread(said)}

    def _take(self, id_: str, article: Article, said: Statement, told: Told) -> None:
        from sayso import weave

        seen = Sighting(ids.sighting_id(article.id, id_), article.id, id_, raw=article.text.encode())
        receipt = self.ledger.add(article, seen, Reading(article.id, "stream", statements=(said,)), threshold=0.0)
        weave.add(self.ledger, Receipt(receipt.article), self.loom)
        number = self.ledger.woven.number(said.id)
        assert number is not None
        self.told.setdefault(number, (id_, told))

    def _thread(self, said: Statement) -> str:
        number = self.ledger.woven.number(said.id)
        assert number is not None
        lead = self.ledger.woven.strand(number).thread
        assert lead is not None
        return self.ledger.woven.name(lead)

    def finals(self, kept: Sequence[tuple[str, Statement]]) -> Iterator[tuple[str, str]]:
        """The thread of each assertion at the end."""
        return ((id_, self._thread(said)) for id_, said in kept)


def predictions(records: Sequence[Record]) -> list[Record]:
    """The answers, in order."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(Path(folder) / "stream.db", create=True) as ledger:
        taking, found, kept = Stream(ledger), [], []
        for record, (article, said) in zip(records, statements(records), strict=True):
            found.append(taking.answer(record["id"], article, said))
            kept.append((record["id"], said))
        finals = dict(taking.finals(kept))
    return [row | {"final": finals[row["id"]]} for row in found]


def measure(records: Sequence[Record], found: Sequence[Record]) -> dict[str, Any]:
    """The figures, if there is gold."""
    if not all("claims" in record or "cluster" in record for record in records):
        names = ("said_before_AUC", "earlier_P@1", "online_B3_F1", "pair_P")
        return {"items": len(records), **dict.fromkeys(names)}
    return stream(records, found)


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stream", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True)
    common_options(parser)
    options = parser.parse_args()
    records = read_jsonl(options.data)
    begun = time.perf_counter()
    found = predictions(records)
    seconds = time.perf_counter() - begun
    if options.out:
        write_jsonl(options.out, found)
    figures(options, {"data": str(options.data), "n": len(records), "seconds": seconds, **measure(records, found)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
