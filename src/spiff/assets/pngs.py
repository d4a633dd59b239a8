"""Reads the chunks of a PNG. Decodes nothing."""

from collections.abc import Iterator
from typing import NamedTuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_DRAWN = {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}
"""Chunks without which a picture would look different; colours are taken as sRGB."""


class Chunk(NamedTuple):
    """A chunk of a PNG with its length and checksum."""

    kind: bytes
    begin: int
    end: int


def png_chunks(data: bytes) -> Iterator[Chunk]:
    """The chunks up to the end of the picture, or of what is there of it."""
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        end = at + 12 + int.from_bytes(data[at : at + 4], "big")
        yield Chunk(data[at + 4 : at + 8], at, end)
        if data[at + 4 : at + 8] == b"IEND":
            return
        at = end


def png_without_metadata(data: bytes) -> bytes:
    """The same pixels, and nothing beside them: no notes, no place and time, no profile, no second frame."""
    return SIGNATURE + b"".join(data[chunk.begin : chunk.end] for chunk in png_chunks(data) if chunk.kind in _DRAWN)
