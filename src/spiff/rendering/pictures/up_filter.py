"""The Up filter of PNG, which PDF's Flate streams also take as predictor 15. Knows nothing of either file."""

import numpy
from numpy.typing import NDArray

_UP = 2


def filtered_up(rows: NDArray[numpy.uint8]) -> NDArray[numpy.uint8]:
    """Rows of bytes (height x bytes a row), each less the row above, modulo 256, after the filter's number."""
    height, width = rows.shape
    out = numpy.empty((height, width + 1), dtype=numpy.uint8)
    out[:, 0] = _UP
    out[:1, 1:] = rows[:1]
    numpy.subtract(rows[1:], rows[:-1], out=out[1:, 1:])
    return out
