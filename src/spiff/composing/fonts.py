"""A font: its metrics, shaped runs and outlines, by HarfBuzz. Knows no text layout. Keeps outlines it has drawn."""

from functools import cached_property, partial
from math import floor
from typing import Any, NamedTuple

import uharfbuzz as hb

from spiff.composing.numbers import NUMBER
from spiff.composing.positioning import positions_hebrew, with_positioning

_HYPHEN, _HYPHEN_MINUS = 0x2010, 0x2D


class Glyph(NamedTuple):
    """One glyph of a shaped run in font units; `cluster` is the index of its character in the context."""

    id: int
    cluster: int
    advance: int
    x_offset: int
    y_offset: int


class Outline(NamedTuple):
    """A path as a template of numbers.write_all, and the coordinates of its points."""

    template: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]


class Font:
    """A font from the bytes of its file. Equal bytes give equal results; broken bytes give a font without glyphs."""

    def __init__(self, data: bytes) -> None:
        face = hb.Face(with_positioning(data))
        self._hebrew = "Hebr" if positions_hebrew(data) else "Latn"
        self._font = hb.Font(face)
        self.upem: int = face.upem
        extents = self._font.get_font_extents("ltr")
        self.ascender: int = extents.ascender
        self.descender: int = extents.descender
        self.line: int = extents.ascender - extents.descender + extents.line_gap
        self._outlines: dict[int, Outline] = {}

    def shape(
        self, codes: list[int], start: int, length: int, script: str, right_to_left: bool, upright: bool = False
    ) -> list[Glyph]:
        """The glyphs of one run, from left to right, with all of `codes` as its context; `upright` ones in their forms
        for vertical lines.
        """
        buffer = hb.Buffer()
        buffer.cluster_level = hb.BufferClusterLevel.CHARACTERS
        buffer.flags = hb.BufferFlags.DO_NOT_INSERT_DOTTED_CIRCLE
        buffer.add_codepoints(codes, start, length)
        buffer.direction = "rtl" if right_to_left else "ltr"
        buffer.script = self._hebrew if script == "Hebr" else script
        buffer.language = "und"
        hb.shape(self._font, buffer, {"vert": True} if upright else None)
        return [
            Glyph(info.codepoint, info.cluster, at.x_advance, at.x_offset, at.y_offset)
            for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
        ]

    @cached_property
    def hyphen(self) -> int:
        """The character that shows where a word is parted: U+2010, or `-` in a font that has it not."""
        return _HYPHEN if all(each.id for each in self._alone(_HYPHEN)) else _HYPHEN_MINUS

    @cached_property
    def hyphen_advance(self) -> int:
        """How wide that is."""
        return sum(each.advance for each in self._alone(self.hyphen))

    def outline(self, glyph: int) -> Outline:
        """The glyph's outline in font units, y up. That of glyph 0, the missing character, is empty."""
        found = self._outlines.get(glyph)
        if found is None:
            found = self._outlines[glyph] = self._drawn(glyph) if glyph else Outline("", (), ())
        return found

    def _alone(self, code: int) -> list[Glyph]:
        return self.shape([code], 0, 1, "Latn", False)

    def _drawn(self, glyph: int) -> Outline:
        letters: list[str] = []
        coordinates: list[float] = []
        self._font.draw_glyph(glyph, _PEN, (letters, coordinates))
        return Outline("".join(letters), tuple(coordinates[::2]), tuple(coordinates[1::2]))


def _snapped(value: float) -> float:
    """To 1/64 unit: scaled parts of composite glyphs are single precision, whose last bit depends on the compiler."""
    return floor(value * 64 + 0.5) / 64


def _add(letter: str, *values: Any) -> None:
    """Take one drawing call: its coordinates, then the drawing it adds to."""
    letters, coordinates = values[-1]
    letters.append(letter + " ".join([NUMBER] * (len(values) - 1)))
    coordinates.extend(map(_snapped, values[:-1]))


def _pen() -> hb.DrawFuncs:
    pen = hb.DrawFuncs()
    pen.set_move_to_func(partial(_add, "M"))
    pen.set_line_to_func(partial(_add, "L"))
    pen.set_quadratic_to_func(partial(_add, "Q"))
    pen.set_cubic_to_func(partial(_add, "C"))
    pen.set_close_path_func(partial(_add, "Z"))
    return pen


_PEN = _pen()
