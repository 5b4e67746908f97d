"""Every card's own sentences: yes must hit it, no must not."""

import re
import tomllib
from importlib.resources import files

import pytest

from sayso.model import ACTS, Span
from sayso.read.facets import force
from sayso.text.phrases import Normal, normal

TABLE = tomllib.loads((files("sayso") / "data" / "force.toml").read_text(encoding="utf-8"))
ROOMS = [(room, card) for room in ("cue", "content") for card in TABLE[room]]
SIDES = {"Southmark": "@we", "Norland": "@they"}


def words_of(sentence: str) -> Normal:
    sides = {Span(*m.span()): SIDES[m.group()] for m in re.finditer("|".join(SIDES), sentence)}
    return normal(sentence, None, sides)


def found(room: str, sentence: str) -> set[str]:
    phrases = force.cards().cue if room == "cue" else force.cards().content
    return {hit.card.id for hit in phrases.find(words_of(sentence.split("|")[-1]))}


@pytest.mark.parametrize(("room", "card"), ROOMS, ids=[f"{room}:{card['id']}" for room, card in ROOMS])
def test_examples(room: str, card: dict[str, list[str]]) -> None:
    assert card["yes"]
    assert card["no"]
    for sentence in card["yes"]:
        assert card["id"] in found(room, sentence), sentence
    for sentence in card["no"]:
        assert card["id"] not in found(room, sentence), sentence


def test_cards_name_known_acts() -> None:
    acts = {act for kept in ACTS.values() for act in kept}
    assert set(TABLE["acts"]) == acts
    for _, card in ROOMS:
        assert {*card.get("act", {}), *card.get("negated", {})} <= acts, card["id"]
