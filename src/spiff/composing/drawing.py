"""The geometry of a step in one region: outlines and matrices (docs/composing.md, What is drawn). Knows no answers."""

import re
from collections.abc import Iterator
from math import floor
from typing import NamedTuple

from spiff.composing.curves import Curve
from spiff.composing.fonts import Font, Outline
from spiff.composing.layout import Layout, block_height
from spiff.composing.numbers import Turn, turn, turned, write, write_all
from spiff.composing.paragraphs import Line
from spiff.composing.workflow import Region, TextStep

Matrix = tuple[float, float, float, float, float, float]
"""a b c d e f, as an image element has it."""

_ALONG = {"left": 0.0, "justify": 0.0, "center": 0.5, "right": 1.0, "top": 0.0, "bottom": 1.0}


_NUMBER = re.compile("-?[0-9.]+")


class _Place(NamedTuple):
    """A region's centre and its turn; None where it is not turned."""

    centre: tuple[float, float]
    turn: Turn | None

    def point(self, x: float, y: float) -> tuple[float, float]:
        return (x, y) if self.turn is None else turned(x, y, self.centre, self.turn)


def rectangle(region: Region) -> str:
    """The region's outline."""
    return "M{} {}L{} {}L{} {}L{} {}Z".format(*(write(each) for point in corners(region) for each in point))


def corners(region: Region) -> list[tuple[float, float]]:
    """The region's turned corners from the top left one clockwise."""
    place, right, bottom = _place(region), region.left + region.width, region.top + region.height
    upright = ((region.left, region.top), (right, region.top), (right, bottom), (region.left, bottom))
    return [place.point(*corner) for corner in upright]


def picture(region: Region) -> Matrix:
    """How the unit square is stretched to the region."""
    place = _place(region)
    c, s = place.turn or (1.0, 0.0)
    x, y = place.point(region.left, region.top)
    width, height = region.width, region.height
    return width * c, width * s, -height * s, height * c, x, y


def farthest(d: str, region: Region) -> tuple[float, float]:
    """How far the points of outlines are from the region's centre, at most, along its width and its height."""
    (cx, cy), turned_by = _place(region)
    c, s = turned_by or (1.0, 0.0)
    numbers = [float(each) for each in _NUMBER.findall(d)]
    points = [(x - cx, y - cy) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    return max(abs(x * c + y * s) for x, y in points), max(abs(y * c - x * s) for x, y in points)


def text_outlines(step: TextStep, region: Region, layout: Layout, font: Font) -> str:
    """All outlines of the text as one path; empty where nothing is to be seen."""
    k = layout.size / 10 / font.upem
    block = block_height(font, len(layout.lines))
    first = region.top + (region.height - block * k) * _ALONG[step.vertical_align] + font.ascender * k
    place = _place(region)
    templates: list[str] = []
    numbers: list[int] = []
    for index, line in enumerate(layout.lines):
        begin, gap = _start(step, region.width, line, k, ends=index in layout.ends)
        for outline, xs, ys in _line_outlines(line, font, region.left + begin, first + index * font.line * k, k, gap):
            templates.append(outline.template)
            numbers.extend(_thousandths(xs, ys, place))
    return write_all("".join(templates), numbers)


def curved_outlines(step: TextStep, region: Region, layout: Layout, font: Font, curve: Curve) -> str:
    """The same along a curve that begins in the region's top left corner."""
    k = layout.size / 10 / font.upem
    line, place = layout.lines[0], _place(region)
    begin, _ = _start(step, curve.length, line, k, ends=True)
    templates: list[str] = []
    numbers: list[int] = []
    for glyph in line.glyphs:
        outline = font.outline(glyph.id)
        if not outline.xs:
            continue
        x, y, (c, s) = curve.place(begin + glyph.middle * k)
        x, y = region.left + x, region.top + y
        across = [(glyph.x + px - glyph.middle) * k for px in outline.xs]
        up = [(glyph.y + py) * k for py in outline.ys]
        xs = [x + c * dx + s * dy for dx, dy in zip(across, up, strict=True)]
        ys = [y + s * dx - c * dy for dx, dy in zip(across, up, strict=True)]
        templates.append(outline.template)
        numbers.extend(_thousandths(xs, ys, place))
    return write_all("".join(templates), numbers)


def _start(step: TextStep, length: float, line: Line, k: float, *, ends: bool) -> tuple[float, float]:
    """How far along its length a line begins, and how much wider its gaps are made, in points."""
    room = length - line.width * k
    if step.text_align != "justify":
        return room * _ALONG[step.text_align], 0.0
    if ends or not line.gaps:
        return room * (1.0 if line.rtl else 0.0), 0.0
    return 0.0, room / len(line.gaps)


def _line_outlines(
    line: Line, font: Font, x: float, y: float, k: float, gap: float
) -> Iterator[tuple[Outline, list[float], list[float]]]:
    """Each glyph's outline with its points on the panel, not yet turned."""
    passed = 0
    for index, glyph in enumerate(line.glyphs):
        outline = font.outline(glyph.id)
        gx, gy, left = glyph.x, glyph.y, x + passed * gap
        yield outline, [left + (gx + px) * k for px in outline.xs], [y - (gy + py) * k for py in outline.ys]
        if gap and index in line.gaps:
            passed += 1


def _thousandths(xs: list[float], ys: list[float], place: _Place) -> list[int]:
    """The coordinates turned and rounded, x and y in turns."""
    found = [0] * (2 * len(xs))
    if place.turn is not None:
        points = [place.point(x, y) for x, y in zip(xs, ys, strict=True)]
        xs, ys = [x for x, _ in points], [y for _, y in points]
    found[::2] = [floor(x * 1000 + 0.5) for x in xs]
    found[1::2] = [floor(y * 1000 + 0.5) for y in ys]
    return found


def _place(region: Region) -> _Place:
    centre = (region.left + region.width / 2, region.top + region.height / 2)
    return _Place(centre, None if region.rotation == 0 else turn(region.rotation))
