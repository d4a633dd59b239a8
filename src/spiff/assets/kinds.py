"""Says by its first bytes what a file is, and refuses files that are two things at once. Decodes nothing."""

import re
from typing import Literal

from spiff.assets.jpegs import END_OF_IMAGE, JPEG, jpeg_segments
from spiff.assets.pictures import is_heic
from spiff.assets.pngs import SIGNATURE, png_chunks
from spiff.assets.profiles import SIGNATURE as PROFILE_SIGNATURE
from spiff.assets.profiles import SIGNATURE_AT
from spiff.errors import Invalid

FileKind = Literal["picture", "font", "drawing", "model", "video", "profile"]

_PNG = SIGNATURE
_PICTURES = (_PNG, JPEG, b"GIF8", b"II*\0", b"MM\0*", b"BM")
_FONTS = (b"\0\1\0\0", b"true", b"OTTO", b"ttcf", b"wOFF", b"wOF2")
_UTF16 = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")
_BOM = b"\xef\xbb\xbf"
_GLB, _EBML = b"glTF", b"\x1a\x45\xdf\xa3"
_RIFF_FORM = slice(8, 12)
_BOX_TYPE, _BRAND = slice(4, 8), slice(8, 12)
_PICTURE_BRANDS = {b"avif", b"avis"}

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
    tests: dict[FileKind, bool] = {
        "picture": data.startswith(_PICTURES) or data[_RIFF_FORM] == b"WEBP" or _is_picture_box(data),
        "profile": data[SIGNATURE_AT : SIGNATURE_AT + 4] == PROFILE_SIGNATURE,
        "font": data.startswith(_FONTS),
        "model": data.startswith(_GLB),
        "video": data.startswith(_EBML) or data[_BOX_TYPE] == b"ftyp",
        "drawing": data.startswith(_UTF16) or data[:1024].removeprefix(_BOM).lstrip().startswith(b"<"),
    }
    for kind, found in tests.items():
        if found:
            return kind
    raise FileRefused(
        "file-kind",
        "a file is a picture (PNG, JPEG, WebP, HEIC), a drawing (SVG), a font (TTF, OTF, WOFF, WOFF2), "
        "a model (GLB), a video (MP4, MOV, WebM) or a colour profile (ICC)",
    )


def _is_picture_box(data: bytes) -> bool:
    return is_heic(data) or (data[_BOX_TYPE] == b"ftyp" and data[_BRAND] in _PICTURE_BRANDS)


def require_one_thing(data: bytes) -> None:
    """Raises FileRefused for a file that other programs would open as something else, or that has a second part."""
    if b"%PDF-" in data[:_PDF_SEARCHES] or _ZIP_END in data[-_ZIP_SEARCHES:]:
        raise _polyglot()
    if data.startswith(_PNG):
        _require_plain_png(data)
    elif data.startswith(JPEG):
        _require_plain_jpeg(data)
    elif data.startswith(_FONTS[:3]):
        _require_no_rest(data[_font_end(data) :])


def _require_plain_png(data: bytes) -> None:
    for chunk in png_chunks(data):
        if chunk.kind != b"IDAT" and _OTHER_FORMATS.search(data, chunk.begin, chunk.end):
            raise _polyglot()
        if chunk.kind == b"IEND":
            _require_no_rest(data[chunk.end :])


def _require_plain_jpeg(data: bytes) -> None:
    """Phones put a second JPEG behind the first (depth, brightness), or notes of their own that end with SEFT."""
    for segment in jpeg_segments(data):
        if segment.code != END_OF_IMAGE:
            if _OTHER_FORMATS.search(data, segment.begin, segment.end):
                raise _polyglot()
            continue
        rest = data[segment.end :].lstrip(b"\0")
        if not rest.startswith(JPEG) and not rest.endswith(b"SEFT"):
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
