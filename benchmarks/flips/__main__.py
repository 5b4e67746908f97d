"""Sentences whose sign or happening is turned: how many are read with the wrong sign, or as having happened.

    python -m benchmarks.flips [--pairs F] [--misses] [--json] [--out FILE]

The pairs are those of ``benchmarks/flips`` (see the README there); every sentence is read alone, as an article of one
line with a day, over the cards of invented states beside them. ``wrong`` is the headline: the share of sentences read
with the wrong sign (the opposite one; or -2 or 2 where no side is taken) or as having happened where it has not.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.files import Record, common_options, figures, read_jsonl, write_jsonl
from sayso import intake, read
from sayso.lexicon import Lexicon
from sayso.model import CLASS_OF, Statement
from sayso.text.happening import happened

HERE = Path(__file__).parent
FILES = ("before.jsonl", "after.jsonl", "last.jsonl")
DAY = "2024-05-15"
"""A Wednesday."""


def sentences(pairs: Iterable[Record]) -> Iterator[Record]:
    """Both sentences of every pair, each with what is expected of it."""
    for pair in pairs:
        for part in ("a", "b"):
            yield {"id": f"{pair['id']}-{part}", "class": pair["class"], "part": part, "text": pair[part],
                   "expected": pair["expected"][part]}  # fmt: skip


def predictions(asked: Iterable[Record]) -> Iterator[Record]:
    """What is read of each sentence: sign, happening, act, class and side of the statement that answers for it."""
    reader = read.Reader.load(threads=2, lexicon=Lexicon.load(HERE / "cards"))
    for sentence in asked:
        article, _ = intake.article_of(sentence["text"].encode(), sentence["id"], kind="text", given={"published": DAY})
        found = read.read_article(article, reader).statements
        yield sentence | {"read": _told(main_of(found, sentence["expected"]["who"]))}


def main_of(found: Iterable[Statement], who: str) -> Statement | None:
    """The statement that answers for a sentence: of the side expected the longest, else the longest of all."""
    by_length = sorted(found, key=lambda s: (s.state.value != who, -len(s.content.text)))
    return by_length[0] if by_length else None


def _told(s: Statement | None) -> Record | None:
    if s is None:
        return None
    told = {"polarity": s.polarity.value, "happened": happened(s), "act": s.act.value, "who": s.state.value}
    return told | {"class": CLASS_OF.get(s.act.value or ""), "content": s.content.text, "modality": s.modality.value}


def judged(sentence: Record) -> dict[str, bool]:
    """What is right and what is wrong in one reading."""
    expected, found = sentence["expected"], sentence["read"]
    if found is None:
        return {"unread": True}
    signs, polarity = expected["sign"], found["polarity"]
    as_happened = found["happened"] in ("true", "past") and found["happened"] not in expected["happened"]
    as_happened = as_happened and not (found["happened"] == "past" and "true" in expected["happened"])
    told = {
        "unread": False,
        "wrong_sign": polarity is not None and min(_apart(sign, polarity) for sign in signs) > 1,
        "wrongly_happened": as_happened,
        "sign_exact": polarity is not None and _sign(polarity) in signs,
        "happened_exact": found["happened"] in expected["happened"],
        "class_right": found["class"] in expected["act"],
        "who_right": found["who"] == expected["who"],
    }
    return told | {"wrong": told["wrong_sign"] or told["wrongly_happened"]}


def _sign(polarity: int) -> int:
    return (polarity > 0) - (polarity < 0)


def _apart(sign: int, polarity: int) -> int:
    """How far a polarity lies from a sign: more than 1 is the opposite sign, or a strong word where none is due."""
    return abs(sign - polarity) if sign == 0 else abs(sign - _sign(polarity))


def shares(rows: list[dict[str, bool]]) -> Record:
    """The share of sentences of which each thing holds, of those it can be told of."""
    told: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        for name, holds in row.items():
            told[name].append(holds)
    return {"sentences": len(rows)} | {name: sum(held) / len(held) for name, held in sorted(told.items())}


def measure(answered: list[Record]) -> dict[str, Any]:
    """All figures: over every sentence, over the turned ones, and for each class of turn."""
    rows = [(s, judged(s)) for s in answered]
    pairs: dict[str, list[bool]] = defaultdict(list)
    for sentence, row in rows:
        pairs[sentence["id"][:-2]].append(row.get("wrong", True))
    result: dict[str, Any] = {"pairs": len(pairs)} | shares([row for _, row in rows])
    result["wrong_pairs"] = sum(map(any, pairs.values())) / max(1, len(pairs))
    result["turned"] = shares([row for sentence, row in rows if sentence["part"] == "b"])
    kinds = dict.fromkeys(s["class"] for s, _ in rows)
    result["wrong_by_class"] = {kind: shares([row for s, row in rows if s["class"] == kind])["wrong"] for kind in kinds}
    return result


def main() -> int:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.flips", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--pairs", action="append", help="a file of pairs; all that stand beside this module, if not given"
    )
    parser.add_argument("--misses", action="store_true", help="list what was read wrong, on standard error")
    common_options(parser)
    options = parser.parse_args()
    files = options.pairs or [str(HERE / name) for name in FILES if (HERE / name).exists()]
    answered = list(predictions(sentences(pair for file in files for pair in read_jsonl(file))))
    if options.out:
        write_jsonl(options.out, answered)
    if options.misses:
        _list_misses(answered)
    figures(options, measure(answered))
    return 0


def _list_misses(answered: Iterable[Record]) -> None:
    for sentence in answered:
        row = judged(sentence)
        kinds = [name for name in ("unread", "wrong_sign", "wrongly_happened") if row.get(name)]
        if kinds:
            print(
                "\t".join([sentence["id"], ",".join(kinds), str(sentence["read"]), sentence["text"]]), file=sys.stderr
            )


if __name__ == "__main__":
    sys.exit(main())
