"""Actors of the world from short phrases: state and sector, by date.

    python -m benchmarks.actors --data F.jsonl[.gz] [--day YYYY-MM-DD] [--misses] [--json] [--out FILE]

Records are {id, text, context?, date?, country?, code_1?, code_2?}: country is an ISO 3166 alpha-3 code or IGO, UNO,
EUR for bodies, "" for none, null if not tested. Right, wrong and none are counted apart: an answer where none is due is
wrong, none where none is due is right. Beside them the floor: the longest match among names of states alone.
"""

from __future__ import annotations

import argparse
import re
import sys
from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl

NOW = "2022-06-30"
"""The day of records without a date: the middle of the year in which the expectations were written."""
MONTHS = [month.lower() for month in month_name[1:]]
BODIES = {"UN": "UNO", "EU": "EUR"}
FORMER = {"SUN": "RUS", "DDR": "DEU", "YUG": "SRB", "CSK": "CZE"}


def day_of(date: str | None, now: str) -> str:
    """An ISO day from "2022-05-01", "10 May 2015" or "October 1, 2021"; ``now`` if there is none."""
    if date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        return date or now
    parts = re.findall(r"[a-z]+|\d+", date.lower())
    month = next((MONTHS.index(p) + 1 for p in parts if p in MONTHS), 1)
    numbers = [int(p) for p in parts if p.isdigit()]
    year = next((n for n in numbers if n > 31), int(now[:4]))
    return f"{year:04}-{month:02}-{next((n for n in numbers if n <= 31), 1):02}"


def country_of(state: str | None, lexicon: Any) -> str:
    """The code of the data for a state or body: the state that claims a territory, the body an agency is part of."""
    if state is None:
        return ""
    card = lexicon.states.get(state)
    if card is not None and card.home:
        return country_of(card.home, lexicon)
    if card is not None and card.type == "body":
        return BODIES.get(state, "IGO")
    if card is not None and card.type in {"armed_movement", "other"} and state not in {"PSE", "TWN", "XKX", "ESH"}:
        return ""
    return FORMER.get(state, state)


def predictions(records: list[Record], now: str) -> Iterator[Record]:
    """What ``Lexicon.resolve`` answers for each record."""
    from sayso.lexicon import Lexicon

    lexicon = Lexicon.load()
    for record in records:
        actor = lexicon.resolve(record["text"], day_of(record.get("date"), now), record.get("context") or "")
        codes = [*actor.sectors, "", ""]
        body = lexicon.bodies.get(actor.id or "")
        country = "IGO" if body is not None and body.intergovernmental else country_of(actor.state, lexicon)
        yield {
            "id": record["id"],
            "country": country,
            "code_1": codes[0],
            "code_2": codes[1],
            "actor": actor.id,
            "why": actor.why,
        }


def floor(records: list[Record]) -> Iterator[Record]:
    """The longest match among the names of states alone."""
    from sayso.lexicon import Lexicon

    lexicon = Lexicon.load()
    kinds = ("state", "body", "adjective", "demonym", "capital", "seat")
    for record in records:
        hits = [h for h in lexicon.names(record["text"], 0, len(record["text"])) if h.kind in kinds]
        best = max(hits, key=lambda h: h.end - h.start, default=None)
        yield {"id": record["id"], "country": country_of(best.ids[0] if best else None, lexicon)}


def tally(records: list[Record], found: list[Record], field: str, due: Callable[[str], bool]) -> dict[str, Any]:
    """Right, wrong, none for one field, where its gold value is tested and ``due``."""
    counts: Counter[str] = Counter()
    for record, answer in zip(records, found, strict=True):
        gold = record.get(field)
        if gold is None or not due(gold):
            continue
        given = answer.get(field) or ""
        counts["right" if given == gold else "none" if not given else "wrong"] += 1
    n = sum(counts.values())
    return {"n": n, **{k: counts[k] for k in ("right", "wrong", "none")}, "right_share": counts["right"] / n if n else None,
            "wrong_share": counts["wrong"] / n if n else None}  # fmt: skip


def measure(records: list[Record], found: list[Record], by_states: list[Record]) -> dict[str, Any]:
    """All figures; null where the gold lacks a field."""
    return {
        "n": len(records),
        "state": tally(records, found, "country", lambda _: True),
        "state_where_there_is_one": tally(records, found, "country", bool),
        "floor_states_alone": tally(records, by_states, "country", lambda _: True),
        "floor_where_there_is_one": tally(records, by_states, "country", bool),
        "code_1": tally(records, found, "code_1", lambda _: True),
        "code_1_where_there_is_one": tally(records, found, "code_1", bool),
        "code_2_where_there_is_one": tally(records, found, "code_2", bool),
    }


def misses(records: list[Record], found: list[Record]) -> Iterator[str]:
    """Records with a wrong or missing state or first sector."""
    for record, answer in zip(records, found, strict=True):
        for field in ("country", "code_1"):
            gold = record.get(field)
            if gold is not None and gold != (answer[field] or ""):
                yield f"{record['id']}\t{field}\t{gold or '-'}\t{answer[field] or '-'}\t{record['text']}\t{answer['why']}"


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.actors", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--data", required=True)
    parser.add_argument("--day", default=NOW, help=f"the day of records without a date ({NOW})")
    parser.add_argument("--misses", action="store_true", help="list what is wrong or missing on standard error")
    common_options(parser)
    options = parser.parse_args()
    records = read_jsonl(options.data)
    found = list(predictions(records, options.day))
    if options.out:
        write_jsonl(options.out, ({k: p[k] for k in ("id", "country", "code_1", "code_2")} for p in found))
    if options.misses:
        print(*misses(records, found), sep="\n", file=sys.stderr)
    figures(options, {"data": options.data, **measure(records, found, list(floor(records)))})
    return 0


if __name__ == "__main__":
    sys.exit(main())
