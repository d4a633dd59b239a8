"""Turns path data into PDF path construction operators (ISO 32000-1, 8.5.2). Knows no colours, no pages, no files."""

import re

from spiff.rendering.paths import number, segment_texts

_ENDINGS = {"M": " m\n", "L": " l\n", "C": " c\n", "Z": "h\n"}
_LONG_FRACTION = re.compile(r"-?\d+\.\d{5,}")

Point = tuple[float, float]


def path_operators(d: str) -> str:
    """The operators that build `d`, to be followed by one that paints or clips. Raises NotDrawable."""
    if _LONG_FRACTION.search(d):
        d = _LONG_FRACTION.sub(lambda match: number(float(match[0])), d)
    parts = segment_texts(d)
    if "Q" in d:
        return _with_cubics(parts)
    return "".join([numbers + _ENDINGS[letter] for letter, numbers in parts])


def _with_cubics(parts: list[tuple[str, str]]) -> str:
    """PDF has no quadratic curves. The cubic with control points 2/3 of the way is the very same curve."""
    written = []
    start = here = (0.0, 0.0)
    for letter, numbers in parts:
        if letter == "Q":
            text, here = _elevated(here, numbers)
            written.append(text)
            continue
        written.append(numbers + _ENDINGS[letter])
        here = start if letter == "Z" else _last_point(numbers)
        start = here if letter == "M" else start
    return "".join(written)


def _elevated(here: Point, numbers: str) -> tuple[str, Point]:
    x1, y1, x2, y2 = [float(part) for part in numbers.split(" ")]
    first = (here[0] + 2 * x1) / 3, (here[1] + 2 * y1) / 3
    second = (x2 + 2 * x1) / 3, (y2 + 2 * y1) / 3
    controls = " ".join([number(value) for value in (*first, *second)])
    return f"{controls} {numbers.split(' ', 2)[2]}{_ENDINGS['C']}", (x2, y2)


def _last_point(numbers: str) -> Point:
    x, y = numbers.rsplit(" ", 2)[-2:]
    return float(x), float(y)
