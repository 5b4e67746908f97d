"""Any text has marks inside it that are in order and do not overlap.

``pip install atheris``, then ``python -m fuzz.marks [-max_total_time=600] [-max_len=4000] [CORPUS]``.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise

from benchmarks.kills import article
from fuzz.target import run
from sayso.errors import SourceError
from sayso.intake import article_of
from sayso.lexicon import Lexicon
from sayso.read.marks import mark


@cache
def lexicon() -> Lexicon:
    """The cards."""
    return Lexicon.load()


def check(data: bytes) -> None:
    """The bytes are a text in UTF-8, damage and all."""
    try:
        page, _ = article_of(data.decode("utf-8", "replace").encode(), "fuzz", kind="text")
    except SourceError:
        return
    marks = mark(page, lexicon())
    end = len(page.text)
    for spans in (marks.sentences, marks.quotes, marks.mentions, marks.days):
        assert all(0 <= span[0] < span[1] <= end for span in map(_ends, spans))
    mentions = [_ends(mention) for mention in marks.mentions]
    assert all(a[1] <= b[0] for a, b in pairwise(mentions))


def _ends(span: object) -> tuple[int, int]:
    return span.start, span.end  # type: ignore[attr-defined]


if __name__ == "__main__":
    run(check, [article(n).encode() for n in range(40)])
