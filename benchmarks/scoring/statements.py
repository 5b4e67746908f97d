"""Statements against gold: which were found, with which words, and how many of their fields are right.

A predicted and a gold statement of one article are paired one to one, most alike first, by the Jaccard overlap of the
characters (white space and punctuation left out) of their contents; a pair counts from .5 ("found") and from .8 ("exact
enough"). Recall is over gold core statements; precision over all predictions, each right when paired with any gold
statement, core or not. Fields are scored on pairs found. ``constant`` is the score of always giving the commonest
value, ``rare_f1`` the F1 over all other values (status not asserted, an addressee named …): read them beside the
accuracies.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from benchmarks.files import Record
from benchmarks.scoring.fields import (
    FIELDS,
    READ_FROM,
    USUAL,
    characters,
    compare,
    overlap,
    plain,
    same_speaker,
    spans_of,
    value_of,
)

FOUND, EXACT = 0.5, 0.8

Pair = tuple[int, int, float]
"""Numbers of a gold and a predicted statement, and how alike they are."""


@dataclass
class Tally:
    """What is counted over all articles."""

    total: Counter[str] = field(default_factory=Counter)
    fields: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    constant: dict[str, Counter[Any]] = field(default_factory=lambda: defaultdict(Counter))
    rare: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    sure: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """By bin of certainty: whether founds are right (each field once: not again in its strict form or its class)."""
    per_article: dict[str, dict[str, int]] = field(default_factory=dict)
    misses: list[tuple[str, ...]] = field(default_factory=list)
    """Kind, article, gold number, words: for reading errors by class."""


def score(texts: Mapping[str, str], gold: Iterable[Record], found: Iterable[Record], threshold: float = 0.0) -> Tally:
    """Counts; ``threshold`` leaves out predictions whose certainty is below it."""
    golds: dict[str, list[Record]] = defaultdict(list)
    for record in gold:
        golds[record["article"]].append(record)
    by_article, strays = _by_article(golds, found, threshold)
    tally = Tally()
    tally.total["strays"] = strays
    for article in sorted(golds):
        _score_article(tally, article, texts[article], golds[article], by_article[article])
    return tally


def _by_article(
    known: Mapping[str, Any], found: Iterable[Record], threshold: float
) -> tuple[dict[str, list[Record]], int]:
    by_article: dict[str, list[Record]] = defaultdict(list)
    strays = 0
    for record in found:
        sure = value_of(record.get("certainty", 1))
        if record.get("type", "statement") != "statement" or (isinstance(sure, (int, float)) and sure < threshold):
            continue
        article = article_of(record, known)
        if article is None:
            strays += 1
        else:
            by_article[article].append(record)
    return by_article, strays


def article_of(record: Record, known: Mapping[str, Any]) -> str | None:
    """The gold's id of the article that a record stands in: its ``ref``, or the file name in it."""
    if record.get("article") in known:
        return str(record["article"])
    ref = str(record.get("ref") or "")
    return next((c for c in (ref, PurePath(ref).stem, PurePath(ref).name) if c in known), None)


def pair_up(golds: list[Record], found: list[Record], text: str) -> list[Pair]:
    """One to one, most alike first; of equals, the one with the right speaker."""
    wanted = [characters(text, g["content"]) for g in golds]
    given = [characters(text, spans_of(p.get("content"))) for p in found]
    options = [
        (alike + 0.01 * same_speaker(golds[i], found[j]), alike, i, j)
        for i, w in enumerate(wanted)
        for j, g in enumerate(given)
        if (alike := overlap(w, g)) >= FOUND
    ]
    left, right, pairs = set(range(len(golds))), set(range(len(found))), []
    for _, alike, i, j in sorted(options, reverse=True):
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j, alike))
    return pairs


def _score_article(tally: Tally, article: str, text: str, golds: list[Record], found: list[Record]) -> None:
    pairs = pair_up(golds, found, text)
    partner = {i: found[j] for i, j, _ in pairs}
    tally.per_article[article] = row = _counts(golds, found, pairs)
    tally.total.update(row)
    for i, gold in enumerate(golds):
        if i in partner:
            _score_fields(tally, article, gold, partner[i])
        elif gold.get("core"):
            tally.misses.append(("missed", article, str(gold.get("n")), words(text, gold["content"])))
        _score_condition(tally.total, gold, partner.get(i), text)
    paired = {j for _, j, _ in pairs}
    tally.misses += [
        ("false", article, "", words(text, spans_of(p.get("content")))) for j, p in enumerate(found) if j not in paired
    ]
    tally.total["cond_pred"] += sum(bool(p.get("condition")) for p in found)


def words(text: str, spans: Any, longest: int = 110) -> str:
    """The words of some spans, cut to a line."""
    return " … ".join(text[start:end] for start, end in spans)[:longest]


def _counts(golds: list[Record], found: list[Record], pairs: list[Pair]) -> dict[str, int]:
    alike = {i: score for i, _, score in pairs}
    core = [i for i, g in enumerate(golds) if g.get("core")]
    return {
        "core": len(core),
        "found": sum(i in alike for i in core),
        "found.8": sum(alike.get(i, 0) >= EXACT for i in core),
        "gold": len(golds),
        "found_any": len(alike),
        "pred": len(found),
        "right": len(pairs),
        "right.8": sum(a >= EXACT for a in alike.values()),
    }


def _score_fields(tally: Tally, article: str, gold: Record, found: Record) -> None:
    agreed = compare(gold, found)
    for name, usual in USUAL.items():
        right = agreed[name]
        if right is not None:
            want, got = plain(name, gold), plain(name, found)
            tally.rare[name]["gold"] += want != usual and not (right and got == usual)
            tally.rare[name]["pred"] += got != usual and not (right and want == usual)
            tally.rare[name]["right"] += want != usual and got != usual and right
    for name, right in agreed.items():
        if right is None:
            continue
        tally.fields[name].append(right)
        certainty = _certainty(found, name)
        if certainty is not None:
            tally.sure[_bin(certainty)].append(right)
        if name in gold and name not in ("chain", "said"):
            tally.constant[name][plain(name, gold)] += 1
        if not right:
            behind = READ_FROM.get(name, name)
            told = f"{gold.get(behind)} / {plain(behind, found)}"
            tally.misses.append((f"wrong {name}", article, str(gold.get("n")), told))


def _certainty(found: Record, name: str) -> float | None:
    """How sure a field was read; None for those that share another field's certainty, or have none."""
    field_ = {"core_right": "core", "topic": "topics"}.get(name, name)
    part = found.get(field_)
    sure = part.get("certainty") if isinstance(part, dict) else None
    return float(sure) if isinstance(sure, int | float) else None


def _bin(certainty: float) -> str:
    """The tenth a certainty lies in: "from .8" for .8 to .9; all below .5 together."""
    return "below .5" if certainty < 0.5 else f"from .{min(9, int(certainty * 10 + 1e-9))}"


def _score_condition(total: Counter[str], gold: Record, found: Record | None, text: str) -> None:
    want = _halves(gold.get("condition"), text)
    got = _halves(found.get("condition"), text) if found else (set(), set())
    optional = None in ((gold.get("alt") or {}).get("condition") or [])
    if any(want) and (any(got) or not optional):
        total["cond_gold"] += 1
        whole = overlap(want[0], got[0]) >= FOUND and (not want[1] or overlap(want[1], got[1]) >= FOUND)
        total["cond_right"] += whole


def _halves(condition: Record | None, text: str) -> tuple[set[int], set[int]]:
    antecedent, consequence = ((condition or {}).get(half) for half in ("antecedent", "consequence"))
    return characters(text, spans_of(antecedent)), characters(text, spans_of(consequence))


def ratio(a: float, b: float) -> float:
    """The quotient, 0 when there is nothing to divide by."""
    return a / b if b else 0.0


def f1(right: float, gold: float, found: float) -> float:
    """Harmonic mean of recall and precision."""
    return ratio(2 * right, gold + found)


def report(tally: Tally) -> dict[str, Any]:
    """Figures of a tally, rates as 0–1."""
    total = tally.total
    result: dict[str, Any] = {"articles": len(tally.per_article)}
    result |= {name: total[name] for name in ("gold", "core", "pred", "strays")}
    for suffix in ("", ".8"):
        recall, precision = ratio(total["found" + suffix], total["core"]), ratio(total["right" + suffix], total["pred"])
        result |= {"core_recall" + suffix: recall, "precision" + suffix: precision}
        result["f1" + suffix] = ratio(2 * recall * precision, recall + precision)
    result["recall_all"] = ratio(total["found_any"], total["gold"])
    result |= {
        name: ratio(sum(tally.fields[name]), len(tally.fields[name])) for name in FIELDS if tally.fields.get(name)
    }
    result["constant"] = {
        name: ratio(counts.most_common(1)[0][1], sum(counts.values())) for name, counts in tally.constant.items()
    }
    result["rare_f1"] = {name: f1(c["right"], c["gold"], c["pred"]) for name, c in tally.rare.items()}
    result["calibration"] = {
        name: {"founds": len(rows), "right": ratio(sum(rows), len(rows))} for name, rows in sorted(tally.sure.items())
    }
    gold, pred, right = total["cond_gold"], total["cond_pred"], total["cond_right"]
    result["conditions"] = {"gold": gold, "pred": pred, "right": right, "f1": f1(right, gold, pred)}
    return result


def no_figures() -> dict[str, Any]:
    """The same figures, null: what stands there when the gold is missing."""
    names = [
        "gold",
        "core",
        "core_recall",
        "precision",
        "f1",
        "core_recall.8",
        "precision.8",
        "f1.8",
        "recall_all",
        *FIELDS,
    ]
    return dict.fromkeys([*names, "constant", "rare_f1", "calibration", "conditions"])
