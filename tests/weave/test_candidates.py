"""Candidates: what one statement is compared with, out of a ledger of statements of our own wording."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from sayso.ledger import Ledger
from sayso.ledger.woven import Strand
from sayso.lexicon import Lexicon
from sayso.weave import candidates, slots
from tests import factory


def unit(*numbers: float) -> np.ndarray:
    """A vector in few directions, each made of many numbers, as none of a sentence's is large."""
    vector = np.zeros(384, np.float32)
    vector[: 30 * len(numbers)] = np.repeat(numbers, 30)
    return vector / np.linalg.norm(vector)


@dataclass
class Shelf:
    """A ledger in which statements are laid down one by one."""

    ledger: Ledger
    lexicon: Lexicon
    laid: int = 0

    def slots(self, words: str, vector: np.ndarray | None = None, **fields: object) -> slots.Slots:
        page = factory.article(f"{self.laid} {words}")
        made = slots.of(factory.statement(page, words, **{"state": "NOR", "source": None} | fields), self.lexicon)
        return replace(made, vector=vector)

    def lay(self, words: str, vector: np.ndarray | None = None, *, leads: bool = False, **fields: object) -> int:
        self.laid += 1
        page = factory.article(f"{self.laid} {words}")
        told = factory.statement(page, words, **{"state": "NOR", "source": None} | fields)
        self.ledger.add(page, factory.sighting(page, page.id), factory.reading(page, told))
        one = replace(slots.of(told, self.lexicon), vector=vector)
        number = self.ledger._one("SELECT max(number) AS n FROM statement")["n"]
        blob = None if vector is None else candidates.packed(vector)
        strand = Strand(
            number, told.id, page.id, number, f"{number:09}", one.side, None, None, None, (), "", vector=blob
        )
        with self.ledger.woven.writing():
            self.ledger.woven.put(strand, candidates.keys(one))
            if leads:
                self.ledger.woven.set_leads(number, True)
        return int(number)

    def near(self, one: slots.Slots, **options: int) -> list[int]:
        return [n.number for n in candidates.near(self.ledger.woven, one, one.text, one.vector, **options)]


@pytest.fixture
def shelf(tmp_path: Path, lexicon: Lexicon) -> Iterator[Shelf]:
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        yield Shelf(ledger, lexicon)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.fixture
def tight(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a ledger that is far larger than what is looked at."""
    sizes = dict.fromkeys(candidates.limits(), 3) | {"word": 4, "words": 8, "matched": 4, "ranked": 10}
    monkeypatch.setattr(candidates, "limits", lambda: sizes)


def test_shared_words_lead_to_it(shelf: Shelf):
    wanted = shelf.lay("The harbour treaty will be renounced by spring")
    shelf.lay("Grain prices were discussed at length")
    assert shelf.near(shelf.slots("We shall renounce the harbour treaty"))[0] == wanted


def test_words_that_stand_everywhere_lead_nowhere(shelf: Shelf, tight: None):
    for number in range(6):
        shelf.lay(f"The talks failed, number {number * 1111}")
    found = candidates.by_words(shelf.ledger.woven, "the talks about 4444")
    assert [shelf.ledger.woven.statement(number).content.text for number, _ in found] == [
        "The talks failed, number 4444"
    ]
    assert candidates.by_words(shelf.ledger.woven, "the talks failed") == []
    assert candidates.by_words(shelf.ledger.woven, "“…” — !") == []


def test_the_same_side_on_the_same_state_leads_to_it_whatever_the_words(shelf: Shelf, tight: None):
    wanted = shelf.lay("Nothing good is to be expected", dyad=("NOR", "DEU"))
    for number in range(9):
        shelf.lay(f"Fish quotas {number}", dyad=("NOR", "ESP"))
    assert wanted in shelf.near(shelf.slots("Our patience is at an end", dyad=("NOR", "DEU")))
    assert wanted in shelf.near(shelf.slots("Our patience is at an end", state="FRA", dyad=("FRA", "DEU")))


def test_a_shared_formula_leads_to_it(shelf: Shelf, tight: None):
    wanted = shelf.lay("Ties are on the verge of rupture", dyad=("NOR", "DEU"))
    for number in range(9):
        shelf.lay(f"Fish quotas {number}", dyad=("NOR", "ESP"))
    assert wanted in shelf.near(shelf.slots("It all stands on the brink of collapse", state="ITA"))


def test_a_near_vector_leads_to_it(shelf: Shelf, tight: None):
    wanted = shelf.lay("Nothing doing", unit(1, 0.1), dyad=("NOR", "DEU"))
    for number in range(9):
        shelf.lay(f"Fish quotas {number}", unit(0, 0, 1, number), dyad=("NOR", "ESP"))
    assert shelf.near(shelf.slots("Quite otherwise", unit(1), state="ITA"))[0] == wanted


def test_an_old_lead_of_a_thread_is_reached_however_many_came_after(shelf: Shelf, tight: None):
    first = shelf.lay("We will leave the pact", leads=True, dyad=("NOR", "DEU"))
    late = [shelf.lay(f"Fish quotas {number} were too low", dyad=("NOR", "DEU")) for number in range(12)]
    found = shelf.near(shelf.slots("Fish quotas again", dyad=("NOR", "DEU")), most=4)
    assert first in found
    assert len(found) <= 4
    assert set(found) & set(late)


def test_what_many_ways_lead_to_stands_first(shelf: Shelf):
    words = shelf.lay("The envoy was recalled in anger", state="ESP")
    side = shelf.lay("Grain is dear", dyad=("NOR", "DEU"))
    both = shelf.lay("The envoy was recalled", dyad=("NOR", "DEU"))
    found = shelf.near(shelf.slots("The envoy will be recalled", dyad=("NOR", "DEU")))
    assert found[0] == both
    assert {words, side} <= set(found)


def test_an_empty_ledger_has_none(shelf: Shelf):
    assert shelf.near(shelf.slots("We will leave the pact", unit(1))) == []


def test_a_statement_without_object_or_words_is_looked_up_all_the_same(shelf: Shelf):
    wanted = shelf.lay("!", state=None)
    assert shelf.near(shelf.slots("…", state=None)) in ([], [wanted])


def test_a_vector_keeps_its_direction_when_packed():
    rng = np.random.default_rng(1)
    for _ in range(20):
        vector = rng.standard_normal(384).astype(np.float32)
        vector /= np.linalg.norm(vector)
        again = candidates.unpacked(candidates.packed(vector))
        assert again @ vector > 0.999


def test_vectors_are_fetched_once_and_statements_without_one_left_out(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    bare, near, far = shelf.lay("one"), shelf.lay("two", unit(1, 0.1)), shelf.lay("three", unit(0, 0, 1))
    held = candidates.Shelf(shelf.ledger.woven)
    first = held.cosines(unit(1), [bare, near, far])
    assert set(first) == {near, far}
    assert first[near] == pytest.approx(0.995, abs=0.01)
    assert first[far] == pytest.approx(0, abs=0.01)
    monkeypatch.setattr(shelf.ledger.woven, "vectors", None)
    assert held.cosines(unit(1), [far, near, bare]) == first
    assert held.cosines(unit(1), []) == {}


def test_a_full_shelf_starts_again(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(candidates.Shelf, "MOST", 3)
    laid = [shelf.lay(f"number {n}", unit(1, n)) for n in range(5)]
    held = candidates.Shelf(shelf.ledger.woven)
    for pair in (laid[:2], laid[2:4], laid[1:3], laid[3:]):
        found = held.cosines(unit(1, 2), pair)
        assert set(found) == set(pair)
    assert held.cosines(unit(1, 2), [laid[2]])[laid[2]] == pytest.approx(1, abs=0.01)
