"""Reads the `options` of a catalogue file: what a shopper may choose, and what each choice costs."""

from typing import Literal

import yaml

from spiff.catalogue.reading.reading import Reading, ReadOption
from spiff.catalogue.tables import Table, refer
from spiff.composing.workflow import Option, Variant

OptionType = Literal["Font", "Color", "Image", "Question"]
TYPES: dict[str, OptionType] = {"question": "Question", "color": "Color", "font": "Font", "picture": "Image"}
_ASSET_KINDS = {"Font": "font", "Image": "picture"}


def read_option(reading: Reading, key: str, node: yaml.Node) -> ReadOption:
    """One option with its variants."""
    table = reading.table(node, f'option "{key}"', "option")
    kind = table.choice("type", TYPES)
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


def _variant(reading: Reading, table: Table, kind: OptionType, option: str, name: str) -> Variant:
    return Variant(
        id=reading.id_of(table, "option", option, name),
        name=table.text("name", name),
        price_modifier=table.whole("price", 0),
        color=_color(reading, table, kind),
        asset=_asset(reading, table, kind),
        thumbnail=_picture(reading, table, "thumbnail"),
    )


def _color(reading: Reading, table: Table, kind: OptionType) -> str | None:
    if kind != "Color":
        if table.has("color"):
            reading.mistakes.add(table.place("color"), 'only variants of a color option have a "color"')
        return None
    if not table.has("color"):
        reading.mistakes.add(table.node, f'{table.what} needs "color"')
    color = table.color("color", "custom")
    return "#custom" if color == "custom" else color


def _asset(reading: Reading, table: Table, kind: OptionType) -> str | None:
    node = table.value("asset")
    wanted = _ASSET_KINDS.get(kind)
    if wanted is None or node is None:
        if node is not None:
            reading.mistakes.add(node, 'only variants of a font or picture option have an "asset"')
        elif wanted is not None:
            reading.mistakes.add(table.node, f'{table.what} needs "asset"')
        return None
    found = refer(node, reading.assets, "asset", reading.mistakes)
    if found is not None and found.kind != wanted:
        reading.mistakes.add(node, f"this asset is a {found.kind}, but the option takes a {wanted}")
    return found.sha256 if found else None


def _picture(reading: Reading, table: Table, key: str) -> str | None:
    found = table.reference(key, reading.assets, "asset")
    if found is not None and found.kind != "picture":
        reading.mistakes.add(table.place(key), f'"{key}" must be a picture')
    return found.sha256 if found else None
