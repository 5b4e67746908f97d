"""Groups kept by who leads them: each item, taken by its place, follows the lead of an earlier one or leads itself.

What an item follows hangs on those before it alone, so the groups are a function of the set of items, whatever the order
in which they arrived. One that comes late makes those behind it choose again, as far as that changes anything.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import Protocol


class Items(Protocol):
    """What is grouped. Items are numbers."""

    def place(self, item: int) -> str:
        """Where it stands among all."""

    def lead(self, item: int) -> int | None:
        """Whom it follows (itself: it leads); None if that is open."""

    def choose(self, item: int) -> int:
        """Whom it follows, by those before it."""

    def follow(self, item: int, lead: int) -> None:
        """Keeps whom it follows."""

    def behind(self, lead: int, place: str) -> Iterable[int]:
        """Items behind a place that follow a lead, or may follow it for what its followers are to them."""


def settle(items: Items, open_: Iterable[int]) -> set[int]:
    """Has open items choose, and those behind them that this concerns; gives all whose lead was open or changed."""
    forced = set(open_)
    waiting = [(items.place(item), item) for item in forced]
    heapq.heapify(waiting)
    queued, changed = set(forced), set(forced)
    while waiting:
        place, item = heapq.heappop(waiting)
        queued.discard(item)
        old, new = items.lead(item), items.choose(item)
        if old == new and item not in forced:
            continue
        items.follow(item, new)
        changed.add(item)
        for lead in {old, new} - {None}:
            for other in items.behind(lead, place):  # type: ignore[arg-type]
                if other not in queued:
                    queued.add(other)
                    heapq.heappush(waiting, (items.place(other), other))
    return changed
