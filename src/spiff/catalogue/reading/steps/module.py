"""Reads a `letters` step: a text whose characters are drawings."""

from typing import Literal

import yaml

from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.reading.inks import read_inks
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import asset_named
from spiff.catalogue.reading.steps.text import CASES, read_words
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table, pairs
from spiff.composing.spelling import cased, cleaned, letters
from spiff.composing.workflow import ModuleGlyph, ModuleStep

Align = Literal["left", "center", "right"]
_ALIGN: dict[str, Align] = {"center": "center", "left": "left", "right": "right"}


def _read(reading: Reading, table: Table, common: Common) -> ModuleStep:
    most = table.whole("maxLength", 50, least=1, most=200)
    drawings = _drawings(reading, table)
    step = ModuleStep(
        **common,
        default_text=read_words(table, most),
        max_length=most,
        glyphs=tuple(ModuleGlyph(each, found.sha256 if found else "") for each, found in drawings),
        inks=read_inks(reading, table, [found for _, found in drawings if found is not None]),
        spacing=table.number("spacing", 0.1, least=-1.0, most=5.0),
        text_align=table.choice("align", _ALIGN, "center"),
        case=table.choice("case", CASES, "upper"),
        hide_text_in_cart=table.flag("hideTextInCart", False),
    )
    _require_glyphs(table, step)
    return step


def _drawings(reading: Reading, table: Table) -> list[tuple[str, CompiledFile | None]]:
    """The characters with their drawings; None where one is not there."""
    node = table.value("glyphs")
    if node is None:
        table.mistakes.add(table.node, f'{table.what} needs "glyphs", a drawing for each character')
        return []
    named = [pair for _, pair in pairs(node, '"glyphs"', reading.mistakes)]
    seen: set[str] = set()
    for character, _ in named:
        written = "".join(letters(cleaned(character.value)))
        if written in seen:
            reading.mistakes.add(character, f'"glyphs" names "{written}" twice, in two ways of writing it')
        seen.add(written)
    return [_glyph(reading, *pair) for pair in named]


def _glyph(reading: Reading, character: yaml.Node, drawing: yaml.Node) -> tuple[str, CompiledFile | None]:
    if len(letters(cleaned(character.value))) != 1 or character.value.isspace():
        reading.mistakes.add(character, f'a glyph is a single character, not "{character.value}"; a space needs none')
    return str(character.value), asset_named(reading, drawing, "a glyph", "drawing")


def _require_glyphs(table: Table, step: ModuleStep) -> None:
    """The default text needs a drawing for each character, as it is set: in capitals, for one."""
    known = {" ", *("".join(letters(glyph.character)) for glyph in step.glyphs)}
    wanted = letters(cased(cleaned(step.default_text), step.case))
    missing = [each for each in dict.fromkeys(wanted) if each not in known]
    if missing and step.glyphs:
        sentence = f'"glyphs" has no drawing for these characters of "text": {"".join(missing)}'
        table.mistakes.add(table.place("text"), sentence)


MODULE = StepType(_read)
