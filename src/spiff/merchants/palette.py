"""From the few colours a theme names to all that the customiser shows, and whether they can be read. Pure.

The colours that are not named are those of a light or of a dark look, by the paper (browser/customiser/src/style.css
has the light one), or are mixed from named ones, so that what is checked here is what is seen.
"""

from typing import NamedTuple

from spiff.merchants.model import Theme

LIGHT = {
    "paper": "#ffffff",
    "wash": "#f4f3ee",
    "text": "#1f2523",
    "muted": "#5a6461",
    "outline": "#838d89",
    "error": "#9a3412",
    "note": "#6b5310",
}
DARK = {
    "paper": "#15191a",
    "wash": "#1f2527",
    "text": "#eef2f0",
    "muted": "#a9b4b0",
    "outline": "#7d8885",
    "error": "#ffab8f",
    "note": "#e6c86a",
}
NAMED = ("paper", "wash", "text", "muted", "outline", "error")
"""The colours a theme may name beside `accent` and `on_accent`."""

_DARKEST_LIGHT_PAPER = 0.18
"""Relative luminance: on a darker paper white is easier to read than black."""
_TEXT, _CONTROL = 4.5, 3.0
"""WCAG 2.2, success criteria 1.4.3 and 1.4.11."""
_PAIRS = (
    *((ink, ground, _TEXT) for ink in ("text", "muted") for ground in ("paper", "wash", "accentWash")),
    *(("accent", ground, _TEXT) for ground in ("paper", "wash", "accentWash")),
    *(("onAccent", ground, _TEXT) for ground in ("accent", "accentStrong")),
    *(("error", ground, _TEXT) for ground in ("paper", "wash", "errorWash")),
    *(("note", ground, _TEXT) for ground in ("paper", "noteWash")),
    *(("outline", ground, _CONTROL) for ground in ("paper", "wash")),
)


class Unreadable(NamedTuple):
    """Two colours that stand on each other too close: by the theme's words, their contrast, and what is needed."""

    ink: str
    ground: str
    contrast: float
    needed: float


def is_dark(theme: Theme) -> bool:
    """Whether the theme's paper is dark."""
    return luminance(theme.paper or LIGHT["paper"]) < _DARKEST_LIGHT_PAPER


def palette(theme: Theme) -> dict[str, str]:
    """Every colour the customiser shows, `#rrggbb`, by its name."""
    dark = is_dark(theme)
    named = {name: colour for name in NAMED if (colour := getattr(theme, name))}
    colours = (DARK if dark else LIGHT) | named | {"accent": theme.accent, "onAccent": theme.on_accent}
    paper, away = colours["paper"], "#000000" if luminance(theme.on_accent) > _DARKEST_LIGHT_PAPER else "#ffffff"
    return colours | {
        "line": mixed(colours["text"], paper, 0.16),
        "accentStrong": mixed(theme.accent, away, 0.78),
        "accentWash": mixed(theme.accent, paper, 0.16 if dark else 0.08),
        "errorWash": mixed(colours["error"], paper, 0.08),
        "noteWash": mixed(colours["note"], paper, 0.1),
    }


def unreadable(theme: Theme) -> list[Unreadable]:
    """What could not be read, or not be found, in this theme."""
    colours = palette(theme)
    found = (Unreadable(ink, ground, contrast(colours[ink], colours[ground]), least) for ink, ground, least in _PAIRS)
    return [each for each in found if each.contrast < each.needed]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours `#rrggbb` (WCAG 2.2, relative luminance), 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb` (WCAG 2.2), 0 to 1."""
    shares = [each / 255 for each in _channels(colour)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def mixed(one: str, other: str, share: float) -> str:
    """`share` of one colour and the rest of the other, channel by channel in sRGB."""
    both = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(first * share + second * (1 - share)):02x}" for first, second in both)


def _channels(colour: str) -> list[int]:
    return [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
