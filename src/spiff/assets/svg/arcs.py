"""Elliptical arcs as cubic curves, by the standard's notes on implementing them (SVG 2, B.2). Knows no path data."""

from collections.abc import Iterator
from math import atan2, ceil, cos, hypot, pi, sin, sqrt, tan
from typing import NamedTuple

from spiff.composing.numbers import turn

Point = tuple[float, float]
Cubic = tuple[float, float, float, float, float, float]


class Ellipse(NamedTuple):
    """An ellipse with its own axes turned by (c, s)."""

    cx: float
    cy: float
    rx: float
    ry: float
    c: float = 1.0
    s: float = 0.0

    def point(self, x: float, y: float) -> Point:
        """A point of the unit circle, where it is on the ellipse."""
        x, y = x * self.rx, y * self.ry
        return self.cx + x * self.c - y * self.s, self.cy + x * self.s + y * self.c

    def cubics(self, begin: float, sweep: float) -> Iterator[Cubic]:
        """The arc from the angle `begin` on, in pieces of at most a quarter."""
        pieces = max(1, ceil(abs(sweep) / (pi / 2) - 1e-9))
        step = sweep / pieces
        reach = 4 / 3 * tan(step / 4)
        for piece in range(pieces):
            a, b = begin + piece * step, begin + (piece + 1) * step
            first = self.point(cos(a) - reach * sin(a), sin(a) + reach * cos(a))
            second = self.point(cos(b) + reach * sin(b), sin(b) - reach * cos(b))
            yield *first, *second, *self.point(cos(b), sin(b))


def arc(start: Point, radii: Point, degrees: float, flags: tuple[bool, bool], end: Point) -> list[Cubic]:
    """The curves of an arc command; none where it is to be drawn as a line. `flags` are large-arc and sweep."""
    if not all(radii) or start == end:
        return []
    (c, s), (large, sweeping) = turn(degrees), flags
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = c * half_x + s * half_y, c * half_y - s * half_x
    grown = max(1.0, hypot(x / radii[0], y / radii[1]))
    rx, ry = abs(radii[0]) * grown, abs(radii[1]) * grown
    ux, uy = x / rx, y / ry
    square = ux * ux + uy * uy
    if not square:
        return []
    away = sqrt(max(0.0, 1 / square - 1)) * (1 if large != sweeping else -1)
    vx, vy = away * uy, -away * ux
    centre = Ellipse((start[0] + end[0]) / 2, (start[1] + end[1]) / 2, rx, ry, c, s).point(vx, vy)
    begin, finish = atan2(uy - vy, ux - vx), atan2(-uy - vy, -ux - vx)
    sweep = _swept(finish - begin, sweeping)
    curves = list(Ellipse(*centre, rx, ry, c, s).cubics(begin, sweep))
    return [*curves[:-1], (*curves[-1][:4], *end)]


def _swept(angle: float, sweeping: bool) -> float:
    if sweeping:
        return angle + 2 * pi if angle < 0 else angle
    return angle - 2 * pi if angle > 0 else angle
