"""How a design will print (docs/composing.md, Preflight): what a printer would send back. Knows no file format."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from math import sqrt
from typing import Any

from spiff.composing.answers import Finding
from spiff.composing.boxes import TOLERANCE_PT, Box, element_box, enclosing, filled_box, inset, region_box, within
from spiff.composing.document import Ink
from spiff.composing.grounds import Grounds, stands_out
from spiff.composing.kinds import Drawn, Found
from spiff.composing.numbers import write
from spiff.composing.resources import Context, Level
from spiff.composing.scene import Element, ImageElement, PathElement
from spiff.composing.selection import Selection
from spiff.composing.workflow import (
    DigitalContentStep,
    FrameStep,
    IllustrationStep,
    ModuleStep,
    Panel,
    PatchworkStep,
    PictureStep,
    ProductOverlayStep,
    ShapeStep,
    Step,
    TextStep,
    Workflow,
)

ADJUSTABLE = (
    "text-too-small",
    "marks-outside-region",
    "code-too-small",
    "resolution-too-low",
    "outside-safe-area",
    "short-of-bleed",
    "line-too-thin",
    "too-many-colors",
    "too-much-ink",
    "contrast-too-low",
)
"""The findings that a product may ignore, warn of (as it does where nothing is said) or block on."""

LEAST_DPI = 150
LEAST_LINE_PT = 0.25
_TOLERANCE_PERCENT = 0.01

_LEGIBLE = (TextStep, ModuleStep, IllustrationStep, DigitalContentStep)
"""Steps whose drawing must not be cut: all of it has to be seen."""
_FILLING = (ShapeStep, PictureStep, FrameStep, PatchworkStep, ProductOverlayStep)
"""Steps whose drawing may run over the edge, and then must run over all of the bleed."""


def level_of(finding: Finding, context: Context) -> Level:
    """What the product makes of a finding; all that is not adjustable blocks."""
    return context.preflight.get(finding.code, "warn") if finding.code in ADJUSTABLE else "block"


class Preflight:
    """Looks at the steps of one design in their order: the colours of a panel are counted from step to step."""

    def __init__(self, workflow: Workflow, context: Context, grounds: Grounds) -> None:
        self._panels = {panel.name: panel for panel in workflow.panels}
        self._pictures = {**workflow.pictures, **context.pictures}
        self._colors = {panel.name: _background(panel) for panel in workflow.panels}
        self._grounds = grounds

    def look(self, selection: Selection[Any], drawn: Iterable[Drawn]) -> Iterator[Found]:
        """What a step's elements bring to light."""
        step = selection.step
        printed = [each for each in drawn if each.element.only != "screen" and each.region.panel in self._panels]
        field = _field(step)
        yield from self._resolution(printed, field)
        bent = isinstance(step, TextStep) and bool(step.curved and step.paths)
        if isinstance(step, _LEGIBLE):
            yield from self._safe_area(printed, field, bent=bent)
        if isinstance(step, _FILLING):
            yield from self._bleed(printed, field)
        yield from _thin_lines(printed, field)
        yield from self._colors_used(printed, field)
        yield from self._ink_laid(printed, _paint_field(selection))
        if isinstance(step, _LEGIBLE):
            yield from self._contrast(printed, _paint_field(selection), bent=bent)

    def _resolution(self, printed: list[Drawn], field: str) -> Iterator[Found]:
        found = [dpi for each in printed if (dpi := self._dpi(each.element)) is not None]
        if found and min(found) < LEAST_DPI:
            yield Found("resolution-too-low", field, write(int(min(found))))

    def _dpi(self, element: Element) -> float | None:
        picture = self._pictures.get(element.asset) if isinstance(element, ImageElement) else None
        if picture is None or not isinstance(element, ImageElement):
            return None
        a, b, c, d, _, _ = element.matrix
        across, down = sqrt(a * a + b * b), sqrt(c * c + d * d)
        if not across or not down:
            return None
        return min(picture.width_px * 72 / across, picture.height_px * 72 / down)

    def _safe_area(self, printed: list[Drawn], field: str, *, bent: bool) -> Iterator[Found]:
        """A region that is safe keeps what is in it safe, but text that is bent along a curve leaves it."""
        for region, drawn in groupby(printed, key=lambda each: each.region):
            panel = self._panels[region.panel]
            safe = inset(panel, panel.bleed + panel.safe)
            kept = not bent and within(region_box(region), safe)
            if not kept and not all(within(element_box(each.element), safe) for each in drawn):
                yield Found("outside-safe-area", field, panel.name)
                return

    def _bleed(self, printed: list[Drawn], field: str) -> Iterator[Found]:
        for each in printed:
            panel = self._panels[each.region.panel]
            if panel.bleed > 0 and _stops_short(filled_box(each), panel):
                yield Found("short-of-bleed", field, panel.name)
                return

    def _colors_used(self, printed: list[Drawn], field: str) -> Iterator[Found]:
        for each in printed:
            panel = self._panels[each.region.panel]
            if not panel.max_colors:
                continue
            used = self._colors[panel.name]
            known = len(used)
            used |= _inks(each.element)
            if len(used) > max(known, panel.max_colors) or isinstance(each.element, ImageElement):
                yield Found("too-many-colors", field, write(panel.max_colors))
                return

    def _ink_laid(self, printed: list[Drawn], field: str) -> Iterator[Found]:
        """More than the paper takes: it smears, and sets off on the sheet above."""
        laid = [
            total
            for each in printed
            for total in _totals(each.element)
            if (most := self._panels[each.region.panel].max_ink) > 0 and total > most + _TOLERANCE_PERCENT
        ]
        if laid:
            yield Found("too-much-ink", field, write(max(laid)))

    def _contrast(self, printed: list[Drawn], field: str, *, bent: bool) -> Iterator[Found]:
        for _, group in groupby(printed, key=lambda each: id(each.region)):  # two may be alike
            own = list(group)
            region, drawn = own[0].region, [each.element for each in own]
            box = enclosing(element_box(each) for each in drawn) if bent else region_box(region)
            ground = self._grounds.beneath(region, box)
            if ground is not None and not any(stands_out(each, ground) for each in drawn):
                yield Found("contrast-too-low", field, ground)
                return


def _paint_field(selection: Selection[Any]) -> str:
    """Where a colour is chosen, if one is."""
    step = selection.step
    if isinstance(step, TextStep) and len(selection.options.variants(step.color_option)) > 1:
        return "colorVariantId"
    return "color" if isinstance(step, TextStep) and step.color_picker_enabled else _field(step)


def _field(step: Step) -> str:
    if isinstance(step, FrameStep):
        return "upload"
    if isinstance(step, TextStep | ModuleStep):
        return "text"
    return "variantId" if step.option is not None else ""


def _background(panel: Panel) -> set[str]:
    return set() if panel.background in {None, "#ffffff"} else {str(panel.background)}


def _thin_lines(printed: list[Drawn], field: str) -> Iterator[Found]:
    widths = [each.element.stroke_width for each in printed if isinstance(each.element, PathElement)]
    thin = [width for width in widths if 0 < width < LEAST_LINE_PT]
    if thin:
        yield Found("line-too-thin", field, write(min(thin)))


def _inks(element: Element) -> set[str]:
    if isinstance(element, ImageElement):
        return set()
    painted = ((element.fill, element.fill_ink), (element.stroke, element.stroke_ink))
    return {_ink(color, ink) for color, ink in painted if color is not None}


def _ink(color: str, ink: Ink | None) -> str:
    if ink is None:
        return color
    return ink.spot or " ".join((color, *map(write, ink.cmyk or ())))


def total_ink(ink: Ink) -> float:
    """What the four inks of a press come to, in percent; 0 of a spot ink, and of a colour that is converted."""
    if ink.spot or ink.cmyk is None:
        return 0.0
    cyan, magenta, yellow, black = ink.cmyk
    return cyan + magenta + yellow + black


def _totals(element: Element) -> list[float]:
    inks = (element.fill_ink, element.stroke_ink) if isinstance(element, PathElement) else ()
    return [total_ink(ink) for ink in inks if ink is not None]


def _stops_short(box: Box, panel: Panel) -> bool:
    """Whether some side lies beyond the trim, or on it, but not as far out as the bleed goes."""
    left, top, right, bottom = box
    inward = (left, top, panel.width - right, panel.height - bottom)
    return any(TOLERANCE_PT < side <= panel.bleed + TOLERANCE_PT for side in inward)
