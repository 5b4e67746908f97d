"""Speakers of headlines: found, and resolved to a person, an office or a body.

    python -m benchmarks.headlines --data F.jsonl[.gz] [--outlet NAME] [--sample N --seed S --sheet FILE]
                                   [--verdicts FILE] [--json] [--out FILE]

Records are {id, title, published?, lead?}. Each headline is read as an article that is a headline and no more, by the
real reader; the place of a dateline that opens ``lead`` is given with it. Counted are headlines in which somebody is
said to say something, and what that somebody was resolved to:

- person: a card's person, or one named with an office or state
- office: somebody without a name whose state is known ("senior diplomat"), the holder's card where there is one
- body: an organ of a known state, a state, a body or medium with a card
- unnamed: an expert, a newspaper, a source and the like, of whom the headline tells no name or office
- unresolved: the rest

``--sheet`` writes a sample as ids with what was found and no text, for a person's verdicts (right, wrong, no_speaker: the
headline has none). ``--verdicts`` counts a sheet that has been filled in, against what is found now.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl

if TYPE_CHECKING:
    from sayso.lexicon import Lexicon
    from sayso.model import Article, Statement

_PLACE = re.compile(r"\s*([A-Z][A-Z .'’-]+?)(?:/[^,]*)?,\s+[A-Z][a-z]+")
_NOBODY: frozenset[str] = frozenset((
    "expert", "analyst", "newspaper", "paper", "media", "outlet", "agency", "portal", "magazine", "channel",
    "tv", "television", "press", "article", "website", "weekly", "daily", "source", "economist", "poll",
    "pollster", "politician", "activist", "journalist", "lawyer", "document", "survey", "people",
    "politicians", "observer", "researcher", "professor", "host", "broker", "manufacturer", "reporter",
))  # fmt: skip
"""Heads of what speaks for itself without a name: no card could tell who it is."""
LEAST = 0.5
"""Certainty from which the ledger confirms a statement."""


def article_of(record: Record, outlet: str | None) -> Article:
    """A headline as an article of one block."""
    from sayso import ids
    from sayso.model import Article, Block, Dateline

    text = record["title"].strip()
    published = (record.get("published") or "")[:10] or None
    place = _PLACE.match(record.get("lead") or "")
    sha256 = ids.sha256_of(text)
    return Article(
        ids.article_id(sha256, published),
        text,
        sha256,
        (Block(0, len(text), "headline"),),
        title=text,
        outlet=outlet,
        dateline=Dateline(place[1].title(), None) if place else None,
        published=published,
        language="en",
    )


def resolved(statement: Statement, day: str | None, lexicon: Lexicon) -> str:
    """What the speaker of a statement was resolved to."""
    speaker, state = statement.speaker, statement.state.value
    name = speaker.name or ""
    if speaker.id is not None:
        person = lexicon.persons.get(speaker.id)
        if person is None:
            return "body"
        return "person" if name.split()[-1:] == person.name.split()[-1:] else "office"
    last = name.lower().split(" ")[-1]
    if name and (last in _NOBODY or last.removesuffix("s") in _NOBODY):
        return "unnamed"
    known = lexicon.resolve(name, day)
    if (state or known.state) is None or not (state or known.sectors):
        return "unresolved"
    if speaker.kind != "person":
        return "body"
    named = known.kind == "person" or (name.istitle() and not known.sectors)
    return "person" if named else "office"


def chief_of(statements: list[Statement]) -> Statement | None:
    """The surest statement whose source stands in no other's content."""
    named = [s for s in statements if s.source is not None]

    def held(one: Statement) -> bool:
        at = one.source.spans[0].start if one.source else 0
        return any(o is not one and any(c.start <= at < c.end for c in o.content.spans) for o in named)

    outer = [s for s in named if not held(s)]
    return max(outer, key=lambda s: s.certainty, default=None)


def predictions(records: list[Record], outlet: str | None) -> Iterator[Record]:
    """The chief speaker of each headline: of its surest statement that lies in no other."""
    from sayso import read

    reader = read.Reader.load(threads=2)
    for record in records:
        article = article_of(record, outlet)
        chief = chief_of([s for s in read.read_article(article, reader).statements if s.certainty >= LEAST])
        line: Record = {"id": record["id"], "speaker": None}
        if chief is not None and chief.source is not None:
            day = article.published
            line |= {
                "speaker": chief.speaker.id or chief.speaker.name,
                "kind": chief.speaker.kind,
                "state": chief.state.value,
                "resolved": resolved(chief, day, reader.lexicon),
                "source": [list(span) for span in chief.source.spans],
            }
        yield line


def measure(found: list[Record], verdicts: list[Record]) -> dict[str, Any]:
    """Counts and shares; of a sheet's verdicts, how many are right."""
    with_speaker = [p for p in found if p["speaker"] is not None]
    counts = Counter(p.get("resolved") for p in with_speaker)
    n = len(with_speaker)
    told = counts["person"] + counts["office"] + counts["body"]
    result: dict[str, Any] = {"headlines": len(found), "with_speaker": n}
    result |= {kind: counts[kind] for kind in ("person", "office", "body", "unnamed", "unresolved")}
    named = n - counts["unnamed"]
    result["resolved_share"] = told / n if n else None
    result["resolved_share_of_named"] = told / named if named else None
    return result | {"verdicts": judged(found, verdicts) if verdicts else None}


def judged(found: list[Record], verdicts: list[Record]) -> dict[str, Any]:
    """Verdicts that still hold: those on a speaker and state that are found now as they were then."""
    now = {p["id"]: p for p in found}
    same = [
        v
        for v in verdicts
        if v["id"] in now and (v["speaker"], v["state"]) == (now[v["id"]]["speaker"], now[v["id"]].get("state"))
    ]
    counts = Counter(v["verdict"] for v in same)
    return {"judged": len(verdicts), "found_as_judged": len(same), **dict(sorted(counts.items()))}


def sheet(found: list[Record], n: int, seed: int) -> list[Record]:
    """A sample to be judged, in the order of the data: no text, an empty verdict."""
    chosen = {p["id"] for p in random.Random(seed).sample(found, min(n, len(found)))}
    keep = ("id", "speaker", "state", "resolved", "source")
    return [{k: p.get(k) for k in keep} | {"verdict": ""} for p in found if p["id"] in chosen]


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.headlines", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True)
    parser.add_argument("--outlet", default="TASS", help="where the headlines stood (TASS)")
    parser.add_argument("--sample", type=int, default=200, help="headlines in the sheet (200)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sheet", metavar="FILE", help="where to write the sample to be judged")
    parser.add_argument("--verdicts", metavar="FILE", help="a sheet that has been judged")
    common_options(parser)
    options = parser.parse_args()
    found = list(predictions(read_jsonl(options.data), options.outlet))
    if options.out:
        write_jsonl(options.out, found)
    if options.sheet:
        write_jsonl(options.sheet, sheet(found, options.sample, options.seed))
    verdicts = read_jsonl(options.verdicts) if options.verdicts else []
    figures(options, {"data": options.data, **measure(found, verdicts)})
    return 0


if __name__ == "__main__":
    sys.exit(main())
