"""The command that scores typed pairs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import relations

ROWS = [
    {"id": "p1", "a": "The bridge will be open in May.", "b": "The bridge will not be open in May.", "a_by": {"side": "Norland", "speaker": "ministry"},
     "b_by": {"side": "Norland", "speaker": "ministry"}, "a_said": "2031-03-04", "b_said": "2031-09-12", "relation": "reverses"},
    {"id": "p2", "a": "Hens lay eggs.", "b": "The accord is void.", "a_by": {"side": None, "speaker": "The Post"},
     "b_by": {"side": "Norland", "speaker": None}, "a_said": None, "b_said": None, "relation": None},
]  # fmt: skip


def run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path, rows: list[dict[str, object]]
) -> tuple[dict, list]:
    data, out = folder / "pairs.jsonl", folder / "out.jsonl"
    data.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    monkeypatch.setattr("sys.argv", ["relations", "--data", str(data), "--no-vectors", "--json", "--out", str(out)])
    assert relations.main() == 0
    return json.loads(capsys.readouterr().out), [json.loads(line) for line in out.read_text("utf-8").splitlines()]


def test_predictions_and_figures(monkeypatch, capsys, tmp_path):
    result, found = run(monkeypatch, capsys, tmp_path, ROWS)
    assert found == [{"id": "p1", "relation": "reverses"}, {"id": "p2", "relation": None}]
    assert (result["n"], result["accuracy"], result["macro_F1"], result["false_repeat"]) == (2, 1.0, 1.0, 0.0)


def test_without_gold_predictions_are_written_and_figures_are_null(monkeypatch, capsys, tmp_path):
    rows = [{key: value for key, value in row.items() if key != "relation"} for row in ROWS]
    result, found = run(monkeypatch, capsys, tmp_path, rows)
    assert [row["id"] for row in found] == ["p1", "p2"]
    assert result["macro_F1"] is None
