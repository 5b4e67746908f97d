"""The cards, offices by date, names in a text, and cards of a user's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.errors import CardError
from sayso.lexicon import Lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def kinds(lexicon: Lexicon, text: str) -> list[tuple[str, str, str]]:
    return [(text[h.start : h.end], h.kind, h.ids[0]) for h in lexicon.names(text, 0, len(text))]


def test_loading_twice_gives_one_lexicon(lexicon: Lexicon) -> None:
    assert Lexicon.load() is lexicon
    assert len(lexicon.fingerprint) == 16


def test_every_table_has_cards(lexicon: Lexicon) -> None:
    tables = (
        lexicon.states,
        lexicon.persons,
        lexicon.titles,
        lexicon.organs,
        lexicon.nouns,
        lexicon.agreements,
        lexicon.formulas,
        lexicon.outlets,
        lexicon.cues,
        lexicon.ambiguous,
    )
    assert all(tables)


def test_offices_are_told_by_date(lexicon: Lexicon) -> None:
    assert [p.name for p in lexicon.holders("foreign_minister", "USA", "2014-05-01")] == ["John Kerry"]
    kerry = lexicon.persons["person:john-kerry"]
    office = lexicon.office_of(kerry, "2014-05-01")
    assert office is not None
    assert office.speaks_for == "USA"
    assert lexicon.office_of(kerry, "1999-05-01") is None or lexicon.office_of(kerry, "1999-05-01") != office
    assert lexicon.office_of(kerry, None) is None
    assert lexicon.holders("foreign_minister", "USA", None) == []


def test_terms_belong_to_known_states(lexicon: Lexicon) -> None:
    sides = {o.speaks_for for p in lexicon.persons.values() for o in p.offices}
    assert {s for s in sides if s is not None} <= set(lexicon.states)


def test_the_longest_name_wins_at_word_boundaries(lexicon: Lexicon) -> None:
    assert kinds(lexicon, "South Korea, no Korea") == [("South Korea", "state", "KOR"), *kinds(lexicon, "Korea")]
    assert kinds(lexicon, "Guineafowl and Chadwick") == []


def test_marks_dots_and_initials_do_not_hide_a_name(lexicon: Lexicon) -> None:
    assert kinds(lexicon, "the U.S. and Cote d'Ivoire") == [("U.S.", "state", "USA"), ("Cote d'Ivoire", "state", "CIV")]
    assert kinds(lexicon, "John F. Kerry")[0][1:] == ("person", "person:john-kerry")


def test_case_tells_a_state_from_a_pronoun(lexicon: Lexicon) -> None:
    assert kinds(lexicon, "give it to us") == []


def test_an_agreements_longest_name_is_meant(lexicon: Lexicon) -> None:
    text = "They extended New START yesterday."
    assert [h.ids for h in lexicon.agreements_in(text, 0, len(text))] == [("new-start",)]


def test_cues_are_asked_by_form(lexicon: Lexicon) -> None:
    assert lexicon.cues["said"].lemma == "say"
    assert lexicon.cues["said"].precision > lexicon.cues["wants"].precision


def examples(lexicon: Lexicon) -> Iterator[tuple[str, str, str, bool]]:
    for organ in lexicon.organs.values():
        yield from (("organ", organ.id, text, True) for text in organ.yes)
        yield from (("organ", organ.id, text, False) for text in organ.no)
    for noun in lexicon.nouns.values():
        yield from (("noun", noun.word, text, True) for text in noun.yes)
        yield from (("noun", noun.word, text, False) for text in noun.no)


def test_every_example_of_a_card_is_found_or_not(lexicon: Lexicon) -> None:
    for kind, id_, text, expected in examples(lexicon):
        hits = lexicon.terms(text, 0, len(text))
        assert any(id_ in hit.of(kind) for hit in hits) is expected, (kind, id_, text)


def test_a_users_cards_lie_over_ours(lexicon: Lexicon, tmp_path: Path) -> None:
    (tmp_path / "states.jsonl").write_text('{"id": "NLD2", "name": "Norland", "adjectives": ["Norlandic"]}\n')
    (tmp_path / "organs.jsonl").write_text('{"id": "ministry", "name": "Ministry", "words": ["bureau"]}\n')
    own = Lexicon.load(tmp_path)
    assert kinds(own, "Norlandic troops") == [("Norlandic", "adjective", "NLD2")]
    assert own.organs["ministry"].words == ("bureau",)
    assert set(lexicon.states) < set(own.states)
    assert own.fingerprint != lexicon.fingerprint


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("states.jsonl", '{"name": "no id"}'),
        ("offices.jsonl", '{"id": "p", "name": 3}'),
        ("titles.jsonl", "{oops"),
    ],
)
def test_a_malformed_card_names_file_and_line(tmp_path: Path, name: str, line: str) -> None:
    good = {
        "states.jsonl": '{"id": "X", "name": "X"}',
        "offices.jsonl": '{"id": "p", "name": "P", "short": "P"}',
        "titles.jsonl": '{"title": "x", "role_class": "other"}',
    }[name]
    (tmp_path / name).write_text(f"{good}\n{line}\n")
    table = {"states.jsonl": "states", "offices.jsonl": "persons", "titles.jsonl": "titles"}[name]
    with pytest.raises(CardError, match=rf"{name}, line 2"):
        getattr(Lexicon.load(tmp_path), table)


def test_malformed_cues_name_their_file(tmp_path: Path) -> None:
    (tmp_path / "cues.toml").write_text("[say]\nsay = 3\n")
    with pytest.raises(CardError, match=r"cues\.toml"):
        _ = Lexicon.load(tmp_path).cues


def test_a_folder_without_cards_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CardError, match="no card file"):
        Lexicon.load(tmp_path)


WEAVING = {
    "candidates.toml", "concepts.toml", "copies.toml", "links.toml", "onepoint.toml", "rank.toml", "roots.toml", "said.toml",
    "scales.toml", "threads.toml", "told.toml",
}  # fmt: skip
"""Tables by which statements are compared and questions answered: what is read does not hang on them."""


def test_whatever_changes_a_reading_is_in_the_fingerprint():
    from sayso import lexicon as room

    kept = {path.name for path in room.DATA.iterdir() if path.suffix in (".jsonl", ".toml")}
    assert kept - {*room.FILES, *room.LISTS} == WEAVING
