"""Reads the path data of a scene (docs/composing.md, Text 9). Knows no drawing library and no file format.

A design has tens of thousands of numbers, so many paths are read at once: numpy finds and checks every letter and
every number, and the values, where they are wanted, are read as JSON, in a tenth of the time of float().
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
import numpy
from numpy.typing import NDArray

from spiff.rendering.failures import NotDrawable

END = ";"
"""Stands after each path; a path that holds one itself is refused."""

_SHAPE = re.compile(rb"(?:(?:M (?:[ML] |Q   |C     |Z)*+)?+;)*+")
_MINUS, _POINT, _ZERO, _Z, _END = b"-.0Z" + END.encode()
_AS_JSON = bytes.maketrans(b"MLQC ", b",,,,,")
_LIST = msgspec.json.Decoder(list[float])

Bytes = NDArray[numpy.uint8]
Flags = NDArray[numpy.bool_]
Places = NDArray[numpy.int64]


@dataclass(frozen=True)
class Outlines:
    """Paths one after another, each with END after it.

    `marks` are the places in `text` of all that is no number: letters, the spaces between numbers, ENDs; `kinds` are
    the characters there. Behind a letter but Z, and behind a space, stands one number.
    """

    text: bytes
    marks: Places
    kinds: Bytes

    def values(self) -> NDArray[numpy.float64]:
        """The numbers, in points. Packing them is three times faster than numpy's own look at each."""
        numbers = _LIST.decode(b"[" + self.text.translate(_AS_JSON, b"Z;")[1:] + b"]")
        return numpy.frombuffer(struct.pack(f"{len(numbers)}d", *numbers))

    def numbers_before(self) -> Places:
        """How many numbers stand before each mark."""
        has_number = (self.kinds != _Z) & (self.kinds != _END)
        before: Places = numpy.cumsum(has_number, dtype=numpy.int64) - has_number
        return before


def read_outlines(paths: Sequence[str]) -> Outlines:
    """Read path data as the composer writes it. Raises NotDrawable for all but absolute M L Q C Z."""
    outlines = _read(paths)
    if outlines is None:
        wrong = next(path for path in paths if _read([path]) is None)
        raise NotDrawable(
            "path data is absolute M L Q C Z as the composer writes it, with at most seven digits before the point "
            f"and four after it, not {wrong[:40]!r}"
        )
    return outlines


def _read(paths: Sequence[str]) -> Outlines | None:
    text = "".join([path + END for path in paths]).encode("ascii", "replace")
    characters = numpy.frombuffer(text, dtype=numpy.uint8)
    digit, minus, point = characters - _ZERO <= 9, characters == _MINUS, characters == _POINT
    mark = ~(digit | minus | point)
    marks = numpy.flatnonzero(mark)
    kinds = characters[marks]
    if text.count(END.encode()) != len(paths) or not _SHAPE.fullmatch(kinds.tobytes()):
        return None
    opening = mark & (characters != _Z) & (characters != _END)
    if not _are_numbers(opening, minus, digit, point, mark) or not _are_short(digit, point):
        return None
    return None if _have_idle_zeros(characters == _ZERO, opening | minus, digit) else Outlines(text, marks, kinds)


def _are_numbers(opening: Flags, minus: Flags, digit: Flags, point: Flags, mark: Flags) -> bool:
    """Whether behind each opening, and nowhere else, stand perhaps a minus, then digits, then perhaps a point and more.

    Looks at each character and the one behind it.
    """
    wrong = opening[:-1] & (mark | point)[1:]
    wrong |= (minus | point)[:-1] & ~digit[1:]
    wrong |= minus[1:] & ~opening[:-1]
    wrong |= point[1:] & ~digit[:-1]
    wrong |= (mark & ~opening)[:-1] & ~mark[1:]
    return bool(mark[:1].all()) and not wrong.any()


def _are_short(digit: Flags, point: Flags) -> bool:
    """Whether there are at most seven digits in a row, four behind a point, and no second point behind these."""
    row = digit
    for further in (1, 2, 4):
        row = row[:-further] & row[further:]  # rows of two, of four, of eight
    decimals, second = point, False
    for behind in range(1, 6):
        second = second or bool((decimals[:-1] & point[behind:]).any())
        decimals = decimals[:-1] & digit[behind:]
    return not (row.any() or decimals.any() or second)


def _have_idle_zeros(zero: Flags, before: Flags, digit: Flags) -> bool:
    """Whether a number has a zero before its first digit, which JSON does not read."""
    return bool((before[:-2] & zero[1:-1] & digit[2:]).any())
