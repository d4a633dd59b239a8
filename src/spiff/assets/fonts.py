"""Looks at an uploaded font before it is stored. Knows no database; meant to run in a child process with limits."""

import struct
from itertools import groupby

import uharfbuzz

from spiff.assets.mark_sets import lacks_mark_sets
from spiff.assets.taken import FontFacts
from spiff.errors import Invalid

_OUTLINES = {b"\0\1\0\0", b"true", b"OTTO"}
_FAMILY_NAMES = (16, 1)
"""Typographic family, then family (OpenType `name` table)."""

_LEAST_UPEM, _MOST_UPEM = 16, 16_384
MAX_BYTES = 30_000_000
_ARABIC = range(0x0620, 0x0700)


class FontRefused(Invalid):
    """The file is no font we can shape with; `code` says why and begins with `font-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def inspect_font(data: bytes) -> FontFacts:
    """Check that HarfBuzz shapes and draws with a TTF or OTF file.

    Raises FontRefused with the code `font-format` (collections, WOFF and others), `font-too-large`, `font-damaged` (no
    characters, no sensible units), `font-no-outlines` (no glyph draws anything, as in bitmap fonts) or `font-tables`
    (the two builds of HarfBuzz, server's and browser's, would set it differently: docs/composing.md).
    """
    if data[:4] not in _OUTLINES:
        raise FontRefused("font-format", "a font is a TTF, OTF, WOFF or WOFF2 file, not a collection or something else")
    if len(data) > MAX_BYTES:
        raise FontRefused("font-too-large", f"a font has at most {MAX_BYTES} bytes, not {len(data)}")
    if not _is_whole(data):
        raise FontRefused("font-damaged", "the font is cut off: its table directory names bytes that are not there")
    face = uharfbuzz.Face(data)
    characters = sorted(face.unicodes)
    if not characters or face.glyph_count < 1 or not _LEAST_UPEM <= face.upem <= _MOST_UPEM:
        raise FontRefused("font-damaged", "the font has no characters, or no units we can measure with")
    if reason := _set_differently(data, characters):
        raise FontRefused("font-tables", reason)
    if not _draws(face, characters):
        raise FontRefused("font-no-outlines", "none of the font's characters has an outline")
    return FontFacts(_family(face), len(characters), unicode_range(characters), face.upem)


def unicode_range(characters: list[int]) -> str:
    """Characters in ascending order, as CSS names them: neighbours as one range, numbers in hexadecimal."""
    runs = [[number for _, number in run] for _, run in groupby(enumerate(characters), lambda each: each[1] - each[0])]
    return ",".join(f"U+{run[0]:X}-{run[-1]:X}" if len(run) > 1 else f"U+{run[0]:X}" for run in runs)


def _is_whole(data: bytes) -> bool:
    """Whether all tables lie inside the file. HarfBuzz would draw on with what is left of them."""
    count = int.from_bytes(data[4:6], "big")
    directory = data[12 : 12 + 16 * count]
    if not count or len(directory) < 16 * count:
        return False
    entries = (struct.unpack(">II", directory[at + 8 : at + 16]) for at in range(0, len(directory), 16))
    return all(offset + length <= len(data) for offset, length in entries)


def tables_of(data: bytes) -> dict[bytes, bytes]:
    """A font's tables by their tags, as far as they are there."""
    count = int.from_bytes(data[4:6], "big")
    entries = (data[at : at + 16] for at in range(12, min(12 + 16 * count, len(data) - 15), 16))
    places = {entry[:4]: struct.unpack(">II", entry[8:]) for entry in entries}
    return {tag: data[offset : offset + length] for tag, (offset, length) in places.items()}


def _set_differently(data: bytes, characters: list[int]) -> str:
    """Why preview and print could differ, if they could: the browser's build has no fallbacks for missing tables."""
    tables = tables_of(data)
    if tables.keys() & {b"GPOS", b"GSUB"} and b"GDEF" not in tables:
        return "the font has GPOS or GSUB but no GDEF table; export it again with glyph classes"
    if lacks_mark_sets(tables):
        return "the font's GPOS or GSUB names sets of marks that its GDEF table has not; export it again"
    if b"GSUB" not in tables and any(character in _ARABIC for character in characters):
        return "the font has Arabic letters but no GSUB table to join them with"
    return ""


def _family(face: uharfbuzz.Face) -> str:
    for name in _FAMILY_NAMES:
        family = face.get_name(name, "en")
        if family:
            return str(family)
    return ""


def _draws(face: uharfbuzz.Face, characters: list[int]) -> bool:
    """Shape every character once, as the composer will, and see whether any outline comes out."""
    font = uharfbuzz.Font(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_codepoints([character for character in characters if not 0xD800 <= character < 0xE000])
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    segments: list[str] = []
    draw = _recording(segments)
    for glyph in {info.codepoint for info in buffer.glyph_infos}:
        font.draw_glyph(glyph, draw)
    return bool(segments)


def _recording(segments: list[str]) -> uharfbuzz.DrawFuncs:
    draw = uharfbuzz.DrawFuncs()
    draw.set_line_to_func(lambda *_: segments.append("L"))
    draw.set_quadratic_to_func(lambda *_: segments.append("Q"))
    draw.set_cubic_to_func(lambda *_: segments.append("C"))
    return draw
