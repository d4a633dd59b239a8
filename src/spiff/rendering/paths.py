"""Reads the path data of a scene (docs/composing.md, Text 9). Knows no drawing library and no file format.

A design has tens of thousands of numbers, so many paths are read at once: what is left of them without the numbers
shows their shape, and the numbers are read as one list in JSON, in a tenth of the time of float().
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

MOST = 2**31 - 1
"""The largest coordinate, in thousandths of a point: the largest integer of a print file (ISO 32000-1, annex C.2)."""

_OF_NUMBERS = b"-.0123456789"
_PATHS = re.compile(rb"(?:(?:M[MLQCZ]*+)?+;)*+")
_SPACES = (b"M", b"M "), (b"L", b"L "), (b"Q", b"Q   "), (b"C", b"C     ")
_AS_JSON = bytes.maketrans(b"MLQC Z;", b",,,,,  ")
_LIST = msgspec.json.Decoder(list[float])
_M, _Z = b"MZ"

_POINTS = numpy.zeros(256, dtype=numpy.int64)
_POINTS[[*b"MLQC"]] = 1, 1, 2, 3

Kinds = NDArray[numpy.uint8]
Places = NDArray[numpy.int64]
Points = NDArray[numpy.complex128]
"""Points of a plane, x + yi."""


@dataclass(frozen=True)
class Outlines:
    """Paths one after another.

    `kinds` are the letters of their segments, with END after each path. `points`, in whole thousandths of a point, as
    the composer rounds, are the origin, then those of the segments: one of M and L, two of Q, three of C.
    """

    kinds: Kinds
    points: Points

    def ends(self) -> Places:
        """Which point is the last of each segment and those before it."""
        ends: Places = numpy.cumsum(_POINTS.take(self.kinds))
        return ends

    def pens(self) -> Places:
        """At which point the pen is after each segment: after a Z, where its outline began."""
        ends = self.ends()
        begins = numpy.maximum.accumulate(numpy.where(self.kinds == _M, ends, 0))
        return numpy.where(self.kinds == _Z, begins, ends)


def read_outlines(paths: Sequence[str]) -> Outlines:
    """Read path data as the composer writes it. Raises NotDrawable for all but absolute M L Q C Z in thousandths."""
    outlines = _read(paths)
    if outlines is None:
        wrong = next(path for path in paths if _read([path]) is None)
        raise NotDrawable(
            "path data is absolute M L Q C Z as the composer writes it, with at most three decimals and "
            f"{MOST} thousandths, not {wrong[:40]!r}"
        )
    return outlines


def _read(paths: Sequence[str]) -> Outlines | None:
    text = "".join([path + END for path in paths]).encode("ascii", "replace")
    kinds = _kinds(text.translate(None, _OF_NUMBERS))
    if kinds is None or kinds.count(END.encode()) != len(paths):
        return None
    points = _points(text)
    return None if points is None else Outlines(numpy.frombuffer(kinds, dtype=numpy.uint8), points)


def _kinds(shape: bytes) -> bytes | None:
    """What is left of paths without numbers and spaces, if each letter had the spaces that part its numbers."""
    kinds = spaced = shape.translate(None, b" ")
    for letter, with_spaces in _SPACES:
        spaced = spaced.replace(letter, with_spaces)
    return kinds if spaced == shape and _PATHS.fullmatch(kinds) else None


def _points(text: bytes) -> Points | None:
    """The origin and all points, if a number in JSON stands in each place of one, and all are such thousandths."""
    try:
        numbers = _LIST.decode(b"[0,0 " + text.translate(_AS_JSON) + b"]")
    except msgspec.DecodeError:
        return None
    # Packing them is three times faster than numpy's own look at each.
    values = numpy.frombuffer(struct.pack(f"{len(numbers)}d", *numbers))
    thousandths = numpy.rint(values * 1000)
    right = numpy.array_equal(thousandths / 1000, values) and (abs(thousandths) <= MOST).all()
    return thousandths.view(numpy.complex128) if right else None
