"""Force of sentences of our own: Southmark speaks, Norland is the other party."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.model import ACTS, CLASS_OF, Quote, Span
from sayso.read.facets import force
from sayso.text.phrases import normal

CASES = [json.loads(line) for line in (Path(__file__).parent / "data" / "force_cases.jsonl").open(encoding="utf-8")]
SIDES = {"Southmark": "@we", "Norland": "@they"}


def read(cue: str, content: str, *, conditional: bool = False) -> dict[str, Any]:
    sides = {Span(*m.span()): SIDES[m.group()] for m in re.finditer("|".join(SIDES), content)}
    words = normal(content, None, sides)
    found = force.weigh(normal(cue), words, conditional=conditional)
    act = force.act_of(found, words, None)
    return {
        "act": act.value,
        "others": act.alternatives,
        "polarity": force.polarity_of(act.value, found).value,
        "modality": force.modality_of(act.value, words, conditional=conditional).value,
        "status": force.status_of(act.value, found, words).value,
    }


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_held_out_sentences() -> None:
    got = [(case, read(case["cue"], case["content"])) for case in CASES]
    assert share([g["act"] in c["act"] for c, g in got]) >= 0.9
    assert share([CLASS_OF.get(g["act"] or "") in {CLASS_OF[a] for a in c["act"]} for c, g in got]) >= 0.95
    assert share([g["polarity"] in c["polarity"] for c, g in got]) >= 0.85
    assert all(min(abs(g["polarity"] - p) for p in c["polarity"]) <= 1 for c, g in got)
    assert share([g["modality"] in c["modality"] for c, g in got]) >= 0.9
    assert share([g["status"] in c["status"] for c, g in got]) >= 0.95


@pytest.mark.parametrize(
    ("cue", "content", "act"),
    [
        ("said", "Southmark will respond with force", "threaten"),
        ("said", "Southmark is ready for talks at any level", "offer"),
        ("said", "Southmark is not ready for talks", "refuse"),
        ("said", "Norland has violated the truce", "accuse"),
        ("said", "Southmark has not violated the truce", "deny"),
        ("denied", "that it had violated the truce", "deny"),
        ("declined", "to comment on the letter", "leave_open"),
        ("declined", "to join the talks", "refuse"),
        ("called for", "talks", "urge"),
        ("called", "the law a reckless mistake", "criticise"),
        ("called", "the partnership excellent and constructive", "praise"),
    ],
)
def test_small_words_turn_the_act(cue: str, content: str, act: str) -> None:
    assert read(cue, content)["act"] == act


def test_an_offer_under_a_condition_stays_an_offer() -> None:
    got = read("said", "we might consider coming back to the pact", conditional=True)
    assert got["act"] == "offer"
    assert got["modality"] == "if"


def test_nothing_said_is_undetermined() -> None:
    assert read("", "")["act"] is None
    assert read("", "")["polarity"] is None


TEXT = 'He called it "a very long and dangerous game" and left'


@pytest.mark.parametrize(
    ("words", "form"),
    [("a very long and dangerous game", "direct"), (TEXT, "mixed"), ("and left", "indirect")],
)
def test_form_is_told_by_quotation_marks(words: str, form: str) -> None:
    quote = Quote(TEXT.index('"'), TEXT.rindex('"') + 1, True)
    start = TEXT.index(words)
    assert force.form_of(TEXT, [Span(start, start + len(words))], [quote]).value == form


@given(st.text(max_size=200), st.sampled_from(["said", "warned", "urged", ""]))
def test_any_text_gives_known_values(content: str, cue: str) -> None:
    got = read(cue, content)
    assert got["act"] is None or got["act"] in CLASS_OF
    assert got["polarity"] in (None, -2, -1, 0, 1, 2)
    assert got["modality"] in ("is", "will", "may", "must", "if")
    assert got["status"] in ("asserted", "denied", "unconfirmed", "neither")


def test_every_act_has_its_usual_values() -> None:
    assert set(force.cards().usual) == {act for acts in ACTS.values() for act in acts}
