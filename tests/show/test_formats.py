from __future__ import annotations

import csv
import io
import json

import pytest

from sayso import records
from sayso.show import formats
from sayso.show.formats.csv import COLUMNS
from tests import factory


def given() -> list[dict]:
    page, seen, reading = factory.example()
    return [
        records.of_article(page, seen.ref, with_text=True),
        records.of_sighting(seen),
        *(records.of_statement(statement, seen.ref) for statement in reading.statements),
    ]


def written(name: str, rows: list[dict]) -> str:
    out = io.StringIO(newline="")
    formats.exporter(name)(iter(rows), out)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(formats.BUILT_IN))
def test_every_exporter_writes_every_statement_and_nothing_for_nothing(name: str):
    assert written(name, given()).count("Talks go nowhere") >= 1
    assert len(written(name, []).splitlines()) <= 1
    assert written(name, given()) == written(name, given())


def test_json_lines_give_back_the_records():
    lines = written("jsonl", given()).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(json.dumps(given()))
    assert records.statement_from(json.loads(lines[2])) == factory.example()[2].statements[0]


def test_half_a_character_is_escaped():
    line = written("jsonl", [{"type": "x", "words": "é\ud800"}])
    assert line.encode("utf-8")
    assert json.loads(line)["words"] == "é\ud800"


def test_csv_has_the_columns_of_the_ledger_and_exact_words():
    first = given()[2]
    assert set(records.flat(first)) | {"ref", "level"} == set(COLUMNS)
    assert len(COLUMNS) == len(set(COLUMNS))
    page = factory.article('Alpha: "=1+1,\nand 2", he said.')
    found = records.of_statement(factory.statement(page, '"=1+1,\nand 2"'), "a.txt")
    (row,) = csv.DictReader(io.StringIO(written("csv", [found]), newline=""))
    assert row["content"] == '"=1+1,\nand 2"'
    assert (row["ref"], row["level"], row["state"], row["topics"]) == ("a.txt", "confirmed", "", "[]")


def test_csv_of_other_records_has_their_fields():
    faults = [{"type": "fault", "schema": 1, "record": "ar_1", "what": "its id, and more"}]
    assert written("csv", faults) == 'type,schema,record,what\r\nfault,1,ar_1,"its id, and more"\r\n'
