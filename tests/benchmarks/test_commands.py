"""The commands on tiny data: gold may be missing, predictions are written all the same."""

import json
import sys

import pytest

from benchmarks import attribution, statements
from benchmarks.files import read_jsonl, write_jsonl

TEXT = 'Ties are "bad", Alpha said.\n'
FOUND = {"type": "statement", "ref": "x", "certainty": 0.9, "content": {"spans": [[0, 14]]}}


@pytest.fixture
def run(monkeypatch, capsys):
    def run(command, *arguments):
        monkeypatch.setattr(sys, "argv", ["command", *map(str, arguments), "--json"])
        assert command.main() == 0
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def texts(tmp_path):
    write_jsonl(tmp_path / "articles.jsonl", [{"id": "x", "text": TEXT}])
    write_jsonl(tmp_path / "pred.jsonl", [FOUND])
    return tmp_path


def test_statements_without_gold_have_no_figures(run, texts):
    out = texts / "out.jsonl"
    result = run(statements, "--texts", texts / "articles.jsonl", "--pred", texts / "pred.jsonl", "--out", out)
    assert result["f1"] is None
    assert result["statements"] == 1
    assert read_jsonl(out) == [FOUND]


def test_gold_without_fields_gives_the_figures_it_can(run, texts):
    write_jsonl(texts / "gold.jsonl", [{"article": "x", "core": True, "content": [[0, 14]]}])
    result = run(
        statements,
        *("--texts", texts / "articles.jsonl", "--pred", texts / "pred.jsonl", "--gold", texts / "gold.jsonl"),
    )
    assert result["f1"] == 1
    assert result.get("speaker") is None


def test_attribution_without_gold_has_no_figures(run, texts):
    write_jsonl(texts / "data.jsonl.gz", [{"id": "x", "text": TEXT}])
    write_jsonl(texts / "found.jsonl", [{"id": "x", "attributions": []}])
    result = run(attribution, "--data", texts / "data.jsonl.gz", "--pred", texts / "found.jsonl")
    assert result["headline"] is None


def test_attribution_with_gold(run, texts):
    relation = {"source": [[16, 21]], "cue": [[22, 26]], "content": [[0, 14]]}
    write_jsonl(texts / "data.jsonl.gz", [{"id": "x", "text": TEXT, "attributions": [relation]}])
    write_jsonl(texts / "found.jsonl", [{"id": "x", "attributions": [relation]}])
    result = run(attribution, "--data", texts / "data.jsonl.gz", "--pred", texts / "found.jsonl")
    assert result["headline"]["f1"] == 1
