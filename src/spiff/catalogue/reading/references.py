"""Reads what one part of a catalogue file calls another by: assets and options, each of the kind that fits there."""

import msgspec
import yaml

from spiff.assets.model import Kind
from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.reading.reading import Reading, ReadOption
from spiff.catalogue.tables import Table, refer
from spiff.composing.resources import Drawing
from spiff.composing.workflow import OptionType

OPTION_TYPES: dict[str, OptionType] = {
    "question": "Question",
    "color": "Color",
    "font": "Font",
    "picture": "Image",
    "frame": "Frame",
    "illustration": "Illustration",
    "patchwork": "Patchwork",
    "material": "Material",
    "model": "Model",
}
"""The types of options by the words of the file."""

_WORDS = {value: word for word, value in OPTION_TYPES.items()}


def read_option_name(reading: Reading, table: Table, key: str, option_type: OptionType) -> ReadOption | None:
    """The option that `key` names, which must have this type."""
    found = table.reference(key, reading.options, "option")
    if found is not None and found.option.type != option_type:
        sentence = f"this option has the type {_WORDS[found.option.type]}, but {table.what} needs {_WORDS[option_type]}"
        reading.mistakes.add(table.place(key), sentence)
    return found


def read_free_option(reading: Reading, table: Table, key: str, option_type: OptionType = "Color") -> str | None:
    """The id of an option whose variants cost nothing here, so a price on one would never be charged."""
    found = read_option_name(reading, table, key, option_type)
    if found is None:
        return None
    for variant in found.option.variants:
        if variant.price_modifier:
            name = next(key for key, value in found.variants.items() if value == variant.id)
            sentence = f'this price is never charged: {table.what} offers the option as "{key}", which cost nothing'
            reading.mistakes.add(found.prices[name], sentence)
    return found.option.id


def read_asset_name(reading: Reading, table: Table, key: str, *kinds: Kind) -> CompiledFile | None:
    """The asset that `key` names, which must be of one of these kinds; None where the key is not written."""
    node = table.value(key)
    return None if node is None else asset_named(reading, node, f'"{key}"', *kinds)


def asset_named(reading: Reading, node: yaml.Node, what: str, *kinds: Kind) -> CompiledFile | None:
    """The asset whose key `node` holds; `what` takes it, in the sentence of a mistake."""
    found = refer(node, reading.assets, "asset", reading.mistakes)
    if found is not None and found.kind not in kinds:
        reading.mistakes.add(node, f"this asset is a {found.kind}, but {what} takes a {' or a '.join(kinds)}")
    return found


def digest_named(reading: Reading, table: Table, key: str, *kinds: Kind) -> str | None:
    """The SHA-256 of the asset that `key` names."""
    found = read_asset_name(reading, table, key, *kinds)
    return found.sha256 if found else None


def slot_names(asset: CompiledFile | None) -> list[str]:
    """The names of a drawing's colour slots; none where it is no drawing, or was not read."""
    if asset is None or asset.kind != "drawing" or not asset.data:
        return []
    return [slot.id for slot in msgspec.json.decode(asset.data, type=Drawing).slots]
