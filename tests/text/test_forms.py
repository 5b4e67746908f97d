"""Forms for matching."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.text import fold, normal, word_lists


@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text())
def test_the_normal_form_is_stable(text: str) -> None:
    assert normal(normal(text)) == normal(text)


def test_marks_letters_and_white_space_are_evened() -> None:
    assert normal("“No  Côte\nd’Azur —  yet.”") == "no cote d'azur - yet"


def test_lists_hold_words_or_entries_of_several_words() -> None:
    lists = word_lists("marks")
    assert "White House" in lists["governments"]
    assert "and" in lists["stop"]
