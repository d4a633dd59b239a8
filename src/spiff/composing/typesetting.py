"""A text set in all regions of its step, straight or on curves (docs/composing.md, Text 2-9). Knows no answers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spiff.composing.characters import mark
from spiff.composing.curves import Curve, curve_of
from spiff.composing.drawing import curved_outlines, farthest, text_outlines
from spiff.composing.fonts import Font
from spiff.composing.kinds import Found
from spiff.composing.layout import Fitting, Layout
from spiff.composing.workflow import Region, TextStep

_PILED = 3
_LAST_PLAIN = "\u02ff"
"""No mark comes before it."""


class SetText(NamedTuple):
    """The outlines of a text in a region, its size in tenths of a point, and whether piled marks leave the region."""

    region: Region
    d: str
    tenths: int
    strays: bool


@lru_cache(64)
def typeset(step: TextStep, text: str, font: Font) -> tuple[tuple[SetText, ...], tuple[Found, ...]]:
    """A step's text where it is to be seen, and what came to light in setting it.

    Remembered: from one revision of a design to the next, one step changes.
    """
    fitting = Fitting(step, text, font)
    made = [_set_in(step, region, fitting, font, index) for index, region in enumerate(step.regions)]
    found = tuple(_seen([layout for layout, _ in made]))
    piled = _are_piled(text) and not (step.curved and step.paths)
    texts = (
        SetText(region, d, layout.size, piled and _strays(d, region, layout.size))
        for region, (layout, d) in zip(step.regions, made, strict=True)
        if d
    )
    return tuple(texts), found


def _are_piled(text: str) -> bool:
    """Whether marks stand upon marks: so many in a row that a font may let them leave its line."""
    row = 0
    for character in text:
        row = row + 1 if character > _LAST_PLAIN and mark(ord(character)) != "N" else 0
        if row == _PILED:
            return True
    return False


def _strays(d: str, region: Region, tenths: int) -> bool:
    """Whether outlines lie further out of the region than half the size, as no letter of a font does by itself."""
    across, down = farthest(d, region)
    return across > region.width / 2 + tenths / 20 or down > region.height / 2 + tenths / 20


def _set_in(step: TextStep, region: Region, fitting: Fitting, font: Font, index: int) -> tuple[Layout, str]:
    curve = _curve(step, index)
    if curve is None:
        layout = fitting.into(region)
        return layout, text_outlines(step, region, layout, font)
    layout = fitting.along(curve.length)
    return layout, curved_outlines(step, region, layout, font, curve)


def _curve(step: TextStep, index: int) -> Curve | None:
    """The curve of the step's region of this index; the last serves the rest."""
    if not step.curved or not step.paths:
        return None
    return curve_of(step.paths[min(index, len(step.paths) - 1)])


def _seen(layouts: list[Layout]) -> Iterator[Found]:
    missing = dict.fromkeys(code for layout in layouts for line in layout.lines for code in line.missing)
    if missing:
        yield Found("glyph-missing", "text", "".join(map(chr, missing)))
    if not all(layout.fits for layout in layouts):
        yield Found("text-does-not-fit", "text")
