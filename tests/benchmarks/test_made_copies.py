from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.scoring.copies import KINDS, copies, score

WORDS = [
    first + last for first in ("mi", "tra", "ke", "lon", "pas", "ver") for last in ("ta", "rel", "mok", "sin", "dor")
]


def text(name: str, paragraphs: int = 8) -> dict[str, str]:
    rng = random.Random(name)
    lines = [" ".join(rng.choice(WORDS) for _ in range(30)) for _ in range(paragraphs)]
    return {"id": name, "text": "\n\n".join(f"{line.capitalize()}." for line in lines)}


TEXTS = [text(name) for name in ("north", "east", "south", "west")]


@pytest.fixture(scope="module")
def made() -> dict[str, dict]:
    return {each["id"]: each for each in copies(TEXTS, len(KINDS), 3)}


def test_the_same_seed_makes_the_same_copies(made: dict[str, dict]):
    assert len(made) == len(TEXTS) * len(KINDS)
    assert list(made.values()) == list(copies(TEXTS, len(KINDS), 3))


def test_each_kind_is_what_it_says(made: dict[str, dict]):
    source = TEXTS[0]["text"].split("\n\n")
    assert made["north~cut_half"]["text"].split("\n\n") == source[:4]
    assert made["north~cut_lead"]["from"] == [0, 1]
    assert sorted(made["north~reordered"]["text"].split("\n\n")) == sorted(source)
    assert set(source) < set(made["north~junk"]["text"].split("\n\n"))
    assert made["north~reworded_light"]["text"] != TEXTS[0]["text"]
    assert made["north~background"]["of"] is None
    assert source[-1] in made["north~background"]["text"]
    assert made["north~embedded"]["host"] != "north"


def test_pairs_are_right_by_source_or_host(made: dict[str, dict]):
    records = list(made.values())
    host = made["north~background"]["host"]
    right = {each["id"]: [each["id"].partition("~")[0]] for each in records if each["kind"] != "background"}
    result = score(TEXTS, records, right | {"north~background": [host]})
    assert set(result["found"].values()) == {1.0}
    assert (result["background_false"], result["false"]) == (0.0, 0.0)
    result = score(TEXTS, records, {"north~background": ["north"], "north~junk": ["north", "east"]})
    assert result["background_false"] == 0.25
    assert result["found"]["junk"] == 0.25
    assert result["false_unlike"] == pytest.approx(2 / 3)
    assert ("north~junk", "east") in result["wrong"]


def test_the_command_finds_them(tmp_path: Path):
    data, out = tmp_path / "texts.jsonl", tmp_path / "out.jsonl"
    data.write_text("".join(json.dumps(each) + "\n" for each in TEXTS))
    command = [sys.executable, "-m", "benchmarks.copies", "--data", str(data), "--json", "--out", str(out)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    result = json.loads(told.stdout)
    assert {kind: result["found"][kind] for kind in ("junk", "cut_half", "reordered", "typeset")} == dict.fromkeys(
        ("junk", "cut_half", "reordered", "typeset"), 1.0
    )
    assert result["background_false"] == 0
    assert len(out.read_text().splitlines()) == len(TEXTS) * (len(KINDS) + 1) == result["texts"] + result["made"]
