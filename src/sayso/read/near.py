"""Stretches of a text by where they lie, so that what is near one is found without a look at all of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Generic, Protocol, TypeVar

from sayso.model import Span

CELL = 512
"""Characters of a text that are looked up together: a long sentence or two."""

_START, _END = attrgetter("start"), attrgetter("end")


class Stretch(Protocol):
    """A sentence, a mention, a span."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102


S = TypeVar("S", bound=Stretch)
T = TypeVar("T")


def touching(stretches: Sequence[S], start: int, end: int) -> Sequence[S]:
    """Those that share a character with a stretch; they stand in order and do not overlap each other."""
    first = bisect_right(stretches, start, key=_END)
    return stretches[first : bisect_left(stretches, end, first, key=_START)]


def inside(stretches: Sequence[S], spans: Iterable[Span]) -> list[S]:
    """Those that lie whole in one of the spans, in order, each once; they do not overlap each other."""
    found = {
        s.start: s for start, end in spans for s in touching(stretches, start, end) if start <= s.start and s.end <= end
    }
    return [found[start] for start in sorted(found)]


def before(stretches: Sequence[S], at: int) -> int:
    """How many end at a place or before it; they stand in order and do not overlap each other."""
    return bisect_right(stretches, at, key=_END)


class Near(Generic[T]):
    """Things of several pieces that may overlap, in the order in which they were put here."""

    def __init__(self, pieces: Callable[[T], Iterable[Span]], things: Iterable[T] = ()) -> None:
        self._pieces = pieces
        self._things: dict[int, T] = {}
        self._cells = defaultdict[int, list[int]](list)
        self._count = 0
        for thing in things:
            self.put(thing)

    def put(self, thing: T) -> None:
        """Takes a thing in, behind those that are here."""
        self._things[self._count] = thing
        for cell in _cells(self._pieces(thing)):
            self._cells[cell].append(self._count)
        self._count += 1

    def drop(self, gone: Sequence[T]) -> None:
        """Lets go of all that equal one of these."""
        if gone:
            self._things = {number: thing for number, thing in self._things.items() if thing not in gone}

    def around(self, spans: Iterable[Span]) -> list[T]:
        """All that share a character with one of the spans, and others close by, in order."""
        numbers = sorted({number for cell in _cells(spans) for number in self._cells.get(cell, ())})
        return [self._things[number] for number in numbers if number in self._things]

    def __iter__(self) -> Iterator[T]:
        return iter(self._things.values())


def _cells(spans: Iterable[Span]) -> set[int]:
    return {cell for start, end in spans for cell in range(start // CELL, end // CELL + 1)}
