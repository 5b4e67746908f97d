from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso import ask
from sayso.ask.standing import repeats, standing
from sayso.ledger import Ledger
from sayso.model import Bounds, Decision, Entry, Hits
from tests import factory
from tests.weave.plain import Bench


@pytest.fixture
def bench(tmp_path: Path):
    made = Bench.open(tmp_path)
    yield made
    made.ledger.close()


REST = "failed one two three four five six seven"


def told(answer: Hits) -> list[tuple]:
    return [(h.entry.statement.said.to, h.entry.statement.content.text, h.standing, h.by) for h in answer.hits]


def first(answer: Hits, of: str) -> list[str]:
    return [
        f"{f.hit.entry.statement.said.to} {f.hit.entry.statement.speaker.name}" for f in answer.firsts if f.of == of
    ]


# --- how often, and what counts once ---


def test_sayings_of_a_thread_are_counted_with_their_reports_and_linked(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed", "ALPHA talks failed badly")
    bench.say("2030-01-01", "ALPHA talks have failed", head="Other agency")
    bench.say("2030-02-01", "ALPHA talks failed")
    answer = ask.seen(bench.ledger, "talks failed")
    assert answer.verdict == "said"
    one, two = answer.hits
    assert (one.reports, two.reports) == (2, 1)
    assert one.thread == two.thread
    assert two.link
    assert (two.link.a, two.link.b, two.link.relation) == (one.saying, two.saying, "recurs")
    assert answer.bounds == Bounds(None, None, 3, 0)


def test_the_same_point_in_other_words_counts_if_its_link_is_sure(bench: Bench):
    bench.say("2030-01-01", f"ALPHA talks {REST}")
    bench.say("2030-02-01", f"ALPHA all {REST}")
    bench.say("2030-03-01", f"BETA talks {REST}")
    bench.say("2030-04-01", "ALPHA one two of them failed")
    assert told(ask.seen(bench.ledger, "ALPHA talks")) == [
        ("2030-01-01", f"ALPHA talks {REST}", "said", "words"),
        ("2030-02-01", f"ALPHA all {REST}", "said", "thread"),
    ]


def test_the_contrary_in_a_thread_is_no_saying_of_it(bench: Bench):
    bench.say("2030-01-01", f"ALPHA talks {REST}")
    bench.say("2030-02-01", f"ALPHA all not {REST}")
    answer = ask.seen(bench.ledger, "ALPHA talks")
    assert [hit.standing for hit in answer.hits] == ["said", "denied"]
    assert [hit.standing for hit in answer.told] == ["said"]


# --- who was first, what is new ---


def test_firsts_of_side_speaker_and_words(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed", speaker="Omar Beta")
    bench.say("2030-02-01", "ALPHA talks failed")
    bench.say("2029-12-01", "ALPHA talks failed", speaker="Lea Gamma", side="EAS")
    answer = ask.seen(bench.ledger, "talks failed", by="NOR")
    assert first(answer, "side") == ["2030-01-01 Omar Beta"]
    assert first(answer, "speaker") == ["2030-02-01 Jane Alpha"]
    assert first(answer, "words") == ["2029-12-01 Lea Gamma"]
    assert answer.side == "NOR"
    (news,) = answer.news
    assert [(why.slot, why.a, why.b) for why in news.why] == [("speaker", "Omar Beta", "Jane Alpha")]
    assert not news.worded


def test_a_first_stays_first_when_only_later_days_are_asked(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "ALPHA talks failed")
    answer = ask.seen(bench.ledger, "talks failed", since="2030-01-15")
    assert len(answer.hits) == 1
    assert first(answer, "side") == ["2030-01-01 Jane Alpha"]


def test_an_old_article_read_late_corrects_the_first(bench: Bench):
    bench.say("2030-02-01", "ALPHA talks failed")
    bench.say("2030-03-01", "ALPHA talks failed")
    assert first(ask.seen(bench.ledger, "talks failed"), "side") == ["2030-02-01 Jane Alpha"]
    bench.say("2030-01-01", "ALPHA talks failed", speaker="Omar Beta")
    answer = ask.seen(bench.ledger, "talks failed")
    assert first(answer, "side") == ["2030-01-01 Omar Beta"]
    assert [n.earlier.entry.statement.said.to for n in answer.news] == ["2030-02-01", "2030-01-01"]


SAID = [
    ("2030-01-01", "ALPHA talks failed", "Jane Alpha"),
    ("2030-01-01", "ALPHA talks have failed", "Jane Alpha"),
    ("2030-02-01", "ALPHA talks failed badly", "Omar Beta"),
    ("2030-03-01", "ALPHA talks not failed", "Jane Alpha"),
    (None, "ALPHA talks failed", "Omar Beta"),
    ("2030-04-01", "BETA talks failed", "Jane Alpha"),
]


def summed(folder: str, order: list[int]) -> tuple[Any, ...]:
    bench = Bench.open(folder)
    for number in order:
        day, words, speaker = SAID[number]
        bench.say(day, words, speaker=speaker)
    answer = ask.seen(bench.ledger, "talks failed")
    found = [
        (*each, hit.reports, hit.link and hit.link.relation)
        for each, hit in zip(told(answer), answer.hits, strict=True)
    ]
    news = [(n.relation, n.why, n.worded) for n in answer.news]
    firsts = [(f.of, f.hit.entry.statement.content.text) for f in answer.firsts]
    bench.ledger.close()
    return found, news, firsts, answer.verdict


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(len(SAID))))
def test_the_order_of_reading_changes_no_answer(order: list[int]):
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        assert summed(one, order) == summed(other, list(range(len(SAID))))


# --- no, but … ---


@pytest.fixture
def small(tmp_path: Path):
    with Ledger.open(tmp_path / "x.db", create=True) as ledger:
        said = [
            ("Norland never broke the pact", {"state": "NOR", "said": "2030-01-01"}),
            ("Eastland broke the pact", {"state": "NOR", "said": "2030-02-01", "dyad": ("NOR", "EAS")}),
            ("the call took place", {"state": "NOR", "act": "leave_open", "said": "2030-03-01"}),
        ]
        for number, (words, fields) in enumerate(said):
            page = factory.article(
                f"{words}, Jane Alpha said.", published=f"2030-0{number + 1}-02", outlet="Example Post"
            )
            found = factory.statement(page, words, source="Jane Alpha", **fields)
            ledger.add(page, factory.sighting(page), factory.reading(page, found))
        words = "Trade will resume if the fleet leaves"
        page = factory.article(f"{words}, Jane Alpha said.")
        found = factory.statement(
            page,
            words,
            source="Jane Alpha",
            state="NOR",
            said="2030-04-01",
            condition=factory.condition(page, "the fleet leaves"),
        )
        ledger.add(page, factory.sighting(page), factory.reading(page, found))
        yield ledger


@pytest.mark.parametrize(
    ("words", "asked", "verdict"),
    [
        ("Norland broke the pact", {}, "denied"),
        ("Norland never broke the pact", {}, "said"),
        ("Eastland broke the pact", {}, "said"),
        ("call took place", {}, "open"),
        ("trade will resume", {}, "conditional"),
        ("trade will resume if the fleet leaves", {}, "said"),
        ("Eastland broke the pact", {"by": "EAS"}, "other_side"),
        ("Eastland broke the pact", {"about": "new_start"}, "other_object"),
        ("Eastland broke the pact", {"since": "2030-06-01"}, "other_days"),
        ("Eastland pact", {}, "said"),
        ("fleet trade", {}, "conditional"),
        ("ships sail at dawn", {}, "not_found"),
    ],
)
def test_not_found_is_told_apart(small: Ledger, words: str, asked: dict, verdict: str):
    answer = ask.seen(small, words, **asked)
    assert answer.verdict == verdict
    assert answer.bounds == Bounds("2030-01-02", "2030-03-02", 4, 1)
    if verdict.startswith("other"):
        assert (answer.hits, len(answer.others)) == ((), 1)


def test_sense_is_asked_only_when_no_words_are_found(bench: Bench):
    bench.say("2030-01-01", "ALPHA talks failed")
    bench.say("2030-02-01", "BETA meeting held")
    ids = {words: bench.id_of(words) for words in ("ALPHA talks failed", "BETA meeting held")}
    decided = {"ALPHA talks failed": Decision("recurs", 0.9), "BETA meeting held": Decision("other_object", 0.8)}
    asked = []

    def like(words: str):
        asked.append(words)
        return [(ids[name], decision) for name, decision in decided.items()]

    assert ask.seen(bench.ledger, "talks failed", like=like).hits[0].by == "words"
    assert asked == []
    answer = ask.seen(bench.ledger, "nothing came of it", like=like)
    assert (answer.verdict, [hit.by for hit in answer.hits]) == ("said", ["sense"])
    decided["ALPHA talks failed"] = replace(decided["ALPHA talks failed"], level="suggested")
    answer = ask.seen(bench.ledger, "nothing came of it", like=like)
    assert (answer.verdict, len(answer.others)) == ("other_object", 1)
    del decided["BETA meeting held"]
    assert ask.seen(bench.ledger, "nothing came of it", like=like).verdict == "near"
    decided["ALPHA talks failed"] = Decision("reverses", 0.9)
    assert ask.seen(bench.ledger, "nothing came of it", like=like).verdict == "denied"


def test_a_report_that_tells_of_earlier_sayings():
    page = factory.article(
        "Talks are over. Jane Alpha has repeatedly warned that the pact is dead. Nobody replied again."
    )
    found = factory.statement(page, "the pact is dead", source="Jane Alpha", cue=factory.words(page, "warned"))
    assert repeats(Entry(found, page, ())) == "repeatedly"
    assert repeats(Entry(replace(found, cue=None), page, ())) is None


def test_who_asks_for_the_leaving_open_gets_it():
    page = factory.article("I can neither confirm nor deny it, he said.")
    found = factory.statement(page, "I can neither confirm nor deny it", act="leave_open")
    assert standing("neither confirm nor deny", found) == "said"
    assert standing("confirm it", found) == "open"


# --- threads and sayings by id ---


def test_a_thread_and_a_saying_open(bench: Bench):
    bench.say("2030-02-01", "ALPHA talks failed")
    bench.say("2030-01-01", "ALPHA talks failed badly")
    bench.say("2030-03-01", "BETA talks failed")
    thread = bench.thread_of(bench.id_of("ALPHA talks failed"))
    history = ask.history(bench.ledger, thread)
    assert history
    assert [hit.entry.statement.said.to for hit in history.hits] == ["2030-01-01", "2030-02-01"]
    assert [hit.link and hit.link.relation for hit in history.hits] == [None, "recurs"]
    assert {link.relation for link in history.beside} == {"other_object"}
    last = history.hits[-1]
    assert ask.saying(bench.ledger, str(last.saying)) == last
    assert {link.relation for link in ask.links(bench.ledger, str(last.saying))} == {"recurs", "other_object"}
    assert ask.history(bench.ledger, "th_none") is None
    assert ask.saying(bench.ledger, "sy_none") is None


def test_what_was_said_more_than_once_comes_by_how_often(bench: Bench):
    for month in (1, 2, 3):
        bench.say(f"2030-0{month}-01", "ALPHA talks failed")
    for month in (1, 2):
        bench.say(f"2030-0{month}-01", "BETA roads closed")
    bench.say("2030-01-01", "GAMMA heard of once")
    assert [len(history.hits) for history in ask.again(bench.ledger)] == [3, 2]
    assert [history.times for history in ask.again(bench.ledger)] == [3, 2]
    assert [len(history.hits) for history in ask.again(bench.ledger, since="2030-02-15")] == []
    assert list(ask.again(bench.ledger, by="EAS")) == []


def test_links_of_a_saying_are_those_of_the_ledger(bench: Bench):
    rng = random.Random(7)
    words = ["one", "two", "three", "four"]
    for day in range(1, 9):
        bench.say(f"2030-01-{day:02}", f"ALPHA {' '.join(rng.sample(words, 3))}")
    for saying in bench.ledger.woven.sayings():
        assert list(ask.links(bench.ledger, saying.id)) == list(bench.ledger.woven.links(saying.id))
