"""Time words against Tuesday, 11 February 2025."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.read.marks.days import days

DAY = "2025-02-11"


@pytest.mark.parametrize(
    ("text", "since", "until", "rule"),
    [
        ("on Monday", "2025-02-10", "2025-02-10", "weekday"),
        ("said Tuesday", "2025-02-11", "2025-02-11", "weekday"),
        ("late Saturday", "2025-02-08", "2025-02-08", "weekday"),
        ("Late on Wednesday", "2025-02-05", "2025-02-05", "weekday"),
        ("last Tuesday", "2025-02-04", "2025-02-04", "weekday"),
        ("will meet on Friday", "2025-02-14", "2025-02-14", "weekday"),
        ("next Tuesday", "2025-02-18", "2025-02-18", "weekday"),
        ("said today", "2025-02-11", "2025-02-11", "today"),
        ("Yesterday", "2025-02-10", "2025-02-10", "relative"),
        ("the day before yesterday", "2025-02-09", "2025-02-09", "relative"),
        ("a day earlier", "2025-02-10", "2025-02-10", "relative"),
        ("two days ago", "2025-02-09", "2025-02-09", "relative"),
        ("tomorrow", "2025-02-12", "2025-02-12", "relative"),
        ("Earlier this week", "2025-02-10", "2025-02-10", "relative"),
        ("last week", "2025-02-03", "2025-02-09", "relative"),
        ("last month", "2025-01-01", "2025-01-31", "relative"),
        ("last year", "2024-01-01", "2024-12-31", "relative"),
        ("in January", "2025-01-01", "2025-01-31", "month"),
        ("last November", "2024-11-01", "2024-11-30", "month"),
        ("in March", "2024-03-01", "2024-03-31", "month"),
        ("will expire in March", "2025-03-01", "2025-03-31", "month"),
        ("in January 2021", "2021-01-01", "2021-01-31", "month"),
        ("Nov. 16, 1933", "1933-11-16", "1933-11-16", "explicit_date"),
        ("25 November 2020", "2020-11-25", "2020-11-25", "explicit_date"),
        ("Dec. 30", "2024-12-30", "2024-12-30", "explicit_date"),
        ("2025-01-24", "2025-01-24", "2025-01-24", "explicit_date"),
        ("in 2016", "2016-01-01", "2016-12-31", "year"),
        ("last summer", "2024-06-01", "2024-08-31", "relative"),
    ],
)
def test_each_rule(text: str, since: str, until: str, rule: str) -> None:
    found = days(text, 0, len(text), DAY)
    assert [(d.since, d.until, d.rule) for d in found] == [(since, until, rule)]


@pytest.mark.parametrize(
    "text", ["It may rain", "March on the capital", "the 2016 vote", "a day before the vote", "sundaymorning"]
)
def test_what_is_no_day(text: str) -> None:
    assert days(text, 0, len(text), DAY) == []


@pytest.mark.parametrize("text", ["on Monday", "today", "last week", "in January", "two days ago", "Dec. 30"])
def test_without_an_articles_day_nothing_is_guessed(text: str) -> None:
    assert [(d.since, d.until) for d in days(text, 0, len(text), None)] == [(None, None)]


def test_full_dates_need_no_articles_day() -> None:
    assert days("on 3 May 2019", 0, 13, None)[0].since == "2019-05-03"


WORDS = st.sampled_from(
    [
        "Monday",
        "last",
        "next",
        "31",
        "February",
        "2020",
        "in",
        "May",
        ",",
        ".",
        "ago",
        "two",
        "days",
        "week",
        "today",
        "a day earlier",
        "the",
        "Feb. 30",
    ]
)


@given(st.lists(WORDS, max_size=12).map(" ".join))
def test_intervals_are_in_order_and_none_overlap(text: str) -> None:
    found = days(text, 0, len(text), DAY)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(d.since is None or d.until is None or d.since <= d.until for d in found)
