"""Gives a font that says nothing of its marks the table that does (GDEF). Runs in a child process with limits.

HarfBuzz guesses without it, and the server's build guesses otherwise than the browser's (docs/composing.md, Fonts).
"""

import unicodedata

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables import otTables

from spiff.assets.fonts import tables_of
from spiff.assets.rewriting import rewritten
from spiff.composing.characters import is_unknown

_BASE, _MARK = 1, 3


def with_glyph_classes(data: bytes) -> bytes:
    """The font with a GDEF table where its rules need one, else the same bytes. Raises FontRefused."""
    tables = tables_of(data)
    if b"GDEF" in tables or not tables.keys() & {b"GPOS", b"GSUB"}:
        return data
    return rewritten(data, _add_classes, "the font's tables cannot be read; export it again")


def _add_classes(font: TTFont) -> None:
    table = newTable("GDEF")
    table.table = otTables.GDEF()
    table.table.Version = 0x00010000
    table.table.GlyphClassDef = otTables.GlyphClassDef()
    table.table.GlyphClassDef.classDefs = _classes(font.getBestCmap() or {})
    table.table.AttachList = table.table.LigCaretList = table.table.MarkAttachClassDef = None
    font["GDEF"] = table


def _classes(characters: dict[int, str]) -> dict[str, int]:
    """By glyph. One that stands for a mark and for something else is no mark."""
    marks = {glyph for code, glyph in characters.items() if _is_mark(code)}
    others = {glyph for code, glyph in characters.items() if not _is_mark(code)}
    return {**dict.fromkeys(marks, _MARK), **dict.fromkeys(others, _BASE)}


def _is_mark(code: int) -> bool:
    return not is_unknown(code) and unicodedata.category(chr(code)) == "Mn"
