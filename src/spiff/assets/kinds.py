"""Says by its first bytes what a file is, and refuses files that are two things at once. Decodes nothing."""

import re
from collections.abc import Iterator
from typing import Literal

from spiff.assets.jpegs import END_OF_IMAGE, jpeg_segments
from spiff.errors import Invalid

FileKind = Literal["picture", "font", "illustration"]

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_PICTURES = (_PNG, _JPEG, b"GIF8", b"II*\0", b"MM\0*", b"BM")
_FONTS = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"wOFF", b"wOF2")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_BOM = b"\xef\xbb\xbf"
_FORMS_AT = {4: (b"ftyp",), 8: (b"WEBP",)}
"""HEIC and WebP say what they are a little later."""

_OTHER_FORMATS = re.compile(rb"%PDF-|<html|<script|<!doctype html|<\?php|Rar!\x1a\x07", re.IGNORECASE)
_PDF_SEARCHES = 1024
"""Where PDF readers look for a header."""
_ZIP_END, _ZIP_SEARCHES = b"PK\5\6", 22 + 65_535
"""Where ZIP readers look for the directory."""


class FileRefused(Invalid):
    """The file is nothing we take, or more than one thing; `code` begins with `file-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def kind_of(data: bytes) -> FileKind:
    """What a file claims to be by its first bytes; its name says nothing. Raises FileRefused."""
    if not data:
        raise FileRefused("file-empty", "the file is empty")
    if data.startswith(_PICTURES) or any(data[at : at + 4] in forms for at, forms in _FORMS_AT.items()):
        return "picture"
    if data.startswith(_FONTS):
        return "font"
    if data.startswith(_UTF16) or data[:1024].removeprefix(_BOM).lstrip().startswith(b"<"):
        return "illustration"
    raise FileRefused("file-kind", "a file is a picture (PNG, JPEG), a font (TTF, OTF) or an illustration (SVG)")


def require_one_thing(data: bytes) -> None:
    """Raises FileRefused for a file that other programs would open as something else, or that has a second part."""
    if b"%PDF-" in data[:_PDF_SEARCHES] or _ZIP_END in data[-_ZIP_SEARCHES:]:
        raise _polyglot()
    if data.startswith(_PNG):
        _require_plain_png(data)
    elif data.startswith(_JPEG):
        _require_plain_jpeg(data)
    elif data.startswith(_FONTS[:3]):
        _require_no_rest(data[_font_end(data) :])


def _require_plain_png(data: bytes) -> None:
    for begin, kind in _png_chunks(data):
        end = begin + 12 + int.from_bytes(data[begin : begin + 4], "big")
        if kind != b"IDAT" and _OTHER_FORMATS.search(data, begin, end):
            raise _polyglot()
        if kind == b"IEND":
            _require_no_rest(data[end:])
            return


def _png_chunks(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = len(_PNG)
    while at + 12 <= len(data):
        yield at, data[at + 4 : at + 8]
        at += 12 + int.from_bytes(data[at : at + 4], "big")


def _require_plain_jpeg(data: bytes) -> None:
    """Phones put a second JPEG behind the first (depth, brightness), or notes of their own that end with SEFT."""
    for segment in jpeg_segments(data):
        if segment.code != END_OF_IMAGE:
            if _OTHER_FORMATS.search(data, segment.begin, segment.end):
                raise _polyglot()
            continue
        rest = data[segment.end :].lstrip(b"\0")
        if not rest.startswith(_JPEG) and not rest.endswith(b"SEFT"):
            _require_no_rest(rest)
        if _OTHER_FORMATS.search(rest):
            raise _polyglot()


def _font_end(data: bytes) -> int:
    """Where the last table ends, with its padding. What reaches beyond the file is for the font's reader to refuse."""
    count = int.from_bytes(data[4:6], "big")
    places = range(12 + 8, min(12 + 16 * count, len(data) - 7), 16)
    ends = [int.from_bytes(data[at : at + 4], "big") + int.from_bytes(data[at + 4 : at + 8], "big") for at in places]
    return (max(ends) + 3) // 4 * 4 if ends else len(data)


def _require_no_rest(rest: bytes) -> None:
    if rest:
        raise FileRefused("file-trailing-data", f"{len(rest)} bytes follow the file's end; save it again without them")


def _polyglot() -> FileRefused:
    return FileRefused("file-polyglot", "the file is also a PDF, a ZIP, a page or a script; save it again without that")
