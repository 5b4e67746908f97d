"""What is near in a text, found by place: the same as by looking at everything."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sayso.model import Span
from sayso.read.near import CELL, Near, before, inside, touching

LONG = 6 * CELL


@st.composite
def in_order(draw: st.DrawFn) -> list[Span]:
    edges = sorted(draw(st.sets(st.integers(0, LONG), max_size=24)))
    return [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]


spans = st.builds(lambda start, long: Span(start, start + long), st.integers(0, LONG), st.integers(1, 2 * CELL))


@given(in_order(), spans)
def test_stretches_in_order_are_found_by_place(stretches: list[Span], span: Span):
    start, end = span
    assert touching(stretches, start, end) == [s for s in stretches if s.start < end and start < s.end]
    assert before(stretches, start) == len([s for s in stretches if s.end <= start])


@given(in_order(), st.lists(spans, max_size=3))
def test_what_lies_whole_in_one_of_several_spans(stretches: list[Span], places: list[Span]):
    held = [s for s in stretches if any(p.start <= s.start and s.end <= p.end for p in places)]
    assert inside(stretches, places) == held


@given(st.lists(st.tuples(spans, spans)), spans, st.integers(0, 3))
def test_nothing_that_shares_a_character_is_missed(things: list[tuple[Span, Span]], place: Span, gone: int):
    near = Near(lambda thing: thing, things)
    near.drop(things[:gone])
    left = [thing for thing in things if thing not in things[:gone]]
    found = near.around([place])
    assert list(near) == left
    assert [t for t in left if any(s.start < place.end and place.start < s.end for s in t)] == [
        t for t in found if any(s.start < place.end and place.start < s.end for s in t)
    ]
