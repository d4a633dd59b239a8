"""Reads what the header of a JPEG file says (ITU-T T.81 annex B, EXIF, ICC.1 annex B.4). Decodes no pixel."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from spiff.rendering.failures import NotDrawable

_FRAMES = {0xC0, 0xC1, 0xC2}
_OTHER_FRAMES = {0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_SCAN = 0xDA
_END = 0xD9
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_ORIENTATION_TAG = 0x0112


@dataclass(frozen=True)
class JpegHeader:
    """Width and height are pixels as stored, before `orientation` (EXIF 1 to 8) turns them."""

    width_px: int
    height_px: int
    components: int
    inverted: bool
    """Adobe writes CMYK with 255 for no ink."""
    orientation: int
    profile: bytes
    """The embedded ICC profile, empty without one."""


def jpeg_header(data: bytes) -> JpegHeader:
    """Read the header.

    Raises NotDrawable for what is not a baseline, extended or progressive 8-bit JPEG of 1, 3 or 4 components.
    """
    frame: tuple[int, int, int] | None = None
    adobe = False
    orientation = 1
    profile: list[bytes] = []
    for marker, content in _marked_parts(data):
        if marker in _OTHER_FRAMES:
            raise NotDrawable(
                "this kind of JPEG (lossless or arithmetic) cannot be printed; save it as a baseline JPEG"
            )
        if marker in _FRAMES:
            frame = _frame(content)
        elif marker == 0xE1 and content.startswith(b"Exif\0\0"):
            orientation = _orientation(content[6:])
        elif marker == 0xE2 and content.startswith(b"ICC_PROFILE\0"):
            profile.append(content[14:])
        elif marker == 0xEE and content.startswith(b"Adobe"):
            adobe = True
    if frame is None:
        raise NotDrawable("the JPEG has no picture in it")
    width, height, components = frame
    return JpegHeader(width, height, components, adobe and components == 4, orientation, b"".join(profile))


def _marked_parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The marker segments up to the first scan."""
    if not data.startswith(b"\xff\xd8"):
        raise NotDrawable("not a JPEG file")
    position = 2
    while position + 4 <= len(data):
        if data[position] != 0xFF:
            raise NotDrawable("the header of the JPEG is damaged")
        marker = data[position + 1]
        if marker in {_SCAN, _END}:
            return
        if marker == 0xFF or marker in _STANDALONE:
            position += 1 if marker == 0xFF else 2
            continue
        length = int.from_bytes(data[position + 2 : position + 4], "big")
        yield marker, data[position + 4 : position + 2 + length]
        position += 2 + max(length, 2)
    raise NotDrawable("the JPEG ends in its header")


def _frame(content: bytes) -> tuple[int, int, int]:
    if len(content) < 6:
        raise NotDrawable("the header of the JPEG is damaged")
    bits, height, width, components = struct.unpack(">BHHB", content[:6])
    if bits != 8 or components not in {1, 3, 4} or not width or not height:
        raise NotDrawable(f"a JPEG has 8 bits and 1, 3 or 4 components, not {bits} and {components}")
    return width, height, components


def _orientation(tiff: bytes) -> int:
    """The orientation in the first directory of the EXIF block; 1, upright, when it cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None or len(tiff) < 8:
        return 1
    (directory,) = struct.unpack(order + "I", tiff[4:8])
    entries = tiff[directory + 2 :]
    for offset in range(0, len(entries) - 11, 12):
        tag, _, _, value = struct.unpack(order + "HHIH", entries[offset : offset + 10])
        if tag == _ORIENTATION_TAG:
            return value if 1 <= value <= 8 else 1
        if tag > _ORIENTATION_TAG:
            break
    return 1
