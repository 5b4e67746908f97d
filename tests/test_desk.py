from __future__ import annotations

import multiprocessing
import os
from pathlib import Path

import pytest

import sayso
from sayso.desk import Desk, Page
from sayso.errors import LedgerError, SaysoError
from sayso.model import Refused
from tests import fake


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    news = tmp_path / "news"
    news.mkdir()
    for number in range(12):
        (news / f"{number:02}.txt").write_text(
            f"Ties\n\nAlpha: the road number {number} is open.\nBeta: perhaps it is.\n"
        )
    return tmp_path


def desk_in(folder: Path, load=fake.load) -> Desk:
    return Desk(folder / "sayso.db", load=load)


def test_reading_gives_each_article_in_order_and_keeps_it(folder: Path):
    with desk_in(folder) as desk:
        pages = list(desk.read(["news"]))
        assert [page.refs[0] for page in pages] == [f"news/{n:02}.txt" for n in range(12)]
        assert [entry.level for entry in pages[0].entries] == ["confirmed", "suggested"]
        assert len(pages[0].receipt.new) == 2
        assert desk.counts()["articles"] == 12
        assert list(desk.verify()) == []


def test_reading_again_adds_nothing_and_gives_the_same(folder: Path):
    with desk_in(folder) as desk:
        first = list(desk.read(["news"]))
        held = desk.counts()
        again = list(desk.read(["news"], jobs=1))
        assert [(p.article, p.entries) for p in again] == [(p.article, p.entries) for p in first]
        assert all(page.receipt and not page.receipt.new for page in again)
        assert desk.counts() == held


COPIED = """Ties

Alpha: the old road over the northern hills is open to every lorry again.

The road had been shut since the autumn, when a slope slid down after three weeks of rain and buried the customs post.

Drivers who waited on the other side of the pass told of long nights without heating and of bread shared in the cabs.

A second lane will be laid next year, and the two states mean to split what it costs, as they did with the tunnel.
"""


def test_copies_are_told_in_any_order_and_reading_again_adds_none(folder: Path):
    (folder / "a.txt").write_text(COPIED)
    (folder / "b.txt").write_text(COPIED.rpartition("Drivers")[0])
    told = []
    for number, order in enumerate((["a.txt", "b.txt"], ["b.txt", "a.txt"])):
        with Desk(folder / f"{number}.db", load=fake.load) as desk:
            list(desk.read([*order, *order]))
            a, b = desk.show("a.txt"), desk.show("b.txt")
            assert [(copy.of, copy.ref) for copy in b.copies] == [(a.article.id, "a.txt")]
            assert b.copies[0].added == 0 < b.copies[0].cut < 1
            lost = tuple(COPIED[COPIED.index("Drivers") :].strip().split("\n\n"))
            assert (b.copies[0].lines_cut, a.copies[0].lines_added, a.copies[0].lines_cut) == (lost, lost, ())
            (page,) = desk.page(folder / f"{number}.html")
            assert "Printed also by" in page.read_text()
            assert [entry.refs for entry in desk.reports(a.entries[0])] == [("b.txt",)]
            assert len(desk.seen("the road is open").hits) == 1
            told.append((a.copies, b.copies))
    assert told[0] == told[1]


def test_a_known_article_is_not_read_again_but_its_new_place_is_kept(folder: Path):
    (folder / "a.txt").write_text("Alpha: yes, it is.\n")
    (folder / "b.txt").write_text("Alpha: yes, it is.\n")
    with desk_in(folder) as desk:
        list(desk.read(["a.txt"]))
        desk.reader.__class__.read, read = None, desk.reader.__class__.read
        try:
            (page,) = desk.read(["b.txt"])
        finally:
            fake.FakeReader.read = read
        assert page.refs == ("b.txt",)
        assert desk.show("b.txt").refs == ("a.txt", "b.txt")


def test_a_name_that_no_ledger_can_hold_does_not_end_the_run(folder: Path):
    (folder / "news" / os.fsdecode(b"caf\xe9.txt")).write_text("Alpha: yes, it is.\n")
    with desk_in(folder) as desk:
        given = list(desk.read(["news"], jobs=1))
        assert [each.reason for each in given if isinstance(each, Refused)] == [
            "a text or name with half a character (a lone surrogate) cannot be stored: mend it or rename the file"
        ]
        assert desk.counts()["articles"] == 12


def test_the_number_of_jobs_changes_nothing(folder: Path):
    ledgers = []
    for jobs in (1, 2):
        with Desk(folder / f"{jobs}.db", load=fake.load) as desk:
            pages = [(page.refs, page.entries) for page in desk.read(["news"], jobs=jobs)]
            rows = [
                tuple(row) for row in desk._ledger()._rows("SELECT number, id, article FROM statement ORDER BY number")
            ]
            ledgers.append((pages, rows, list(desk.export(suggested=True))))
    assert ledgers[0] == ledgers[1]


def test_a_better_reader_supersedes(folder: Path):
    with desk_in(folder) as desk:
        list(desk.read(["news"]))
    with desk_in(folder, fake.load_better) as desk:
        pages = list(desk.read(["news"], jobs=1))
        assert all(page.receipt and page.receipt.known for page in pages)
        assert desk.counts()["readings"] == 24
        assert desk.counts()["statements"] == 24


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_article_that_breaks_the_reader_is_told_and_passed_over(folder: Path, jobs: int):
    (folder / "news" / "05.txt").write_text("The talks broke down on Monday, and BREAK is where this reader does.")
    with desk_in(folder) as desk:
        given = list(desk.read(["news"], jobs=jobs))
        refused = [each for each in given if isinstance(each, Refused)]
        assert [each.ref for each in refused] == ["news/05.txt"]
        assert "ValueError: broke on purpose, in two lines" in refused[0].reason
        assert desk.counts()["articles"] == 11
        desk.debug = True
        with pytest.raises(ValueError, match="on purpose"):
            list(desk.read(["news"], jobs=jobs))


def test_a_worker_that_dies_loses_no_finished_article(folder: Path):
    (folder / "news" / "11.txt").write_text("The talks broke down on Monday, and DIE is where this reader does.")
    with desk_in(folder) as desk:
        with pytest.raises(SaysoError, match="finished articles are kept"):
            list(desk.read(["news"], jobs=2))
        assert 1 <= desk.counts()["articles"] <= 11
        assert list(desk.verify()) == []


def test_what_is_not_there_comes_as_refused(folder: Path):
    with desk_in(folder) as desk:
        given = list(desk.read(["none.txt", "news/00.txt"]))
    assert isinstance(given[0], Refused)
    assert given[0].ref == "none.txt"
    assert isinstance(given[1], Page)


def _die_after_three(folder: Path) -> None:
    os.chdir(folder)
    with desk_in(folder) as desk:
        for number, _ in enumerate(desk.read(["news"], jobs=1), 1):
            if number == 3:
                os._exit(9)


def test_a_run_killed_between_articles_loses_none_and_goes_on(folder: Path):
    run = multiprocessing.get_context("spawn").Process(target=_die_after_three, args=(folder,))
    run.start()
    run.join()
    assert run.exitcode == 9
    with desk_in(folder) as desk:
        assert desk.counts()["articles"] == 3
        list(desk.read(["news"], jobs=1))
        assert desk.counts()["articles"] == 12
        assert list(desk.verify()) == []


def test_forgetting_and_taking_back(folder: Path):
    with desk_in(folder) as desk:
        list(desk.read(["news"], jobs=1))
        (gone,) = desk.forget("news/03.txt", "2025-01-02")
        assert desk.show("news/03.txt") is None
        (refused,) = desk.read(["news/03.txt"])
        assert "forgotten on 2025-01-02" in refused.reason
        (page,) = desk.read(["news/03.txt"], again=True)
        assert page.article.id == gone
        assert len(page.entries) == 2


def test_questions_need_a_ledger_and_make_none(folder: Path):
    with desk_in(folder) as desk:
        for question in (lambda: desk.seen("x"), lambda: desk.show("x"), desk.counts, lambda: desk.forget("x")):
            with pytest.raises(LedgerError, match="no ledger here"):
                question()
        with pytest.raises(LedgerError, match="no ledger here"):
            list(desk.verify())
    assert not (folder / "sayso.db").exists()


def test_a_ledger_only_for_reading_is_still_proved(folder: Path):
    with desk_in(folder) as desk:
        list(desk.read(["news/00.txt"]))
        desk._ledger(write=True)._sql.execute("PRAGMA journal_mode=DELETE")
    (folder / "sayso.db").chmod(0o444)
    with desk_in(folder) as desk:
        assert list(desk.verify()) == []


def test_open_gives_a_desk(folder: Path):
    with sayso.open("sayso.db", threshold=0.2) as desk:
        desk.load = fake.load
        (page,) = desk.read(["news/00.txt"])
        assert {entry.level for entry in page.entries} == {"confirmed"}
