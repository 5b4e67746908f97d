"""How common a notion is in news of foreign affairs: in how many of 100,000 lines it stands.

    python -m training.links.commonness LINES.jsonl.gz … > src/sayso/data/commonness.tsv

Each file is JSON lines with ``title`` (and ``text``, read by sentence). Only counts leave this script; notions in fewer than
``LEAST`` lines of 100,000 are left out: they weigh in full.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sayso.text.phrases import normal
from sayso.text.sentences import sentences
from sayso.weave import notions

LEAST = 100
"""Lines of 100,000."""


def lines(path: Path) -> Iterator[str]:
    """The titles and sentences of one file."""
    for row in map(json.loads, gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()):
        yield row.get("title") or ""
        text = row.get("text") or ""
        yield from (text[s.start : s.end] for s in sentences(text, 0, len(text)))


def main() -> None:
    """Prints the table, the commonest notion first."""
    seen: Counter[str] = Counter()
    total = 0
    for line in (line for name in sys.argv[1:] for line in lines(Path(name))):
        words = normal(line).words
        if len(words) > 3:
            total += 1
            seen.update({notion.name for _, _, notion in notions.notions(words)})
    for notion, count in seen.most_common():
        if (share := round(100_000 * count / total)) >= LEAST:
            print(notion, share, sep="\t")


if __name__ == "__main__":
    main()
