"""Bodies and days of web pages against a truth.

    python -m benchmarks.extraction --data FOLDER [--json] [--out FILE]

FOLDER holds html/ID.html[.gz] and, if there is one, ground-truth.jsonl[.gz]: {id, articleBody, published?, crawled?}.
``crawled`` is given to the program as the day the page was fetched; nothing else is. ``pages_a_second`` is of processor
time, libraries loaded. ``foreign_pages`` counts the pages of which a line was kept that is not in the truth.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from benchmarks.scoring.extraction import days, foreign_lines, overlap, totals
from sayso.errors import SourceError
from sayso.intake import article_of
from sayso.model import Article, Block

KEPT = ("body", "deck", "dateline")
"""Labels that make up a body; a date line by itself does not."""


def pages(folder: Path) -> dict[str, bytes]:
    """The pages by id, in order of id."""
    found = sorted((folder / "html").iterdir())
    return {path.name.split(".htm")[0]: _bytes(path) for path in found if ".htm" in path.name}


def _bytes(path: Path) -> bytes:
    return gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()


def truth(folder: Path) -> dict[str, Record]:
    """The truth by id; empty if there is none."""
    paths = (folder / "ground-truth.jsonl.gz", folder / "ground-truth.jsonl")
    return next(({row["id"]: row for row in read_jsonl(path)} for path in paths if path.exists()), {})


def body_of(article: Article) -> str:
    """The words of an article as a line a paragraph."""
    rows = [row for row in _rows(article) if any(block.label != "dateline" for block in row)]
    return "\n".join(" ".join(article.text[block.start : block.end] for block in row) for row in rows)


def _rows(article: Article) -> Iterator[Sequence[Block]]:
    """Blocks of the body, those of one line together."""
    row: list[Block] = []
    for block in article.blocks:
        if row and "\n" in article.text[row[-1].end : block.start]:
            yield row
            row = []
        if block.label in KEPT:
            row.append(block)
    if row:
        yield row


def predicted(page: str, data: bytes, fetched: str | None) -> Record:
    """What the program reads of a page."""
    try:
        article, _ = article_of(data, page, kind="html", given={"fetched": fetched} if fetched else {})
    except SourceError as error:
        return {"id": page, "articleBody": "", "published": None, "error": str(error)}
    told = {name: getattr(article, name) for name in ("title", "author", "outlet", "agency", "published_basis")}
    return {"id": page, "articleBody": body_of(article), "published": article.published, **told}


def measure(found: Sequence[Record], gold: Mapping[str, Record]) -> dict[str, Any]:
    """All figures; null where the truth does not tell."""
    by_page = {row["id"]: row for row in found}
    bodies = {page: row["articleBody"] for page, row in gold.items() if row.get("articleBody") is not None}
    told = {page: by_page.get(page, {}).get("articleBody", "") for page in bodies}
    known = {page: row["published"] for page, row in gold.items() if row.get("published")}
    scores = totals(overlap(body, told[page]) for page, body in bodies.items()) if bodies else {}
    foreign = sum(bool(foreign_lines(body, told[page])) for page, body in bodies.items()) if bodies else None
    return {
        **(scores or dict.fromkeys(("f1", "precision", "recall", "exact"))),
        "foreign_pages": foreign,
        "days": days(known, {page: row.get("published") for page, row in by_page.items()}) if known else None,
    }


def write(path: str, found: Sequence[Record]) -> None:
    """Predictions as the scorer reads them: a line a page, or one object by id for a name that ends in .json."""
    if path.endswith(".json"):
        Path(path).write_text(json.dumps({row["id"]: row for row in found}, ensure_ascii=False), encoding="utf-8")
    else:
        write_jsonl(path, found)


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.extraction", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True, metavar="FOLDER")
    common_options(parser)
    options = parser.parse_args()
    folder = Path(options.data)
    gold, given = truth(folder), pages(folder)
    predicted(
        "", b"<html><body><p>A page that has the libraries loaded before the clock starts.</p></body></html>", None
    )
    start = time.process_time()
    found = [predicted(page, data, gold.get(page, {}).get("crawled")) for page, data in given.items()]
    rate = len(found) / (time.process_time() - start)
    if options.out:
        write(options.out, found)
    figures(options, {"data": options.data, "pages": len(found), **measure(found, gold), "pages_a_second": rate})
    return 0


if __name__ == "__main__":
    sys.exit(main())
