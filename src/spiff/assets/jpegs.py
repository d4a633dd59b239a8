"""Reads the segments of a JPEG, and finds those that claim more pixels than they hold. Decodes nothing."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spiff.assets.pictures import PictureRefused

END_OF_IMAGE = 0xD9
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_WITHOUT_LENGTH = {0x01, 0xD8, END_OF_IMAGE}
_HUFFMAN_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended, progressive. Other codings may take less than a bit for a block."""
_BLOCK_PX = 64


class Segment(NamedTuple):
    """A segment of a JPEG; the data of an image lies between the segments."""

    code: int
    begin: int
    end: int


def jpeg_segments(data: bytes) -> Iterator[Segment]:
    """The segments up to the end of the first image."""
    at = 2
    while found := _MARKER.search(data, at):
        code, begin = found[1][0], found.end()
        at = begin if code in _WITHOUT_LENGTH else begin + max(2, int.from_bytes(data[begin : begin + 2], "big"))
        yield Segment(code, begin, at)
        if code == END_OF_IMAGE:
            return


def require_honest(data: bytes) -> None:
    """Raises PictureRefused for a frame that cannot be filled by so few bytes: decoders would fill it with grey."""
    for segment in jpeg_segments(data):
        if segment.code in _HUFFMAN_FRAMES:
            height, width = (int.from_bytes(data[segment.begin + at : segment.begin + at + 2], "big") for at in (3, 5))
            if width * height > len(data) * 8 * _BLOCK_PX:  # a block of the first channel takes a bit at least
                raise PictureRefused("picture-damaged", f"{len(data)} bytes cannot hold {width} x {height} pixels")
            return
