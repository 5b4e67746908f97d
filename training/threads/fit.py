"""Fits the weights of ``data/onepoint.toml``: how likely two statements make one point.

    python -m training.threads.fit --articles S --gold seeds_gold.jsonl --links links.jsonl --stream assertions.jsonl.gz

Two kinds of text: articles with gold links (pairs of one side; kindred and answers left out), for what is said for states,
and a stream of assertions with the claims that they make, for all else. Prints the tables to put into the file.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.files import load_texts, read_jsonl
from benchmarks.stream import statements
from benchmarks.threads import matched, read
from sayso.model import OUT_OF_THREAD, Statement
from sayso.weave import onepoint
from sayso.weave.onepoint import Told

Floats = NDArray[np.float64]
SHARE = 0.25
"""How much the other kind of text counts beside a model's own."""

Labelled = tuple[Told, Told, bool]


def told(said: Sequence[Statement]) -> list[Told]:
    """Statements as they are compared."""
    from sayso.lexicon import Lexicon
    from sayso.weave.craft import Craft

    return Craft(None, Lexicon.load()).slots(said)  # type: ignore[arg-type]


def of_articles(articles: Path, gold: str, links: str) -> Iterator[Labelled]:
    """Pairs of statements of articles, with whether gold links them as one point."""
    pages, texts = read(articles), load_texts(articles)
    names = matched(pages, read_jsonl(gold), texts)
    by_id = {s.id: s for *_, reading in pages for s in reading.statements}
    relations = {tuple(sorted((link["a"], link["b"]))): link["relation"] for link in read_jsonl(links)}
    listed = sorted(names)
    made = dict(zip(listed, told([by_id[names[n]] for n in listed]), strict=True))
    for a, b in combinations(listed, 2):
        relation = relations.get((a, b))
        if made[a].slots.side == made[b].slots.side and relation not in ("kindred", "answers"):
            yield made[a], made[b], relation is not None and relation not in OUT_OF_THREAD


def of_stream(stream: str) -> Iterator[Labelled]:
    """Pairs of assertions, with whether they make one claim."""
    records = read_jsonl(stream)
    made = told([statement for _, statement in statements(records)])
    for (a, one), (b, other) in combinations(zip(made, records, strict=True), 2):
        yield a, b, bool(set(one["claims"]) & set(other["claims"]))


def table(pairs: Sequence[Labelled], names: Sequence[str]) -> tuple[Floats, Floats]:
    """The measures of pairs, and their labels."""
    rows = [[float(onepoint.measures(a, b)[name] or 0.0) for name in names] for a, b, _ in pairs]
    return np.array(rows), np.array([float(label) for *_, label in pairs])


def fit(x: Floats, y: Floats, weight: Floats, decay: float = 3.0) -> Floats:
    """Logistic regression by Newton's steps; the last weight is the bias."""
    mean, spread = x.mean(0), x.std(0) + 1e-9
    z = np.hstack([(x - mean) / spread, np.ones((len(x), 1))])
    decays = decay * np.eye(z.shape[1])
    decays[-1, -1] = 0
    beta = np.zeros(z.shape[1])
    for _ in range(30):
        p = 1 / (1 + np.exp(-z @ beta))
        slope = z.T @ (weight * (y - p)) - decays @ beta
        beta += np.linalg.solve((z * (weight * p * (1 - p))[:, None]).T @ z + decays, slope)
    plain = beta[:-1] / spread
    return np.append(plain, beta[-1] - plain @ mean)


def auc(score: Floats, y: Floats) -> float:
    """Probability that one that is ranks above one that is not."""
    ranks = np.empty(len(score))
    ranks[np.argsort(score)] = np.arange(1, len(score) + 1)
    n = y.sum()
    return float((ranks[y > 0].sum() - n * (n + 1) / 2) / (n * (len(y) - n)))


def main() -> None:
    """Runs the command."""
    parser = argparse.ArgumentParser(prog="python -m training.threads.fit", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--articles", required=True, type=Path)
    for name in ("--gold", "--links", "--stream"):
        parser.add_argument(name, required=True)
    options = parser.parse_args()
    halves = [list(of_articles(options.articles, options.gold, options.links)), list(of_stream(options.stream))]
    for section in ("states", "states_plain", "others", "others_plain"):
        names = [name for name in onepoint.rules()[section] if name != "bias"]
        tables = [table(half, names) for half in halves]
        own = int(section.startswith("others"))
        weight = [
            np.full(len(y), (SHARE if number != own else 1) * 2000 / len(y)) for number, (_, y) in enumerate(tables)
        ]
        beta = fit(np.vstack([x for x, _ in tables]), np.concatenate([y for _, y in tables]), np.concatenate(weight))
        told_by = [f"{auc(x @ beta[:-1], y):.3f}" for x, y in tables]
        print(f"[{section}]\nbias = {beta[-1]:.3f}")
        print(*(f"{name} = {value:.3f}" for name, value in zip(names, beta, strict=False)), sep="\n")
        print(f"# AUC on articles {told_by[0]}, on the stream {told_by[1]}")


if __name__ == "__main__":
    main()
