"""Source, cue and content against gold, compared by tokens (a word, or one mark).

HEADLINE: a prediction is right when the token-Jaccard of its content with the matched gold content is at least .5 and
its source shares a token with the gold source, or both have no source. Matching is one to one within an article and
maximises the summed content Jaccard (ties: source overlap, then cue overlap). ``speech_only``: gold relations whose cue
is an attitude or perception verb or a bare preposition are "don't care": not counted as gold, and a prediction matched
to one is not counted.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from benchmarks.files import Record
from benchmarks.scoring.matching import best_pairs
from benchmarks.scoring.tokens import Ids, Tokens, cue_class, quote_class, quoted_chars, source_class

ROLES = ("source", "cue", "content")
SPLITS = ("cue_class", "source_class", "quote")
SPEECH_CLASSES = ("say_verb", "speech_verb", "according_to", "noun", "punctuation", "none")
FOUND = 0.5
SOURCE_TIE, CUE_TIE = 1e-4, 1e-6


class Relation(NamedTuple):
    """One attribution as tokens; classes are told of gold only."""

    roles: dict[str, Ids]
    classes: dict[str, str]
    certainty: float | None = None


class Cell(NamedTuple):
    """How many gold relations of a class there are, and how many of them were found and right."""

    gold: int = 0
    content: int = 0
    headline: int = 0


@dataclass
class Tally:
    """What is counted over all articles."""

    total: Counter[str] = field(default_factory=Counter)
    cells: dict[str, dict[str, Cell]] = field(default_factory=lambda: {split: defaultdict(Cell) for split in SPLITS})
    per_article: list[tuple[int, int, int]] = field(default_factory=list)
    """Right, predicted, gold."""
    certain: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[Record] = field(default_factory=list)


def score(
    gold: Mapping[str, Record], found: Mapping[str, Record], speech_only: bool = False, least: float = 0.0
) -> Tally:
    """Counts; ``least`` leaves out predictions whose certainty is below it."""
    tally = Tally()
    for name, record in gold.items():
        tokens = Tokens(record["text"])
        golds = _gold_relations(tokens, record)
        given = [a for a in found.get(name, {}).get("attributions", []) if a.get("certainty", 1.0) >= least]
        predicted = [Relation(_roles(tokens, a), {}, a.get("certainty")) for a in given]
        pairs = match(golds, predicted)
        if speech_only:
            golds, predicted, pairs = _speech_only(golds, predicted, pairs)
        _score_article(tally, name, tokens, golds, predicted, pairs)
    return tally


def _roles(tokens: Tokens, attribution: Record) -> dict[str, Ids]:
    return {role: tokens.of(attribution.get(role)) for role in ROLES}


def _gold_relations(tokens: Tokens, record: Record) -> list[Relation]:
    quoted = quoted_chars(record["text"])
    out = []
    for attribution in record["attributions"]:
        roles = _roles(tokens, attribution)
        classes = {
            "cue_class": attribution.get("cue_class") or cue_class(tokens, roles["cue"]),
            "source_class": attribution.get("source_class") or source_class(tokens, roles["source"]),
            "quote": attribution.get("quote") or quote_class(tokens, roles["content"], quoted),
        }
        out.append(Relation(roles, classes))
    return out


def jaccard(a: Ids, b: Ids) -> float:
    """Shared over all; 0 if both are empty."""
    return len(a & b) / len(a | b) if a or b else 0.0


def same_source(gold: Relation, found: Relation) -> bool:
    """A shared token, or no source on either side."""
    a, b = gold.roles["source"], found.roles["source"]
    return bool(a & b) or not (a or b)


def match(golds: Sequence[Relation], found: Sequence[Relation]) -> list[tuple[int, int]]:
    """Pairs (gold, predicted) whose contents share a token."""
    return best_pairs(
        {
            (i, j): jaccard(g.roles["content"], p.roles["content"])
            + SOURCE_TIE * same_source(g, p)
            + CUE_TIE * jaccard(g.roles["cue"], p.roles["cue"])
            for i, g in enumerate(golds)
            for j, p in enumerate(found)
            if g.roles["content"] & p.roles["content"]
        }
    )


Kept = tuple[list[Relation], list[Relation], list[tuple[int, int]]]


def _speech_only(golds: list[Relation], found: list[Relation], pairs: list[tuple[int, int]]) -> Kept:
    skipped = {i for i, g in enumerate(golds) if g.classes["cue_class"] not in SPEECH_CLASSES}
    unjudged = {j for i, j in pairs if i in skipped}
    left = [i for i in range(len(golds)) if i not in skipped]
    right = [j for j in range(len(found)) if j not in unjudged]
    kept = [(left.index(i), right.index(j)) for i, j in pairs if i not in skipped]
    return [golds[i] for i in left], [found[j] for j in right], kept


def _score_article(
    tally: Tally, name: str, tokens: Tokens, golds: list[Relation], found: list[Relation], pairs: list[tuple[int, int]]
) -> None:
    verdicts = {i: _score_pair(tally.total, tokens, golds[i], found[j]) for i, j in pairs}
    right = {j for i, j in pairs if verdicts[i][1]}
    tally.certain += [(p.certainty, j in right) for j, p in enumerate(found) if p.certainty is not None]
    _count_roles(tally.total, "gold", golds)
    _count_roles(tally.total, "pred", found)
    partner = dict(pairs)
    for i, gold in enumerate(golds):
        content, headline = verdicts.get(i, (False, False))
        for split in SPLITS:
            cell = tally.cells[split][gold.classes[split]]
            tally.cells[split][gold.classes[split]] = Cell(
                cell.gold + 1, cell.content + content, cell.headline + headline
            )
        if not headline:
            nearest = found[partner[i]] if i in partner else None
            tally.errors.append(_error(name, tokens, gold, nearest, content))
    tally.per_article.append((len(right), len(found), len(golds)))


def _score_pair(total: Counter[str], tokens: Tokens, gold: Relation, found: Relation) -> tuple[bool, bool]:
    """Whether the content is found, and whether all that the headline asks is right."""
    content = jaccard(gold.roles["content"], found.roles["content"]) >= FOUND
    right = content and same_source(gold, found)
    total["content"] += content
    total["headline"] += right
    total["all_exact"] += gold.roles == found.roles
    for role in ROLES:
        want, got = gold.roles[role], found.roles[role]
        total["exact_" + role] += bool(want) and want == got
        total["words_" + role] += bool(want) and tokens.only_words(want) == tokens.only_words(got)
        total["tok_" + role] += len(want & got)
    return content, right


def _count_roles(total: Counter[str], side: str, relations: Sequence[Relation]) -> None:
    total[side] += len(relations)
    for role in ROLES:
        total[f"{side}_{role}"] += sum(bool(r.roles[role]) for r in relations)
        total[f"{side}_tok_{role}"] += sum(len(r.roles[role]) for r in relations)


def _error(name: str, tokens: Tokens, gold: Relation, nearest: Relation | None, content: bool) -> Record:
    def shown(relation: Relation) -> dict[str, str]:
        return {role: " ".join(tokens.words(ids)) for role, ids in relation.roles.items()}

    classes = list(gold.classes.values())
    return {
        "id": name,
        "missed": shown(gold),
        "content_found": content,
        "classes": classes,
        "nearest": shown(nearest) if nearest else None,
    }


def rates(right: int, predicted: int, gold: int) -> dict[str, Any]:
    """Precision, recall and F1 with the counts they come from."""
    p, r = (right / predicted if predicted else 0.0), (right / gold if gold else 0.0)
    return {
        "p": p,
        "r": r,
        "f1": 2 * p * r / (p + r) if p + r else 0.0,
        "tp": right,
        "n_pred": predicted,
        "n_gold": gold,
    }


def report(tally: Tally) -> dict[str, Any]:
    """Figures of a tally, rates as 0–1."""
    total = tally.total

    def of(right: str, role: str = "") -> dict[str, Any]:
        return rates(total[right], total["pred" + role], total["gold" + role])

    return {
        "articles": len(tally.per_article),
        "gold": total["gold"],
        "predicted": total["pred"],
        "headline": of("headline") | {"interval95": interval(tally.per_article)},
        "content_found": of("content"),
        "source_right_given_content": total["headline"] / total["content"] if total["content"] else 0.0,
        "all_exact": of("all_exact"),
        "roles": {
            role: {
                "exact": of("exact_" + role, "_" + role),
                "exact_words_only": of("words_" + role, "_" + role),
                "token_overlap": of("tok_" + role, "_tok_" + role),
            }
            for role in ROLES
        },
        "recall_by": {split: _by_class(cells) for split, cells in tally.cells.items()},
        "certainty_bins": _bins(tally.certain),
    }


def _by_class(cells: Mapping[str, Cell]) -> dict[str, Any]:
    return {
        name: {"gold": cell.gold, "content_found": cell.content / cell.gold, "headline": cell.headline / cell.gold}
        for name, cell in sorted(cells.items(), key=lambda item: -item[1].gold)
    }


def _bins(certain: Sequence[tuple[float, bool]]) -> list[dict[str, Any]]:
    """How many of the predictions of like certainty are right: the figure should grow with the bin."""
    bins: dict[int, list[bool]] = defaultdict(list)
    for certainty, right in certain:
        bins[min(4, int(certainty * 5 + 1e-9))].append(right)
    return [{"from": b / 5, "n": len(bins[b]), "right": sum(bins[b]) / len(bins[b])} for b in sorted(bins)]


def interval(rows: Sequence[tuple[int, int, int]], rounds: int = 1000, seed: int = 7) -> list[float]:
    """95 % bootstrap interval of F1 over articles."""
    if not rows:
        return [0.0, 0.0]
    draw = random.Random(seed)
    scores = sorted(
        float(rates(*map(sum, zip(*draw.choices(rows, k=len(rows)), strict=True)))["f1"]) for _ in range(rounds)
    )
    return [scores[int(0.025 * rounds)], scores[int(0.975 * rounds) - 1]]
