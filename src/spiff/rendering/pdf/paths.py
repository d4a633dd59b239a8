"""Turns path data into PDF path construction operators (ISO 32000-1, 8.5.2). Knows no colours, no pages, no files.

Coordinates are integers of thousandths of a point. Those of many paths become one list, which has a 0 in the place of
each operator, and are written at once: integers take a tenth of the time of real numbers.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy
import orjson

from spiff.rendering.paths import END, Outlines, Places, read_outlines

_C, _END, _COMMA, _SPACE, _LINE = b"C" + END.encode() + b", \n"

_OPERATORS = numpy.frombuffer(bytes.maketrans(b"MLQCZ", b"mlcch"), dtype=numpy.uint8)
_WRITTEN = numpy.zeros((256, 8), dtype=numpy.bool_)
"""What is written of each kind of segment, of two control points, the end point, and the operator's 0 with another."""
_WRITTEN[[*b"QC"], :4] = _WRITTEN[[*b"MLQC"], 4:6] = _WRITTEN[[*b"MLQCZ"], 6] = True
_LENGTHS = _WRITTEN.sum(axis=1)


def path_operators(paths: Sequence[str]) -> list[bytes]:
    """For each path the operators that build it, to be followed by one that paints or clips. Raises NotDrawable."""
    outlines = read_outlines(paths)
    listed = orjson.dumps(_numbers(outlines), option=orjson.OPT_SERIALIZE_NUMPY)
    text = numpy.frombuffer(bytearray(listed), dtype=numpy.uint8)
    # Before the first number stands a bracket, behind the last another, and commas between.
    marks = numpy.concatenate(([0], numpy.flatnonzero(text == _COMMA), [len(text) - 1]))
    text[marks] = _SPACE
    behind = marks.take(numpy.cumsum(_LENGTHS.take(outlines.kinds)))
    drawn = outlines.kinds != _END
    text[behind[drawn] - 1], text[behind[drawn]] = _OPERATORS.take(outlines.kinds[drawn]), _LINE
    return [text[begin:end].tobytes() for begin, end in pairwise([1, *(behind[~drawn] + 1).tolist()])]


def _numbers(outlines: Outlines) -> Places:
    """The coordinates of each segment, and a 0 for its operator."""
    points, at = outlines.points, outlines.pens()
    pen, control, end = points.take(numpy.roll(at, 1)), points.take(at - 1), points.take(at)
    rows = numpy.zeros((len(at), 4), dtype=numpy.complex128)
    # PDF has no quadratic curves. The cubic with control points 2/3 of the way is the very same curve.
    rows[:, 0], rows[:, 1], rows[:, 2] = pen + (control - pen) * (2 / 3), end + (control - end) * (2 / 3), end
    cubic = numpy.flatnonzero(outlines.kinds == _C)
    rows[cubic, 0], rows[cubic, 1] = points.take(at[cubic] - 2), control.take(cubic)
    return numpy.rint(rows.view(numpy.float64)[_WRITTEN.take(outlines.kinds, axis=0)]).astype(numpy.int64)
