"""What is found of claims, and how long it takes as a ledger grows: the commands on tiny data of our own wording."""

import json
import sys

import pytest

from benchmarks import linking, retrieval
from benchmarks.files import read_jsonl, write_jsonl

CLAIMS = [
    {
        "id": "c1",
        "vclaim": "Norland has more lakes than any other country.",
        "title": "Is Norland the land of most lakes?",
    },
    {"id": "c2", "vclaim": "The price of bread in Eastland has doubled since spring.", "title": "Bread twice as dear?"},
    {"id": "c3", "vclaim": "The Norland navy bought nine submarines."},
]
QUERIES = [
    {
        "id": "q1",
        "text": "No country on earth has as many lakes as we do.",
        "gold": ["c1"],
        "before": ["ALPHA: I love Norland."],
    },
    {
        "id": "q2",
        "text": "It costs twice what it did.",
        "gold": ["c2"],
        "before": ["BETA: Look at bread."],
        "after": ["BETA: In Eastland!"],
    },
    {"id": "q3", "text": "Good evening, and welcome.", "gold": []},
]


@pytest.fixture
def run(monkeypatch, capsys, tmp_path):
    def run(command, *arguments):
        monkeypatch.setattr(sys, "argv", ["command", *map(str, arguments), "--json"])
        assert command.main() == 0
        return json.loads(capsys.readouterr().out)

    write_jsonl(tmp_path / "pool.jsonl.gz", CLAIMS)
    return run


@pytest.mark.parametrize("way", retrieval.WAYS)
def test_claims_are_found(run, tmp_path, way):
    write_jsonl(tmp_path / "q.jsonl", QUERIES)
    given = ("--queries", tmp_path / "q.jsonl", "--pool", tmp_path / "pool.jsonl.gz", "--by", way)
    result = run(retrieval, *given, "--out", tmp_path / "out.jsonl")
    assert (result["queries"], result["without_gold"], result["claims"]) == (2, 1, 3)
    assert result["MAP@5"] == 1 if way in ("vectors", "blend") else result["MAP@5"] > 0.3
    found = read_jsonl(tmp_path / "out.jsonl")
    assert [row["id"] for row in found] == ["q1", "q2", "q3"]
    assert all(sorted(row["ranked"]) == ["c1", "c2", "c3"] for row in found)


def test_without_gold_the_ranking_is_written_and_figures_are_null(run, tmp_path):
    write_jsonl(tmp_path / "q.jsonl", [{"id": "q", "text": "submarines, nine of them"}])
    out = tmp_path / "out.jsonl"
    result = run(retrieval, "--queries", tmp_path / "q.jsonl", "--pool", tmp_path / "pool.jsonl.gz", "--out", out)
    assert result["MAP@5"] is None
    assert result["said_before_AUC"] is None
    assert read_jsonl(out)[0]["ranked"][0] == "c3"


def test_a_query_is_read_with_what_stands_around_it():
    assert retrieval.around(QUERIES[1]) == "Look at bread. It costs twice what it did. In Eastland!"
    assert retrieval.around(QUERIES[2]) == "Good evening, and welcome."


def test_the_curve_on_a_ledger_of_a_few(run, tmp_path):
    page = tmp_path / "page.txt"
    page.write_text(
        "Norland says ties with Germany are bad\n\nOSLO, March 3. Ties between Norway and Germany are on the verge of rupture, "
        "Foreign Minister Jane Alpha said on Monday. She also said that Norway would leave the grain treaty by spring.\n",
        encoding="utf-8",
    )
    result = run(
        linking, "--articles", page, "--sizes", "20,60", "--asked", "6", "--plain", "3", "--out", tmp_path / "o.jsonl"
    )
    assert result["patterns"] >= 1
    assert [row["statements"] for row in read_jsonl(tmp_path / "o.jsonl")] == [20, 60]
    assert result["60"]["near"]["found"] == 1
    assert 0 < result["60"]["near"]["p50_ms"] <= result["60"]["near"]["p95_ms"]
