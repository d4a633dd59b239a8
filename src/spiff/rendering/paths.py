"""Reads the path data of a scene (docs/composing.md, Text 9). Knows no drawing library and no file format."""

import re
from collections.abc import Iterator

from spiff.rendering.failures import NotDrawable

_NUMBER = r"-?\d{1,7}(?:\.\d+)?"
_POINT = rf"{_NUMBER} {_NUMBER}"
_GRAMMAR = re.compile(rf"(?:M{_POINT}(?:[ML]{_POINT}|Q{_POINT} {_POINT}|C{_POINT} {_POINT} {_POINT}|Z)*)?")
_SEGMENT = re.compile(r"([MLQCZ])([^MLQCZ]*)")


def number(value: float) -> str:
    """A number as PDF wants it: no exponent, at most four decimals, the same text on every machine."""
    rounded = round(value, 4) + 0.0  # adding zero turns -0.0 into 0.0
    whole = int(rounded)
    return str(whole) if rounded == whole else repr(rounded)


def segment_texts(d: str) -> list[tuple[str, str]]:
    """Each segment as its letter and the text of its numbers. Raises NotDrawable for all but absolute M L Q C Z."""
    if not _GRAMMAR.fullmatch(d):
        raise NotDrawable(f"path data must be absolute M L Q C Z as the composer writes it, not {d[:40]!r}")
    return _SEGMENT.findall(d)


def segments(d: str) -> Iterator[tuple[str, list[float]]]:
    """Each segment as its letter and its numbers, in points. Raises NotDrawable as segment_texts does."""
    for letter, numbers in segment_texts(d):
        yield letter, [float(part) for part in numbers.split(" ")] if numbers else []
