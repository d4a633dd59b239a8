"""Reads how a product is printed: `print` (docs/printing.md). Knows no renderer."""

from typing import Literal

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import digest_named
from spiff.catalogue.tables import Table, scalar
from spiff.composing.document import Cmyk
from spiff.rendering.printing import Format, Printing

FORMATS: dict[str, Format] = {"pdf": "pdf", "png": "png", "svg": "svg", "dxf": "dxf"}
COLORS: dict[str, Literal["cmyk", "rgb"]] = {"cmyk": "cmyk", "rgb": "rgb"}

_KEYS_OF_FORMATS = {"profile": "pdf", "color": "pdf", "cropMarks": "pdf", "richBlack": "pdf", "pngDpi": "png"}
_LEAST_BLACK = 50.0
"""With less it is no black, or the inks stand in another order."""


def read_printing(reading: Reading, product: Table) -> Printing:
    """What the product says, else what most presses want."""
    node = product.value("print")
    if node is None:
        return Printing()
    table = reading.table(node, f'"print" of {product.what}', "print")
    _require_effect(table)
    return Printing(
        formats=_formats(table),
        profile=digest_named(reading, table, "profile", "profile"),
        color=table.choice("color", COLORS, "cmyk"),
        crop_marks=table.flag("cropMarks", False),
        rich_black=_rich_black(table),
        png_dpi=table.whole("pngDpi", 150, least=36, most=600),
    )


def _require_effect(table: Table) -> None:
    """What is written, but would be passed over without a word."""
    written = [str(node.value) for node in table.items("formats")] if table.has("formats") else Printing().formats
    for key, format_ in _KEYS_OF_FORMATS.items():
        if table.has(key) and format_ not in written:
            table.mistakes.add(table.place(key), f'"{key}" has no effect without {format_} among the "formats"')
    if table.has("richBlack") and table.text("color", "cmyk") == "rgb":
        sentence = '"richBlack" has no effect with "color: rgb", by which black stays as it is on screens'
        table.mistakes.add(table.place("richBlack"), sentence)


def _formats(table: Table) -> tuple[Format, ...]:
    """The named formats, each once, in the order of the list above."""
    if not table.has("formats"):
        return Printing().formats
    named = set()
    for node in table.items("formats"):
        found = scalar(node, "a format", table.mistakes)
        if found is not None and found.value not in FORMATS:
            table.mistakes.add(node, f'a format is one of {", ".join(FORMATS)}, not "{found.value}"')
        named.add(found.value if found is not None else "")
    if not named:
        table.mistakes.add(table.place("formats"), '"formats" needs at least one format')
    return tuple(each for each in FORMATS.values() if each in named)


def _rich_black(table: Table) -> Cmyk | None:
    nodes = table.items("richBlack")
    if not table.has("richBlack"):
        return None
    found = (scalar(node, "an ink", table.mistakes) for node in nodes)
    inks = [share for each in found if each is not None and (share := _share(str(each.value))) is not None]
    if len(inks) != 4 or len(nodes) != 4:
        sentence = '"richBlack" is cyan, magenta, yellow and black in percent, such as [60, 40, 40, 100]'
        table.mistakes.add(table.place("richBlack"), sentence)
        return None
    if inks[3] < _LEAST_BLACK:
        sentence = f'"richBlack" has black last, and at least {_LEAST_BLACK:g} percent of it: [60, 40, 40, 100]'
        table.mistakes.add(table.place("richBlack"), sentence)
    return inks[0], inks[1], inks[2], inks[3]


def _share(text: str) -> float | None:
    try:
        share = float(text)
    except ValueError:
        return None
    return share if 0 <= share <= 100 else None
