"""Reads the path data of a scene (docs/composing.md, Text 9). Knows no drawing library and no file format.

A design has tens of thousands of numbers. They are read and written as JSON, read in C in a tenth of the time
of float(), which checks their spelling as well.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from spiff.rendering.failures import NotDrawable

NUMBERS_OF = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}

_ALL_ZEROS = str.maketrans("123456789", "000000000")
_TOO_FINE = ".00000"
_TOO_LARGE = "00000000"
_WITHOUT_NUMBERS = str.maketrans("", "", "0123456789.-")
_SHAPE = re.compile(r"(?:M (?:[ML] |Q   |C     |Z)*+)?+")
_AS_JSON = str.maketrans("MLQC ", ",,,,,", "Z")
_LIST = msgspec.json.Decoder(list[float])


@dataclass(frozen=True)
class Path:
    """`letters` names the segments; `numbers` holds the coordinates of all, in points, NUMBERS_OF each."""

    letters: str
    numbers: list[float]

    def segments(self) -> Iterator[tuple[str, list[float]]]:
        """Each segment as its letter and its numbers."""
        begin = 0
        for letter in self.letters:
            end = begin + NUMBERS_OF[letter]
            yield letter, self.numbers[begin:end]
            begin = end


def read_path(d: str) -> Path:
    """Read path data as the composer writes it. Raises NotDrawable for all but absolute M L Q C Z."""
    shape = d.translate(_WITHOUT_NUMBERS)
    if not _SHAPE.fullmatch(shape):
        raise _unreadable(d)
    try:
        numbers = _LIST.decode(f"[{d.translate(_AS_JSON)[1:]}]")
    except msgspec.DecodeError:
        raise _unreadable(d) from None
    zeros = d.translate(_ALL_ZEROS)
    if _TOO_FINE in zeros or _TOO_LARGE in zeros:
        raise NotDrawable("a coordinate has at most seven digits before the point and four after it")
    return Path(shape.replace(" ", ""), numbers)


def _unreadable(d: str) -> NotDrawable:
    return NotDrawable(f"path data must be absolute M L Q C Z as the composer writes it, not {d[:40]!r}")
