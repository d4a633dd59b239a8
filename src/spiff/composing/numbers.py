"""Rounding, writing and turning (docs/composing.md, Numbers). Knows nothing of what the numbers mean."""

from collections.abc import Iterable, Sequence
from functools import reduce
from math import floor
from operator import add

Turn = tuple[float, float]
"""The cosine and sine of a rotation."""

_FRACTIONS = tuple(f".{part:03d}".rstrip("0").rstrip(".") for part in range(1000))
_END = "\n"
NUMBER = "%.3f" + _END
"""The place of a number in a template of `write_all`."""
_RADIANS = 0.017453292519943295


def rounded(value: float) -> int:
    """Thousandths, half up."""
    return floor(value * 1000 + 0.5)


def written(thousandths: int) -> str:
    """The shortest decimal of an integer of thousandths."""
    if thousandths < 0:
        return "-" + written(-thousandths)
    return f"{thousandths // 1000}{_FRACTIONS[thousandths % 1000]}"


def write(value: float) -> str:
    """The value rounded to three decimals and written."""
    return written(floor(value * 1000 + 0.5))


def write_all(template: str, thousandths: Sequence[int]) -> str:
    """The template with each `NUMBER` in it replaced by the next of the numbers, written.

    A text has thousands of coordinates. Formatting them all at once, and taking the zeros away all at once by the mark
    that ends each, takes a third of the time of writing one after the other.
    """
    text = template % tuple([each / 1000 for each in thousandths])
    for _ in range(3):
        text = text.replace("0" + _END, _END)
    return text.replace("." + _END, "").replace(_END, "")


def total(values: Iterable[float]) -> float:
    """The sum, added up in order: `sum` makes up for rounding from Python 3.12 on, which browsers do not."""
    return reduce(add, values, 0.0)


def turn(degrees: float) -> Turn:
    """Cosine and sine by fixed arithmetic, because library functions differ between machines in the last bit."""
    quarters = floor(degrees / 90 + 0.5)
    x = (degrees - 90 * quarters) * _RADIANS
    c, s = _cosine(x * x), _sine(x, x * x)
    return ((c, s), (-s, c), (-c, -s), (s, -c))[quarters % 4]


def turned(x: float, y: float, centre: tuple[float, float], by: Turn) -> tuple[float, float]:
    """The point turned about the centre."""
    (cx, cy), (c, s) = centre, by
    return cx + (x - cx) * c - (y - cy) * s, cy + (x - cx) * s + (y - cy) * c


def _sine(x: float, x2: float) -> float:
    return x * (1 - x2 / 6 * (1 - x2 / 20 * (1 - x2 / 42 * (1 - x2 / 72 * (1 - x2 / 110 * (1 - x2 / 156))))))


def _cosine(x2: float) -> float:
    inner = 1 - x2 / 56 * (1 - x2 / 90 * (1 - x2 / 132 * (1 - x2 / 182)))
    return 1 - x2 / 2 * (1 - x2 / 12 * (1 - x2 / 30 * inner))
