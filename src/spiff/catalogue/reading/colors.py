"""Reads colours and how they are printed: `color`, `namedColor`, `cmyk`, `overprint`. Knows no option and no step."""

import re

import yaml

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table, scalar
from spiff.composing.document import Cmyk, Ink

CHANNELS = ("cyan", "magenta", "yellow", "black")
_MOST_PERCENT = 100.0


_NO_INKS = {"all": "goes on every plate", "none": "is not printed at all"}
"""Names with a meaning of their own (ISO 32000-1, 8.6.6.4)."""
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f]+")


def read_ink(reading: Reading, table: Table) -> Ink | None:
    """How a colour is printed; None where nothing is said, so that its `#rrggbb` is converted."""
    named = table.text("namedColor", "", most=63)
    cmyk, overprint = read_cmyk(table), table.flag("overprint", False)
    if named:
        _check_name(reading, table, named, cmyk)
    return Ink(cmyk, named or None, overprint) if named or cmyk or overprint else None


def _check_name(reading: Reading, table: Table, name: str, cmyk: Cmyk | None) -> None:
    """An ink is one plate, and has one look; names that people take for the same must be the same."""
    place, plain = table.place("namedColor"), _BLANKS.sub(" ", name).strip()
    if plain != name:
        sentence = f'"{plain}" has blanks that cannot be seen: it would be a plate of its own'
        table.mistakes.add(place, sentence)
    elif plain.lower() in _NO_INKS:
        table.mistakes.add(place, f'"{name}" names no ink: what has this name {_NO_INKS[plain.lower()]}')
    first = reading.inks.setdefault(plain.casefold(), (plain, cmyk, place))
    line = first[2].start_mark.line + 1
    if plain == name and first[0] != name:
        table.mistakes.add(place, f'this ink is written "{first[0]}" in line {line}: a press makes two plates of them')
    elif cmyk is not None and cmyk != (first[1] or cmyk):
        table.mistakes.add(table.place("cmyk"), f'the ink "{name}" has another "cmyk" in line {line}')


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
