"""Reads the segments of a JPEG (ITU-T T.81, annex B): what they claim, which of them are needed. Decodes nothing."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from spiff.assets.pictures import PictureRefused

JPEG = b"\xff\xd8\xff"
END_OF_IMAGE = 0xD9
_MARKER = re.compile(rb"\xff([^\x00\xff\xd0-\xd7])")
_WITHOUT_LENGTH = {0x01, 0xD8, END_OF_IMAGE}
_HUFFMAN_FRAMES = {0xC0, 0xC1, 0xC2}
"""Baseline, extended, progressive. Other codings may take less than a bit for a block."""
_FRAMES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_BLOCK_PX = 64
_MOST_PADDING = 1_000
_MOST_SEGMENTS = 10_000
_SCAN, _COMMENT, _APPLICATION, _JFIF, _ADOBE = 0xDA, 0xFE, range(0xE0, 0xF0), 0xE0, 0xEE
_PLAIN_JFIF = b"\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0"
"""Says how colours are coded, and nothing of resolution or a small copy."""


class Segment(NamedTuple):
    """A segment of a JPEG; the data of an image lies between the segments."""

    code: int
    begin: int
    end: int


def jpeg_segments(data: bytes) -> Iterator[Segment]:
    """The segments up to the end of the first image. Raises PictureRefused where there are far too many."""
    at, count = 2, 0
    while found := _MARKER.search(data, at):
        count += 1
        if count > _MOST_SEGMENTS:
            raise PictureRefused("picture-damaged", f"a JPEG has at most {_MOST_SEGMENTS} segments")
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


def require_no_padding(data: bytes) -> None:
    """Raises PictureRefused for much that is nothing between segments: decoders step through it byte by byte."""
    at, in_scan = 2, False
    for segment in jpeg_segments(data):
        if not in_scan and segment.begin - at > _MOST_PADDING:
            break
        at, in_scan = segment.end, segment.code == _SCAN
    else:
        if at > 2:
            return
    raise PictureRefused("picture-format", "the picture has no image, or much that means nothing before it")


def is_plain_jpeg(data: bytes) -> bool:
    """Whether it is coded in a way that every browser and every PDF reader decodes."""
    return all(segment.code in _HUFFMAN_FRAMES for segment in jpeg_segments(data) if segment.code in _FRAMES)


def jpeg_without_metadata(data: bytes) -> bytes:
    """The same image data, and nothing beside it: no notes, no place and time, no profile, no second image."""
    pieces, at, in_scan = [b"\xff\xd8"], 2, False
    for segment in jpeg_segments(data):
        if in_scan:
            pieces.append(data[at : segment.begin - 2])
        pieces.append(_bare(data, segment))
        at, in_scan = segment.end, segment.code == _SCAN
        if segment.code == END_OF_IMAGE:
            return b"".join(pieces)
    return b"".join([*pieces, data[at:], b"\xff\xd9"])


def _bare(data: bytes, segment: Segment) -> bytes:
    """The segment, if it is needed to decode: Adobe's and JFIF's say how colours are coded."""
    if segment.code == _JFIF and data.startswith(b"JFIF\0", segment.begin + 2):
        return _PLAIN_JFIF
    if segment.code == _ADOBE and data.startswith(b"Adobe", segment.begin + 2):
        return b"\xff\xee\0\x0e" + data[segment.begin + 2 : segment.begin + 14]
    if segment.code == _COMMENT or segment.code in _APPLICATION:
        return b""
    return data[segment.begin - 2 : segment.end]
