"""Reads the `options` of a catalogue file: what a shopper may choose, and what each choice costs."""

import yaml

from spiff.assets.model import Kind
from spiff.catalogue.mistakes import did_you_mean
from spiff.catalogue.reading.colors import read_ink
from spiff.catalogue.reading.reading import Reading, ReadOption
from spiff.catalogue.reading.references import OPTION_TYPES, asset_named, digest_named, slot_names
from spiff.catalogue.tables import Table, pairs, scalar
from spiff.composing.document import Ink
from spiff.composing.workflow import Metafield, Option, OptionType, Variant

ASSET_KINDS: dict[OptionType, Kind] = {
    "Font": "font",
    "Image": "picture",
    "Frame": "drawing",
    "Illustration": "drawing",
    "Patchwork": "drawing",
    "Material": "picture",
    "Model": "model",
}
"""By option type: what the asset of its variants must be. Colours and answers have none."""

_INK_KEYS = ("namedColor", "cmyk", "overprint")
_CUSTOM = "#custom"
_MOST_METAFIELD_CHARACTERS = 200


def read_option(reading: Reading, key: str, node: yaml.Node) -> ReadOption:
    """One option with its variants."""
    table = reading.table(node, f'option "{key}"', "option")
    kind = table.choice("type", OPTION_TYPES)
    variants, prices = {}, {}
    for name, name_node, value in table.entries("variants"):
        read = reading.table(value, f'variant "{name}"', "variant")
        variants[name] = _variant(reading, read, kind, key, name)
        prices[name] = read.value("price") or name_node
    if not variants:
        reading.mistakes.add(table.place("variants"), f'option "{key}" needs at least one variant')
    ids = {name: variant.id for name, variant in variants.items()}
    option = Option(
        id=reading.id_of(table, "option", key),
        name=table.text("name", key),
        type=kind,
        variants=tuple(variants.values()),
        default_variant=table.reference("default", ids, "variant"),
    )
    return ReadOption(option, ids, prices)


def read_metafields(table: Table, node: yaml.Node, what: str) -> tuple[tuple[Metafield, yaml.Node], ...]:
    """Properties as a mapping, each value or all values of a list, with where they are written."""
    found = []
    for key, (_, value) in pairs(node, what, table.mistakes):
        for each in value.value if isinstance(value, yaml.SequenceNode) else [value]:
            text = scalar(each, f'"{key}"', table.mistakes)
            if text is None:
                continue
            if not 1 <= len(text.value) <= _MOST_METAFIELD_CHARACTERS:
                table.mistakes.add(each, f'"{key}" must have 1 to {_MOST_METAFIELD_CHARACTERS} characters')
            found.append((Metafield(key, str(text.value)), each))
    return tuple(found)


def _variant(reading: Reading, table: Table, kind: OptionType, option: str, name: str) -> Variant:
    color = _color(reading, table, kind)
    ink = _ink(reading, table, kind, color) or Ink()
    metafields = table.value("metafields")
    return Variant(
        id=reading.id_of(table, "option", option, name),
        name=table.text("name", name),
        price_modifier=table.whole("price", 0),
        color=color,
        named_color=ink.spot,
        cmyk=ink.cmyk,
        overprint=ink.overprint,
        asset=_asset(reading, table, kind),
        thumbnail=digest_named(reading, table, "thumbnail", "picture"),
        category=table.text("category", ""),
        slots=_slots(reading, table, kind),
        metafields=tuple(each for each, _ in read_metafields(table, metafields, '"metafields"')) if metafields else (),
    )


def _slots(reading: Reading, table: Table, kind: OptionType) -> dict[str, str]:
    """What shoppers read for the colour slots of a drawing."""
    node = table.value("slots")
    if node is None:
        return {}
    if kind != "Illustration":
        reading.mistakes.add(table.place("slots"), 'only variants of an illustration option have "slots"')
        return {}
    known = slot_names(reading.assets.get(getattr(table.value("asset"), "value", "")))
    found: dict[str, str] = {}
    for slot, (place, value) in pairs(node, '"slots"', reading.mistakes):
        if known and slot not in known:
            reading.mistakes.add(place, f'the drawing has no colour slot "{slot}"{did_you_mean(slot, known)}')
        if title := scalar(value, f'"{slot}"', reading.mistakes):
            found[slot] = str(title.value)
    return found


def _color(reading: Reading, table: Table, kind: OptionType) -> str | None:
    if kind != "Color":
        if table.has("color"):
            reading.mistakes.add(table.place("color"), 'only variants of a color option have a "color"')
        return None
    if not table.has("color"):
        reading.mistakes.add(table.node, f'{table.what} needs "color"')
    color = table.color("color", "custom")
    return _CUSTOM if color == "custom" else color


def _ink(reading: Reading, table: Table, kind: OptionType, color: str | None) -> Ink | None:
    written = next((key for key in _INK_KEYS if table.has(key)), None)
    if written is None:
        return None
    if kind != "Color":
        reading.mistakes.add(table.place(written), f'only variants of a color option have "{written}"')
    elif color == _CUSTOM:
        sentence = f'a colour that the shopper picks has no ink of its own; take "{written}" out'
        reading.mistakes.add(table.place(written), sentence)
    return read_ink(reading, table)


def _asset(reading: Reading, table: Table, kind: OptionType) -> str | None:
    node = table.value("asset")
    wanted = ASSET_KINDS.get(kind)
    if wanted is None or node is None:
        if node is not None:
            reading.mistakes.add(node, 'variants of color and question options have no "asset"')
        elif wanted is not None:
            reading.mistakes.add(table.node, f'{table.what} needs "asset"')
        return None
    found = asset_named(reading, node, "the option", wanted)
    return found.sha256 if found else None
