"""Refuses fonts that are built to exhaust whoever draws them. Knows tables of TrueType; shapes and draws nothing."""

import struct
from collections.abc import Iterator

from spiff.assets.fonts import FontRefused, tables_of

MOST_CHARACTERS = 200_000
MOST_PARTS = 5_000
"""Of one composite glyph, its parts' parts included."""
_MOST_CMAPS, _MOST_NESTED = 100, 30
_GROUPED = {12, 13}
_MORE_COMPONENTS, _WORDS, _SCALE, _TWO_SCALES, _MATRIX = 0x20, 0x01, 0x08, 0x40, 0x80


def require_drawable(data: bytes) -> None:
    """Raises FontRefused with `font-loop` or `font-too-complex`. Damage is left to the font's reader to find."""
    tables = tables_of(data)
    if _characters(tables.get(b"cmap", b"")) > MOST_CHARACTERS:
        raise FontRefused("font-too-complex", f"a font maps at most {MOST_CHARACTERS} characters")
    parts = _Parts(_composites(tables))
    for glyph in parts.composites:
        parts.count(glyph)


class _Parts:
    """Counts what each composite glyph is made of, without making it."""

    def __init__(self, composites: dict[int, list[int]]) -> None:
        self.composites = composites
        self._counted: dict[int, int] = {}
        self._open: set[int] = set()

    def count(self, glyph: int) -> int:
        """How many outlines are drawn for a glyph. Raises FontRefused."""
        if glyph not in self.composites or glyph in self._counted:
            return self._counted.get(glyph, 1)
        if glyph in self._open:
            raise FontRefused("font-loop", f"glyph {glyph} is made of parts of which one is itself")
        if len(self._open) > _MOST_NESTED:
            raise FontRefused("font-too-complex", "glyphs are made of glyphs too many times over")
        self._open.add(glyph)
        total = sum(self.count(part) for part in self.composites[glyph])
        self._open.remove(glyph)
        if total > MOST_PARTS:
            raise FontRefused("font-too-complex", f"glyph {glyph} is made of more than {MOST_PARTS} parts")
        self._counted[glyph] = total
        return total


def _characters(cmap: bytes) -> int:
    """The most characters that one subtable with 32-bit groups maps. Those with 16 bits cannot have too many."""
    count = int.from_bytes(cmap[2:4], "big")
    if count > _MOST_CMAPS:
        raise FontRefused("font-too-complex", f"a font has at most {_MOST_CMAPS} character maps")
    starts = {int.from_bytes(cmap[at + 4 : at + 8], "big") for at in range(4, 4 + 8 * count, 8)}
    return max((_grouped(cmap[start:]) for start in starts), default=0)


def _grouped(subtable: bytes) -> int:
    if int.from_bytes(subtable[:2], "big") not in _GROUPED:
        return 0
    groups = memoryview(subtable)[16 : 16 + 12 * int.from_bytes(subtable[12:16], "big")]
    whole = groups[: len(groups) // 12 * 12]
    return sum(max(0, last - first + 1) for first, last, _ in struct.iter_unpack(">III", whole))


def _composites(tables: dict[bytes, bytes]) -> dict[int, list[int]]:
    """The parts of each composite glyph, as far as the tables can be read."""
    glyf, loca = tables.get(b"glyf", b""), tables.get(b"loca", b"")
    long = tables.get(b"head", b"")[50:52] == b"\0\1"
    size = 4 if long else 2
    whole = loca[: len(loca) // size * size]
    offsets = [value[0] * (1 if long else 2) for value in struct.iter_unpack(">I" if long else ">H", whole)]
    composite = ((glyph, at) for glyph, at in enumerate(offsets[:-1]) if glyf[at : at + 1] >= b"\x80")
    return {glyph: list(_components(glyf, at + 10)) for glyph, at in composite if offsets[glyph + 1] > at}


def _components(glyf: bytes, at: int) -> Iterator[int]:
    flags = _MORE_COMPONENTS
    while flags & _MORE_COMPONENTS and at + 4 <= len(glyf):
        flags, glyph = struct.unpack_from(">HH", glyf, at)
        at += 8 if flags & _WORDS else 6
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
        yield glyph
