from __future__ import annotations

from pathlib import Path

import pytest

from sayso.ask import seen
from sayso.errors import AskError
from sayso.ledger import Ledger
from sayso.model import Hits
from tests import factory

SAID = [
    # page, words, speaker, day, other fields
    ("a.txt", "ties are on the verge of rupture", "Jane Alpha", "2023-11-24", {"state": "RUS", "dyad": ("RUS", "USA")}),
    ("b.txt", "ties are on the verge of rupture", "Jane Alpha", "2023-11-25", {"state": "RUS", "dyad": ("RUS", "USA")}),
    (
        "c.txt",
        "Ties are on the verge of rupture.",
        "Jane Alpha",
        "2025-02-11",
        {"state": "RUS", "dyad": ("RUS", "USA")},
    ),
    (
        "d.txt",
        "a rupture, on whose verge we stand",
        "Max Beta",
        "2024-05-01",
        {"state": "NOR", "topics": ("relations",)},
    ),
    ("e.txt", "the verge of the road has seen many seasons come and go, but never a rupture", "Road Office", None, {}),
    (
        "f.txt",
        "we extend New START",
        "Jane Alpha",
        (None, "2021-02-03"),
        {"state": "RUS", "agreements": ("new_start",)},
    ),
]


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory):
    with Ledger.open(tmp_path_factory.mktemp("ask") / "x.db", create=True) as opened:
        for ref, words, speaker, day, fields in SAID:
            page = factory.article(f"{ref}: {words}, {speaker} said.")
            found = factory.statement(page, words, source=speaker, said=day, **fields)
            opened.add(page, factory.sighting(page, ref), factory.reading(page, found))
        yield opened


def refs(hits: Hits) -> list[str]:
    return [hit.entry.refs[0] for hit in hits.hits]


def test_sayings_come_by_day_and_reports_of_one_count_once(ledger: Ledger):
    hits = seen(ledger, "on the verge of rupture")
    assert refs(hits) == ["a.txt", "d.txt", "c.txt"]
    assert [copy.refs for copy in hits.hits[0].copies] == [("b.txt",)]
    assert [hit.match for hit in hits.hits] == [1.0, 0.9, 1.0]


def test_the_same_words_on_another_day_are_another_saying(ledger: Ledger):
    assert [hit.copies for hit in seen(ledger, "verge of rupture", since="2025-01-01").hits] == [()]


def test_words_apart_count_only_if_none_stand_together(ledger: Ledger):
    assert refs(seen(ledger, "seasons road")) == ["e.txt"]
    assert seen(ledger, "seasons rupture").hits[0].match == 0.6
    assert refs(seen(ledger, "seas ruptur")) == ["e.txt"]
    assert refs(seen(ledger, "verge seasons summit")) == []


def test_word_forms_and_marks_do_not_matter(ledger: Ledger):
    assert refs(seen(ledger, "“Extends new start”")) == ["f.txt"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"by": "RUS"}, ["a.txt", "c.txt"]),
        ({"by": "alpha"}, ["a.txt", "c.txt"]),
        ({"by": "Jane Alpha"}, ["a.txt", "c.txt"]),
        ({"by": "Beta"}, ["d.txt"]),
        ({"by": "Gamma"}, []),
        ({"about": "USA"}, ["a.txt", "c.txt"]),
        ({"about": "relations"}, ["d.txt"]),
        ({"since": "2024-01-01"}, ["d.txt", "c.txt"]),
        ({"until": "2024-05-01"}, ["a.txt", "d.txt"]),
        ({"since": "2023-11-25", "until": "2023-11-25"}, ["b.txt"]),
    ],
)
def test_filters(ledger: Ledger, asked: dict, found: list[str]):
    hits = seen(ledger, "verge of rupture", **asked)
    assert refs(hits) == found
    assert hits.asked == asked


def test_names_are_looked_up_in_the_lexicon(ledger: Ledger):
    from sayso.lexicon import Lexicon

    lexicon = Lexicon.load()
    for by in ("Russia", "Moscow", "Russian Federation"):
        assert refs(seen(ledger, "verge of rupture", by=by, lexicon=lexicon)) == ["a.txt", "c.txt"], by
    assert refs(seen(ledger, "verge of rupture", about="United States", lexicon=lexicon)) == ["a.txt", "c.txt"]


def test_an_open_interval_reaches_back(ledger: Ledger):
    assert refs(seen(ledger, "extend", until="2019-01-01")) == ["f.txt"]
    assert refs(seen(ledger, "extend", since="2022-01-01")) == []
    assert refs(seen(ledger, "extend", about="new_start")) == ["f.txt"]


@pytest.mark.parametrize("asked", [{"words": "…"}, {"by": " "}, {"since": "yesterday"}, {"until": "2025-13-01"}])
def test_what_cannot_be_understood(ledger: Ledger, asked: dict):
    with pytest.raises(AskError, match=r"; (give|write)"):
        seen(ledger, **{"words": "verge", **asked})


def test_no_syntax_of_the_index_slips_in(ledger: Ledger):
    for words in ('verge" OR "road', "verge NOT rupture", "content:verge", "verge*", "NEAR(verge rupture)", "(verge"):
        assert isinstance(seen(ledger, words), Hits)


def test_suggested_statements_are_asked_for(tmp_path: Path):
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        ledger.add(*factory.example())
        assert refs(seen(ledger, "the call")) == []
        assert refs(seen(ledger, "the call", suggested=True)) == ["page.txt"]
