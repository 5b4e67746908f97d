"""Sayings and threads end to end, from raw articles: against gold links, and read in other orders.

    python -m benchmarks.threads --articles F --gold seeds_gold.jsonl --links links.jsonl [--orders 5] [--misses]
                                 [--json] [--out FILE]

``--articles``: a folder of .txt or JSON lines {id, text, published?}. Gold statements are matched to those read by their words.
``pair_*``: pairs of gold statements in one thread, against those that gold links as one (same_utterance, recurs, hardens,
softens, adds_condition …); pairs that it calls kindred or answers are left out. ``hard_linked``: share of the links marked
hard that are linked directly as said before (one saying, or a confirmed link); ``hard_suggested``: with suggested links.
``order_differs``: share of the pairs of statements together in a thread in the given order or a random one that are not so
in both. ``--out``: {id, article, content, saying, thread} for each statement.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from benchmarks.files import Record, common_options, figures, load_texts, write_jsonl
from benchmarks.scoring.measures import f1
from benchmarks.scoring.statements import article_of, pair_up
from benchmarks.statements import optional_jsonl
from sayso.ledger import Ledger
from sayso.model import OUT_OF_THREAD, Article, Reading, Receipt, Refused, Sighting
from sayso.records import of_statement

Page = tuple[Article, Sighting, Reading]
Pair = tuple[str, str]

REPEATS = frozenset(
    ("same_utterance", "recurs", "hardens", "softens", "adds_condition", "drops_condition", "narrows", "widens")
)
"""Links that say "said before" in some form."""


def read(articles: Path) -> list[Page]:
    """Every article with its reading."""
    from sayso import intake, read

    reader = read.Reader.load(threads=1)
    arrivals = [each for each in intake.arrivals([str(articles)]) if not isinstance(each, Refused)]
    return [(article, sighting, read.read_article(article, reader)) for article, sighting in arrivals]


def woven(pages: Iterable[Page], path: Path) -> Ledger:
    """A ledger with the articles woven in, one after the other."""
    from sayso import weave
    from sayso.lexicon import Lexicon
    from sayso.weave.craft import Craft

    ledger = Ledger.open(path, create=True)
    loom = weave.Loom(ledger, Craft(ledger.woven, Lexicon.load()))
    for article, sighting, reading in pages:
        weave.add(ledger, Receipt(ledger.add(article, sighting, reading).article), loom)
    return ledger


def together(ledger: Ledger) -> set[Pair]:
    """The pairs of statements that share a thread."""
    threads = [sorted(ledger.woven.statements_of(thread.id)) for thread in ledger.woven.threads()]
    return {pair for members in threads for pair in combinations(members, 2)}


def reordered(pages: list[Page], orders: int, folder: Path) -> float | None:
    """How far the threads hang on the order of reading: the mean over random orders."""
    given = _together(pages, folder / "given.db")
    shares = []
    for seed in range(orders):
        shuffled = random.Random(seed).sample(pages, len(pages))
        other = _together(shuffled, folder / f"{seed}.db")
        shares.append(len(given ^ other) / len(given | other) if given | other else 0.0)
    return sum(shares) / len(shares) if shares else None


def _together(pages: list[Page], path: Path) -> set[Pair]:
    with woven(pages, path) as ledger:
        return together(ledger)


def matched(pages: list[Page], gold: Sequence[Record], texts: dict[str, str]) -> dict[str, str]:
    """The id of the statement read for each gold statement ("article#n") that was found."""
    found: dict[str, list[Record]] = defaultdict(list)
    for _, sighting, reading in pages:
        records = [of_statement(statement, sighting.ref) for statement in reading.statements]
        if records and (known := article_of(records[0], texts)):
            found[known] += records
    wanted: dict[str, list[Record]] = defaultdict(list)
    for record in gold:
        wanted[record["article"]].append(record)
    return {
        f"{article}#{golds[i]['n']}": found[article][j]["id"]
        for article, golds in wanted.items()
        for i, j, _ in pair_up(golds, found[article], texts[article])
    }


def against(ledger: Ledger, links: Sequence[Record], names: dict[str, str]) -> tuple[dict[str, Any], list[str]]:
    """The figures against gold links, and the pairs that were missed or wrongly joined."""
    pairs = {tuple(sorted((link["a"], link["b"]))): link["relation"] for link in links}
    wanted = {pair for pair, relation in pairs.items() if relation not in OUT_OF_THREAD}
    aside = {pair for pair, relation in pairs.items() if relation in ("kindred", "answers")}
    shared = together(ledger)
    one = {pair for pair in combinations(sorted(names), 2) if tuple(sorted((names[pair[0]], names[pair[1]]))) in shared}
    right, wrong = one & wanted, one - wanted - aside
    precision, recall = len(right) / max(1, len(right | wrong)), len(right) / max(1, len(wanted))
    hard = [(link["a"], link["b"]) for link in links if link.get("hard")]
    known = [(a, b) for a, b in hard if a in names and b in names]
    struck = [(a, b) for a, b in known if direct(ledger, names[a], names[b], ("confirmed",))]
    faint = [(a, b) for a, b in known if direct(ledger, names[a], names[b], ("confirmed", "suggested"))]
    told: dict[str, Any] = {
        "pairs": len(wanted),
        "pair_P": precision,
        "pair_R": recall,
        "pair_F1": f1(precision, recall),
    }
    told |= {"hard": len(hard), "hard_linked": len(struck) / len(hard) if hard else None}
    told |= {"hard_suggested": len(faint) / len(hard) if hard else None}
    listed = [f"missed\t{pairs[a, b]}\t{a}\t{b}" for a, b in sorted(wanted - one)]
    listed += [f"wrong\t{pairs.get((a, b))}\t{a}\t{b}" for a, b in sorted(wrong)]
    return told, listed + [f"hard\t\t{a}\t{b}" for a, b in struck]


def direct(ledger: Ledger, a: str, b: str, levels: Sequence[str]) -> bool:
    """Whether two statements are one saying or their sayings are linked as said before, at these levels."""
    numbers = [ledger.woven.number(each) for each in (a, b)]
    leads = [ledger.woven.strand(number).saying for number in numbers if number is not None]
    if len(leads) < 2 or leads[0] == leads[1]:
        return len(leads) == 2
    names = {ledger.woven.saying(lead).id for lead in leads if lead is not None}
    found = ledger.woven.links(min(names))
    return any({link.a, link.b} == names and link.relation in REPEATS and link.level in levels for link in found)


def rows(ledger: Ledger) -> list[Record]:
    """The predictions: every statement with its saying and thread."""
    found = []
    for thread in ledger.woven.threads():
        for strand in ledger.woven.strands("thread", ledger.woven.lead_of_thread(thread.id)):
            entry = ledger.entry(strand.statement)
            assert entry
            assert strand.saying is not None
            place: Record = {"article": strand.article, "ref": entry.refs[0], "content": entry.statement.content.spans}
            told = {"text": entry.statement.content.text, "saying": ledger.woven.saying(strand.saying).id}
            found.append({"id": strand.statement, **place, **told, "thread": thread.id})
    return found


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.threads", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", required=True, type=Path)
    for name in ("--gold", "--links"):
        parser.add_argument(name)
    parser.add_argument("--orders", type=int, default=5)
    parser.add_argument("--misses", action="store_true", help="list missed and wrong pairs on standard error")
    common_options(parser)
    options = parser.parse_args()
    pages = read(options.articles)
    result: dict[str, Any] = {"data": str(options.articles), "articles": len(pages)}
    with tempfile.TemporaryDirectory() as folder, woven(pages, Path(folder) / "all.db") as ledger:
        gold, links = optional_jsonl(options.gold), optional_jsonl(options.links)
        texts = load_texts(options.articles)
        names = matched(pages, gold, texts)
        result |= {"statements": ledger.woven.count(), "threads": len(list(ledger.woven.threads()))}
        result |= {"gold": len(gold) or None, "found": len(names) if gold else None}
        if links:
            told, listed = against(ledger, links, names)
            result |= told
            if options.misses:
                print(*listed, sep="\n", file=sys.stderr)
        result["order_differs"] = reordered(pages, options.orders, Path(folder))
        if options.out:
            write_jsonl(options.out, rows(ledger))
    figures(options, result)
    return 0


if __name__ == "__main__":
    sys.exit(main())
