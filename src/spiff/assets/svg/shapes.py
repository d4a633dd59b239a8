"""The outlines of rect, circle, ellipse, line, polyline, polygon and path. Knows no style and no tree."""

from math import hypot, sqrt

from spiff.assets.svg.arcs import Ellipse
from spiff.assets.svg.lengths import read_length, read_numbers
from spiff.assets.svg.limits import Purse
from spiff.assets.svg.outline import Outline
from spiff.assets.svg.pathdata import read_path_data
from spiff.assets.svg.refusals import SvgRefused

Size = tuple[float, float]
_QUARTER = 1.5707963267948966


class Measures:
    """Reads an element's lengths, with the viewport that percentages are of."""

    def __init__(self, attributes: dict[str, str], viewport: Size) -> None:
        self._attributes = attributes
        self._wholes = {"x": viewport[0], "y": viewport[1], "d": hypot(*viewport) / sqrt(2)}

    def get(self, name: str, along: str, otherwise: str = "0") -> float:
        """The length `name`; `along` is x, y, or d for the diagonal."""
        return read_length(self._attributes.get(name, otherwise), name, self._wholes[along])

    def size(self, name: str, along: str, otherwise: str = "0") -> float:
        """A length that may not be negative."""
        length = self.get(name, along, otherwise)
        if length < 0:
            raise SvgRefused("svg-number", f"{name} may not be negative")
        return length

    def radii(self) -> Size:
        """rx and ry; one that is absent or `auto` is as the other."""
        given = {name: self._attributes.get(name, "auto").strip() for name in ("rx", "ry")}
        rx = None if given["rx"] == "auto" else self.size("rx", "x")
        ry = None if given["ry"] == "auto" else self.size("ry", "y")
        return (rx if rx is not None else ry or 0.0, ry if ry is not None else rx or 0.0)


def outline_of(name: str, attributes: dict[str, str], viewport: Size, purse: Purse) -> Outline:
    """The outline of a shape element in its own coordinates. Raises SvgRefused."""
    if name == "path":
        return read_path_data(attributes.get("d", ""), purse)
    if name in {"polyline", "polygon"}:
        return _polygon(attributes.get("points", ""), purse, close=name == "polygon")
    purse.spend("path segments", 9)
    measures = Measures(attributes, viewport)
    if name == "line":
        return _line(measures)
    return _rectangle(measures) if name == "rect" else _ellipse(name, measures)


def _line(measures: Measures) -> Outline:
    begin = measures.get("x1", "x"), measures.get("y1", "y")
    return Outline(["M", "L"], [*begin, measures.get("x2", "x"), measures.get("y2", "y")])


def _polygon(points: str, purse: Purse, *, close: bool) -> Outline:
    numbers = read_numbers(points, "points")
    if len(numbers) % 2:
        raise SvgRefused("svg-number", "points has an odd number of numbers")
    purse.spend("path segments", len(numbers) // 2 + 1)
    if len(numbers) < 4:
        return Outline()
    return Outline(["M", *"L" * (len(numbers) // 2 - 1), *"Z" * close], numbers)


def _ellipse(name: str, measures: Measures) -> Outline:
    rx, ry = (measures.size("r", "d"),) * 2 if name == "circle" else measures.radii()
    if not rx or not ry:
        return Outline()
    cx, cy = measures.get("cx", "x"), measures.get("cy", "y")
    outline = Outline(["M"], [cx + rx, cy])
    for curve in Ellipse(cx, cy, rx, ry).cubics(0.0, 4 * _QUARTER):
        outline.add("C", *curve)
    outline.numbers[-2:] = [cx + rx, cy]
    outline.add("Z")
    return outline


def _rectangle(measures: Measures) -> Outline:
    x, y = measures.get("x", "x"), measures.get("y", "y")
    width, height = measures.size("width", "x"), measures.size("height", "y")
    if not width or not height:
        return Outline()
    rx, ry = measures.radii()
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if not rx or not ry:
        return Outline(["M", "L", "L", "L", "Z"], [x, y, x + width, y, x + width, y + height, x, y + height])
    return _rounded_rectangle((x, y, x + width, y + height), rx, ry)


def _rounded_rectangle(box: tuple[float, float, float, float], rx: float, ry: float) -> Outline:
    left, top, right, bottom = box
    outline = Outline(["M"], [left + rx, top])
    corners = [
        (right - rx, top, right - rx, top + ry, -1),
        (right, bottom - ry, right - rx, bottom - ry, 0),
        (left + rx, bottom, left + rx, bottom - ry, 1),
        (left, top + ry, left + rx, top + ry, 2),
    ]
    for x, y, cx, cy, quarter in corners:
        outline.add("L", x, y)
        for curve in Ellipse(cx, cy, rx, ry).cubics(quarter * _QUARTER, _QUARTER):
            outline.add("C", *curve)
    outline.add("Z")
    return outline
