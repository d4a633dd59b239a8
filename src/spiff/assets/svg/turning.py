"""How far an outline turns where its segments meet. Knows no style and no stroke."""

from collections.abc import Iterator
from math import hypot

from spiff.assets.svg.outline import Outline

Point = tuple[float, float]


def turns(outline: Outline) -> Iterator[float]:
    """The cosine of the angle at each meeting of two segments: 1 straight on, 0 a right angle, -1 back again.

    Each part is taken to be closed: its last segment meets its first.
    """
    for part in _parts(outline):
        directions = [each for points in part for each in _directions(points)]
        for arriving, leaving in zip(directions[1::2], [*directions[2::2], *directions[:1]], strict=True):
            yield arriving[0] * leaving[0] + arriving[1] * leaving[1]


def _parts(outline: Outline) -> Iterator[list[list[Point]]]:
    """Each part as its segments, which begin with the point where the one before ended."""
    part: list[list[Point]] = []
    begin = at = (0.0, 0.0)
    for letter, points in outline.segments():
        if letter == "M":
            yield part
            part, begin = [], points[0]
        else:
            points = points or [begin]
            part.append([at, *points])
        at = points[-1]
    yield part


def _directions(points: list[Point]) -> list[Point]:
    """Where a segment sets out and how it arrives, of length 1; nothing of one that stays where it is."""
    forth = next((found for each in points[1:] if (found := _direction(points[0], each))), None)
    back = next((found for each in points[-2::-1] if (found := _direction(each, points[-1]))), None)
    return [forth, back] if forth and back else []


def _direction(one: Point, other: Point) -> Point | None:
    across, down = other[0] - one[0], other[1] - one[1]
    length = hypot(across, down)
    return (across / length, down / length) if length > _NOWHERE else None


_NOWHERE = 1e-9
