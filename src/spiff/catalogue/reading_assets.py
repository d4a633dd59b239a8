"""Reads the `assets` of a catalogue file: finds the files, looks inside, names them by their SHA-256."""

from pathlib import Path

import yaml

from spiff.assets.fonts import inspect_font
from spiff.assets.pictures import inspect_picture
from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.reading import Reading
from spiff.catalogue.tables import Table
from spiff.errors import Invalid
from spiff.storage.files import digest_of

MOST_BYTES = 50_000_000
_FONTS = {".ttf": "font/ttf", ".otf": "font/otf"}
_PICTURES = {".png", ".jpg", ".jpeg"}


def read_asset(reading: Reading, key: str, node: yaml.Node) -> CompiledFile:
    """One asset; after a mistake one without bytes, so that what refers to it is not mistaken as well."""
    if isinstance(node, yaml.ScalarNode):
        return _inspected(reading, node, reading.file.parent / node.value, key)
    table = reading.table(node, f'asset "{key}"', "asset")
    place = table.value("file") or table.value("npm")
    if place is None or (table.has("file") and table.has("npm")):
        reading.mistakes.add(node, f'asset "{key}" needs either "file" or "npm"')
        return _broken(key, Path())
    path = _path(reading, table)
    return _inspected(reading, place, path, table.text("name", key)) if path else _broken(key, Path(place.value))


def _path(reading: Reading, table: Table) -> Path | None:
    if table.has("file"):
        return reading.file.parent / table.text("file", most=500)
    package = table.text("npm", most=500)
    for folder in reading.file.resolve().parents:
        modules = folder / "browser" / "node_modules"
        if modules.is_dir():
            return modules / package
    reading.mistakes.add(table.place("npm"), "there is no browser/node_modules above this file; run `make setup`")
    return None


def _inspected(reading: Reading, node: yaml.Node, path: Path, name: str) -> CompiledFile:
    try:
        data = _bytes(path)
        if path.suffix.lower() in _FONTS:
            inspect_font(data)
            return CompiledFile(digest_of(data), "font", _FONTS[path.suffix.lower()], name, data)
        if path.suffix.lower() in _PICTURES:
            return CompiledFile(digest_of(data), "picture", inspect_picture(data).mime, name, data)
        reading.mistakes.add(node, f"{path.name} is neither a font (.ttf, .otf) nor a picture (.png, .jpg)")
    except OSError as failure:
        reading.mistakes.add(node, f"the file {path} cannot be read: {failure.strerror}")
    except Invalid as refusal:
        reading.mistakes.add(node, f"{path.name}: {refusal.detail}")
    return _broken(name, path)


def _broken(name: str, path: Path) -> CompiledFile:
    return CompiledFile("", "font" if path.suffix.lower() in _FONTS else "picture", "", name, b"")


def _bytes(path: Path) -> bytes:
    if (size := path.stat().st_size) > MOST_BYTES:
        raise Invalid(f"the file has {size} bytes, more than {MOST_BYTES}")
    return path.read_bytes()
