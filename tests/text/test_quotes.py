"""Quotation marks: every kind, and damage that stays in its paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text import paragraphs, quotations

MARKED = st.text(alphabet=st.sampled_from("ab s.,\"'“”‘’«»„ \n"), max_size=120)


def found(text: str) -> list[tuple[str, bool, int]]:
    return [(text[q.start : q.end], q.closed, q.depth) for q in quotations(text, 0, len(text))]


@pytest.mark.parametrize(
    "quote", ['"straight"', "“curly”", "'single marks'", "‘curly single’", "«angled»", "„low high“", '“mixed"']
)
def test_every_kind_of_marks(quote: str) -> None:
    assert found(f"He said {quote} twice.") == [(quote, True, 0)]


@pytest.mark.parametrize(
    "text", ["It’s the ministers’ way", "It's Norland's don't", "in the '90s", 'a 6" pipe', "rock 'n roll"]
)
def test_apostrophes_and_inches_are_no_marks(text: str) -> None:
    assert not [q for q in found(text) if q[1]]


def test_quotations_nest() -> None:
    assert found("She said \"he said 'no' twice\".") == [("\"he said 'no' twice\"", True, 0), ("'no'", True, 1)]
    assert found("«x „y“ z»") == [("«x „y“ z»", True, 0), ("„y“", True, 1)]


def test_a_possessive_inside_single_marks_closes_nothing() -> None:
    assert found("'The states' rights' he said")[0] == ("'The states' rights'", True, 0)


def test_what_is_left_open_ends_with_its_paragraph() -> None:
    assert found('He said "we wait.\nNext "line" is whole.') == [('"we wait.', False, 0), ('"line"', True, 0)]


def test_a_quotation_over_paragraphs_opens_in_each() -> None:
    assert found("“One.\n“Two.\n“Three.” he said") == [("“One.", False, 0), ("“Two.", False, 0), ("“Three.”", True, 0)]


@given(MARKED)
def test_quotations_nest_or_stand_apart(text: str) -> None:
    quotes = quotations(text, 0, len(text))
    assert quotes == sorted(quotes, key=lambda q: (q.start, -q.end))
    for a in quotes:
        for b in quotes:
            assert (
                a is b
                or a.end <= b.start
                or b.end <= a.start
                or a.start <= b.start < b.end <= a.end
                or b.start <= a.start < a.end <= b.end
            )


@given(MARKED)
def test_damage_stays_in_its_paragraph(text: str) -> None:
    lines = list(paragraphs(text, 0, len(text)))
    apart = [q for a, b in lines for q in quotations(text, a, b)]
    assert apart == quotations(text, 0, len(text))
    assert all(any(a <= q.start and q.end <= b for a, b in lines) for q in apart)
