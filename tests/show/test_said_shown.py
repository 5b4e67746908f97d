from __future__ import annotations

import re

import pytest

from sayso.model import (
    Bounds,
    Entry,
    First,
    History,
    Hit,
    Hits,
    Link,
    News,
    Thread,
    Why,
)
from sayso.show import said
from sayso.show.said import Look
from tests import factory

WITHIN = Bounds("2029-01-05", "2030-05-01", 12, 3)
PLAIN = Look(80, colour=False)


def hit(
    words: str, day: str | None = "2030-01-01", *, side: str | None = "NOR", speaker: str = "Jane Alpha", **fields
) -> Hit:
    stated = {key: fields.pop(key) for key in ("act", "condition") if key in fields}
    page = factory.article(f"{words}, {speaker} said.", outlet="Example Post")
    found = factory.statement(page, words, source=speaker, said=day, state=side, **stated)
    return Hit(Entry(found, page, ("page.txt",)), **fields)


def lines(found) -> list[str]:
    return [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in found]


def first_line(**fields) -> str:
    return said.first_line(Hits("talks failed", fields.pop("hits", ()), bounds=WITHIN, **fields), PLAIN)


def test_yes_tells_how_often_since_when_and_what_is_new():
    one, two, three = hit("Talks failed"), hit("Talks failed", "2030-03-01"), hit("Talks have failed", None)
    news = News(one, two, "adds_condition", (Why("condition", None, "if the fleet stays"),), True)
    told = first_line(hits=(one, two, three), side="Norlandic", news=(news,))
    assert told == (
        "Yes: 3 times since 1 Jan 2030 by the Norlandic side, last on 1 Mar 2030 (1 on a day that we cannot tell); "
        "new: condition “if the fleet stays”."
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"hits": (hit("Talks failed"),)}, "Yes, once: on 1 Jan 2030 by Jane Alpha (NOR)."),
        ({"hits": (hit("Talks failed", by="sense"),)}, "Yes, in other words, once: on 1 Jan 2030 by Jane Alpha (NOR)."),
        (
            {"hits": (hit("Talks failed"), hit("Talks failed", "2030-02-01", side="EAS"))},
            "Yes: 2nd time since 1 Jan 2030 by NOR (1), EAS (1), last on 1 Feb 2030.",
        ),
        (
            {"hits": (hit("Talks failed", match=0.6),)},
            "Not in these words together: all of them stand in 1 saying on 1 Jan 2030 by NOR.",
        ),
        (
            {"hits": (hit("Talks failed", standing="denied"),)},
            "No, the contrary: denied in 1 saying on 1 Jan 2030 by NOR.",
        ),
        ({"hits": (hit("Talks failed", standing="open"),)}, "Neither way: left open in 1 saying on 1 Jan 2030 by NOR."),
        (
            {"hits": (hit("Talks failed", standing="conditional"),)},
            "Only under a condition. 1 saying on 1 Jan 2030 by NOR.",
        ),
        (
            {"others": (hit("Talks failed"),), "away": "other_side", "asked": {"by": "Eastland"}},
            "Not by this side (Eastland): 1 saying on 1 Jan 2030 by NOR.",
        ),
        (
            {"others": (hit("Talks failed"),), "away": "other_object", "asked": {"about": "the pact"}},
            "Not of this (the pact): of another object 1 saying on 1 Jan 2030 by NOR.",
        ),
        (
            {"others": (hit("Talks failed"),), "away": "other_days", "asked": {"since": "2031-01-01"}},
            "Not since 2031-01-01: on other days 1 saying on 1 Jan 2030.",
        ),
        (
            {"others": (hit("Talks failed"),), "away": "near"},
            "Not found in this ledger, which begins on 5 Jan 2029 and covers 12 articles of 3 outlets; 1 saying may mean the same.",
        ),
        (
            {"asked": {"by": "Eastland"}},
            (
                "No: “talks failed” (by Eastland) is not in this ledger, which begins on 5 Jan 2029 and covers 12 articles "
                "of 3 outlets."
            ),
        ),
    ],
)
def test_the_first_line_answers(fields: dict, told: str):
    assert first_line(**fields) == told


def test_no_answer_without_its_bounds():
    for answer in (Hits("x", (hit("Talks failed"),), bounds=WITHIN), Hits("x", (), bounds=WITHIN)):
        assert "begins on 5 Jan 2029 and covers 12 articles of 3 outlets" in " ".join(
            " ".join(lines(said.hits(answer, PLAIN))).split()
        )


def test_sayings_stand_side_by_side_with_what_differs_marked():
    one = hit("Talks with Eastland failed", saying="sy_1", thread="th_1")
    link = Link("ln_1", "sy_1", "sy_2", "hardens", 0.9, "confirmed")
    two = hit("Talks with Eastland failed for good", "2030-01-18", saying="sy_2", thread="th_1", link=link)
    firsts = (First("side", one), First("words", one))
    told = lines(said.hits(Hits("talks", (one, two), bounds=WITHIN, firsts=firsts), PLAIN))
    assert "  First by NOR on 1 Jan 2030; in these words on 1 Jan 2030 (Jane Alpha)." in told
    assert "       said again, harder, 17 days later" in told
    assert "       Talks with Eastland failed [for good]" in told
    assert "       in Example Post · sy_2 · th_1" in told
    coloured = list(said.hits(Hits("talks", (one, two)), Look(80)))
    assert any("\x1b[33m\x1b[1mfor good\x1b[0m" in line for line in coloured)


def test_long_words_are_wrapped_and_cut_where_the_terminal_ends():
    long = hit("word " * 200)
    for columns in (40, 80):
        found = lines(said.hits(Hits("word", (long,), bounds=WITHIN), Look(columns, colour=False)))
        assert max(map(len, found[1:])) <= columns
        assert any(line.endswith("…") for line in found)


def test_words_cannot_steer_the_terminal():
    link = Link("ln_1", "sy_1", "sy_2", "recurs", 0.9, "confirmed", (Why("words", "\x1b[2Ja", "b"),))
    bad = [hit("\x1b[2Jgone\x07 and back", saying="sy_1"), hit("\x1b[2Jback", "2030-02-01", saying="sy_2", link=link)]
    history = History(Thread("th_1", ("sy_1", "sy_2"), "\x1b[2Jgone"), tuple(bad))
    for found in (
        said.hits(Hits("\x1b[2J", tuple(bad)), PLAIN),
        said.history(history, PLAIN, reasons=True),
        said.threads([history], PLAIN),
        said.saying(bad[1], [link], PLAIN, reasons=True),
    ):
        assert not [line for line in lines(found) if re.search(r"\x1b|\x07", line)]


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (Why("condition", None, "if we are heard"), "condition “if we are heard”"),
        (Why("condition", "if we are heard", None), "no longer condition “if we are heard”"),
        (Why("object", "NOR; EAS", "NOR;EAS"), "same object: <NOR>, <EAS>"),
        (Why("act", "leave_open", "deny"), "act deny (before: leave open)"),
        (Why("words", "pact, dead", "pact, over"), "words “pact, over” (before: “pact, dead”)"),
        (Why("scope", None, "only"), "extent “only”"),
    ],
)
def test_reasons_are_words(why: Why, told: str):
    assert said.why(why, lambda id_: f"<{id_}>") == told


def test_a_thread_and_a_saying_open_with_their_reasons():
    link = Link("ln_1", "sy_1", "sy_2", "adds_condition", 0.7, "suggested", (Why("condition", None, "if heard"),))
    one, two = (
        hit("Talks go on", saying="sy_1", thread="th_1"),
        hit("Talks go on if heard", "2030-02-01", saying="sy_2", link=link),
    )
    beside = Link("ln_2", "sy_0", "sy_1", "other_object", 0.8, "confirmed")
    history = History(Thread("th_1", ("sy_1", "sy_2"), "Talks go on", ("th_0",)), (one, two), (beside,))
    told = lines(said.history(history, PLAIN, reasons=True))
    assert told[:2] == ["th_1: 2 sayings", "  also th_0, merged into it"]
    assert "       perhaps said again, under a condition, 31 days later" in told
    assert "       why: condition “if heard”" in told
    assert told[-1] == "  sy_1 of another object · to sy_0 · 0.80"
    assert "       why: condition “if heard”" not in lines(said.history(history, PLAIN))
    opened = lines(said.saying(one, [link, beside], PLAIN))
    assert opened[0] == "sy_1: 1 statement in 1 report"
    assert opened[-2:] == [
        "  perhaps said again, under a condition · sy_2 is this to it · 0.70",
        "  of another object · to sy_0 · 0.80",
    ]


def test_threads_are_listed_by_their_first_words():
    history = History(Thread("th_1", ("sy_1",), "Talks go on"), (hit("Talks go on"), hit("Talks go on", "2031-01-01")))
    assert lines(said.threads([history], PLAIN)) == [
        "1 time · 1 Jan 2030 to 1 Jan 2031 · NOR", "  Talks go on", "  th_1",
    ]  # fmt: skip
