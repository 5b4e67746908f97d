import json
import tomllib
from importlib.resources import files

import pytest

from sayso.intake.cards import line_cards, outlet_at, outlet_named
from sayso.model import LABELS

DATA = files("sayso") / "data"
ROWS = tomllib.loads((DATA / "blocks.toml").read_text("utf-8"))["card"]
PUBLISHERS = [json.loads(line) for line in (DATA / "outlets.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["id"])
def test_examples_of_a_card(row):
    card = next(card for card in line_cards() if card.id == row["id"])
    assert row["yes"]
    assert row["no"]
    assert [words for words in row["yes"] if not card.match(words)] == []
    assert [words for words in row["no"] if card.match(words)] == []


def test_cards_have_own_ids_and_known_labels():
    assert len({row["id"] for row in ROWS}) == len(ROWS)
    assert {row["label"] for row in ROWS} <= set(LABELS)


def test_publishers_have_the_agreed_fields():
    assert all(set(row) == {"id", "name", "aliases", "kind", "state", "domains"} for row in PUBLISHERS)
    assert {row["kind"] for row in PUBLISHERS} <= {"agency", "outlet", "broadcaster"}
    assert len({row["id"] for row in PUBLISHERS}) == len(PUBLISHERS)


@pytest.mark.parametrize("row", PUBLISHERS, ids=lambda row: row["id"])
def test_each_publisher_is_found_by_name_and_domain(row):
    names = [row["name"], *row["aliases"]]
    assert {outlet_named(name).id for name in names} == {row["id"]}
    assert {outlet_at(f"https://www.{domain}/a").id for domain in row["domains"]} <= {row["id"]}


def test_no_outlet_for_a_foreign_domain():
    assert outlet_at("https://notreuters.com/world") is None
    assert outlet_at("nonsense") is None
