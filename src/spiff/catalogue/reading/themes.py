"""Reads how an integration's customiser looks. Every theme it lets through can be read (WCAG 2.2)."""

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.references import asset_named, digest_named
from spiff.catalogue.tables import Table
from spiff.merchants.model import Theme, Typeface
from spiff.merchants.palette import NAMED, Unreadable, unreadable

TYPEFACES: dict[str, Typeface] = {"system": "system", "serif": "serif", "rounded": "rounded", "monospace": "monospace"}
_DENSITIES = {"comfortable": False, "compact": True}
_MOST_RADIUS = 24
_WORDS = {
    "paper": "the paper",
    "wash": "the ground of fields",
    "onAccent": '"onAccent"',
    "accent": '"accent"',
    "accentStrong": '"accent" when it is pressed',
    "accentWash": 'the ground of what is chosen, mixed from "accent" and the paper',
    "errorWash": "its own ground, mixed with the paper",
    "noteWash": "its own ground, mixed with the paper",
}


def read_theme(reading: Reading, table: Table) -> Theme | None:
    """The integration's theme; None where it has none."""
    node = table.value("theme")
    if node is None:
        return None
    theme = reading.table(node, f"the theme of {table.what}", "theme")
    before = len(theme.mistakes.found)
    found = _read(reading, theme)
    if len(theme.mistakes.found) == before:
        for each in unreadable(found):
            _refuse(theme, each)
    return found


def _read(reading: Reading, theme: Table) -> Theme:
    if not theme.has("accent"):
        theme.mistakes.add(theme.node, f'{theme.what} needs "accent"')
    typeface, font = _read_font(reading, theme)
    return Theme(
        accent=theme.color("accent") or "#000000",
        on_accent=(theme.color("onAccent") if theme.has("onAccent") else None) or "#ffffff",
        radius=theme.whole("radius", most=_MOST_RADIUS) if theme.has("radius") else None,
        compact=theme.choice("density", _DENSITIES, "comfortable"),
        typeface=typeface,
        font=font,
        logo=digest_named(reading, theme, "logo", "picture"),
        **{name: theme.color(name) for name in NAMED},
    )


def _read_font(reading: Reading, theme: Table) -> tuple[Typeface, str | None]:
    """One of the families that every browser has, or an asset of the file with the system's behind it."""
    node = theme.value("font")
    if node is None:
        return "system", None
    if node.value in TYPEFACES:
        return TYPEFACES[node.value], None
    asset = asset_named(reading, node, '"font"', "font")
    return "system", asset.sha256 if asset else None


def _refuse(theme: Table, found: Unreadable) -> None:
    """At the colour that is written; of two, at the one that stands on the other."""
    place = next((name for name in (found.ink, found.ground) if theme.has(name)), "accent")
    what = "text needs" if found.needed > 3 else "the edges of controls need"
    ground = _WORDS[found.ground]
    sentence = f'"{found.ink}" has a contrast of {found.contrast:.1f} to {ground}; {what} {found.needed} (WCAG 2.2)'
    theme.mistakes.add(theme.place(place), sentence)
