"""Scores on the example pages do not fall (``python -m benchmarks.floors`` shows them all)."""

from __future__ import annotations

import json

from benchmarks import floors
from benchmarks.scoring.statements import report
from benchmarks.statements import above, predictions
from sayso.settings import KNOWN


def test_no_score_on_the_examples_falls() -> None:
    pinned = json.loads(floors.FLOORS.read_text(encoding="utf-8"))
    assert pinned["sha256"] == floors.digest(), "pages or gold changed: python -m benchmarks.floors --lower"
    found = above(list(predictions(floors.PAGES, threads=1)), KNOWN["threshold"][0])
    assert floors.fallen(report(floors.measure(found)), pinned["floors"]) == {}


def test_floors_only_rise_unless_told() -> None:
    assert floors.fallen({"f1": 0.5}, {"f1": 0.51}) == {}
    assert set(floors.fallen({"f1": 0.5}, {"f1": 0.6, "act": 0.1})) == {"f1", "act"}
    assert floors.moved({"f1": 0.5}, {"f1": 0.6}, lower=False)["f1"] == 0.6
    assert floors.moved({"f1": 0.5}, {"f1": 0.6}, lower=True)["f1"] == 0.5


def test_gold_words_stand_in_their_pages() -> None:
    gold = [{"article": "x", "content": ["no hope", "no hope"]}]
    assert floors.placed(gold, {"x": "no hope, no hope"})[0]["content"] == [[0, 7], [9, 16]]
