"""Bodies of pages: the scorer's definition, and the command on tiny data."""

import json
import sys

from benchmarks import extraction
from benchmarks.files import read_jsonl, write_jsonl
from benchmarks.scoring.extraction import days, foreign_lines, overlap, totals

PAGE = "<html><body><h1>Sea talks</h1><p>{}</p><p>{}</p></body></html>"
FIRST = "Norland will not return to the talks about the sea before the summer, a minister said on Monday."
SECOND = "Two ships left the harbour of Norvik in the morning and nobody in the town could say where they went."


def test_overlap_counts_runs_of_four_words():
    assert overlap("a b c d e", "a b c d x") == (0.5, 0.5, False)
    assert overlap("", "") == (1.0, 1.0, True)
    assert overlap("a b c d", "") == (None, 0.0, False)


def test_a_page_without_prediction_has_no_precision():
    assert totals([overlap("a b c d", ""), overlap("a b c d", "a b c d")])["precision"] == 1.0


def test_foreign_lines_are_those_not_in_the_truth():
    assert foreign_lines(f"{FIRST} {SECOND}", f"{FIRST}\nJane Alpha\n{SECOND}") == ["Jane Alpha"]


def test_days_count_wrong_and_none_apart():
    assert days({"a": "2031-05-04", "b": "2031-05-04", "c": "2031-05-04"}, {"a": "2031-05-04", "b": "2031-05-05"}) == {
        "right": 1,
        "wrong": 1,
        "none": 1,
    }


def run(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["extraction", *map(str, arguments), "--json"])
    assert extraction.main() == 0
    return json.loads(capsys.readouterr().out)


def test_the_command_with_and_without_a_truth(tmp_path, monkeypatch, capsys):
    (tmp_path / "html").mkdir()
    (tmp_path / "html" / "x.html").write_text(PAGE.format(FIRST, SECOND))
    out = tmp_path / "out.jsonl"
    assert run(monkeypatch, capsys, "--data", tmp_path, "--out", out)["f1"] is None
    assert read_jsonl(out)[0]["articleBody"] == f"{FIRST}\n{SECOND}"
    write_jsonl(tmp_path / "ground-truth.jsonl", [{"id": "x", "articleBody": f"{FIRST}\n{SECOND}"}])
    assert run(monkeypatch, capsys, "--data", tmp_path)["f1"] == 1.0
