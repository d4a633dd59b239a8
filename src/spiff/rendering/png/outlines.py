"""Turns path data into Skia's paths. Knows no colours and no canvas.

Calling Skia once per segment takes longer than drawing. Skia reads a whole path from memory in the form in which it
stores paths (SkPath::writeToMemory): a version that it checks, three counts, points, verbs.
"""

import struct
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import skia

from spiff.rendering.paths import END, read_outlines

_VERSION = 5
"""And the fill rule, nonzero, as the next byte. A Skia that does not know it reads nothing, and we call it instead."""

_COUNTS = struct.Struct("<4i")
_POINT_BYTES = 8
_END = END.encode()
_VERBS = bytes.maketrans(b"MLQCZ", bytes((0, 1, 2, 4, 5)))
_NUMBERS_OF = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}


def skia_paths(paths: Sequence[str]) -> list[Any]:
    """Each path as a skia.Path. Raises NotDrawable."""
    outlines = read_outlines(paths)
    points = (outlines.points / 1000).astype("<c8").tobytes()
    letters = outlines.kinds.tobytes().split(_END)[:-1]
    ends = _POINT_BYTES * (outlines.ends()[outlines.kinds == ord(_END)] + 1)
    bounds = pairwise([_POINT_BYTES, *ends.tolist()])
    return [_path(own, points[begin:end]) for own, (begin, end) in zip(letters, bounds, strict=True)]


def _path(letters: bytes, points: bytes) -> Any:
    path = skia.Path()
    counts = _COUNTS.pack(_VERSION, len(points) // _POINT_BYTES, 0, len(letters))
    path.readFromMemory(counts + points + letters.translate(_VERBS) + bytes(-len(letters) % 4))
    return path if path.countVerbs() == len(letters) else _path_by_calls(letters, points)


def _path_by_calls(letters: bytes, points: bytes) -> Any:
    """The same, for other versions of Skia, and for a segment after a Z, which Skia stores with an M before it."""
    path = skia.Path()
    drawers = {"M": path.moveTo, "L": path.lineTo, "Q": path.quadTo, "C": path.cubicTo, "Z": path.close}
    numbers = iter(struct.unpack(f"<{len(points) // 4}f", points))
    for letter in letters.decode():
        drawers[letter](*(next(numbers) for _ in range(_NUMBERS_OF[letter])))
    return path
