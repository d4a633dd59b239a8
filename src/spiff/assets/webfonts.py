"""Unpacks a WOFF or WOFF2 file to the TTF or OTF inside. Knows no database; runs in a child process with limits.

What a file says it unpacks to is checked before; one that lies meets the limits of its process.
"""

from fontTools.ttLib import TTFont, TTLibError

from spiff.assets.fonts import MAX_BYTES, FontRefused
from spiff.assets.rewriting import rewritten

_WEB_FONTS = (b"wOFF", b"wOF2")
_COLLECTION = b"ttcf"
_TOTAL_SIZE = slice(16, 20)
"""`totalSfntSize` in the headers of WOFF and WOFF2."""


def unpacked(data: bytes) -> bytes:
    """The font itself, of a TTF or OTF the same bytes. Raises FontRefused."""
    if not data.startswith(_WEB_FONTS):
        return data
    if data[4:8] == _COLLECTION:
        raise FontRefused("font-format", "a font is one font, not a collection")
    if (size := int.from_bytes(data[_TOTAL_SIZE], "big")) > MAX_BYTES:
        raise FontRefused("font-too-large", f"a font has at most {MAX_BYTES} bytes, not {size}")
    return rewritten(data, _unpack, "the web font cannot be unpacked; it is damaged or cut off")


def _unpack(font: TTFont) -> None:
    if font.flavor is None:
        raise TTLibError("not a web font")
    font.flavor = None
