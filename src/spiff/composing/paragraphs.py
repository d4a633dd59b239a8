"""Paragraphs with levels and scripts, and lines of them as glyphs (docs/composing.md, Text 2-4). Knows no region."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import NamedTuple

from spiff.composing import bidi
from spiff.composing.characters import bidi_class, is_unknown, script
from spiff.composing.fonts import Font, Glyph
from spiff.composing.spelling import SOFT_HYPHEN, ZERO_WIDTH_SPACE

_SPACE = 0x20
_REPLACEMENT = 0xFFFD


class PlacedGlyph(NamedTuple):
    """A glyph and where it stands on its line, in font units, y up.

    `middle` is the middle of the glyph that moves the line on, its own or of the one it is a mark of.
    """

    id: int
    x: int
    y: int
    middle: float


class Line(NamedTuple):
    """A shaped line, its glyphs from left to right; `missing` are the characters the font lacks, in order.

    `gaps` are the indices of the glyphs that are spaces between words; `rtl` is the direction of the paragraph.
    """

    width: int
    glyphs: tuple[PlacedGlyph, ...]
    missing: tuple[int, ...]
    gaps: tuple[int, ...]
    rtl: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's code points, and what the algorithms say about each of them.

    Break marks are none of them, so that nothing is set otherwise for their sake: `chances` are the indices before
    which they stand, and whether a line that ends there shows a hyphen.
    """

    codes: tuple[int, ...]
    chances: Mapping[int, bool]
    base: int
    classes: tuple[str, ...]
    levels: tuple[int, ...]
    scripts: tuple[str, ...]
    upright: bool

    @classmethod
    def of(cls, text: str, upright: bool = False) -> "Paragraph":
        """The paragraph of this text, which holds no line end; an upright one stands in a vertical line."""
        codes, chances = _read(text)
        if not bidi.needs_bidi(codes):
            return cls(codes, chances, 0, ("L",) * len(codes), (0,) * len(codes), _scripts(codes), upright)
        classes = tuple(map(bidi_class, codes))
        base = bidi.base_level(classes)
        return cls(codes, chances, base, classes, tuple(bidi.levels(codes, classes, base)), _scripts(codes), upright)

    def trimmed(self, start: int, end: int) -> int:
        """Where the line ends without the spaces at its end."""
        while end > start and self.codes[end - 1] == _SPACE:
            end -= 1
        return end

    def line(self, font: Font, start: int, end: int, hyphen: bool = False) -> Line:
        """The line of these characters, and a hyphen behind them where one is shown, shaped anew."""
        codes = (*self.codes[start:end], *[font.hyphen] * hyphen)
        runs = self._shaped(font, start, end, hyphen)
        ordered = bidi.visual(runs, itemgetter(0))
        width, placed = _placed(ordered)
        gaps = [
            at for at, glyph in enumerate(each for _, run in ordered for each in run) if codes[glyph.cluster] == _SPACE
        ]
        absent = {glyph.cluster for _, glyphs in runs for glyph in glyphs if glyph.id == 0}
        missing = [code for at, code in enumerate(codes) if at in absent or is_unknown(code)]
        return Line(width, placed, tuple(missing), tuple(gaps), self.base % 2 == 1)

    def advances(self, font: Font) -> list[int]:
        """How far each character moves on where the whole paragraph is one line: the measure for breaking it."""
        found = [0] * len(self.codes)
        for _, glyphs in self._shaped(font, 0, len(self.codes)):
            for glyph in glyphs:
                found[glyph.cluster] += glyph.advance
        return found

    def _shaped(self, font: Font, start: int, end: int, hyphen: bool = False) -> list[tuple[int, list[Glyph]]]:
        codes = [_REPLACEMENT if is_unknown(code) else code for code in self.codes[start:end]]
        levels = bidi.with_line_end(self.levels[start:end], self.classes[start:end], self.base)
        kinds = list(zip(levels, self.scripts[start:end], strict=True))
        if hyphen:  # it goes with the word it parts, whatever the direction of the paragraph
            codes.append(font.hyphen)
            kinds.append(kinds[-1])
        return [
            (kinds[at][0], font.shape(codes, at, until - at, kinds[at][1], bool(kinds[at][0] % 2), self.upright))
            for at, until in pairwise(_borders(kinds))
        ]


def _read(text: str) -> tuple[tuple[int, ...], dict[int, bool]]:
    codes: list[int] = []
    chances: dict[int, bool] = {}
    for character in text:
        if character == ZERO_WIDTH_SPACE:
            chances[len(codes)] = False
        elif character == SOFT_HYPHEN:
            chances.setdefault(len(codes), True)
        else:
            codes.append(ord(character))
    return tuple(codes), chances


def _borders(kinds: Sequence[object]) -> list[int]:
    """Where runs of equal kinds begin, and the end."""
    borders = [0]
    for _, run in groupby(kinds):
        borders.append(borders[-1] + len(list(run)))
    return borders


def _placed(runs: Iterable[tuple[int, list[Glyph]]]) -> tuple[int, tuple[PlacedGlyph, ...]]:
    pen, placed = 0, []
    for level, glyphs in runs:
        middles = _middles(glyphs, pen, rtl=level % 2 == 1)
        for glyph, middle in zip(glyphs, middles, strict=True):
            placed.append(PlacedGlyph(glyph.id, pen + glyph.x_offset, glyph.y_offset, middle))
            pen += glyph.advance
    return pen, tuple(placed)


def _middles(glyphs: Sequence[Glyph], pen: int, *, rtl: bool) -> list[float]:
    """A glyph that does not move on has the middle of the one it stands on, which a right-to-left run has behind it."""
    own: list[float | None] = []
    for glyph in glyphs:
        own.append(pen + glyph.advance / 2 if glyph.advance else None)
        pen += glyph.advance
    before, behind = _carried(own), _carried(own[::-1])[::-1]
    nearest, other = (behind, before) if rtl else (before, behind)
    found = (other[at] if each is None else each for at, each in enumerate(nearest))
    return [float(pen) if each is None else each for each in found]


def _carried(values: Sequence[float | None]) -> list[float | None]:
    """Each value, or where there is none, the last one before it."""
    found: list[float | None] = []
    for value in values:
        found.append(found[-1] if value is None and found else value)
    return found


def _scripts(codes: Sequence[int]) -> tuple[str, ...]:
    """A common character takes the script before it; at the start that of the first real one."""
    own = [script(code) for code in codes]
    last = next((each for each in own if each != "Zyyy"), "Latn")
    found = []
    for each in own:
        last = last if each == "Zyyy" else each
        found.append(last)
    return tuple(found)
