"""A text set in all regions of its step, straight or on curves (docs/composing.md, Text 2-9). Knows no answers."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from spiff.composing.curves import Curve, curve_of
from spiff.composing.drawing import curved_outlines, text_outlines
from spiff.composing.fonts import Font
from spiff.composing.kinds import Found
from spiff.composing.layout import Fitting, Layout
from spiff.composing.workflow import Region, TextStep


class SetText(NamedTuple):
    """The outlines of a text in a region, and its size in tenths of a point."""

    region: Region
    d: str
    tenths: int


@lru_cache(64)
def typeset(step: TextStep, text: str, font: Font) -> tuple[tuple[SetText, ...], tuple[Found, ...]]:
    """A step's text where it is to be seen, and what came to light in setting it.

    Remembered: from one revision of a design to the next, one step changes.
    """
    fitting = Fitting(step, text, font)
    made = [_set_in(step, region, fitting, font, index) for index, region in enumerate(step.regions)]
    found = tuple(_seen([layout for layout, _ in made]))
    texts = (SetText(region, d, layout.size) for region, (layout, d) in zip(step.regions, made, strict=True) if d)
    return tuple(texts), found


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
