from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ids
from sayso.ledger import faults
from sayso.model import Judgement
from tests.weave.plain import Bench


@pytest.fixture
def bench(tmp_path: Path):
    made = Bench.open(tmp_path)
    yield made
    assert list(faults(made.ledger)) == []
    made.ledger.close()


def judge(bench: Bench, says: str, a: str, b: str) -> None:
    about = (bench.id_of(a), bench.id_of(b))
    told = {"says": says, "by": "Omar Beta", "when": "2031-01-01", "note": None, "field": None, "value": None}
    bench.loom.judge(Judgement(ids.judgement_id(about, told), about, **told), about)


def test_what_is_said_again_is_one_thread_named_after_its_first_saying(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    (thread,) = bench.ledger.woven.threads()
    bench.say("2030-02-01", "ALPHA talks failed badly")
    (again,) = bench.ledger.woven.threads()
    assert again.id == thread.id == ids.thread_id(again.sayings[0])
    assert len(again.sayings) == 2
    (link,) = bench.ledger.woven.links()
    assert (link.a, link.b, link.relation) == (*again.sayings, "recurs")
    assert [event for event, *_ in bench.log()] == ["opened", "joined"]


def test_the_same_words_of_another_thing_open_a_thread_of_their_own(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "BETA talks failed")
    assert len(bench.threads()) == 2
    assert [link.relation for link in bench.ledger.woven.links()] == ["other_object"]


def test_reports_of_one_day_are_one_saying_in_any_number(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed", "ALPHA talks failed badly")
    bench.say("2030-01-01", "ALPHA talks have failed", head="Other agency")
    (saying,) = bench.ledger.woven.sayings()
    assert len(saying.statements) == 3
    assert saying.id == ids.saying_id(saying.statements[0])
    assert list(bench.ledger.woven.links()) == []


def test_another_person_on_the_same_day_says_it_again(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-01-01", "ALPHA talks failed", speaker="Omar Beta")
    assert len(list(bench.ledger.woven.sayings())) == 2
    assert len(bench.threads()) == 1


def test_a_chain_is_not_drawn_through_what_stands_between(bench: Bench):
    """The middle one fits both ends, which are of different things."""
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "BETA talks failed")
    bench.say("2030-03-01", "ALPHA talks failed")
    assert {len(thread) for thread in bench.threads()} == {1, 2}


def test_an_old_article_read_late_comes_first_and_the_name_stays(bench: Bench):
    bench.say("2030-02-01", "ALPHA talks failed")
    (before,) = bench.ledger.woven.threads()
    bench.say("2030-01-01", "ALPHA talks failed badly")
    (after,) = bench.ledger.woven.threads()
    assert after.id == before.id
    assert bench.worded(after.sayings[0]) == ["2030-01-01 ALPHA talks failed badly"]


def test_a_late_article_that_joins_two_threads_makes_an_alias_of_the_younger(bench: Bench):
    bench.say("2030-02-01", "ALPHA one two three")
    bench.say("2030-03-01", "ALPHA four five six")
    older, younger = (bench.thread_of(bench.id_of(f"ALPHA {words}")) for words in ("one two three", "four five six"))
    assert older != younger
    bench.say("2030-01-01", "ALPHA one two three four five six")
    (thread,) = bench.ledger.woven.threads()
    assert (thread.id, thread.aliases) == (older, (younger,))
    assert bench.ledger.woven.thread(younger) == thread
    assert ("merged", older, None, younger) in bench.log()


def test_people_put_together_and_take_apart(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "ALPHA talks failed badly")
    bench.say("2030-03-01", "ALPHA all is lost")
    before = bench.thread_of(bench.id_of("ALPHA talks failed"))
    judge(bench, "same", "ALPHA talks failed", "ALPHA all is lost")
    assert {len(thread) for thread in bench.threads()} == {3}
    judge(bench, "not_same", "ALPHA talks failed", "ALPHA talks failed badly")
    assert {len(thread) for thread in bench.threads()} == {1, 2}
    assert bench.thread_of(bench.id_of("ALPHA talks failed")) == before
    judge(bench, "not_same", "ALPHA talks failed", "ALPHA all is lost")
    assert {len(thread) for thread in bench.threads()} == {1}
    assert len(bench.threads()) == 3


def test_threads_put_together_by_name_can_be_parted_by_name(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "ALPHA all is lost")
    woven = bench.ledger.woven
    names = [
        woven.thread(bench.thread_of(bench.id_of(f"ALPHA {words}"))).id for words in ("talks failed", "all is lost")
    ]
    statements = [woven.stands_for(id_) for id_ in names]
    for says, threads in (("same", 1), ("not_same", 2)):
        told = {"says": says, "by": None, "when": "2031-01-01", "note": None, "field": None, "value": None}
        assert [woven.stands_for(id_) for id_ in names] == statements
        bench.loom.judge(Judgement(ids.judgement_id(names, told), tuple(names), **told), statements)
        assert len(bench.threads()) == threads
    assert {thread.id for thread in woven.threads()} == set(names)


def test_a_judgement_outlives_what_comes_after(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "ALPHA talks failed badly")
    judge(bench, "not_same", "ALPHA talks failed", "ALPHA talks failed badly")
    bench.say("2029-01-01", "ALPHA talks failed very badly")
    first, second = (bench.thread_of(bench.id_of(f"ALPHA talks failed{end}")) for end in ("", " badly"))
    assert first != second


def test_forgetting_takes_a_saying_out_and_its_thread_goes_on(bench: Bench):
    first = bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "ALPHA talks failed badly")
    (thread,) = bench.ledger.woven.threads()
    bench.ledger.forget(first, "2031-01-01")
    bench.loom.settle()
    (left,) = bench.ledger.woven.threads()
    assert (left.id, left.sayings) == (thread.id, thread.sayings[1:])
    assert "talks failed" in left.label


def test_a_reading_that_is_replaced_is_woven_anew(bench: Bench):
    from dataclasses import replace

    from tests import factory

    article = bench.say("2030-01-01", "ALPHA talks failed", "BETA talks failed")
    page = bench.ledger.article(article)
    (kept,) = [e.statement for e in bench.ledger.entries() if "BETA" in e.statement.content.text]
    before = bench.thread_of(kept.id)
    reading = replace(factory.reading(page, kept), reader="reader-2")
    bench.ledger.add(page, factory.sighting(page, page.id), reading)
    assert bench.ledger.woven.missing() == [article]
    assert bench.loom.add(article)
    assert bench.threads() == {frozenset({"2030-01-01 BETA talks failed"})}
    assert bench.thread_of(kept.id) == before


def test_the_log_and_judgements_cannot_be_changed(bench: Bench, tmp_path: Path):
    bench.say("2030-01-01", "ALPHA talks failed", "BETA talks failed")
    judge(bench, "same", "ALPHA talks failed", "BETA talks failed")
    with sqlite3.connect(tmp_path / "x.db", isolation_level=None) as sql:
        sql.execute("PRAGMA recursive_triggers=ON")
        for table in ("thread_log", "judgement"):
            for change in (f"UPDATE {table} SET number = number", f"DELETE FROM {table}",
                           f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"):  # fmt: skip
                with pytest.raises(sqlite3.IntegrityError, match="append-only"):
                    sql.execute(change)


def test_what_was_said_in_one_breath_is_two_sayings(bench: Bench):
    from tests import factory

    page = factory.article("Norland said ALPHA talks failed and ALPHA talks failed badly.")
    cue = factory.words(page, "said")
    two = [
        factory.statement(page, words, source="Norland", state="NOR", said="2030-01-01", cue=cue)
        for words in ("ALPHA talks failed and", "ALPHA talks failed badly")
    ]
    bench.ledger.add(page, factory.sighting(page), factory.reading(page, *two))
    bench.loom.add(page.id)
    assert [len(saying.statements) for saying in bench.ledger.woven.sayings()] == [1, 1]


def test_what_frames_a_saying_of_its_own_side_says_something_else(bench: Bench):
    from tests import factory

    page = factory.article("Norland has often warned that ALPHA talks failed.")
    inner = factory.statement(page, "ALPHA talks failed", source="Norland", state="NOR", said="2030-01-01")
    outer = factory.statement(page, "warned that ALPHA talks failed", state="NOR", speaker="Norland", said="2030-01-01")
    bench.ledger.add(page, factory.sighting(page), factory.reading(page, inner, outer))
    bench.loom.add(page.id)
    assert len(bench.threads()) == 2
    assert [strand.frame for strand in bench.ledger.woven.strands("article", page.id)].count(True) == 1


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("UPDATE saying SET id = 'sy_0000000000000000' WHERE lead = 1", "hash of its first statement"),
        ("UPDATE thread SET id = 'th_0000000000000000'", "hash of the saying that opened it"),
        ("UPDATE thread_log SET thread = 'th_0000000000000000'", "hash of the saying that opened it"),
        ("DELETE FROM thread_log WHERE event = 'joined'", "the log does not know"),
        ("UPDATE judgement SET note = 'other'", "hash of what it holds"),
    ],
)
def test_verify_sees_what_is_broken(tmp_path: Path, change: str, fault: str):
    bench = Bench.open(tmp_path)
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "ALPHA talks failed badly")
    judge(bench, "same", "ALPHA talks failed", "ALPHA talks failed badly")
    assert list(faults(bench.ledger)) == []
    for table in ("thread_log", "judgement"):
        for when in ("update", "delete"):
            bench.ledger._sql.execute(f"DROP TRIGGER keep_{table}_{when}")
    bench.ledger._sql.execute(change)
    assert any(fault in found.what for found in faults(bench.ledger))


def drop(bench: Bench) -> None:
    for table in ("block", "pair", "saying", "thread", "woven", "weft"):
        bench.ledger._sql.execute(f"DELETE FROM {table}")


def test_what_was_dropped_is_made_again_with_the_same_names(bench: Bench):
    from sayso import weave

    for day, words in SAID:
        bench.say(day, words)
    before = list(bench.ledger.export())
    drop(bench)
    assert weave.catch_up(bench.ledger, bench.loom) > 0
    assert list(bench.ledger.export()) == before
    assert weave.catch_up(bench.ledger, bench.loom) == 0


# --- laws -----------------------------------------------------------------------------------------------------------

POINTS = ["talks failed", "talks failed badly", "not talks failed", "one two", "two three", "three four", "one four"]
DAYS = [f"2030-01-0{day}" for day in range(1, 6)]
SAID = [(DAYS[n % 5], f"{name} {point}") for n, (name, point) in enumerate(
    (name, point) for point in POINTS for name in ("ALPHA", "BETA"))]  # fmt: skip
sets = st.lists(st.tuples(st.sampled_from([*DAYS, None]), st.sampled_from(
    [f"{name} {point}" for name in ("ALPHA", "BETA") for point in POINTS])), min_size=1, max_size=9, unique=True)  # fmt: skip


@settings(max_examples=50, deadline=None)
@given(said=sets, data=st.data())
def test_threads_are_a_function_of_what_was_said(said: list[tuple[str, str]], data: st.DataObject):
    def woven(order: list[tuple[str, str]]) -> tuple:
        with TemporaryDirectory() as folder:
            bench = Bench.open(folder)
            for day, words in order:
                bench.say(day, words)
            assert not list(faults(bench.ledger))
            sayings = {frozenset(s.statements) for s in bench.ledger.woven.sayings()}
            return bench.threads(), sayings

    assert woven(data.draw(st.permutations(said))) == woven(said)


@settings(max_examples=50, deadline=None)
@given(said=sets)
def test_an_id_once_given_always_leads_to_the_sayings_that_it_was_given_for(said: list[tuple[str, str]]):
    with TemporaryDirectory() as folder:
        bench = Bench.open(folder)
        given_out = dict[str, str]()
        for day, words in said:
            bench.say(day, words)
            for thread in bench.ledger.woven.threads():
                assert thread.id not in thread.aliases
                given_out.setdefault(thread.id, thread.sayings[0])
            live = [t.id for t in bench.ledger.woven.threads()]
            assert len(set(live)) == len(live)
            for id_ in given_out:
                thread = bench.ledger.woven.thread(id_)
                assert thread is not None
                assert id_ in (thread.id, *thread.aliases)
            opened = [thread for event, thread, *_ in bench.log() if event == "opened"]
            assert len(set(opened)) == len(opened)
