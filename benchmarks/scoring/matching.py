"""Pairing one to one so that the sum of likeness is greatest (greedy pairing can lose the better whole)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

Edge = tuple[int, int]


def best_pairs(likeness: Mapping[Edge, float]) -> list[Edge]:
    """The pairing of greatest total likeness; only pairs that have a likeness are made."""
    pairs = []
    for left, right in _islands(likeness):
        for a, b in assign([[likeness.get((x, y), 0.0) for y in right] for x in left]):
            if (left[a], right[b]) in likeness:
                pairs.append((left[a], right[b]))
    return pairs


def _islands(edges: Mapping[Edge, float]) -> Iterator[tuple[list[int], list[int]]]:
    """Connected parts: they can be solved apart, and are small."""
    ways: tuple[dict[int, list[int]], dict[int, list[int]]] = (defaultdict(list), defaultdict(list))
    for a, b in edges:
        ways[0][a].append(b)
        ways[1][b].append(a)
    seen: set[int] = set()
    for first in sorted(ways[0]):
        if first in seen:
            continue
        sides: tuple[set[int], set[int]] = ({first}, set())
        todo = [(0, first)]
        while todo:
            side, node = todo.pop()
            fresh = [other for other in ways[side][node] if other not in sides[1 - side]]
            sides[1 - side].update(fresh)
            todo += [(1 - side, other) for other in fresh]
        seen |= sides[0]
        yield sorted(sides[0]), sorted(sides[1])


def assign(weights: Sequence[Sequence[float]]) -> list[Edge]:
    """Maximum-weight one-to-one assignment of a small dense matrix, as (row, column).

    Kuhn 1955, with potentials: O(n²m).
    """
    if not weights or not weights[0]:
        return []
    flip = len(weights) > len(weights[0])
    rows = [list(column) for column in zip(*weights, strict=True)] if flip else [list(row) for row in weights]
    owner = _hungarian(rows)
    pairs = [(owner[column] - 1, column - 1) for column in range(1, len(owner)) if owner[column]]
    return [(b, a) for a, b in pairs] if flip else pairs


def _hungarian(rows: list[list[float]]) -> list[int]:
    """For each column (from 1) the row (from 1) that owns it, 0 if none. No more rows than columns."""
    height, width = len(rows), len(rows[0])
    u, v = [0.0] * (height + 1), [0.0] * (width + 1)
    owner, way = [0] * (width + 1), [0] * (width + 1)
    for row in range(1, height + 1):
        owner[0], column = row, 0
        least, used = [float("inf")] * (width + 1), [False] * (width + 1)
        while owner[column]:
            used[column] = True
            here, step, following = owner[column], float("inf"), 0
            for j in (j for j in range(1, width + 1) if not used[j]):
                cost = -rows[here - 1][j - 1] - u[here] - v[j]
                if cost < least[j]:
                    least[j], way[j] = cost, column
                if least[j] < step:
                    step, following = least[j], j
            for j in range(width + 1):
                if used[j]:
                    u[owner[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    return owner
