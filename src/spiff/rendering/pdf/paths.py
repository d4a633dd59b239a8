"""Turns path data into PDF path construction operators (ISO 32000-1, 8.5.2). Knows no colours, no pages, no files.

An operator stands after its numbers, a letter of path data before them: every letter makes room for the operator of
the segment before it, in many paths at once.
"""

from collections.abc import Sequence

import numpy

from spiff.rendering.paths import END, Outlines, Places, read_outlines
from spiff.rendering.pdf.numbers import row_texts

_M, _Q, _C, _Z, _SPACE = b"MQCZ "
_OPERATORS = ((b"M", b" m\n"), (b"L", b" l\n"), (b"C", b" c\n"), (b"Z", b"h\n"))


def path_operators(paths: Sequence[str]) -> list[bytes]:
    """For each path the operators that build it, to be followed by one that paints or clips. Raises NotDrawable."""
    written = [b""] * len(paths)
    for has_curves in (False, True):  # values are read only of paths that need it
        places = [place for place, path in enumerate(paths) if path and ("Q" in path) is has_curves]
        for place, operators in zip(places, _operators([paths[place] for place in places]), strict=True):
            written[place] = operators
    return written


def _operators(paths: Sequence[str]) -> list[bytes]:
    outlines = read_outlines(paths)
    (curves,) = numpy.nonzero(outlines.kinds == _Q)
    written = _with_endings(outlines)
    if curves.size:
        written = _elevated(outlines, curves, written)
    for letter, operator in _OPERATORS:
        written = written.replace(letter, operator)
    return written.split(END.encode())[1:]


def _with_endings(outlines: Outlines) -> bytes:
    """The text, with each letter in the place of the next one, and each END before its path instead of after it."""
    is_letter = outlines.kinds != _SPACE
    letters = outlines.kinds[is_letter]
    text = numpy.frombuffer(bytearray(outlines.text), dtype=numpy.uint8)
    text[outlines.marks[is_letter]] = numpy.roll(numpy.where(letters == _Q, _C, letters), 1)
    return text.tobytes()


def _elevated(outlines: Outlines, curves: Places, text: bytes) -> bytes:
    """PDF has no quadratic curves. The cubic with control points 2/3 of the way is the very same curve."""
    # What stands between a letter and its second space is the one control point; the end point stays.
    begins = [0, *outlines.marks[curves + 2].tolist()]
    ends = [*(outlines.marks[curves] + 1).tolist(), len(text)]
    pieces = [b""] * (2 * len(curves) + 1)
    pieces[::2] = [text[begin:end] for begin, end in zip(begins, ends, strict=True)]
    pieces[1::2] = row_texts(_control_points(outlines, curves))
    return b"".join(pieces)


def _control_points(outlines: Outlines, curves: Places) -> list[list[float]]:
    """Both control points of each cubic, rounded to four decimals."""
    values = outlines.values()
    pen, own = _places(outlines, curves)
    x, y = values[pen], values[pen + 1]
    x1, y1, x2, y2 = (values[own + index] for index in range(4))
    columns = ((x + 2 * x1) / 3, (y + 2 * y1) / 3, (x2 + 2 * x1) / 3, (y2 + 2 * y1) / 3)
    rounded: list[list[float]] = numpy.column_stack(columns).round(4).tolist()
    return rounded


def _places(outlines: Outlines, curves: Places) -> tuple[Places, Places]:
    """Where among the numbers the point each curve starts from stands, and where its own points begin."""
    before = outlines.numbers_before()
    begins = numpy.maximum.accumulate(numpy.where(outlines.kinds == _M, before, 0))
    own = before[curves]
    # The pen is at the last point before, or after a Z where its outline began.
    return numpy.where(outlines.kinds[curves - 1] == _Z, begins[curves], own - 2), own
