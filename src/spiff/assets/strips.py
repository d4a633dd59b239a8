"""Writes a picture as a JPEG strip by strip, so that a large one need not stand in memory twice. Decodes nothing.

Every strip is coded as a picture of its own, with the same tables. Behind a restart marker a decoder begins anew (ITU-T
T.81, E.1.4), so the data of one strip follows that of the other with such a marker between.
"""

import io
from collections.abc import Callable, Iterator

from PIL import Image

from spiff.assets.jpegs import jpeg_segments

_SCAN, _FRAME, _RESTART_INTERVAL = 0xDA, 0xC0, b"\xff\xdd\0\4"
_MOST_UNITS = 65_535
"""Between two restart markers."""
_MOST_ROWS = 256

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""
Strip = Callable[[Box], Image.Image]


def jpeg_of_strips(size: tuple[int, int], strip: Strip, quality: int, subsampling: str) -> bytes:
    """A JPEG of this size. `strip` gives what lies in a box as wide as the picture, as RGB, or as L with 4:4:4."""
    width, height = size
    unit = 16 if subsampling == "4:2:0" else 8
    across = -(-width // unit)
    rows = unit * max(1, min(_MOST_ROWS // unit, _MOST_UNITS // across))
    coded = _coded(size, strip, rows, {"quality": quality, "subsampling": subsampling})
    header, scan, first = _parted(next(coded))
    pieces = [_with_height(header, height), _RESTART_INTERVAL + (across * rows // unit).to_bytes(2, "big"), scan, first]
    for index, data in enumerate(coded):
        pieces += [bytes([0xFF, 0xD0 + index % 8]), _parted(data)[2]]
    return b"".join([*pieces, b"\xff\xd9"])


def _coded(size: tuple[int, int], strip: Strip, rows: int, options: dict[str, object]) -> Iterator[bytes]:
    width, height = size
    for top in range(0, height, rows):
        file = io.BytesIO()
        strip((0, top, width, min(top + rows, height))).save(file, "JPEG", **options)
        yield file.getvalue()


def _parted(data: bytes) -> tuple[bytes, bytes, bytes]:
    """What stands before the scan, the scan's header, and its data."""
    scan = next(segment for segment in jpeg_segments(data) if segment.code == _SCAN)
    return data[: scan.begin - 2], data[scan.begin - 2 : scan.end], data[scan.end : -2]


def _with_height(header: bytes, height: int) -> bytes:
    frame = next(segment for segment in jpeg_segments(header) if segment.code == _FRAME)
    return header[: frame.begin + 3] + height.to_bytes(2, "big") + header[frame.begin + 5 :]
