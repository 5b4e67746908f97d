"""Whether anything is lost when sayso is killed: SIGKILL at random moments, then once to the end, then row by row.

    python -m benchmarks.kills [--kills 200] [--articles 2000] [--jobs 4] [--seed 1] [--folder F] [--json] [--out FILE]

Makes short articles of its own wording, reads them once undisturbed, and once into another ledger with ``sayso read``
killed over and over: half of the kills fall somewhere in the first seconds (start, opening, first articles), half
behind a random number of articles. Only process groups that this command started are ended. ``lost`` and ``doubled``
count rows of all tables against the undisturbed ledger, row numbers included.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.files import common_options, figures, write_jsonl

STATES = ("Russia", "China", "Iran", "India", "Turkey", "Japan", "Brazil", "France")
NAMES = ("Jane Alpha", "Omar Beta", "Lena Gamma", "Piet Delta", "Rosa Kappa", "Ivo Sigma", "Mara Omega", "Tom Lambda")
ACTS = (
    "said on {day} that talks with {other} on paper number {n} would go on",
    "warned {other} on {day} that paper number {n} could not be signed as it stands",
    "told reporters on {day} that {other} had yet to answer letter number {n}",
    "confirmed on {day} that a call with {other} about route number {n} took place",
)
LAST = '"We see no reason to hope for more than {n} meetings," {surname} added.'
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def article(n: int) -> str:
    """The text of article number ``n``: no two are alike."""
    rng = random.Random(n)
    state, other = rng.sample(STATES, 2)
    name, day = rng.choice(NAMES), rng.choice(DAYS)
    told = rng.choice(ACTS).format(day=day, other=other, n=n)
    last = LAST.format(n=n % 90 + 2, surname=name.split()[1])
    return f"{state} and {other} at odds over item {n}\n\n{state}'s Foreign Minister {name} {told}. {last}\n"


def make(folder: Path, articles: int) -> None:
    """Writes the articles, a hundred a folder."""
    for n in range(articles):
        place = folder / f"{n // 100:03}" / f"{n:05}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(article(n), encoding="utf-8")


@dataclass
class Run:
    """A ``sayso read`` in a process group of its own, its articles counted as they are printed."""

    process: subprocess.Popen[bytes]
    articles: int = 0
    peak: float = 0.0
    """MiB that the process has held, known when it has ended."""

    @classmethod
    def start(cls, texts: Path, ledger: Path, *options: str) -> Run:
        """Reads the texts into the ledger."""
        command = [sys.executable, "-m", "sayso", "read", str(texts), "--ledger", str(ledger), *options]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        return cls(subprocess.Popen(command, start_new_session=True, **pipes))  # type: ignore[call-overload]

    def read(self, most: int | None = None) -> Iterator[int]:
        """The numbers of articles printed so far, until there are ``most`` or the output ends."""
        assert self.process.stdout
        while self.articles != most and (line := self.process.stdout.readline()):
            if line.startswith(b'{"type":"article"'):
                self.articles += 1
                yield self.articles

    def kill(self) -> bool:
        """Ends the whole group at once; whether it was still running."""
        running = self.process.poll() is None
        if running:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.end()
        return running

    def end(self) -> int:
        """Waits for the end and gives the exit status."""
        with self.process as process:
            for _ in self.read():
                pass
            _, status, usage = os.wait4(process.pid, 0) if process.returncode is None else (0, 0, None)
            if usage is not None:
                process.returncode = os.waitstatus_to_exitcode(status)
                self.peak = usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
        return int(process.returncode)


def rows(ledger: Path) -> Counter[tuple[Any, ...]]:
    """Every row of every table, with its table's name and row number; the search index's own tables apart."""
    found: Counter[tuple[Any, ...]] = Counter()
    with closing(sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_fts%' ESCAPE '\\'"
        for (table,) in connection.execute(tables).fetchall():
            found.update((table, *row) for row in connection.execute(f'SELECT * FROM "{table}"'))
    return found


def killed(texts: Path, ledger: Path, kills: int, articles: int, options: Sequence[str], rng: random.Random) -> int:
    """Kills ``kills`` runs over the texts; how many of them were still running."""
    running = 0
    for number in range(kills):
        run = Run.start(texts, ledger, *options)
        if number % 2:
            reached = int((number + rng.random()) / kills * articles)
            for _ in run.read(max(1, reached)):
                pass
            time.sleep(rng.uniform(0, 0.1))
        else:
            time.sleep(rng.uniform(0, 3))
        running += run.kill()
        if sys.stderr.isatty():
            print(f"\r{number + 1} kills", end="", file=sys.stderr)
    return running


def resident(group: int) -> list[int]:
    """MiB held now by each process of a group, the largest first; none where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = entry.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[2]) == group:
            found.append(int(fields[21]) * os.sysconf("SC_PAGE_SIZE") >> 20)
    return sorted(found, reverse=True)


def undisturbed(texts: Path, ledger: Path, articles: int, options: Sequence[str]) -> dict[str, Any]:
    """One run to the end: its seconds, and the memory of its processes at each quarter."""
    begun = time.perf_counter()
    run = Run.start(texts, ledger, *options)
    quarters = [resident(run.process.pid)[:5] for number in run.read() if number % max(1, articles // 4) == 0]
    status = run.end()
    return {
        "status": status,
        "seconds": time.perf_counter() - begun,
        "peak_mebibytes": run.peak,
        "mebibytes_at_quarters": quarters,
    }


def measure(folder: Path, kills: int, articles: int, jobs: int, seed: int) -> dict[str, Any]:
    """The figures of one benchmark, made in a folder."""
    texts, whole, torn = folder / "texts", folder / "whole.db", folder / "torn.db"
    make(texts, articles)
    options = ["--jobs", str(jobs), "--suggested"]
    result: dict[str, Any] = {"articles": articles, "kills": kills, "jobs": jobs, "seed": seed}
    result["undisturbed"] = undisturbed(texts, whole, articles, options)
    result["killed_while_running"] = killed(texts, torn, kills, articles, options, random.Random(seed))
    result["last_run_status"] = Run.start(texts, torn, *options).end()
    told, kept = rows(whole), rows(torn)
    result |= {"rows": told.total(), "lost": (told - kept).total(), "doubled": (kept - told).total()}
    verify = [sys.executable, "-m", "sayso", "verify", "--ledger", str(torn)]
    result["verify_status"] = subprocess.run(verify, capture_output=True, check=False).returncode
    Run.start(texts, torn, *options).end()
    return result | {"rows_added_by_reading_again": (rows(torn) - kept).total()}


def sound(result: dict[str, Any]) -> bool:
    """Whether all was read, and nothing lost, doubled or added by reading again."""
    wrong = ("lost", "doubled", "last_run_status", "verify_status", "rows_added_by_reading_again")
    return bool(result["undisturbed"]["status"] == 0 < result["rows"]) and not any(result[name] for name in wrong)


def main() -> int:
    """Runs the command; exit status 1 if anything was lost or doubled."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.kills", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    for name, default in (("kills", 200), ("articles", 2000), ("jobs", 4), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    common_options(parser)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        result = measure(Path(folder), options.kills, options.articles, options.jobs, options.seed)
    if options.out:
        write_jsonl(options.out, [result])
    figures(options, result)
    return int(not sound(result))


if __name__ == "__main__":
    sys.exit(main())
