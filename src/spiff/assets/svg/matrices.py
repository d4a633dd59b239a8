"""Affine matrices (a b c d e f, as SVG writes them) and the `transform` attribute. Knows no element."""

import re
from math import hypot, radians, sqrt, tan

from spiff.assets.svg.lengths import read_numbers
from spiff.assets.svg.refusals import SvgRefused, shown
from spiff.composing.numbers import turn

Matrix = tuple[float, float, float, float, float, float]

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_FUNCTIONS = re.compile(r"[\s,]*(?:([a-zA-Z]+)\s*\(([^()]*)\)[\s,]*)*+")
_ONE = re.compile(r"([a-zA-Z]+)\s*\(([^()]*)\)")
_ARGUMENTS = {
    "matrix": {6}, "translate": {1, 2}, "scale": {1, 2}, "rotate": {1, 3}, "skewX": {1}, "skewY": {1},
}  # fmt: skip
_ALMOST = 1e-6
_MOST_FUNCTIONS = 100


def multiplied(outer: Matrix, inner: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = outer
    p, q, r, s, t, u = inner
    return (a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f)


def moved(matrix: Matrix, x: float, y: float) -> Matrix:
    """The matrix after a translation of what it maps."""
    return multiplied(matrix, (1.0, 0.0, 0.0, 1.0, x, y))


def transformed(matrix: Matrix, numbers: list[float]) -> list[float]:
    """All points of a list x y x y …"""
    a, b, c, d, e, f = matrix
    points = zip(numbers[::2], numbers[1::2], strict=True)
    return [value for x, y in points for value in (a * x + c * y + e, b * x + d * y + f)]


def scale_of(matrix: Matrix) -> float:
    """How much lengths grow; of a matrix that stretches, in the middle."""
    a, b, c, d, _, _ = matrix
    return sqrt(abs(a * d - b * c))


def keeps_shapes(matrix: Matrix) -> bool:
    """Whether circles stay circles."""
    a, b, c, d, _, _ = matrix
    size = a * a + b * b + c * c + d * d
    return abs(a * a + b * b - c * c - d * d) <= _ALMOST * size and abs(a * c + b * d) <= _ALMOST * size


def is_flat(matrix: Matrix) -> bool:
    """Whether everything falls on a line or a point."""
    a, b, c, d, _, _ = matrix
    return abs(a * d - b * c) <= 1e-12 * max(hypot(a, b) * hypot(c, d), 1e-12)


def read_transform(text: str) -> Matrix:
    """The matrix of a `transform` attribute. Raises SvgRefused."""
    if text.strip() in {"", "none"}:
        return IDENTITY
    functions = _ONE.findall(text) if _FUNCTIONS.fullmatch(text) else []
    if not 0 < len(functions) <= _MOST_FUNCTIONS:
        raise _unreadable(text)
    matrix = IDENTITY
    for name, arguments in functions:
        matrix = multiplied(matrix, _read_function(name, read_numbers(arguments, "transform"), text))
    return matrix


def _read_function(name: str, numbers: list[float], text: str) -> Matrix:
    if len(numbers) not in _ARGUMENTS.get(name, ()):
        raise _unreadable(text)
    if name == "matrix":
        a, b, c, d, e, f = numbers
        return a, b, c, d, e, f
    if name == "rotate":
        return _rotation(*numbers)
    if name in {"skewX", "skewY"}:
        slope = tan(radians(numbers[0]))
        return (1.0, 0.0, slope, 1.0, 0.0, 0.0) if name == "skewX" else (1.0, slope, 0.0, 1.0, 0.0, 0.0)
    x, y = (*numbers, 0.0 if name == "translate" else numbers[0])[:2]
    return (1.0, 0.0, 0.0, 1.0, x, y) if name == "translate" else (x, 0.0, 0.0, y, 0.0, 0.0)


def _rotation(degrees: float, x: float = 0.0, y: float = 0.0) -> Matrix:
    c, s = turn(degrees)
    return moved((c, s, -s, c, x, y), -x, -y)


def _unreadable(text: str) -> SvgRefused:
    return SvgRefused(
        "svg-attribute",
        f"transform lists matrix, translate, scale, rotate, skewX and skewY with their numbers, not {shown(text)}",
    )
