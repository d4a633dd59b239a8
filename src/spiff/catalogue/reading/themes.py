"""Reads how an integration's customiser looks. Every theme it lets through can be read (WCAG 2.2, 1.4.3)."""

import yaml

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table
from spiff.merchants.model import Theme

PAPER, WASH = "#ffffff", "#f4f3ee"
"""The grounds of the customiser, which a theme leaves alone (browser/customiser/src/style.css)."""
_LEAST_CONTRAST = 4.5
_MOST_RADIUS = 24


def read_theme(reading: Reading, table: Table) -> Theme | None:
    """The integration's theme; None where it has none."""
    node = table.value("theme")
    if node is None:
        return None
    theme = reading.table(node, f"the theme of {table.what}", "theme")
    if not theme.has("accent"):
        theme.mistakes.add(node, f'{theme.what} needs "accent"')
    accent = theme.color("accent") or "#000000"
    on_accent = (theme.color("onAccent") if theme.has("onAccent") else None) or "#ffffff"
    radius = theme.whole("radius", most=_MOST_RADIUS) if theme.has("radius") else None
    for ground, name in ((PAPER, "the paper"), (WASH, "the ground of fields"), (on_accent, '"onAccent"')):
        _require_contrast(theme, theme.place("accent"), accent, ground, name)
    return Theme(accent.lower(), on_accent.lower(), radius)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb` (WCAG 2.2, relative luminance), 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _require_contrast(theme: Table, place: yaml.Node, colour: str, ground: str, name: str) -> None:
    found = contrast(colour, ground)
    if found < _LEAST_CONTRAST:
        sentence = f'"accent" has a contrast of {found:.1f} to {name}; text needs {_LEAST_CONTRAST} (WCAG 2.2)'
        theme.mistakes.add(place, sentence)


def _luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
