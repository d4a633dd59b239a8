"""Reads bodies: JSON in UTF-8, and what programs make of that by mistake, where it is clear what they mean.

Knows no route. A signature covers the bytes as they came; this comes after it.
"""

import re
from typing import Any

import msgspec

from spiff.web.problems import unreadable

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ESCAPE = re.compile(rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[dD][89a-fA-F][0-9a-fA-F]{2}|.)")
"""An escape in JSON: a pair of surrogates, half of one, or any other."""
_HALF = len(rb"\ud83d")
_MOST_ESCAPES = 100_000
"""Of a body that is looked through for halves: all other requests wait for as long as that takes."""
_OTHERS = {
    b"\x1f\x8b": "it is compressed (gzip); send it as it is",
    b"\xff\xfe": "it is UTF-16 or UTF-32; send UTF-8",
    b"\xfe\xff": "it is UTF-16; send UTF-8",
    b"\x00\x00": "it is UTF-32; send UTF-8",
}
"""What a body is, by how it begins."""


def decoded(decoder: msgspec.json.Decoder[Any], raw: bytes) -> Any:
    """The body as the decoder's type.

    A byte order mark before it is nothing, and so is half an emoji, which programs leave that cut texts by their length
    (RFC 8259, 8.1 and 8.2). Raises what `unreadable` makes of a body that is not JSON, or JSON of another shape.
    """
    try:
        return _decode(decoder, raw.removeprefix(_BYTE_ORDER_MARK))
    except msgspec.ValidationError as failure:
        raise unreadable(failure, decoder.type) from None
    except msgspec.DecodeError as failure:
        raise unreadable(msgspec.DecodeError(_OTHERS.get(raw[:2], str(failure)))) from None


def _decode(decoder: msgspec.json.Decoder[Any], raw: bytes) -> Any:
    try:
        return _decode_as_it_is(decoder, raw)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        whole = _ESCAPE.sub(_unless_half, raw) if raw.count(b"\\") < _MOST_ESCAPES else raw
        if whole == raw:
            raise
    # Once: halves that were hidden around halves would have all of it looked through for each of them.
    return _decode_as_it_is(decoder, whole)


def _decode_as_it_is(decoder: msgspec.json.Decoder[Any], raw: bytes) -> Any:
    try:
        return decoder.decode(raw)
    except UnicodeDecodeError as failure:
        raise msgspec.DecodeError(str(failure)) from None
    except RecursionError:
        raise msgspec.DecodeError("it is nested too deeply") from None


def _unless_half(escape: re.Match[bytes]) -> bytes:
    half = len(escape[0]) == _HALF and escape[0][:2] == b"\\u"
    return b"" if half else escape[0]
