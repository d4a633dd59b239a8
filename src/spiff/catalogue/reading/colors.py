"""Reads colours and how they are printed: `color`, `namedColor`, `cmyk`, `overprint`. Knows no option and no step."""

import yaml

from spiff.catalogue.tables import Table, scalar
from spiff.composing.document import Cmyk, Ink

CHANNELS = ("cyan", "magenta", "yellow", "black")
_MOST_PERCENT = 100.0


def read_ink(table: Table) -> Ink | None:
    """How a colour is printed; None where nothing is said, so that its `#rrggbb` is converted."""
    named = table.text("namedColor", "", most=63)
    cmyk, overprint = read_cmyk(table), table.flag("overprint", False)
    return Ink(cmyk, named or None, overprint) if named or cmyk or overprint else None


def read_cmyk(table: Table) -> Cmyk | None:
    """`[cyan, magenta, yellow, black]` in percent."""
    if not table.has("cmyk"):
        return None
    percents = [_percent(table, node) for node in table.items("cmyk")]
    if len(percents) != len(CHANNELS) or None in percents:
        sentence = '"cmyk" must be four percentages from 0 to 100: [cyan, magenta, yellow, black]'
        table.mistakes.add(table.place("cmyk"), sentence)
        return None
    cyan, magenta, yellow, black = (each or 0.0 for each in percents)
    return cyan, magenta, yellow, black


def _percent(table: Table, node: yaml.Node) -> float | None:
    found = scalar(node, 'a number in "cmyk"', table.mistakes)
    try:
        value = float(found.value) if found is not None else -1.0
    except ValueError:
        return None
    return value if 0.0 <= value <= _MOST_PERCENT else None
