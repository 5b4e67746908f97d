"""How fast sayso reads, from file to statements, and what it needs: articles a second, memory, start-up.

    python -m benchmarks.speed [--texts T] [--threads N] [--seconds S] [--jobs N] [--peers] [--json] [--out FILE]

An article is counted as 600 words, so that texts of other lengths compare. ``per_core`` is articles a second of
processor time. ``ratio`` is the processor time of an article over that of a baseline from the same run (the bare matrix
products of its encoder, in float32): it says more than seconds do when machines or their load differ.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.files import common_options, figures, write_jsonl

WORDS = 600
"""An article, as counted here."""

LAYERS, WIDTH, INNER, WINDOW = 6, 384, 1536, 256
"""The encoder's shape: layers, vector length, length inside a layer, word pieces read together."""

PIECES_A_WORD = 1.35
"""Word pieces (with what neighbouring windows read twice) for a word of English news."""


@dataclass
class Clock:
    """Seconds by the wall and of the processor (all threads)."""

    wall: float = 0.0
    cpu: float = 0.0


@contextmanager
def clock() -> Iterator[Clock]:
    """Times its block."""
    taken, wall, cpu = Clock(), time.perf_counter(), time.process_time()
    yield taken
    taken.wall, taken.cpu = time.perf_counter() - wall, time.process_time() - cpu


def rates(words: int, taken: Clock) -> dict[str, float]:
    """Articles a second, by the wall and per core."""
    articles = words / WORDS
    return {"articles_a_second": articles / taken.wall, "per_core": articles / taken.cpu}


def whole_path(paths: list[str], threads: int, seconds: float) -> dict[str, Any]:
    """Reads the texts over and over for at least ``seconds`` (each text at least once), after one to warm up."""
    from sayso import intake, read
    from sayso.model import Refused

    with clock() as loading:
        reader = read.Reader.load(threads=threads)
        warm = next(a for a in intake.arrivals(paths) if not isinstance(a, Refused))
        read.read_article(warm[0], reader)
    texts = words = statements = 0
    total = Clock()
    while total.wall < seconds:
        with clock() as taken:
            for arrival in intake.arrivals(paths):
                if isinstance(arrival, Refused):
                    continue
                reading = read.read_article(arrival[0], reader)
                texts += 1
                words += len(arrival[0].text.split())
                statements += len(reading.statements)
        total = Clock(total.wall + taken.wall, total.cpu + taken.cpu)
    counts = {"texts": texts, "words": words, "statements": statements, "threads": threads}
    loads = {"load_seconds": loading.wall, "load_cpu_seconds": loading.cpu}
    return {**counts, **rates(words, total), **loads, "cpu_seconds_an_article": total.cpu / (words / WORDS)}


def into_a_ledger(paths: list[str], jobs: int, least: int = 200) -> dict[str, Any]:
    """The command's own way: at least ``least`` texts into a new ledger by worker processes, starting them included.

    The texts are repeated with a last line of their own, for a text that the ledger knows is not read again.
    """
    import json
    from tempfile import TemporaryDirectory

    import sayso
    from sayso import intake
    from sayso.model import Refused

    articles = [a[0] for a in intake.arrivals(paths) if not isinstance(a, Refused) and a[0].read]
    with TemporaryDirectory() as folder:
        words, texts = 0, -(-least // len(articles)) * len(articles)
        with (Path(folder) / "texts.jsonl").open("w", encoding="utf-8") as lines:
            for number in range(texts):
                article = articles[number % len(articles)]
                given = {"published": article.published} if article.published_basis == "given" else {}
                text = f"{article.text}\n\nPrinting {number // len(articles)}."
                words += len(text.split())
                lines.write(json.dumps({"id": str(number), "text": text, **given}) + "\n")
        before = os.times()
        with clock() as taken, sayso.open(Path(folder) / "speed.db") as desk:
            kept = sum(not isinstance(page, Refused) for page in desk.read([lines.name], jobs=jobs))
        after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    return {"jobs": jobs, "texts": kept, **rates(words, Clock(taken.wall, spent))}


def baseline_cpu() -> float:
    """Processor seconds of the matrix products that one article needs in the encoder, in float32; the best of five."""
    import numpy as np

    rows = np.ones((WINDOW, WIDTH), np.float32)
    square, up, down = (np.ones(shape, np.float32) for shape in ((WIDTH, WIDTH), (WIDTH, INNER), (INNER, WIDTH)))
    windows = WORDS * PIECES_A_WORD / WINDOW

    def one_window() -> float:
        with clock() as taken:
            for _ in range(LAYERS):
                for _ in range(4):
                    rows @ square
                rows @ up @ down
        return taken.cpu

    one_window()
    return windows * min(one_window() for _ in range(5))


def peak_mebibytes() -> float:
    """The most memory this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def startup_cpu(code: str) -> float | None:
    """Processor seconds of a fresh interpreter that runs ``code``; the best of five, None if it fails."""
    best = []
    for _ in range(5):
        before = os.times()
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
        after = os.times()
        if done.returncode:
            return None
        best.append(after.children_user + after.children_system - before.children_user - before.children_system)
    return max(0.0, min(best))


FIRST_ARTICLE = """
import sys, tempfile
from sayso.cli import main
with tempfile.TemporaryDirectory() as folder:
    with open(folder + "/a.txt", "w") as page:
        page.write("Talks\\n\\nNorland said on Monday that it would go on with the talks in the north.")
    sys.argv = ["sayso", "read", folder + "/a.txt", "--ledger", folder + "/a.db"]
    main()
"""
"""The command on one short article, from nothing to its entry in a new ledger."""


def startups() -> dict[str, float | None]:
    """What a user waits for before anything is read."""
    return {
        "python": startup_cpu("pass"),
        "import_sayso": startup_cpu("import sayso"),
        "reader": startup_cpu("from sayso import read; read.Reader.load()"),
        "first_article": startup_cpu(FIRST_ARTICLE),
        "help": startup_cpu("import sys; sys.argv = ['sayso', '--help']; from sayso.cli import main; main()"),
    }


Peer = Callable[[], Callable[[str], object]]
"""Loads a tool; what it gives reads one text."""


def _spacy() -> Callable[[str], object]:
    import spacy  # type: ignore[import-not-found, unused-ignore]

    read: Callable[[str], object] = spacy.load("en_core_web_sm")
    return read


def _textacy() -> Callable[[str], object]:
    from textacy.extract import triples  # type: ignore[import-not-found, unused-ignore]

    parse: Any = _spacy()

    def read(text: str) -> object:
        return [list(triples.direct_quotations(parse(line))) for line in text.split("\n") if line.count('"') % 2 == 0]

    return read


PEERS: Mapping[str, tuple[tuple[str, ...], Peer]] = {
    "spacy en_core_web_sm (parse alone)": (("spacy", "en_core_web_sm"), _spacy),
    "textacy direct_quotations": (("textacy", "spacy", "en_core_web_sm"), _textacy),
}
"""Tools that read attributions, and the packages they need."""


def peers(texts: list[str]) -> dict[str, Any]:
    """The same texts read by what is installed; None for what is not."""
    words = sum(len(text.split()) for text in texts)
    found: dict[str, Any] = {}
    for name, (packages, load) in PEERS.items():
        found[name] = None
        if all(find_spec(package) for package in packages):
            read = load()
            read(texts[0])
            with clock() as taken:
                for text in texts:
                    read(text)
            found[name] = rates(words, taken)
    return found


def texts_of(paths: list[str]) -> list[str]:
    """The canonical texts, for the peers."""
    from sayso import intake
    from sayso.model import Refused

    return [arrival[0].text for arrival in intake.arrivals(paths) if not isinstance(arrival, Refused)]


def examples() -> str:
    """The pages that come with sayso."""
    return str(resources.files("sayso").joinpath("examples"))


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--texts", type=Path, help="a folder, a file or JSON lines (default: the example pages)")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5.0, help="read on for at least so long")
    parser.add_argument(
        "--jobs", type=int, default=2, help="worker processes for the run into a ledger; 0 leaves it out"
    )
    parser.add_argument("--peers", action="store_true", help="also time other tools that are installed")
    common_options(parser)
    options = parser.parse_args()
    paths = [str(options.texts or examples())]
    result: dict[str, Any] = {"data": str(options.texts or "examples"), "cores": os.cpu_count()}
    result |= whole_path(paths, options.threads, options.seconds)
    if options.jobs:
        result["ledger"] = into_a_ledger(paths, options.jobs)
    result |= {"peak_mebibytes": peak_mebibytes(), "startup_cpu_seconds": startups(), "baseline_cpu": baseline_cpu()}
    result["ratio"] = result["cpu_seconds_an_article"] / result["baseline_cpu"]
    if options.peers:
        result["peers"] = peers(texts_of(paths))
    if options.out:
        write_jsonl(options.out, [result])
    figures(options, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
