from __future__ import annotations

import multiprocessing
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import LedgerError, SourceError
from sayso.ledger import Ledger, Named, Query, every, faults, near, phrase
from sayso.model import Block
from tests import factory

TABLES = ("article", "raw", "sighting", "reading", "statement", "evidence", "forgotten")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sayso.db"


@pytest.fixture
def ledger(path: Path):
    with Ledger.open(path, create=True) as opened:
        yield opened


def rows_of(path: Path) -> dict[str, list[tuple]]:
    with sqlite3.connect(path) as sql:
        return {table: sql.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in TABLES}


def test_what_goes_in_comes_out(ledger: Ledger):
    page, seen, reading = factory.example()
    receipt = ledger.add(page, seen, reading)
    assert receipt.new == tuple(s.id for s in reading.statements)
    entries = list(ledger.entries(Query(suggested=True)))
    assert tuple(entry.statement for entry in entries) == reading.statements
    assert [entry.level for entry in entries] == ["confirmed", "confirmed", "suggested"]
    assert entries[0].article == page == ledger.article("page.txt") == ledger.article(page.id)
    assert ledger.raw(seen.id) == page.text.encode()
    assert list(faults(ledger)) == []


def test_a_statement_read_twice_is_kept_once(ledger: Ledger):
    page, seen, reading = factory.example()
    first = reading.statements[0]
    receipt = ledger.add(page, seen, replace(reading, statements=(first, replace(first, certainty=0.1))))
    assert receipt.new == (first.id,)
    assert [entry.statement for entry in ledger.entries()] == [first]


def test_adding_twice_adds_no_row(ledger: Ledger, path: Path):
    ledger.add(*factory.example())
    before = rows_of(path)
    receipt = ledger.add(*factory.example())
    assert rows_of(path) == before
    assert receipt.new == () == receipt.superseded
    assert len(receipt.known) == 3


pages = st.lists(st.sampled_from(["Alpha speaks.", "Beta speaks.", "Gamma speaks."]), min_size=1, max_size=6)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=pages)
def test_order_and_repeats_change_nothing(texts: list[str], tmp_path_factory):
    def lines(order: list[str]) -> list[dict]:
        with Ledger.open(tmp_path_factory.mktemp("l") / "x.db", create=True) as ledger:
            for text in order:
                page = factory.article(text)
                found = factory.statement(page, "speaks", source=text.split()[0])
                ledger.add(page, factory.sighting(page, text), factory.reading(page, found))
            assert not list(faults(ledger))
            return list(ledger.export())

    assert lines(texts) == lines(sorted(texts)) == lines(sorted(set(texts), reverse=True))


def test_a_better_reader_supersedes_and_the_older_reading_stays(ledger: Ledger, path: Path):
    page, seen, reading = factory.example()
    ledger.add(page, seen, reading)
    kept, *_ = reading.statements
    added = factory.statement(page, "on the brink", source="Norland")
    receipt = ledger.add(page, seen, factory.reading(page, kept, added, reader="reader-2"))
    assert (receipt.new, receipt.known) == ((added.id,), (kept.id,))
    assert len(receipt.superseded) == 2
    assert [e.statement.id for e in ledger.entries()] == [kept.id, added.id]
    assert len(rows_of(path)["statement"]) == 5
    assert ledger.entry(receipt.superseded[0]) is not None, "what was once cited can still be opened"
    assert not list(faults(ledger))


def test_a_reader_with_other_labels_does_not_change_the_article_kept(ledger: Ledger):
    page, seen, reading = factory.example()
    ledger.add(page, seen, reading)
    better = replace(page, title="Ties", blocks=(Block(0, 45, "headline"), Block(47, len(page.text), "body")))
    ledger.add(better, seen, replace(reading, reader="reader-2"))
    assert ledger.article(page.id) == better
    assert not list(faults(ledger))


@pytest.mark.parametrize("table", TABLES)
def test_nothing_is_changed_or_taken_away(ledger: Ledger, path: Path, table: str):
    ledger.add(*factory.example())
    other = factory.article("Gone.")
    ledger.add(other, factory.sighting(other, "gone.txt"), factory.reading(other))
    ledger.forget("gone.txt", "2025-01-01")
    with sqlite3.connect(path, isolation_level=None) as sql:
        sql.execute("PRAGMA recursive_triggers=ON")
        column = sql.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()[0]
        for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
            with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                sql.execute(change)
        if table != "statement":
            with pytest.raises(sqlite3.IntegrityError, match=r"append-only|FOREIGN KEY"):
                sql.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}")


def test_forgetting_leaves_the_id_and_the_day_and_no_word_in_the_file(ledger: Ledger, path: Path):
    ledger.add(*factory.example())
    page = factory.article("Xylophonia vows zigzagging, a Zweep official said.")
    found = factory.statement(page, "zigzagging", source="a Zweep official")
    ledger.add(page, factory.sighting(page, "out.txt"), factory.reading(page, found))
    assert ledger.forget("out.txt", "2025-05-01") == (page.id,)
    assert ledger.article("out.txt") is None
    assert list(ledger.entries(Query(match=phrase("zigzagging")))) == []
    assert rows_of(path)["forgotten"] == [(page.id, "2025-05-01")]
    for file in path.parent.iterdir():
        assert b"igzagging" not in file.read_bytes(), file
        assert b"Zweep" not in file.read_bytes(), file
    assert not list(faults(ledger))
    assert ledger.forget("out.txt", "2025-05-02") == ()


def test_a_forgotten_article_stays_out_unless_asked_again(ledger: Ledger):
    page, seen, reading = factory.example()
    ledger.add(page, seen, reading)
    ledger.forget(page.id, "2025-05-01")
    with pytest.raises(LedgerError, match=r"page\.txt: forgotten on 2025-05-01.*--again"):
        ledger.add(page, seen, reading)
    assert not list(ledger.articles())
    assert len(ledger.add(page, seen, reading, again=True).new) == 3
    assert ledger.add(page, seen, reading).new == ()


def test_one_text_at_two_places_is_one_article_with_two_sightings(ledger: Ledger):
    page, seen, reading = factory.example()
    ledger.add(page, seen, reading)
    ledger.add(page, factory.sighting(page, "copy.txt", outlet="Other Post"), reading)
    assert [e.refs for e in ledger.entries()] == [("copy.txt", "page.txt")] * 2
    assert ledger.counts() == {"articles": 1, "sightings": 2, "readings": 1, "statements": 3}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(match=phrase("no reason to hope")), 1),
        (Query(match=phrase("reasons to hope")), 1),  # word forms
        (Query(match=phrase("reason hope")), 0),
        (Query(match=near(["hope", "reason"])), 1),
        (Query(match=every(["hope", "reas"])), 1),
        (Query(match=phrase('say "so" NEAR(')), 0),  # no syntax slips in
        (Query(by=Named(frozenset({"NOR"}), "Norland")), 2),
        (Query(by=Named(frozenset(), "Alpha")), 2),
        (Query(by=Named(frozenset(), "Beta")), 0),
        (Query(about=Named(frozenset({"EAS"}), "Eastland")), 2),
        (Query(about=Named(frozenset({"dialogue"}), "dialogue")), 1),
        (Query(since="2025-03-03", until="2025-03-03"), 2),
        (Query(since="2025-03-04"), 0),
        (Query(until="2025-03-02"), 0),
        (Query(suggested=True), 3),
    ],
)
def test_what_is_asked_for_is_found(ledger: Ledger, query: Query, found: int):
    ledger.add(*factory.example())
    assert len(list(ledger.entries(query))) == found


def test_ids_open_by_their_beginning(ledger: Ledger):
    page, seen, reading = factory.example()
    ledger.add(page, seen, reading)
    id_ = reading.statements[0].id
    assert ledger.entry(id_[:9]).statement.id == id_
    assert ledger.entry("st_") is None
    assert ledger.article(page.id[:10]) == page


def test_every_column_of_a_statement_is_filled_from_its_record(ledger: Ledger, path: Path):
    page = factory.article("If they leave, we stay, Norland said.")
    full = factory.statement(
        page, "we stay", source="Norland", condition=factory.condition(page, "If they leave", "EAS"), core=False
    )
    ledger.add(page, factory.sighting(page), factory.reading(page, full))
    with sqlite3.connect(path) as sql:
        sql.row_factory = sqlite3.Row
        row = dict(sql.execute("SELECT * FROM statement").fetchone())
    assert row["condition"] == "If they leave"
    assert (row["controls"], row["core"], row["act_class"], row["addressee"]) == ("EAS", 0, None, None)
    assert (row["content_spans"], row["agreements"]) == ("[[15,22]]", "[]")


def test_a_field_read_from_no_words_keeps_an_empty_list_apart_from_none(ledger: Ledger):
    page, seen, reading = factory.example()
    bare = replace(reading.statements[0], state=replace(reading.statements[0].state, spans=()))
    ledger.add(page, seen, replace(reading, statements=(bare,)))
    assert [entry.statement for entry in ledger.entries()] == [bare]
    assert not list(faults(ledger))


def test_views_open_every_field_to_its_words(ledger: Ledger, path: Path):
    ledger.add(*factory.example())
    with sqlite3.connect(path) as sql:
        days = sql.execute("SELECT day, speaker, dyad, content FROM saying_by_day").fetchall()
        opened = sql.execute("SELECT words FROM why WHERE field = 'speaker' ORDER BY 1").fetchall()
        months = sql.execute("SELECT * FROM dyad_month").fetchall()
    assert days[0] == ("2025-03-03", "Minister Jane Alpha", "NOR → EAS", "Talks go nowhere")
    assert opened == [("Eastland",), ("Minister Jane Alpha",), ("she",)]
    assert months == [("NOR", "EAS", "2025-03", 1, -1.0)]


def test_lines_of_the_export_are_sorted(ledger: Ledger):
    import json

    for text in ("Alpha speaks.", "Beta speaks."):
        page = factory.article(text)
        ledger.add(page, factory.sighting(page, text), factory.reading(page, factory.statement(page, "speaks")))
    lines = [json.dumps(record) for record in ledger.export(with_text=True)]
    assert lines == sorted(lines)
    assert len(lines) == 6


# --- faults ---------------------------------------------------------------------------------------------------------

BREAKS = [
    ("UPDATE article SET text = replace(text, 'Talks', 'Walks')", "not what stands there"),
    ("UPDATE article SET text_sha256 = 'x'", "hash"),
    ("UPDATE article SET blocks = '[]'", "stand in no block"),
    ("UPDATE article SET blocks = 'no'", "cannot be read"),
    ("UPDATE raw SET bytes = x'00'", "unpacked"),
    ("UPDATE raw SET bytes = x'789c030000000001'", "bytes are not"),
    ("UPDATE sighting SET ref = 'other'", "hash of its article and ref"),
    ("UPDATE statement SET state = 'EAS' WHERE number = 1", "column state differs"),
    ("UPDATE statement SET content = 'x' WHERE number = 1", "full-text index"),
    ("UPDATE statement SET record = '{}' WHERE number = 1", "cannot be read"),
    ("UPDATE statement SET record = replace(record, 'nowhere', 'somewhere')", "not what stands there"),
    ("DELETE FROM evidence WHERE statement = 2 AND field = 'act'", "evidence differs"),
    (
        """UPDATE reading SET attributions = '[{"source":[[0,9999]],"cue":null,"content":[],"certainty":1,"by":""}]'""",
        "inside",
    ),
]


@pytest.mark.parametrize(("change", "fault"), BREAKS)
def test_verify_sees_every_break(ledger: Ledger, path: Path, change: str, fault: str):
    ledger.add(*factory.example())
    with sqlite3.connect(path) as sql:
        for (name,) in sql.execute("SELECT name FROM sqlite_master WHERE name LIKE 'keep%'").fetchall():
            sql.execute(f"DROP TRIGGER {name}")
        sql.execute(change)
    assert any(fault in found.what for found in faults(ledger)), list(faults(ledger))


# --- the file -------------------------------------------------------------------------------------------------------


def test_a_ledger_that_is_not_there(tmp_path: Path):
    with pytest.raises(LedgerError, match=r"none\.db: no ledger here"):
        Ledger.open(tmp_path / "none.db", readonly=True)
    assert not (tmp_path / "none.db").exists()


def test_a_folder_that_is_not_there(tmp_path: Path):
    with pytest.raises(LedgerError, match="cannot be opened"):
        Ledger.open(tmp_path / "none" / "x.db", create=True)


def test_a_folder_is_no_ledger(tmp_path: Path):
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(tmp_path, create=True)


def test_a_file_that_is_no_database(tmp_path: Path):
    (tmp_path / "x.db").write_text("A day of news. " * 100)
    for readonly in (True, False):
        with pytest.raises(LedgerError, match="not a sayso ledger"):
            Ledger.open(tmp_path / "x.db", create=True, readonly=readonly)


def test_another_programs_database_is_left_alone(tmp_path: Path):
    with sqlite3.connect(tmp_path / "x.db") as sql:
        sql.execute("CREATE TABLE mine (x)")
    with pytest.raises(LedgerError, match="not a sayso ledger"):
        Ledger.open(tmp_path / "x.db", create=True)


def test_a_newer_ledger(ledger: Ledger, path: Path):
    with sqlite3.connect(path) as sql:
        sql.execute("PRAGMA user_version=99")
    with pytest.raises(LedgerError, match="newer sayso"):
        Ledger.open(path)


def test_a_ledger_opened_for_reading_takes_nothing_in(ledger: Ledger, path: Path):
    with Ledger.open(path, readonly=True) as shut, pytest.raises(LedgerError, match="may be read but not written"):
        shut.add(*factory.example())


def test_a_full_disk_keeps_what_was_finished(ledger: Ledger, path: Path):
    ledger.add(*factory.example())
    pages = ledger._one("PRAGMA page_count")[0]
    ledger._sql.execute(f"PRAGMA max_page_count={pages}")
    big = factory.article("Alpha speaks. " * 20_000)
    with pytest.raises(LedgerError, match="disk is full"):
        ledger.add(big, factory.sighting(big, "big.txt"), factory.reading(big))
    assert len(list(ledger.articles())) == 1
    assert not list(faults(ledger))


def test_without_full_text_search(monkeypatch: pytest.MonkeyPatch, path: Path):
    class Bare(sqlite3.Connection):
        def execute(self, sql: str, *args):
            return super().execute("SELECT 1 WHERE 0" if "fts5" in sql else sql, *args)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **kw: connect(*args, **kw, factory=Bare))
    with pytest.raises(LedgerError, match="no full-text search"):
        Ledger.open(path, create=True)


def test_half_a_character_is_refused_in_one_line(ledger: Ledger):
    page = factory.article("Alpha \ud800 speaks.")
    with pytest.raises(SourceError, match="lone surrogate"):
        ledger.add(page, replace(factory.sighting(factory.article("x")), article=page.id), factory.reading(page))
    assert not list(ledger.articles())


def _write(path: Path, start: int) -> None:
    with Ledger.open(path, create=True) as ledger:
        for number in range(start, start + 20):
            page = factory.article(f"Alpha speaks of {number}.")
            found = factory.statement(page, "speaks", source="Alpha")
            ledger.add(page, factory.sighting(page, f"{number}.txt"), factory.reading(page, found))


def test_two_processes_write_the_same_new_ledger(path: Path):
    spawn = multiprocessing.get_context("spawn")
    writers = [spawn.Process(target=_write, args=(path, start)) for start in (0, 10, 10)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0, 0]
    with Ledger.open(path) as ledger:
        assert ledger.counts()["articles"] == 30 == ledger.counts()["statements"]
        assert not list(faults(ledger))


def test_other_programs_find_the_search_index(ledger: Ledger, path: Path):
    with sqlite3.connect(path) as sql:
        (made,) = sql.execute("SELECT sql FROM sqlite_master WHERE name = 'statement_fts'").fetchone()
    assert "content=[statement]" in made, "browsers look for exactly this"
