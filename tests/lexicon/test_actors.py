"""Actors in the world: whom a phrase means on a day, whose they are, and their part of society."""

from __future__ import annotations

import pytest

from sayso.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize(
    ("words", "day", "state", "sectors"),
    [
        ("Malian soldiers", "2022-01-01", "MLI", ("MIL",)),
        ("the Dutch Ministry of Defence", "2022-01-01", "NLD", ("GOV", "MIL")),
        ("Kenya's High Court", "2022-01-01", "KEN", ("JUD",)),
        ("the Seimas", "2022-01-01", "LTU", ("LEG",)),
        ("members of the Knesset", "2022-01-01", "ISR", ("LEG",)),
        ("Mossad", "2022-01-01", "ISR", ("SPY",)),
        ("Osaka police", "2022-01-01", "JPN", ("COP",)),
        ("Reykjavik", "2022-01-01", "ISL", ("GOV",)),
        ("a hotel in Reykjavik", "2022-01-01", "ISL", ("CVL",)),
        ("Osaka", "2022-01-01", "JPN", ("CVL",)),
        ("a former Treasury Department official", "2022-01-01", "USA", ("ELI",)),
        ("Turkish-backed rebels in Syria", "2022-01-01", "SYR", ("REB",)),
        ("a Kenya-based Somali businessman", "2022-01-01", "SOM", ("BUS",)),
        ("the Portuguese opposition leader", "2022-01-01", "PRT", ("PTY", "OPP")),
        ("Abkhazia", "2022-01-01", "ABK", ("PRE",)),
        ("gunmen", "2022-01-01", None, ("UAF",)),
        ("West African leaders", "2022-01-01", None, None),
        ("Luxemburgish", "2022-01-01", "LUX", ()),
        ("Jane Alpha", "2022-01-01", None, ()),
    ],
)
def test_state_and_sector(
    lexicon: Lexicon, words: str, day: str, state: str | None, sectors: tuple[str, ...] | None
) -> None:
    actor = lexicon.resolve(words, day)
    assert actor.state == state
    assert sectors is None or actor.sectors == sectors


def test_an_office_is_of_its_day(lexicon: Lexicon) -> None:
    in_office, before, out = (lexicon.resolve("John Kerry", day) for day in ("2014-05-01", "2012-05-01", "2019-05-01"))
    assert (in_office.id, in_office.speaks_for, in_office.sectors) == ("person:john-kerry", "USA", ("GOV",))
    assert before.sectors == ("LEG",)
    assert (out.state, out.speaks_for, out.sectors, out.former) == ("USA", None, ("ELI",), True)


def test_an_office_without_a_name_is_its_holder_that_day(lexicon: Lexicon) -> None:
    assert lexicon.resolve("the US secretary of state", "2014-05-01").id == "person:john-kerry"
    assert lexicon.resolve("the US secretary of state", "2010-05-01").name == "Hillary Clinton"
    assert lexicon.resolve("the former US secretary of state", "2014-05-01").id is None
    assert lexicon.resolve("the US secretary of state", None).id is None


def test_the_words_around_tell_the_state_only_where_the_words_do_not(lexicon: Lexicon) -> None:
    assert lexicon.resolve("the defence minister", "2022-01-01", "talks in Norway").state == "NOR"
    assert lexicon.resolve("the Danish defence minister", "2022-01-01", "talks in Norway").state == "DNK"


def test_an_armed_group_belongs_to_a_state_and_speaks_for_none(lexicon: Lexicon) -> None:
    actor = lexicon.resolve("Boko Haram", "2022-01-01")
    assert (actor.state, actor.speaks_for) == ("NGA", None)


def test_nothing_known_is_an_answer(lexicon: Lexicon) -> None:
    assert lexicon.resolve("", None).kind == "unknown"
    assert lexicon.resolve("xyzzy", "2022-01-01").state is None


def test_cards_of_bodies_and_places_name_known_states(lexicon: Lexicon) -> None:
    states = {*lexicon.states, None, ""}
    assert {card.state for card in lexicon.bodies.values()} <= states
    assert set(lexicon.places) <= states
