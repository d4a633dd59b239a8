"""Keeps of lines what lies inside of an area. Knows no colours, no units and no file format."""

from collections.abc import Sequence
from itertools import pairwise

import numpy
from numpy.typing import NDArray

from spiff.rendering.dxf.flattening import Point, Polyline

Edges = NDArray[numpy.float64]
"""A row x, y, x, y for each straight side of an area."""


def inside(lines: Sequence[Polyline], area: Sequence[Polyline]) -> list[Polyline]:
    """The parts of `lines` within `area`, which is filled by the nonzero rule; what runs along its edge may go."""
    edges = _edges(area)
    return [part for line in lines for part in _parts(line, edges)]


def _edges(area: Sequence[Polyline]) -> Edges:
    sides = [
        (*a, *b)
        for line in area
        for a, b in zip(line.points, (*line.points[1:], line.points[0]), strict=True)
        if a != b
    ]
    return numpy.array(sides, dtype=numpy.float64).reshape(-1, 4)


def _parts(line: Polyline, edges: Edges) -> list[Polyline]:
    corners = [*line.points, line.points[0]] if line.closed else list(line.points)
    chains: list[list[Point]] = []
    for begin, end in pairwise(corners):
        for piece in _pieces(begin, end, edges):
            if chains and chains[-1][-1] == piece[0]:
                chains[-1].append(piece[1])
            else:
                chains.append(list(piece))
    return _joined(chains, line)


def _joined(chains: list[list[Point]], line: Polyline) -> list[Polyline]:
    """Where a closed line was entered at its first corner, its last part goes on as its first."""
    if len(chains) == 1 and line.closed and chains[0][0] == chains[0][-1]:
        return [Polyline(tuple(chains[0][:-1]), closed=True)]
    if len(chains) > 1 and line.closed and chains[0][0] == chains[-1][-1]:
        chains = [chains[-1] + chains[0][1:], *chains[1:-1]]
    return [Polyline(tuple(chain), closed=False) for chain in chains]


def _pieces(begin: Point, end: Point, edges: Edges) -> list[tuple[Point, Point]]:
    """What of one straight line is inside: it is cut where it crosses an edge, and each middle is looked at."""
    cuts = _crossings(begin, end, edges)
    places = [begin, *(_between(begin, end, cut) for cut in cuts), end]
    pairs = zip([0.0, *cuts], [*cuts, 1.0], strict=True)
    kept = [_winds_around(_between(begin, end, (low + high) / 2), edges) for low, high in pairs]
    return [(places[at], places[at + 1]) for at, keep in enumerate(kept) if keep]


def _between(begin: Point, end: Point, share: float) -> Point:
    return begin[0] + (end[0] - begin[0]) * share, begin[1] + (end[1] - begin[1]) * share


def _crossings(begin: Point, end: Point, edges: Edges) -> list[float]:
    """At which shares of the line an edge is met, in order, each once, its ends left out."""
    x, y = end[0] - begin[0], end[1] - begin[1]
    from_x, from_y = edges[:, 0] - begin[0], edges[:, 1] - begin[1]
    side_x, side_y = edges[:, 2] - edges[:, 0], edges[:, 3] - edges[:, 1]
    cross = x * side_y - y * side_x
    crossing = cross != 0
    divisor = numpy.where(crossing, cross, 1.0)
    along = (from_x * side_y - from_y * side_x) / divisor
    across = (from_x * y - from_y * x) / divisor
    met = crossing & (along > 0) & (along < 1) & (across >= 0) & (across <= 1)
    found: list[float] = numpy.unique(along[met]).tolist()
    return found


def _winds_around(point: Point, edges: Edges) -> bool:
    """Whether the area's outline goes around a point: its sides that cross a ray to the right, counted by direction."""
    x, y = point
    left_x, top, right_x, bottom = edges.T
    side = (right_x - left_x) * (y - top) - (x - left_x) * (bottom - top)
    down = (top <= y) & (bottom > y) & (side < 0)
    up = (top > y) & (bottom <= y) & (side > 0)
    return int(numpy.count_nonzero(down)) != int(numpy.count_nonzero(up))
