"""Cards from FollowTheMoney and Wikidata files: people, offices by date, bodies; read back as a user's cards."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from sayso.errors import CardError
from sayso.lexicon import Lexicon
from sayso.lexicon.imports import convert

ALPHA = {
    "id": "p1",
    "schema": "Person",
    "caption": "Jane Alpha",
    "properties": {
        "name": ["ALPHA, Jane", "Джейн Альфа"],
        "country": ["fr"],
        "gender": ["female"],
        "lastName": ["Alpha"],
    },
}
POST = {"id": "q1", "schema": "Position", "properties": {"name": ["Minister of Foreign Affairs"], "country": ["fr"]}}
HELD = {
    "id": "o1",
    "schema": "Occupancy",
    "properties": {"holder": ["p1"], "post": ["q1"], "startDate": ["1931-05-02"], "endDate": ["1934"]},
}
AGENCY = {"id": "b1", "schema": "PublicBody", "properties": {"name": ["Office of Tides"], "country": ["no"]}}


def lines(path: Path, *entities: dict[str, Any], packed: bool = False) -> Path:
    text = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entities).encode()
    path.write_bytes(gzip.compress(text) if packed else text)
    return path


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


@pytest.mark.parametrize("packed", [False, True])
def test_an_office_is_held_between_its_days(tmp_path: Path, lexicon: Lexicon, packed: bool) -> None:
    source = lines(tmp_path / ("a.jsonl.gz" if packed else "a.jsonl"), HELD, ALPHA, POST, AGENCY, packed=packed)
    convert(source, tmp_path / "mine", lexicon)
    own = Lexicon.load(tmp_path / "mine")
    assert [p.name for p in own.holders("foreign_minister", "FRA", "1932-01-01")] == ["Jane Alpha"]
    assert own.holders("foreign_minister", "FRA", "1936-01-01") == []
    assert own.persons["person:jane-alpha"].gender == "she"
    assert own.resolve("French Foreign Minister", "1932-01-01").id == "person:jane-alpha"
    assert own.bodies["body:office-of-tides"].state == "NOR"


def test_nested_entities_are_taken_apart(tmp_path: Path, lexicon: Lexicon) -> None:
    held = {**HELD, "properties": {"post": [POST], "startDate": ["1931"]}}
    nested = {**ALPHA, "properties": {**ALPHA["properties"], "positionOccupancies": [held]}}  # type: ignore[dict-item]
    found = convert(lines(tmp_path / "a.jsonl", nested), tmp_path / "mine", lexicon)
    (office,) = found.persons["person:jane-alpha"].offices
    assert (office.role_class, office.state, office.from_) == ("foreign_minister", "FRA", "1931")


def test_an_office_without_days_is_left_out(tmp_path: Path, lexicon: Lexicon) -> None:
    told = {"id": "p", "schema": "Person", "properties": {"name": ["Jane Alpha"], "position": ["President of Norland"]}}
    found = convert(lines(tmp_path / "a.jsonl", told), tmp_path / "mine", lexicon)
    assert (found.persons["person:jane-alpha"].offices, found.without_days) == ((), 1)


def test_who_is_known_keeps_the_offices_known(tmp_path: Path, lexicon: Lexicon) -> None:
    kerry = {
        "id": "k",
        "schema": "Person",
        "properties": {"name": ["John Kerry"], "country": ["us"], "alias": ["Jack Kerry"]},
    }
    convert(lines(tmp_path / "a.jsonl", kerry), tmp_path / "mine", lexicon)
    own = Lexicon.load(tmp_path / "mine").persons["person:john-kerry"]
    assert set(lexicon.persons["person:john-kerry"].offices) <= set(own.offices)
    assert "Jack Kerry" in own.aliases


def claim(target: str, **days: str) -> dict[str, Any]:
    def snak(value: object) -> dict[str, Any]:
        return {"datavalue": {"value": value}}

    qualifiers = {name: [snak({"time": f"+{day}T00:00:00Z", "precision": 11})] for name, day in days.items()}
    return {"mainsnak": snak({"id": target}), "qualifiers": qualifiers, "rank": "normal"}


def code(name: str, value: str) -> dict[str, Any]:
    return {name: [{"mainsnak": {"datavalue": {"value": value}}, "rank": "normal"}]}


def label(text: str) -> dict[str, Any]:
    return {"en": {"language": "en", "value": text}}


def test_lines_of_a_wikidata_dump(tmp_path: Path, lexicon: Lexicon) -> None:
    human = {
        "id": "Q1",
        "labels": label("Jane Alpha"),
        "aliases": {"en": [{"value": "J. B. Alpha"}]},
        "claims": {
            "P31": [claim("Q5")],
            "P21": [claim("Q6581072")],
            "P27": [claim("Q20")],
            "P39": [claim("Q3", P580="1931-05-02", P582="1934-06-01"), claim("Q404")],
        },
    }
    post = {"id": "Q3", "labels": label("minister of foreign affairs"), "claims": {"P1001": [claim("Q20")]}}
    state = {"id": "Q20", "labels": label("Norway"), "claims": code("P298", "NOR")}
    body = ",\n".join(json.dumps(e) for e in (human, post, state))
    (tmp_path / "dump.json").write_text(f"[\n{body}\n]\n")
    found = convert(tmp_path / "dump.json", tmp_path / "mine", lexicon)
    person = found.persons["person:jane-alpha"]
    assert [(o.role_class, o.state, o.from_, o.to) for o in person.offices] == [
        ("foreign_minister", "NOR", "1931-05-02", "1934-06-01")
    ]
    assert (person.gender, person.nationality, found.without_post) == ("she", "NOR", 1)


@pytest.mark.parametrize(
    "text", ["", '{"a": 1}\n', "{oops\n", '["x"]\n', '{"id": "x", "schema": "Vessel", "properties": {}}\n']
)
def test_what_is_no_such_file_is_told(tmp_path: Path, lexicon: Lexicon, text: str) -> None:
    (tmp_path / "x.jsonl").write_text(text)
    with pytest.raises(CardError, match=r"x\.jsonl"):
        convert(tmp_path / "x.jsonl", tmp_path / "mine", lexicon)
    assert not (tmp_path / "mine").exists()
