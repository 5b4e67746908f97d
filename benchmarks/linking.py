"""How long it takes to find what one new statement is to be compared with, as the ledger grows; beside plain full text.

    python -m benchmarks.linking [--articles PATH] [--sizes 1000,10000,100000,1000000] [--asked 200] [--json]

Statements are read from the articles (default: the pages that ship as examples), and perturbed into as many as asked for:
words changed and left out, half of them with another side and other names, the vector turned by noise. New ones, made in the
same way, are looked up. ``found`` is the share of them for which some other copy of the same statement is among the first
50; ``kin``: how many of the 50 are. Times are the processor's, on one core, of the whole look-up in milliseconds; memory is the
process's peak. A million takes three minutes to make.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from benchmarks.files import common_options, figures, write_jsonl
from benchmarks.retrieval import words
from benchmarks.threads import read
from sayso.ledger import Ledger
from sayso.ledger.woven import Strand
from sayso.weave import candidates, slots
from sayso.weave.slots import Slots

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

ROWS = 20_000
"""Statements written at once."""

TURNED = 0.55
"""Noise beside a unit vector: a copy's cosine with its pattern is about .88, two copies' .77."""


@dataclass(frozen=True)
class Made:
    """A perturbed statement, and the number of its pattern."""

    pattern: int
    slots: Slots
    words: str
    cell: int


class Mill:
    """Makes statements out of patterns; the same for the same seed."""

    def __init__(self, patterns: Sequence[Slots], seed: int) -> None:
        import numpy as np

        self.patterns = patterns
        self._random, self._noise = random.Random(seed), np.random.default_rng(seed)
        self._words = [word for pattern in patterns for word in pattern.text.split()]

    def make(self, count: int) -> list[Made]:
        """So many statements."""
        import numpy as np

        chosen = [self._random.randrange(len(self.patterns)) for _ in range(count)]
        vectors = np.stack([vector for n in chosen if (vector := self.patterns[n].vector) is not None])
        noise = self._noise.standard_normal(vectors.shape, np.float32)
        turned = vectors + TURNED * noise / np.sqrt(vectors.shape[1])
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        cells = (
            (turned @ candidates.centres().T).argmax(1).tolist()
        )  # all at once: one by one takes longer than the rest
        return [self._one(*one) for one in zip(chosen, turned, cells, strict=True)]

    def _one(self, number: int, vector: Floats, cell: int) -> Made:
        pattern = self.patterns[number]
        about = pattern if self._random.random() < 0.5 else self._random.choice(self.patterns)
        made = replace(pattern, vector=vector, side=about.side, names=about.names, channels=about.channels)
        return Made(number, made, " ".join(self._worded(pattern.text)), cell)

    def _worded(self, text: str) -> Iterator[str]:
        for word in text.split():
            luck = self._random.random()
            if luck > 0.1:
                yield word if luck > 0.35 else self._random.choice(self._words)


def patterns(articles: str | None) -> list[Slots]:
    """The slots of real statements, with vectors."""
    from sayso.lexicon import Lexicon
    from sayso.text.vectors import Vectors

    path = Path(articles) if articles else Path(str(resources.files("sayso").joinpath("examples")))
    lexicon = Lexicon.load()
    made = [slots.of(statement, lexicon) for *_, reading in read(path) for statement in reading.statements]
    return [replace(one, vector=v) for one, v in zip(made, Vectors.load().of([one.text for one in made]), strict=True)]


class Stock:
    """A ledger that grows, of rows without articles: what is looked up is as in any other."""

    def __init__(self, path: Path) -> None:
        self.ledger = Ledger.open(path, create=True)
        self._sql = self.ledger._sql
        self.pattern_of: list[int] = [-1]
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "secure_delete=OFF"):
            self._sql.execute(f"PRAGMA {pragma}")

    def add(self, made: Sequence[Made]) -> None:
        """Writes statements as weaving writes them; one in ten leads a thread."""
        first = len(self.pattern_of)
        numbered = list(enumerate(made, first))
        self.pattern_of += [one.pattern for one in made]
        self._sql.execute("BEGIN")
        self._sql.executemany(
            "INSERT INTO statement (number, id, reading, article, level, certainty, content, content_spans, record)"
            " VALUES (?, ?, 1, 'ar_', 'confirmed', 1.0, ?, '[]', '{}')",
            ((number, f"st_{number:016x}", one.words) for number, one in numbered),
        )
        columns = ", ".join(f'"{name}"' for name in Strand.__slots__)
        self._sql.executemany(
            f"INSERT INTO woven ({columns}) VALUES ({', '.join('?' * len(Strand.__slots__))})",
            (self._woven(number, one) for number, one in numbered),
        )
        self._sql.executemany(
            "INSERT OR IGNORE INTO block (key, number) VALUES (?, ?)",
            ((key, number) for number, one in numbered for key in self._keys(number, one)),
        )
        self._sql.execute("COMMIT")

    def _woven(self, number: int, one: Made) -> list[Any]:
        vector = None if one.slots.vector is None else candidates.packed(one.slots.vector)
        name, place, side = f"st_{number:016x}", f"{number:09}", one.slots.side
        strand = Strand(number, name, "ar_", number, place, side, None, None, None, (), "", vector=vector)
        row = {field: getattr(strand, field) for field in Strand.__slots__}
        return list((row | {"object": "[]", "saying": number, "thread": number - number % 10}).values())

    def _keys(self, number: int, one: Made) -> Iterator[str]:
        for key in (*candidates.keys(replace(one.slots, vector=None)), f"cell|{one.cell}"):
            yield key
            if number % 10 == 0:
                yield f"lead|{key}"

    def plain(self, made: Made) -> list[int]:
        """Plain full text: any of the words, the best by BM25."""
        expression = " OR ".join(f'content : "{word}"' for word in dict.fromkeys(words(made.words)))
        return [number for number, _ in self.ledger.woven.matching(expression, 50)] if expression else []

    def near(self, made: Made) -> list[int]:
        """The candidates."""
        return [n.number for n in candidates.near(self.ledger.woven, made.slots, made.words, made.slots.vector)]


def timed(ask: Callable[[Made], list[int]], asked: Sequence[Made], stock: Stock) -> dict[str, float]:
    """Milliseconds of a look-up, and how often it finds what was made of the same pattern."""
    took, found = [], []
    for made in asked:
        start = time.process_time()
        numbers = ask(made)
        took.append(1000 * (time.process_time() - start))
        found.append(sum(stock.pattern_of[number] == made.pattern for number in numbers))
    took.sort()
    middle, late = took[len(took) // 2], took[min(len(took) - 1, len(took) * 95 // 100)]
    return {
        "p50_ms": middle, "p95_ms": late, "found": sum(map(bool, found)) / len(found), "kin": sum(found) / len(found)
    }  # fmt: skip


def curve(mill: Mill, sizes: Sequence[int], asked: int, plain: int, folder: Path) -> Iterator[dict[str, Any]]:
    """The figures at each size."""
    stock = Stock(folder / "stock.db")
    for size in sizes:
        start = time.process_time()
        while (left := size - len(stock.pattern_of) + 1) > 0:
            stock.add(mill.make(min(ROWS, left)))
        built = time.process_time() - start
        new = mill.make(asked)
        timed(stock.near, new[:5], stock)  # the first look-up of a process opens what the others find open
        near, full_text = timed(stock.near, new, stock), timed(stock.plain, new[:plain], stock)
        row = {"statements": size, "built_s": built, "near": near, "full_text": full_text}
        yield row | {"peak_mib": peak(), "file_mib": (folder / "stock.db").stat().st_size / 2**20}
    stock.ledger.close()


def peak() -> float:
    """The most memory this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.linking", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", help="files or folder to read statements from")
    parser.add_argument("--sizes", default="1000,10000,100000,1000000")
    parser.add_argument("--asked", type=int, default=200, help="look-ups timed at each size")
    parser.add_argument("--plain", type=int, default=50, help="of them, look-ups by plain full text")
    parser.add_argument("--seed", type=int, default=1)
    common_options(parser)
    options = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        mill = Mill(patterns(options.articles), options.seed)
        sizes = sorted(int(size) for size in options.sizes.split(","))
        rows = list(curve(mill, sizes, options.asked, options.plain, folder))
    if options.out:
        write_jsonl(options.out, rows)
    by_size = {f"{row['statements']}": row for row in rows}
    figures(options, {"data": options.articles or "examples", "patterns": len(mill.patterns), **by_size})
    return 0


if __name__ == "__main__":
    sys.exit(main())
