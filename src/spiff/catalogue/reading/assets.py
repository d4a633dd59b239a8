"""Reads the `assets` of a catalogue file: finds the files, has them looked through, names what is kept of them."""

from pathlib import Path

import yaml

from spiff.assets.inspecting import Refused, inspect_file
from spiff.assets.model import File, Kind
from spiff.assets.operations import files_of
from spiff.assets.videos import MAX_BYTES as MOST_VIDEO_BYTES
from spiff.catalogue.compiled import CompiledFile
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table
from spiff.errors import Invalid

_KINDS: dict[str, Kind] = {
    **dict.fromkeys((".ttf", ".otf", ".woff", ".woff2"), "font"),
    **dict.fromkeys((".svg",), "drawing"),
    **dict.fromkeys((".glb",), "model"),
    **dict.fromkeys((".mp4", ".mov", ".webm"), "video"),
}
"""What a file that cannot be used was probably meant to be."""


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
        outcome = inspect_file(reading.intake, name, _bytes(path))
    except OSError as failure:
        reading.mistakes.add(node, f"the file {path} cannot be read: {failure.strerror}")
        return _broken(name, path)
    except Invalid as refusal:
        reading.mistakes.add(node, f"{path.name}: {refusal.detail}")
        return _broken(name, path)
    if isinstance(outcome, Refused):
        reading.mistakes.add(node, f"{path.name}: {outcome.reason} ({outcome.code})")
        return _broken(name, path)
    (file, data), *others = files_of(outcome)
    proxy = next((CompiledFile(*other) for other in others), None)
    return CompiledFile(file, data, proxy, outcome.materials)


def _broken(name: str, path: Path) -> CompiledFile:
    return CompiledFile(File("", _KINDS.get(path.suffix.lower(), "picture"), "", name, 0), b"")


def _bytes(path: Path) -> bytes:
    if (size := path.stat().st_size) > MOST_VIDEO_BYTES:
        raise Invalid(f"the file has {size} bytes, more than {MOST_VIDEO_BYTES}")
    return path.read_bytes()
