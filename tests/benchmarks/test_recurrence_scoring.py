"""The scorer of recurrence, on examples small enough to count by hand."""

import pytest

from benchmarks.scoring.measures import auc, average_precision
from benchmarks.scoring.recurrence import relations, retrieval, stream

near = pytest.approx
STREAM = [{"id": str(number), "cluster": cluster} for number, cluster in enumerate("ABAAB")]


def test_ties_count_half():
    assert auc([(1, True), (2, False), (3, True)]) == near(0.5)
    assert auc([(1, True), (1, False)]) == near(0.5)
    assert auc([(1, True)]) is None
    assert average_precision([(3, True), (2, False), (1, True)]) == near((1 + 2 / 3) / 2)
    assert average_precision([(1, True), (1, False)]) == near(0.5)


def test_ranks():
    gold = [
        {"id": "q1", "gold": ["a", "b"]},
        {"id": "q2", "gold": ["c"]},
        {"id": "q3", "gold": ["d"]},
        {"id": "q4", "gold": []},
    ]
    found = [
        {"id": "q1", "ranked": ["x", "a", "b"], "score": 0.9},
        {"id": "q2", "ranked": ["c", "c"], "score": 0.2},
        {"id": "q4", "ranked": ["a"], "score": 0.2},
    ]
    result = retrieval(gold, found)
    assert (result["queries"], result["without_gold"]) == (3, 1)
    assert result["MAP@5"] == near(((1 / 2 + 2 / 3) / 2 + 1 + 0) / 3)
    assert (result["MAP@1"], result["MRR"], result["R@5"]) == (near(1 / 3), near(1.5 / 3), near(2 / 3))
    assert result["said_before_AUC"] == near(0.75)


def test_a_perfect_stream():
    earlier = {2: "0", 3: "2", 4: "1"}
    found = [
        {"id": row["id"], "thread": row["cluster"], "score": float(n > 1), "earlier": earlier.get(n)}
        for n, row in enumerate(STREAM)
    ]
    result = stream(STREAM, found)
    assert [result[k] for k in ("online_B3_F1", "final_B3_F1", "pair_F1", "said_before_AUC", "earlier_P@1")] == [
        near(1)
    ] * 5
    assert (result["moved"], result["said_before"], result["earlier_named_where_none"]) == (0, 3, 0)


def test_one_thread_for_all():
    result = stream(STREAM, [{"id": row["id"], "thread": "one", "earlier": "0"} for row in STREAM])
    assert result["final_B3_P"] == near((3 * 3 / 5 + 2 * 2 / 5) / 5)
    assert result["final_B3_R"] == near(1)
    assert result["online_B3_P"] == near((1 + 1 / 2 + 2 / 3 + 3 / 4 + 2 / 5) / 5)
    assert (result["pair_P"], result["earlier_P@1"], result["earlier_named_where_none"]) == (near(0.4), near(2 / 3), 1)


def test_each_alone_then_joined():
    result = stream(STREAM, [{"id": row["id"], "thread": row["id"]} for row in STREAM])
    assert (result["final_B3_P"], result["final_B3_R"], result["pair_F1"]) == (near(1), near(2 / 5), 0)
    result = stream(STREAM, [{"id": row["id"], "thread": row["id"], "final": row["cluster"]} for row in STREAM])
    assert (result["final_B3_F1"], result["moved"]) == (near(1), 1)
    assert result["online_B3_F1"] < 1


def test_items_of_several_clusters():
    gold = [{"id": "0", "claims": ["A"]}, {"id": "1", "claims": ["A", "B"]}, {"id": "2", "claims": ["B"]}]
    result = stream(gold, [{"id": id_, "thread": "t"} for id_ in "012"])
    assert (result["final_B3_P"], result["final_B3_R"]) == (near((2 / 3 + 1 + 2 / 3) / 3), near(1))


def test_relations():
    gold = [{"id": str(n), "relation": name} for n, name in enumerate(["recurs", "recurs", "reverses", "other_object"])]
    answers = ["recurs", None, "recurs", "other_object"]
    result = relations(gold, [{"id": str(n), "relation": name} for n, name in enumerate(answers)])
    assert (result["macro_F1"], result["accuracy"], result["coverage"]) == (near(0.5), near(0.5), near(0.75))
    assert (result["false_repeat"], result["missed_repeat"]) == (near(0.5), near(0.5))


@pytest.mark.parametrize("found", [[{"id": "0"}, {"id": "0"}], [{"id": "nope"}]])
def test_a_run_on_another_file_is_not_scored(found):
    with pytest.raises(ValueError, match=r"twice|not in the gold"):
        relations([{"id": "0", "relation": "recurs"}], found)
