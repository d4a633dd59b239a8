"""Reads a `text` step: words in a font, straight, on a curve or downwards."""

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import read_free_option
from spiff.catalogue.reading.steps.curves import read_curves
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table
from spiff.composing.spelling import first_characters
from spiff.composing.templates import PLACEHOLDER
from spiff.composing.workflow import TextAlign, TextCase, TextStep, VerticalAlign

CASES: dict[str, TextCase] = {"none": "none", "upper": "upper", "lower": "lower", "title": "title"}
_ALIGN: dict[str, TextAlign] = {"center": "center", "left": "left", "right": "right", "justify": "justify"}
_VERTICAL_ALIGN: dict[str, VerticalAlign] = {"center": "center", "top": "top", "bottom": "bottom"}
_MOST_CHARACTERS = 2000


def _read(reading: Reading, table: Table, common: Common) -> TextStep:
    return TextStep(
        **common,
        **_words(table),
        **_sizes(table),
        **_direction(table, len(common["regions"])),
        **_paints(reading, table),
        text_align=table.choice("align", _ALIGN, "center"),
        vertical_align=table.choice("verticalAlign", _VERTICAL_ALIGN, "center"),
        case=table.choice("case", CASES, "none"),
        hide_text_in_cart=table.flag("hideTextInCart", False),
        hide_color_in_cart=table.flag("hideColorInCart", False),
    )


def read_words(table: Table, most: int, *, least: int = 0) -> str:
    """The `text` that stands there at first, which keeps the limits that hold for shoppers."""
    text = table.text("text", "", least=0, most=_MOST_CHARACTERS)
    length = len(first_characters(text, len(text)))
    if length > most > 0:
        table.mistakes.add(table.place("text"), f'"text" has {length} characters, more than "maxLength" {most}')
    if text and length < least:
        table.mistakes.add(table.place("text"), f'"text" has {length} characters, fewer than "minLength" {least}')
    return text


def _words(table: Table) -> Common:
    most = table.whole("maxLength", 200, least=1, most=_MOST_CHARACTERS)
    least = table.whole("minLength", 0, most=_MOST_CHARACTERS)
    if least > most:
        table.mistakes.add(table.place("minLength"), f'"minLength" {least} is more than "maxLength" {most}')
    text, newlines = read_words(table, most, least=least), table.flag("allowNewlines", False)
    if "\n" in text and not newlines:
        sentence = '"text" has a line break; write `allowNewlines: true`, or take it out'
        table.mistakes.add(table.place("text"), sentence)
    return {
        "default_text": text,
        "max_length": most,
        "min_length": least,
        "allow_newlines": newlines,
        "delete_default_on_focus": table.flag("deleteDefaultOnFocus", False),
        **_replaceable(table),
    }


def _replaceable(table: Table) -> Common:
    template = table.text("replaceableText", "", most=_MOST_CHARACTERS)
    if template and PLACEHOLDER not in template:
        sentence = f'"replaceableText" needs {PLACEHOLDER} where the shopper\'s words go'
        table.mistakes.add(table.place("replaceableText"), sentence)
    replaces = table.flag("userCanReplaceText", False)
    if replaces and not template:
        table.mistakes.add(table.place("userCanReplaceText"), '"userCanReplaceText" needs a "replaceableText"')
    return {"replaceable_text": template, "user_can_replace_text": replaces}


def _sizes(table: Table) -> Common:
    smallest = table.number("minSize", 6.0, least=1.0, most=2000.0)
    largest = table.number("maxSize", max(72.0, smallest), least=1.0, most=2000.0)
    if largest < smallest:
        table.mistakes.add(table.place("maxSize"), '"maxSize" is smaller than "minSize"')
    fixed = table.number("size", least=1.0, most=2000.0) if table.has("size") else None
    return {"size": fixed, "min_size": smallest, "max_size": largest}


def _direction(table: Table, regions: int) -> Common:
    vertical, curves = table.flag("vertical", False), read_curves(table, regions)
    if vertical and curves:
        table.mistakes.add(table.place("vertical"), 'text stands on "curves" or is "vertical", not both')
    return {"vertical": vertical, "curved": bool(curves), "paths": curves}


def _paints(reading: Reading, table: Table) -> Common:
    for key, needed in (("strokeThickness", "strokes"), ("fillScale", "fills")):
        if table.has(key) and not table.has(needed):
            table.mistakes.add(table.place(key), f'"{key}" has no effect without "{needed}"')
    return {
        "color_option": read_free_option(reading, table, "colors"),
        "color_picker_enabled": table.flag("colorPicker", False),
        "stroke_option": read_free_option(reading, table, "strokes"),
        "stroke_thickness": table.number("strokeThickness", 0.0, most=100.0),
        "image_fill_option": read_free_option(reading, table, "fills", "Image"),
        "image_fill_scale": table.number("fillScale", 1.0, least=1.0, most=100.0),
    }


TEXT = StepType(_read, ("fonts", "Font"))
