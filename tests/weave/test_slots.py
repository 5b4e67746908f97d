"""Slots: what a statement is about, where it stands on the scales, what it hangs on."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sayso.lexicon import DATA, Lexicon
from sayso.text import table
from sayso.text.phrases import normal
from sayso.weave import notions, slots
from tests.factory import article, statement

SCALES = [name for name in table("scales") if name != "yes"]


def of(words: str, **fields: object) -> slots.Slots:
    return slots.of(statement(article(words), words, **fields), Lexicon.load())


@pytest.mark.parametrize("case", table("scales")["yes"], ids=lambda case: case["text"])
def test_each_example_stands_where_its_card_says(case: dict[str, object]) -> None:
    placed = notions.placed(normal(str(case["text"])), set())
    wanted = {name: level for name, level in case.items() if name in SCALES}
    assert {name: placed[name][0] for name in wanted} == wanted


def named(words: str) -> set[str]:
    return {notion.name for _, _, notion in notions.notions(normal(words).words)}


@pytest.mark.parametrize("pair", table("concepts")["yes"], ids=lambda pair: pair[0])
def test_other_words_for_one_thing_are_one_notion(pair: list[str]) -> None:
    assert named(pair[0]) & named(pair[1]) == named(pair[0]) or named(pair[0]) == named(pair[1])


@pytest.mark.parametrize("pair", table("concepts")["no"], ids=lambda pair: pair[0])
def test_other_things_are_other_notions(pair: list[str]) -> None:
    assert named(pair[0]) != named(pair[1])


def test_names_no_card_knows_are_objects_and_the_own_side_is_none() -> None:
    found = of("Norland will join the Lake Pact with Westmark.", state="Norland")
    assert set(found.names) == {"lake pact", "westmark"}


def test_land_and_people_are_one_name() -> None:
    assert {notions.name_key(name) for name in ("Miravia", "Miravian", "Miravians")} == {"mirav"}


def test_known_states_and_agreements_are_their_ids() -> None:
    found = of("The United States left the Open Skies Treaty.", agreements=("open-skies",), state="RUS")
    assert {"USA", "open-skies"} <= set(found.names)


def test_a_condition_is_taken_out_of_what_is_said() -> None:
    found = of("The prisoners will be freed once the pilots are at home.")
    assert found.condition is not None
    assert "pilot" not in found.notions
    assert "prisoner" in found.notions


def test_a_time_is_no_condition() -> None:
    assert of("Talks will go on until June.").condition is None


def test_a_negation_turns_a_scale_that_turns_and_only_weakens_one_that_grades() -> None:
    assert of("We will not leave the accord.").levels["part"][0] > 0
    assert abs(of("Relations have not been broken off.").levels["relations"][0]) < 1


def test_a_negation_of_what_it_is_told_by_counts() -> None:
    assert of("This does not mean that relations are hopeless.").levels["outlook"][0] > 0


def test_a_capital_letter_at_the_head_makes_no_name_of_a_common_word() -> None:
    assert not of("Sanctions will not help.").names


def test_the_tables_are_sound() -> None:
    for name in ("concepts", "links", "roots", "scales"):
        assert tomllib.loads(Path(DATA / f"{name}.toml").read_text("utf-8"))
    rows = (DATA / "weighing.tsv").read_text("utf-8").splitlines()
    assert len({row.count("\t") for row in rows}) == 1
