"""A path measured by its length: points and directions along it (docs/composing.md, Text on a curve). Knows no text."""

import re
from bisect import bisect_right
from functools import lru_cache
from itertools import accumulate, pairwise
from math import sqrt
from typing import NamedTuple

_PIECES = 32
_SEGMENT = re.compile("([MLQC])([^MLQCZ]*)")
_NUMBER = re.compile("-?[0-9.]+")

Point = tuple[float, float]


class Place(NamedTuple):
    """A point of a curve and its direction there, of length 1."""

    x: float
    y: float
    along: Point


class _Piece(NamedTuple):
    """A part of a Bezier curve that is nearly straight: its control points, and the parameters it goes between."""

    points: tuple[Point, ...]
    begin: float
    end: float

    def at(self, t: float) -> Point:
        points = list(self.points)
        while len(points) > 1:
            points = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(points)]
        return points[0]

    def direction(self, t: float) -> Point:
        """Along the curve; where it stands still, along this piece of it."""
        points = [(c - a, d - b) for (a, b), (c, d) in pairwise(self.points)]
        while len(points) > 1:
            points = [(a + (c - a) * t, b + (d - b) * t) for (a, b), (c, d) in pairwise(points)]
        return _unit(points[0]) or _unit(_between(self.at(self.begin), self.at(self.end))) or (1.0, 0.0)


class Curve:
    """The first stroke of a path; all others are left out."""

    def __init__(self, pieces: list[_Piece]) -> None:
        self._pieces = [piece for piece in pieces if _extent(piece) > 0]
        self._ends = list(accumulate((_extent(piece) for piece in self._pieces), initial=0.0))
        self.length: float = self._ends[-1]

    def place(self, distance: float) -> Place:
        """The place so far along; before the start and behind the end, straight on."""
        at = min(max(bisect_right(self._ends, distance) - 1, 0), len(self._pieces) - 1)
        piece, begin = self._pieces[at], self._ends[at]
        share = min(max((distance - begin) / (self._ends[at + 1] - begin), 0.0), 1.0)
        t = piece.begin + (piece.end - piece.begin) * share
        (x, y), along = piece.at(t), piece.direction(t)
        beyond = min(distance, 0.0) + max(distance - self.length, 0.0)
        return Place(x + along[0] * beyond, y + along[1] * beyond, along)


@lru_cache(256)
def curve_of(d: str) -> Curve | None:
    """The curve of path data of absolute M, L, Q and C; None where there is nothing to go along."""
    pieces: list[_Piece] = []
    here: Point | None = None
    for letter, numbers in _SEGMENT.findall(d):
        values = [float(each) for each in _NUMBER.findall(numbers)]
        points = list(zip(values[::2], values[1::2], strict=False))
        if letter == "M":
            if here is not None:
                break
        elif here is not None and points:
            pieces += _pieces((here, *points), 1 if letter == "L" else _PIECES)
        here = points[-1] if points else here
    curve = Curve(pieces)
    return curve if curve.length > 0 else None


def _pieces(points: tuple[Point, ...], count: int) -> list[_Piece]:
    return [_Piece(points, at / count, (at + 1) / count) for at in range(count)]


def _extent(piece: _Piece) -> float:
    x, y = _between(piece.at(piece.begin), piece.at(piece.end))
    return sqrt(x * x + y * y)


def _between(one: Point, other: Point) -> Point:
    return other[0] - one[0], other[1] - one[1]


def _unit(vector: Point) -> Point | None:
    length = sqrt(vector[0] * vector[0] + vector[1] * vector[1])
    return (vector[0] / length, vector[1] / length) if length > 0 else None
