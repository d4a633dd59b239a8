"""Upright boxes around what is drawn, in panel points (docs/composing.md, Preflight). Knows no steps."""

import re
from collections.abc import Iterable
from functools import lru_cache
from math import inf

from spiff.composing.drawing import corners
from spiff.composing.kinds import Drawn
from spiff.composing.scene import Element, ImageElement, PathElement
from spiff.composing.workflow import Panel, Region

TOLERANCE_PT = 0.01

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_ENDS = re.compile("([-0-9.]+) ([-0-9.]+)(?=[MLQCZ]|$)")


def inset(panel: Panel, by: float) -> Box:
    """The panel without as much on every side."""
    return by, by, panel.width - by, panel.height - by


def region_box(region: Region) -> Box:
    """Around the turned region."""
    return _around(corners(region))


def element_box(element: Element) -> Box:
    """Around the ends of all segments, and the stroke; of a picture, around its clip or else its corners."""
    if isinstance(element, PathElement):
        left, top, right, bottom = _outline_box(element.d)
        half = element.stroke_width / 2
        return left - half, top - half, right + half, bottom + half
    if element.clip is not None:
        return _outline_box(element.clip)
    return _around(_picture_corners(element))


def filled_box(drawn: Drawn) -> Box:
    """Around the region, or as much of it as an upright picture covers; of a turned one a corner is no edge."""
    left, top, right, bottom = around = region_box(drawn.region)
    if not isinstance(drawn.element, ImageElement) or not _is_upright(drawn.element):
        return around
    picture = _around(_picture_corners(drawn.element))
    covered = max(left, picture[0]), max(top, picture[1]), min(right, picture[2]), min(bottom, picture[3])
    return covered if covered[0] < covered[2] and covered[1] < covered[3] else around


def enclosing(boxes: Iterable[Box]) -> Box:
    """Around all of them."""
    return _around([point for left, top, right, bottom in boxes for point in ((left, top), (right, bottom))])


def within(box: Box, outer: Box) -> bool:
    """Whether all of a box is in another, but for the tolerance."""
    begins = all(inner >= edge - TOLERANCE_PT for inner, edge in zip(box[:2], outer[:2], strict=True))
    return begins and all(inner <= edge + TOLERANCE_PT for inner, edge in zip(box[2:], outer[2:], strict=True))


def overlap(one: Box, other: Box) -> bool:
    """Whether they have more in common than an edge."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _is_upright(element: ImageElement) -> bool:
    a, b, c, d, _, _ = element.matrix
    return (b == 0 and c == 0) or (a == 0 and d == 0)


def _picture_corners(element: ImageElement) -> list[tuple[float, float]]:
    a, b, c, d, e, f = element.matrix
    return [(e, f), (e + a, f + b), (e + c, f + d), (e + a + c, f + b + d)]


@lru_cache(64)
def _outline_box(d: str) -> Box:
    """Remembered: of a long text that is bent it takes as long as all the rest, at each key stroke in another step."""
    return _around([(float(x), float(y)) for x, y in _ENDS.findall(d)])


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs, default=inf), min(ys, default=inf), max(xs, default=-inf), max(ys, default=-inf)
