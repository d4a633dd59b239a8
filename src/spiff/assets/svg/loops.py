"""Makes an even-odd area nonzero: simple loops, turned by how deep they lie. Knows no style and no Skia.

Expects outlines that do not cross themselves or each other, but may touch in single points; Skia's simplifying leaves
such. Its own AsWinding takes loops that touch for not nested, and fills the middle of a star.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from spiff.assets.svg.outline import Box, Outline

Point = tuple[float, float]
Contains = Callable[[Outline, Point], bool]

_DIGITS = 4
"""Corners nearer than this are one: Skia counts in single precision."""


@dataclass(frozen=True)
class _Segment:
    begin: Point
    controls: tuple[Point, ...]
    end: Point

    def reversed(self) -> "_Segment":
        return _Segment(self.end, self.controls[::-1], self.begin)

    def middle(self) -> Point:
        """The point at half of the segment."""
        points = [self.begin, *self.controls, self.end]
        while len(points) > 1:
            points = [((a + c) / 2, (b + d) / 2) for (a, b), (c, d) in pairwise(points)]
        return points[0]


Loop = list[_Segment]


def nonzero(outline: Outline, contains: Contains) -> Outline:
    """The same area by the nonzero rule. `contains` says whether a point is inside of a simple loop."""
    loops = [loop for part in _parts(outline) for loop in _simple(part)]
    outlines = [_outline(loop) for loop in loops]
    boxes = [each.box() for each in outlines]
    result = Outline()
    for index, loop in enumerate(loops):
        point = loop[0].middle()
        around = (other for other, box in enumerate(boxes) if other != index and _holds(box, point))
        hole = sum(contains(outlines[other], point) for other in around) % 2 == 1
        turned = loop if (_area(loop) > 0) != hole else [each.reversed() for each in reversed(loop)]
        one = _outline(turned)
        result.letters += one.letters
        result.numbers += one.numbers
    return result


def _parts(outline: Outline) -> Iterator[Loop]:
    """Each part's segments, closed."""
    part: Loop = []
    start = here = (0.0, 0.0)
    for letter, points in outline.segments():
        if letter == "M":
            yield from _closed(part, start)
            part, start, here = [], points[0], points[0]
        elif points:
            part.append(_Segment(here, tuple(points[:-1]), points[-1]))
            here = points[-1]
    yield from _closed(part, start)


def _closed(part: Loop, start: Point) -> Iterator[Loop]:
    if part and part[-1].end != start:
        part = [*part, _Segment(part[-1].end, (), start)]
    if part:
        yield part


def _simple(part: Loop) -> Iterator[Loop]:
    """The part, taken apart where it comes back to a corner."""
    path: Loop = []
    corners = {_key(part[0].begin): 0}
    for segment in part:
        path.append(segment)
        key = _key(segment.end)
        if key not in corners:
            corners[key] = len(path)
            continue
        loop = path[corners[key] :]
        del path[corners[key] :]
        corners = {each: at for each, at in corners.items() if at <= len(path)}
        if len(loop) > 1 or loop[0].controls:
            yield loop


def _key(point: Point) -> Point:
    return round(point[0], _DIGITS), round(point[1], _DIGITS)


def _outline(loop: Loop) -> Outline:
    outline = Outline(["M"], [*loop[0].begin])
    for each in loop:
        outline.add("LQC"[len(each.controls)], *(value for point in (*each.controls, each.end) for value in point))
    outline.add("Z")
    return outline


def _area(loop: Loop) -> float:
    """Twice the area, positive where the loop turns from x to y; curves are taken by their middles."""
    corners = [point for each in loop for point in (each.begin, each.middle())]
    following = [*corners[1:], corners[0]]
    return sum(a * d - b * c for (a, b), (c, d) in zip(corners, following, strict=True))


def _holds(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]
