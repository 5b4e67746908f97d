"""Any bytes are an article whose blocks cover its words, or one line; nothing else.

``pip install atheris``, then ``python -m fuzz.intake [-max_total_time=600] [-max_len=20000] [CORPUS]``.
"""

from __future__ import annotations

from benchmarks.hostile import PAGE, bad, good
from benchmarks.kills import article
from fuzz.target import run
from sayso.errors import SourceError
from sayso.intake import article_of

KINDS = ("text", "html", None)


def check(data: bytes) -> None:
    """The first byte picks the kind of opener, the rest is the input."""
    kind = KINDS[data[0] % len(KINDS)] if data else None
    told = ""
    try:
        page, sighting = article_of(data[1:], "fuzz", kind=kind)
    except SourceError as error:
        told = str(error)
    if told:
        assert len(told.splitlines()) == 1
        return
    assert sighting.raw == data[1:]
    at = 0
    for block in page.blocks:
        assert at <= block.start < block.end <= len(page.text)
        assert not page.text[at : block.start].strip()
        at = block.end
    assert not page.text[at:].strip()


def seeds() -> list[bytes]:
    """Small inputs of each kind."""
    made = [PAGE.encode(), article(1).encode(), *good().values(), *bad().values()]
    return [b"\x02" + data for data in made if isinstance(data, bytes) and len(data) < 5000]


if __name__ == "__main__":
    run(check, seeds())
