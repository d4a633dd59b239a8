"""Turns path data into straight lines close to it. Knows no colours, no units and no file format."""

import math
from dataclasses import dataclass
from itertools import pairwise

from spiff.rendering.paths import END, read_outlines

Point = tuple[float, float]


@dataclass(frozen=True)
class Polyline:
    """Corners in panel points; `closed` leads back to the first, which does not stand at the end again."""

    points: tuple[Point, ...]
    closed: bool


def polylines(d: str, tolerance: float) -> list[Polyline]:
    """The outlines of path data, nowhere further than `tolerance` from it. What has no length is left out.

    Raises NotDrawable.
    """
    found: list[Polyline] = []
    points: list[Point] = []
    for letter, numbers in _segments(d):
        if letter == "M":
            _keep(found, points, closed=False)
            points = [numbers[0]]
        elif letter == "Z":
            _keep(found, points, closed=True)
            points = points[:1]
        else:
            points += _flattened([points[-1], *numbers], tolerance)
    _keep(found, points, closed=False)
    return found


def _segments(d: str) -> list[tuple[str, list[Point]]]:
    """Each segment's letter and points."""
    outlines = read_outlines([d])
    points = [(point.real / 1000, point.imag / 1000) for point in outlines.points.tolist()]
    letters = outlines.kinds.tobytes().decode("ascii").removesuffix(END)
    bounds = pairwise([1, *(outlines.ends() + 1).tolist()])
    return [(letter, points[begin:end]) for letter, (begin, end) in zip(letters, bounds, strict=False)]


def _keep(found: list[Polyline], points: list[Point], *, closed: bool) -> None:
    corners = [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]
    if closed and len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) > 1:
        found.append(Polyline(tuple(corners), closed))


def _flattened(control: list[Point], tolerance: float) -> list[Point]:
    """Points on a Bézier curve behind its first, at equal steps of its parameter.

    A chord of a curve of degree n over 1/m of its parameter is at most n(n-1)/8 * D / m² away from it, where D is the
    greatest second difference of the control points.
    """
    degree = len(control) - 1
    bend = max((_second_difference(*control[at : at + 3]) for at in range(degree - 1)), default=0.0)
    steps = max(1, math.ceil(math.sqrt(degree * (degree - 1) / 8 * bend / tolerance)))
    return [*(_at(control, step / steps) for step in range(1, steps)), control[-1]]


def _second_difference(one: Point, middle: Point, other: Point) -> float:
    x, y = (one[axis] - 2 * middle[axis] + other[axis] for axis in (0, 1))
    return math.sqrt(x * x + y * y)


def _at(control: list[Point], t: float) -> Point:
    """De Casteljau's construction."""
    while len(control) > 1:
        control = [(a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t) for a, b in pairwise(control)]
    return control[0]
