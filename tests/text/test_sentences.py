"""Sentences: where they end, and what the laws of spans demand of any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text import dateline_end, sentences

PROSE = st.text(alphabet=st.sampled_from("ab Cd.!?\"'“”‘’ \n—,U.S.Mr"), max_size=200) | st.text(max_size=120)


def parted(text: str) -> list[str]:
    return [text[a:b] for a, b in sentences(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rains. It pours.", ["It rains.", "It pours."]),
        (
            "U.S. President Jane Alpha met Gen. Mark Beta. Mr. Gamma left.",
            ["U.S. President Jane Alpha met Gen. Mark Beta.", "Mr. Gamma left."],
        ),
        ("They left the U.S. Moscow cited talks.", ["They left the U.S.", "Moscow cited talks."]),
        ("Prices rose 3.5 percent. No. 5 came.", ["Prices rose 3.5 percent.", "No. 5 came."]),
        (
            "It began on Nov. 16, 1933 there. J. B. Alpha came at 5 p.m. Monday.",
            ["It began on Nov. 16, 1933 there.", "J. B. Alpha came at 5 p.m. Monday."],
        ),
    ],
)
def test_titles_initials_and_numbers_end_nothing(text: str, expected: list[str]) -> None:
    assert parted(text) == expected


def test_quotations_part_inside_and_keep_their_closing_marks() -> None:
    assert parted('"We wait. They act," he said. "So be it." Norland replied.') == [
        '"We wait.',
        'They act," he said.',
        '"So be it."',
        "Norland replied.",
    ]


def test_an_attribution_after_a_question_stays_with_it() -> None:
    assert parted('"Ready?" Minister Alpha asked. He left (it was late.) Then he came.') == [
        '"Ready?" Minister Alpha asked.',
        "He left (it was late.)",
        "Then he came.",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "MOUNTAINTON, January 24. /NNA/. ",
        "NEW PORT (Norpress) - ",
        "MOUNTAINTON - ",
        "Hilltown, Jan 2 (Norpress) — ",
        "date 2025-01-24 MOUNTAINTON, January 24. /NNA/. ",
    ],
)
def test_a_dateline_is_cut(line: str) -> None:
    text = line + "Talks failed."
    assert text[dateline_end(text, 0, len(text)) :] == "Talks failed."
    assert parted(text)[-1] == "Talks failed."


@pytest.mark.parametrize("text", ["Norland - a small state - agreed.", "Talks failed. Norland left.", "NATO said no."])
def test_prose_has_no_dateline(text: str) -> None:
    assert dateline_end(text, 0, len(text)) == 0


def test_lines_are_paragraphs() -> None:
    assert parted("One line\nanother line") == ["One line", "another line"]


@given(PROSE)
def test_sentences_are_in_order_and_leave_out_white_space_only(text: str) -> None:
    spans = sentences(text, 0, len(text))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())


@given(PROSE, st.integers(0, 50), st.integers(0, 50))
def test_a_window_holds_its_sentences(text: str, before: int, after: int) -> None:
    start, end = min(before, len(text)), max(0, len(text) - after)
    assert all(start <= a < b <= end for a, b in sentences(text, start, end))
