"""Nothing lost: kills, two writers, full disks, older formats, clocks, damage, and inputs that mean harm.

The whole measure is in benchmarks/kills.py and benchmarks/hostile.py; here are short forms of both, and laws.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import hostile, kills
from fuzz.intake import check
from sayso import cli, desk, ids, records
from sayso.desk import Desk, Page
from sayso.errors import LedgerError, SaysoError
from sayso.intake import article_of
from sayso.ledger import Ledger, faults, migrations
from sayso.model import Refused
from sayso.read import Reader, read_article
from tests import factory, fake

ARTICLES = 24


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    kills.make(folder, ARTICLES)
    return folder


@pytest.fixture(scope="module")
def whole(texts: Path) -> Path:
    """The ledger of an undisturbed run."""
    ledger = texts.parent / "whole.db"
    assert kills.Run.start(texts, ledger, "--jobs", "1").end() == 0
    return ledger


# --- ends that nobody asked for -------------------------------------------------------------------------------------


def test_killed_runs_and_a_last_one_leave_the_ledger_of_an_undisturbed_one(texts: Path, whole: Path, tmp_path: Path):
    ledger = tmp_path / "torn.db"
    for articles in (0, 3, 17):
        run = kills.Run.start(texts, ledger, "--jobs", "2")
        list(run.read(articles))
        run.kill()
    assert kills.Run.start(texts, ledger, "--jobs", "2").end() == 0
    assert kills.rows(ledger) == kills.rows(whole)
    with Ledger.open(ledger) as kept:
        assert list(faults(kept)) == []


def test_workers_end_with_a_desk_that_is_killed_alone(texts: Path, tmp_path: Path):
    run = kills.Run.start(texts, tmp_path / "sayso.db", "--jobs", "2")
    list(run.read(1))
    os.kill(run.process.pid, signal.SIGKILL)
    run.process.communicate(timeout=60)  # the pipes close when the last process that holds them ends
    assert run.process.returncode == -signal.SIGKILL


def test_two_writers_at_once_keep_everything_once(texts: Path, whole: Path, tmp_path: Path):
    runs = [kills.Run.start(texts, tmp_path / "sayso.db", "--jobs", "1") for _ in range(2)]
    printed = [len(list(run.read())) for run in runs]
    assert [run.end() for run in runs] == [0, 0]
    assert printed == [ARTICLES, ARTICLES]
    with Ledger.open(tmp_path / "sayso.db") as ours, Ledger.open(whole) as theirs:
        assert list(ours.export(suggested=True)) == list(theirs.export(suggested=True))
        assert list(faults(ours)) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("how", ["> /dev/full", "--output /dev/full"])
def test_an_answer_that_finds_the_disk_full_is_one_line_and_loses_nothing(how: str, tmp_path: Path):
    (tmp_path / "a.txt").write_text(kills.article(1))
    command = f"{sys.executable} -m sayso read {tmp_path}/a.txt --ledger {tmp_path}/sayso.db {how}"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "No space left" in done.stderr
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
    with Ledger.open(tmp_path / "sayso.db") as ledger:
        assert ledger.counts()["articles"] == 1


def test_a_pipe_named_as_output_is_written_to_and_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(desk, "our_reader", fake.load)
    (tmp_path / "a.txt").write_text(factory.TEXT)
    os.mkfifo(pipe := tmp_path / "pipe")
    got: list[str] = []
    reader = Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    assert cli.run(["read", str(tmp_path / "a.txt"), "--ledger", str(tmp_path / "s.db"), "--output", str(pipe)]) == 0
    reader.join()
    assert json.loads(got[0].splitlines()[0])["type"] == "article"
    assert pipe.is_fifo()


@pytest.mark.skipif(not os.geteuid(), reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_to(tmp_path: Path):
    tmp_path.chmod(0o500)
    with pytest.raises(LedgerError, match="check"):
        Ledger.open(tmp_path / "sayso.db", create=True)


# --- other versions, other clocks -----------------------------------------------------------------------------------


def of_format(path: Path, version: int) -> None:
    """An example ledger as an earlier version wrote it."""
    with Ledger.open(path.with_suffix(".now"), create=True) as ledger:
        ledger.add(*factory.example())
    with closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.execute("ATTACH ? AS now", [str(path.with_suffix(".now"))])
        for name in migrations.STEPS[:version]:
            old.executescript(migrations._script(name))
        for table in ("article", "raw", "sighting", "reading", "statement", "evidence"):
            columns = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM now.{table}")
        old.execute(f"PRAGMA user_version={version}")
        old.execute(f"PRAGMA application_id={migrations.APPLICATION}")


@pytest.mark.parametrize("version", range(1, migrations.FORMAT))
def test_a_ledger_of_every_earlier_format_is_brought_to_the_present_one(version: int, tmp_path: Path):
    of_format(path := tmp_path / "sayso.db", version)
    with pytest.raises(LedgerError, match="older ledger"):
        Ledger.open(path, readonly=True)
    with Ledger.open(path) as ledger, Ledger.open(path.with_suffix(".now")) as now:
        assert list(faults(ledger)) == []
        assert list(ledger.export(suggested=True)) == list(now.export(suggested=True)) != []
        article, sighting, reading = factory.example()
        assert ledger.add(article, sighting, reading).new == ()
    with closing(sqlite3.connect(path)) as raw, closing(sqlite3.connect(path.with_suffix(".now"))) as now_raw:
        shape = "SELECT type, name, sql FROM sqlite_master ORDER BY type, name"
        assert raw.execute(shape).fetchall() == now_raw.execute(shape).fetchall()
        assert raw.execute("PRAGMA user_version").fetchone()[0] == migrations.FORMAT


@pytest.mark.parametrize("version", range(1, migrations.FORMAT))
def test_a_migration_that_breaks_leaves_the_ledger_as_it_was(version: int, tmp_path: Path, monkeypatch):
    of_format(path := tmp_path / "sayso.db", version)
    before = kills.rows(path)
    script = migrations._script
    monkeypatch.setattr(migrations, "_script", lambda name: script(name) + "\nINSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(LedgerError):
        Ledger.open(path)
    monkeypatch.undo()
    assert kills.rows(path) == before
    with Ledger.open(path) as ledger:
        assert list(faults(ledger)) == []


def test_a_clock_that_goes_back_forgets_and_takes_back_as_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a.txt").write_text("Alpha: yes, it is so.\n")
    with Desk(tmp_path / "sayso.db", load=fake.load) as ours:
        for today in (date(2031, 5, 4), date(1970, 1, 1)):
            monkeypatch.setattr(desk, "date", type("Day", (), {"today": staticmethod(lambda day=today: day)}))
            (page,) = ours.read([tmp_path / "a.txt"], again=True)
            assert isinstance(page, Page)
            assert len(ours.forget(str(tmp_path / "a.txt"))) == 1
            (refused,) = ours.read([tmp_path / "a.txt"])
            assert isinstance(refused, Refused)
        assert list(ours.verify()) == []


# --- inputs that mean harm ------------------------------------------------------------------------------------------


def test_each_bad_input_costs_one_line_and_the_good_ones_are_read(tmp_path: Path):
    large = hostile.too_much().keys() | hostile.bombs().keys()
    small = {name: what for name, what in hostile.bad().items() if name.removeprefix("bad-") not in large}
    chosen = dict(random.Random(5).sample(sorted(small.items(), key=lambda item: item[0]), 26))
    always = ("entities.html", "gzip.html", "million-lines.txt", "million-cells.html")
    chosen |= {f"bad-{name}": (hostile.bombs() | dict(hostile.too_much()))[name] for name in always}
    result = hostile.measure(tmp_path, chosen, dict(list(hostile.good().items())[:9]), ["--jobs", "1"])
    assert result["not_told_once"] == []
    assert result["good_read"] == 9
    assert hostile.sound(result), result
    assert result["peak_mebibytes"] < 500


def test_what_is_odd_in_a_text_is_told_where_it_stands(reader: Reader):
    plain = 'Minister Jane Alpha said: "We see no reason to hope for talks with Norland."\n'
    for kind, words in (
        ("direction", "rea\u202eson"), ("invisible", "rea\u200bson"), ("lost", "rea\ufffdson"),
        ("control", "rea\x1bson"), ("letters", "re\u0430son"),
    ):  # fmt: skip
        article, _ = article_of(plain.replace("reason", words).encode(), "a.txt", kind="text")
        (note,) = read_article(article, reader).notes
        assert note.kind == kind
        assert note.spans
        assert all(article.text[start:end].strip("rea") not in ("", "son") for start, end in note.spans)
    assert read_article(article_of(plain.encode(), "a.txt")[0], reader).notes == ()


# --- laws -----------------------------------------------------------------------------------------------------------

ODD = st.text(st.characters(codec="utf-8"), max_size=12)
SENTENCES = st.sampled_from([
    "Minister Jane Alpha said on Monday that Norland would not sign the accord.",
    '"We see no reason to hope," she added.',
    "According to Eastland's foreign ministry, the call took place on May 4.",
    "If Norland lifts its duties, talks may go on, Omar Beta told reporters.",
    "Norland and Eastland “agreed” – so the paper – to meet.",
])  # fmt: skip
TEXTS = st.lists(st.one_of(SENTENCES, ODD), min_size=1, max_size=8).map("\n".join)
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def arrived(text: str):
    """The article of a text; None where it has none."""
    try:
        return article_of(text.encode(), "a.txt", kind="text")
    except SaysoError:
        return None


@given(TEXTS)
@SLOW
def test_every_span_of_any_reading_gives_its_words(reader: Reader, tmp_path: Path, text: str):
    if (arrival := arrived(text)) is None:
        return
    article, sighting = arrival
    reading = read_article(article, reader)
    assert read_article(article, reader) == reading
    with Ledger.open(tmp_path / "sayso.db", create=True) as ledger:
        assert {s.id for s in reading.statements} == {*(r := ledger.add(article, sighting, reading)).new, *r.known}
        assert list(faults(ledger)) == []
        assert not ledger.add(article, sighting, reading).new


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=4), ODD)
def test_an_id_hangs_on_where_words_stand_and_on_nothing_else(spans: list[tuple[int, int]], other: str):
    article, _, reading = factory.example()
    moved = ids.statement_id(article.id, spans, [])
    assert moved == ids.statement_id(article.id, [list(span) for span in spans], ())
    assert moved != ids.statement_id(article.id, [*spans, (0, 0)], [])
    assert moved != ids.statement_id(article.id, [], spans)
    assert ids.article_id(ids.sha256_of(other), None) != ids.article_id(ids.sha256_of(other), "2031-05-04")
    told = replace(reading.statements[0], certainty=0.1)
    assert records.of_statement(told, other)["id"] == reading.statements[0].id


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small ledger in one file."""
    path = tmp_path_factory.mktemp("kept") / "sayso.db"
    with Ledger.open(path, create=True) as ledger:
        ledger.add(*factory.example())
        ledger._sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@given(st.data())
@settings(SLOW, max_examples=150)
def test_damage_to_the_file_is_told_or_changes_nothing(kept: Path, tmp_path: Path, data: st.DataObject):
    whole = bytearray(kept.read_bytes())
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    (path := tmp_path / "damaged.db").write_bytes(whole)
    try:
        with Ledger.open(path, readonly=True) as ledger:
            told = [fault.what for fault in faults(ledger)]
            held = list(ledger.export(suggested=True)) if not told else []
    except LedgerError as error:
        told, held = [str(error)], []
    article, sighting, reading = factory.example()
    assert all(len(line.splitlines()) == 1 for line in told)
    assert told or [r["id"] for r in held] == [article.id, sighting.id, *sorted(s.id for s in reading.statements)]


@given(st.integers(0, 400), st.binary(max_size=40))
@settings(deadline=None)
def test_a_torn_or_damaged_input_is_an_article_or_one_line(at: int, noise: bytes):
    for data in (hostile.PAGE.encode(), kills.article(3).encode("utf-16")):
        for damaged in (data[:at], data[:at] + noise + data[at:]):
            check(bytes([data[:1] == b"<"]) + damaged)
