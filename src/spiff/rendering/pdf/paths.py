"""Turns path data into PDF path construction operators (ISO 32000-1, 8.5.2). Knows no colours, no pages, no files."""

import numpy
from numpy.typing import NDArray

from spiff.rendering.paths import NUMBERS_OF, Path, read_path
from spiff.rendering.pdf.numbers import row_texts

_ENDINGS = {"M": " m\n", "L": " l\n", "Q": " c\n", "C": " c\n", "Z": "h\n"}
_TO_BARS = str.maketrans("MLQCZ", "|||||")
_COUNTS = numpy.zeros(128, dtype=numpy.intp)
for _letter, _count in NUMBERS_OF.items():
    _COUNTS[ord(_letter)] = _count

Places = NDArray[numpy.intp]


def path_operators(d: str) -> str:
    """The operators that build `d`, to be followed by one that paints or clips. Raises NotDrawable."""
    path = read_path(d)
    texts = d.translate(_TO_BARS).split("|")[1:]
    if "Q" in path.letters:
        _elevate(path, texts)
    return "".join([text + _ENDINGS[letter] for letter, text in zip(path.letters, texts, strict=True)])


def _elevate(path: Path, texts: list[str]) -> None:
    """PDF has no quadratic curves. The cubic with control points 2/3 of the way is the very same curve."""
    segments, starts, own = _curves(path.letters)
    rows = row_texts(_cubics(numpy.array(path.numbers), starts, own))
    for segment, row in zip(segments.tolist(), rows, strict=True):
        texts[segment] = row


def _curves(letters: str) -> tuple[Places, Places, Places]:
    """The quadratic curves among the segments; where among the numbers each one's start and its own points stand."""
    codes = numpy.frombuffer(letters.encode("ascii"), dtype=numpy.uint8)
    counts = _COUNTS[codes]
    ends = counts.cumsum()
    outlines = numpy.maximum.accumulate(numpy.where(codes == ord("M"), ends, 0))
    # Where each segment leaves the pen: at its last point, or for Z where its outline began.
    pen = numpy.where(codes == ord("Z"), outlines, ends) - 2
    (segments,) = numpy.nonzero(codes == ord("Q"))
    return segments, pen[segments - 1], ends[segments] - NUMBERS_OF["Q"]


def _cubics(values: NDArray[numpy.float64], starts: Places, own: Places) -> list[list[float]]:
    """The three points of each cubic, rounded to four decimals."""
    x, y = values[starts], values[starts + 1]
    x1, y1, x2, y2 = (values[own + index] for index in range(4))
    columns = ((x + 2 * x1) / 3, (y + 2 * y1) / 3, (x2 + 2 * x1) / 3, (y2 + 2 * y1) / 3, x2, y2)
    rounded: list[list[float]] = numpy.column_stack(columns).round(4).tolist()
    return rounded
