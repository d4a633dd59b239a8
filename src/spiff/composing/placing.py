"""Drawings and pictures laid into regions (docs/composing.md, Placing): matrices, and outlines sent through them."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import floor, sqrt

from spiff.composing.document import Medium
from spiff.composing.drawing import Matrix
from spiff.composing.fonts import Outline
from spiff.composing.numbers import NUMBER, Turn, turn, turned, write_all
from spiff.composing.resources import Drawing
from spiff.composing.scene import PathElement
from spiff.composing.selection import Paint, written_color
from spiff.composing.workflow import Region, SlotInk

Size = tuple[float, float]
"""Width and height of what is placed, in its own units."""

_NUMBER = re.compile("-?[0-9.]+")
_UPRIGHT: Turn = (1.0, 0.0)


def contained(region: Region, size: Size) -> Matrix:
    """As large as the region allows, in its middle, proportions kept."""
    k = min(region.width / size[0], region.height / size[1])
    return placed(region, size, k, (0.0, 0.0), _UPRIGHT)


def stretched(region: Region, size: Size) -> Matrix:
    """Exactly as large as the region."""
    c, s = turn(region.rotation) if region.rotation else _UPRIGHT
    across, down = region.width / size[0], region.height / size[1]
    x, y = _on_panel(region, region.left, region.top)
    return across * c, across * s, -down * s, down * c, x, y


def placed(region: Region, size: Size, k: float, offset: tuple[float, float], by: Turn) -> Matrix:
    """Scaled by `k`, its centre `offset` from the region's, turned by `by` about it, all turned with the region."""
    c, s = _both(turn(region.rotation), by) if region.rotation else by
    a, b, across, down = k * c, k * s, size[0] / 2, size[1] / 2
    middle_x, middle_y = region.left + region.width / 2 + offset[0], region.top + region.height / 2 + offset[1]
    x, y = _on_panel(region, middle_x, middle_y)
    return a, b, -b, a, x - (a * across - b * down), y - (b * across + a * down)


def unit(matrix: Matrix, size: Size) -> Matrix:
    """The same for a picture, which fills the unit square."""
    a, b, c, d, e, f = matrix
    return a * size[0], b * size[0], c * size[1], d * size[1], e, f


def covering(region: Region, size: Size, by: Turn) -> tuple[float, Size]:
    """The least scale at which something turned by `by` covers the region, and half the region along its axes."""
    c, s = abs(by[0]), abs(by[1])
    reach = (region.width * c + region.height * s) / 2, (region.width * s + region.height * c) / 2
    return max(reach[0] * 2 / size[0], reach[1] * 2 / size[1]), reach


@lru_cache(4096)
def through(d: str, matrix: Matrix) -> str:
    """Path data sent through a matrix, rounded."""
    template, xs, ys = _parsed(d)
    a, b, c, e, x0, y0 = matrix
    thousandths = [0] * (2 * len(xs))
    thousandths[::2] = [floor((a * x + c * y + x0) * 1000 + 0.5) for x, y in zip(xs, ys, strict=True)]
    thousandths[1::2] = [floor((b * x + e * y + y0) * 1000 + 0.5) for x, y in zip(xs, ys, strict=True)]
    return write_all(template, thousandths)


def scale_of(matrix: Matrix) -> float:
    """How much wider a stroke gets: the root of how much larger an area gets."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))


def inked(drawing: Drawing, inks: Iterable[SlotInk]) -> dict[str, Paint]:
    """By slot, the colours and inks that a step says; a slot whose colour it does not say keeps its own."""
    own = {slot.id: slot.color for slot in drawing.slots}
    said = {each.slot: each for each in inks if each.slot in own}
    return {slot: Paint(written_color(each.color) or own[slot], each.ink) for slot, each in said.items()}


def drawn_paths(
    drawing: Drawing, matrix: Matrix, paints: Mapping[str, Paint], clip: str | None = None, only: Medium | None = None
) -> list[PathElement]:
    """The drawing's paths where the matrix takes them. A slot without a paint keeps its own colour."""
    known = {slot.id: Paint(slot.color) for slot in drawing.slots} | dict(paints)
    scale = scale_of(matrix)
    made = []
    for path in drawing.paths:
        fill, stroke = known.get(path.fill_slot or ""), known.get(path.stroke_slot or "")
        made.append(
            PathElement(
                through(path.d, matrix),
                fill.color if fill else None,
                stroke.color if stroke else None,
                path.stroke_width * scale if stroke else 0.0,
                fill.ink if fill else None,
                stroke.ink if stroke else None,
                clip,
                only,
            )
        )
    return made


def frame_outline(region: Region, drawing: Drawing) -> str:
    """The drawing's shape as a frame, stretched to the region: its outline, or all of its paths."""
    matrix = stretched(region, (drawing.width, drawing.height))
    return "".join(through(d, matrix) for d in ([drawing.outline] if drawing.outline else [p.d for p in drawing.paths]))


@lru_cache(1024)
def _parsed(d: str) -> Outline:
    numbers = [float(each) for each in _NUMBER.findall(d)]
    return Outline(_NUMBER.sub(NUMBER.replace("\\", r"\\"), d), tuple(numbers[::2]), tuple(numbers[1::2]))


def _on_panel(region: Region, x: float, y: float) -> tuple[float, float]:
    if not region.rotation:
        return x, y
    centre = (region.left + region.width / 2, region.top + region.height / 2)
    return turned(x, y, centre, turn(region.rotation))


def _both(one: Turn, other: Turn) -> Turn:
    return one[0] * other[0] - one[1] * other[1], one[1] * other[0] + one[0] * other[1]
