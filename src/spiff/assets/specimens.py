"""Draws a font's name in itself, to be shown where fonts are chosen. Knows no database and no product."""

import uharfbuzz

from spiff.composing.fonts import Font
from spiff.composing.numbers import rounded, write_all
from spiff.composing.paragraphs import Paragraph
from spiff.composing.resources import Drawing, DrawingPath, SlotColor

_HEIGHT = 100.0
_MARGIN = 10.0
_MOST_CHARACTERS = 40
_SAMPLE = "Aa"
_SLOT = SlotColor("spiff-fill-1", "#000000")


def specimen(data: bytes, family: str) -> Drawing:
    """The family's name, `Aa` where the font lacks a letter of it, else the first characters it has."""
    font, characters = Font(data), set(uharfbuzz.Face(data).unicodes)
    for text in (family[:_MOST_CHARACTERS], _SAMPLE):
        if text and set(map(ord, text)) <= characters:
            return _drawn(font, text)
    letters = sorted(code for code in characters if chr(code).isprintable())
    return _drawn(font, "".join(map(chr, letters[:2])) or _SAMPLE)


def _drawn(font: Font, text: str) -> Drawing:
    paragraph = Paragraph.of(text)
    line = paragraph.line(font, 0, len(paragraph.codes))
    k = (_HEIGHT - 2 * _MARGIN) / max(font.ascender - font.descender, 1)
    templates: list[str] = []
    numbers: list[int] = []
    for glyph in line.glyphs:
        outline = font.outline(glyph.id)
        templates.append(outline.template)
        for x, y in zip(outline.xs, outline.ys, strict=True):
            numbers += [rounded(_MARGIN + (glyph.x + x) * k), rounded(_MARGIN + (font.ascender - glyph.y - y) * k)]
    path = DrawingPath(write_all("".join(templates), numbers), _SLOT.id)
    return Drawing(rounded(line.width * k + 2 * _MARGIN) / 1000, _HEIGHT, (_SLOT,), (path,))
