"""Recognises short videos by their boxes: MP4 and MOV (ISO/IEC 14496-12), WebM (RFC 8794). Decodes nothing."""

from collections.abc import Iterator

from spiff.errors import Invalid

MAX_BYTES = 100_000_000
_MOST_BOXES = 10_000
_QUICKTIME = b"qt  "
_BRANDS = {b"isom", b"mp41", b"mp42", b"avc1", b"dash", b"MSNV", b"M4V ", b"M4VH", b"M4VP", b"f4v ", _QUICKTIME}
_ISO, _THIRD_GENERATION = b"iso", b"3g"
_EBML, _SEGMENT, _DOCTYPE = 0x1A45DFA3, 0x18538067, 0x4282
_UNKNOWN_SIZE = -1


class VideoRefused(Invalid):
    """The file is no video that a browser plays; `code` says why and begins with `video-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def require_video(data: bytes) -> str:
    """The video's MIME type. Raises VideoRefused with `video-format` or `video-damaged`."""
    return _require_webm(data) if data.startswith(_EBML.to_bytes(4, "big")) else _require_boxes(data)


def _require_boxes(data: bytes) -> str:
    brand = data[8:12]
    if brand not in _BRANDS and not brand.startswith((_ISO, _THIRD_GENERATION)):
        raise VideoRefused("video-format", "a video is an MP4, MOV or WebM file")
    kinds = set(_boxes(data))
    if not {b"moov", b"mdat"} <= kinds:
        raise _damaged("it has no description or no frames")
    return "video/quicktime" if brand == _QUICKTIME else "video/mp4"


def _boxes(data: bytes) -> Iterator[bytes]:
    """The kinds of the outermost boxes, which fill the file exactly."""
    at = count = 0
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if size == 1:
            size = int.from_bytes(data[at + 8 : at + 16], "big")
        elif size == 0:
            size = len(data) - at
        count += 1
        if size < 8 or at + size > len(data) or count > _MOST_BOXES:
            raise _damaged("it is cut off, or a part of it says a wrong length")
        yield kind
        at += size


def _require_webm(data: bytes) -> str:
    _, size, at = _element(data, 0)
    header = dict(_elements(data, at, at + size))
    if header.get(_DOCTYPE, b"").rstrip(b"\0") != b"webm":
        raise VideoRefused("video-format", "a video is an MP4, MOV or WebM file")
    kind, length, begin = _element(data, at + size)
    if kind != _SEGMENT or (length != _UNKNOWN_SIZE and begin + length != len(data)):
        raise _damaged("it is cut off, or says a wrong length")
    return "video/webm"


def _elements(data: bytes, at: int, end: int) -> Iterator[tuple[int, bytes]]:
    while at < min(end, len(data)):
        kind, size, begin = _element(data, at)
        yield kind, data[begin : begin + size]
        at = begin + size


def _element(data: bytes, at: int) -> tuple[int, int, int]:
    """An element's id, its size, and where its content begins."""
    kind, at = _number(data, at, keep_marker=True)
    size, begin = _number(data, at, keep_marker=False)
    if size > len(data) - begin:
        raise _damaged("it is cut off, or a part of it says a wrong length")
    return kind, size, begin


def _number(data: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """A number of variable length (RFC 8794, 4): the zeros before the first one bit count its further bytes."""
    if at >= len(data) or not data[at]:
        raise _damaged("it is cut off, or no EBML")
    length = 9 - data[at].bit_length()
    value = int.from_bytes(data[at : at + length], "big")
    marker = 1 << (7 * length)
    if at + length > len(data):
        raise _damaged("it is cut off")
    if not keep_marker and value == 2 * marker - 1:
        return _UNKNOWN_SIZE, at + length
    return value if keep_marker else value - marker, at + length


def _damaged(reason: str) -> VideoRefused:
    return VideoRefused("video-damaged", f"the video is damaged: {reason}")
