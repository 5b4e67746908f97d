"""Was it said before, by which earlier saying, in which thread, and what is new?

Gold and predictions are joined on ``id``. An id missing from the predictions is an empty answer and counts as wrong; an id
that the gold does not know is an error, so that a run on the wrong file is not scored in silence.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks.files import Record
from benchmarks.scoring.measures import auc, average_precision, f1, half_width, mean, share

REPEAT = {"same_utterance", "recurs", "entailment", "paraphrase"}
LOOKALIKE = {"reverses", "other_object", "other_speaker", "contradiction"}


def join(gold: Sequence[Record], found: Sequence[Record]) -> list[tuple[Record, Record]]:
    """Each gold record with its prediction ({} if there is none). Raises ``ValueError`` for an unknown or a doubled id."""
    by_id = {row["id"]: row for row in found}
    if len(by_id) < len(found):
        doubled = next(id_ for id_, count in Counter(row["id"] for row in found).items() if count > 1)
        raise ValueError(f"predictions name {doubled!r} twice")
    unknown = sorted(set(by_id) - {row["id"] for row in gold})
    if unknown:
        raise ValueError(f"{len(unknown)} predicted ids are not in the gold, e.g. {unknown[:3]}")
    return [(row, by_id.get(row["id"], {})) for row in gold]


# --- retrieval --------------------------------------------------------------------------------------------------------


def retrieval(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Any]:
    """How high the earlier ones rank. gold {id, gold: [ids]}, found {id, ranked: [ids, best first], score?}.

    A query with no gold has nothing earlier: it is left out of the ranking measures and serves ``said_before_AUC``.
    MAP@k: mean over queries of the summed precision at each right rank up to k, over min(number right, k) (CheckThat!).
    """
    joined = join(gold, found)
    rows = [(set(g["gold"]), list(dict.fromkeys(p.get("ranked", ())))) for g, p in joined if g["gold"]]
    result: dict[str, Any] = {"queries": len(rows), "without_gold": len(gold) - len(rows)}
    for k in (1, 3, 5):
        values = [precision_at(ranked, right, k) for right, ranked in rows]
        result |= {f"MAP@{k}": mean(values), f"MAP@{k}±": half_width(values)}
    result["MRR"] = mean(
        next((1 / n for n, id_ in enumerate(ranked, 1) if id_ in right), 0.0) for right, ranked in rows
    )
    for k in (5, 10, 50, 100):
        result[f"R@{k}"] = mean(len(right & set(ranked[:k])) / len(right) for right, ranked in rows)
    scored = [(p["score"], bool(g["gold"])) for g, p in joined if p.get("score") is not None]
    return result | {"said_before_AUC": auc(scored), "said_before_n": len(scored)}


def precision_at(ranked: Sequence[str], right: set[str], k: int) -> float:
    """Average precision over the first ``k``."""
    hits, total = 0, 0.0
    for rank, id_ in enumerate(ranked[:k], 1):
        if id_ in right:
            hits += 1
            total += hits / rank
    return total / min(len(right), k)


# --- a stream in order of time ----------------------------------------------------------------------------------------


def stream(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Any]:
    """Threads as they grow. gold, **in order of time**: {id, claims: [cluster ids]} or {id, cluster}; an item was said
    before when an earlier one shares a cluster. found {id, score?, earlier?: id|null, thread?: id, final?: id}.

    ``score``: certainty that it was said before. ``earlier``: the earlier one named; P@1 over those that were said before,
    and how often one is named where there is none. ``thread``: the thread given on arrival; ``final``: at the end.
    """
    joined = join(gold, found)
    labels = {row["id"]: clusters_of(row) for row in gold}
    before = said_before(labels)
    result: dict[str, Any] = {"items": len(labels), "said_before": sum(map(bool, before.values()))}
    scored = [(p["score"], bool(before[g["id"]])) for g, p in joined if p.get("score") is not None]
    result |= {"said_before_AUC": auc(scored), "said_before_AP": average_precision(scored)}
    named = {g["id"]: p.get("earlier") for g, p in joined}
    right = [float(named[id_] in earlier) for id_, earlier in before.items() if earlier]
    result |= {"earlier_P@1": mean(right), "earlier_P@1±": half_width(right)}
    result["earlier_named_where_none"] = mean(
        float(named[i] is not None) for i, earlier in before.items() if not earlier
    )
    arrival = {g["id"]: p.get("thread") or f"alone {g['id']}" for g, p in joined}
    final = {g["id"]: p.get("final") or arrival[g["id"]] for g, p in joined}
    result |= b_cubed("online", labels, arrival, online=True) | b_cubed("final", labels, final, online=False)
    result |= pairs(labels, final)
    result |= {"threads": len(set(final.values())), "gold_clusters": len(frozenset().union(*labels.values()))}
    return result | {"moved": mean(float(arrival[id_] != final[id_]) for id_ in labels)}


def clusters_of(row: Record) -> frozenset[str]:
    """The clusters of a gold record."""
    return frozenset(row["claims"]) if "claims" in row else frozenset((row["cluster"],))


def said_before(labels: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """For each item the earlier ones that share a cluster."""
    so_far: defaultdict[str, list[str]] = defaultdict(list)
    before = {}
    for id_, clusters in labels.items():
        before[id_] = {earlier for cluster in clusters for earlier in so_far[cluster]}
        for cluster in clusters:
            so_far[cluster].append(id_)
    return before


def b_cubed(
    name: str, labels: Mapping[str, frozenset[str]], threads: Mapping[str, str], *, online: bool
) -> dict[str, float]:
    """B-cubed: for each item the share of its thread that shares a cluster with it, and of those the share in its thread.

    Online: each item as it arrives, among those so far, itself included; else over the whole. F1 is of the two means.
    """
    measured = list(_measured(labels, threads, online))
    precision = mean(p for p, _ in measured) or 0.0
    recall = mean(r for _, r in measured) or 0.0
    return {f"{name}_B3_P": precision, f"{name}_B3_R": recall, f"{name}_B3_F1": f1(precision, recall)}


def _measured(
    labels: Mapping[str, frozenset[str]], threads: Mapping[str, str], online: bool
) -> Iterator[tuple[float, float]]:
    mates, fellows = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)

    def measure(id_: str) -> tuple[float, float]:
        true = set().union(*(fellows[cluster] for cluster in labels[id_])) or {id_}  # an item of no cluster is its own
        both = len(mates[threads[id_]] & true)
        return both / len(mates[threads[id_]]), both / len(true)

    for id_, clusters in labels.items():
        mates[threads[id_]].add(id_)
        for cluster in clusters:
            fellows[cluster].add(id_)
        if online:
            yield measure(id_)
    yield from () if online else map(measure, labels)


def pairs(labels: Mapping[str, frozenset[str]], threads: Mapping[str, str]) -> dict[str, float]:
    """Precision and recall over all unordered pairs: together in a thread against sharing a cluster."""
    together: Counter[tuple[bool, bool]] = Counter()
    order = list(labels)
    for n, a in enumerate(order):
        together.update((threads[a] == threads[b], bool(labels[a] & labels[b])) for b in order[:n])
    right = together[True, True]
    precision, recall = share(right, right + together[True, False]), share(right, right + together[False, True])
    return {"pair_P": precision, "pair_R": recall, "pair_F1": f1(precision, recall)}


# --- relations --------------------------------------------------------------------------------------------------------


def relations(gold: Sequence[Record], found: Sequence[Record]) -> dict[str, Any]:
    """Typed pairs. gold {id, relation} (or label), found {id, relation|null}. Macro-F1 is over the gold's relations.

    ``false_repeat``: share of look-alikes answered as a repetition; ``missed_repeat``: of repetitions answered otherwise.
    """
    answers = [(str(g.get("relation", g.get("label"))), p.get("relation")) for g, p in join(gold, found)]
    table = {name: _one_relation(name, answers) for name in sorted({true for true, _ in answers})}
    right = [float(true == answer) for true, answer in answers]
    wrong = Counter((true, answer) for true, answer in answers if true != answer)
    return {
        "pairs": len(answers),
        "coverage": mean(float(answer is not None) for _, answer in answers),
        "accuracy": mean(right),
        "accuracy±": half_width(right),
        "macro_F1": mean(row["F1"] for row in table.values()),
        "false_repeat": mean(float(answer in REPEAT) for true, answer in answers if true in LOOKALIKE),
        "missed_repeat": mean(float(answer not in REPEAT) for true, answer in answers if true in REPEAT),
        "relations": table,
        "confusions": [[true, answer, n] for (true, answer), n in wrong.most_common(8)],
    }


def _one_relation(name: str, answers: Sequence[tuple[str, str | None]]) -> dict[str, Any]:
    hits = sum(true == name == answer for true, answer in answers)
    answered, true = sum(answer == name for _, answer in answers), sum(true == name for true, _ in answers)
    precision, recall = share(hits, answered), share(hits, true)
    return {"n": true, "P": precision, "R": recall, "F1": f1(precision, recall)}
