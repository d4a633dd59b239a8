"""`compose`: a workflow version and a shopper's answers become a scene and findings (docs/composing.md). Pure."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from .checking import Seen, step_findings, unknown_steps
from .drawing import picture, rectangle, text_outlines
from .fonts import Font
from .layout import Fitting, Layout
from .model import (
    Answers,
    Element,
    Finding,
    Panel,
    PathElement,
    PictureStep,
    Region,
    Scene,
    ScenePanel,
    ShapeStep,
    TextStep,
    Workflow,
)
from .selection import Options, Selection, selections, stroke_color
from .spelling import capitals

Fonts = Mapping[str, Font]
"""Fonts by the SHA-256 of their file."""


class FontMissing(LookupError):
    """A font the answers select was not among the fonts handed to compose: the caller's fault, not the shopper's."""


class Composition(NamedTuple):
    """What is drawn, and what keeps it from being finished."""

    scene: Scene
    findings: tuple[Finding, ...]


class _Drawn(NamedTuple):
    """An element and the region it is drawn in."""

    region: Region
    element: Element


def compose(workflow: Workflow, answers: Answers, fonts: Fonts) -> Composition:
    """The scene of these answers and all findings. Equal input gives equal bytes on every machine."""
    options = Options(workflow)
    drawn: list[_Drawn] = []
    findings: list[Finding] = []
    for selection in selections(workflow, answers):
        seen = _draw(selection, fonts, drawn) if selection.active else Seen()
        findings.extend(step_findings(selection, seen, options))
    findings.extend(unknown_steps(workflow, answers))
    ordered = sorted(drawn, key=lambda each: (each.region.layer, each.region.layer_index))
    return Composition(Scene(tuple(_panel(panel, ordered) for panel in workflow.panels)), tuple(findings))


def fonts_needed(workflow: Workflow, answers: Answers) -> frozenset[str]:
    """The fonts `compose` will ask for."""
    found = (each for each in selections(workflow, answers) if each.active and isinstance(each.step, TextStep))
    return frozenset(
        each.variant.asset for each in found if each.variant is not None and each.variant.asset is not None
    )


def _panel(panel: Panel, ordered: list[_Drawn]) -> ScenePanel:
    elements = tuple(each.element for each in ordered if each.region.panel == panel.name)
    return ScenePanel(panel.name, panel.width, panel.height, panel.bleed, panel.background, elements)


def _draw(selection: Selection, fonts: Fonts, drawn: list[_Drawn]) -> Seen:
    """Add the step's elements and tell what was seen of its text."""
    step, variant = selection.step, selection.variant
    if isinstance(step, TextStep) and variant is not None and variant.asset is not None:
        return _draw_text(step, selection, _font(fonts, variant.asset), drawn)
    if isinstance(step, ShapeStep) and selection.color is not None:
        drawn.extend(_Drawn(region, rectangle(region, selection.color)) for region in step.regions)
    if isinstance(step, PictureStep) and variant is not None and variant.asset is not None:
        drawn.extend(_Drawn(region, picture(region, variant.asset)) for region in step.regions)
    return Seen()


def _draw_text(step: TextStep, selection: Selection, font: Font, drawn: list[_Drawn]) -> Seen:
    paths, seen = _typeset(step, _set_text(step, selection), font)
    stroke = stroke_color(selection)
    width = step.stroke_thickness if stroke else 0.0
    drawn.extend(_Drawn(region, PathElement(d, selection.color, stroke, width)) for region, d in paths)
    return seen


@lru_cache(64)
def _typeset(step: TextStep, text: str, font: Font) -> tuple[tuple[tuple[Region, str], ...], Seen]:
    """The paths of a step's text. Remembered: from one revision of a design to the next, one step changes."""
    fitting = Fitting(step, text, font)
    layouts = [(region, fitting.into(region)) for region in step.regions]
    paths = ((region, text_outlines(step, region, layout, font)) for region, layout in layouts)
    missing = dict.fromkeys(code for _, layout in layouts for code in _missing(layout))
    seen = Seen("".join(map(chr, missing)), all(layout.fits for _, layout in layouts))
    return tuple((region, d) for region, d in paths if d), seen


def _set_text(step: TextStep, selection: Selection) -> str:
    """The text as it is set. What is too long is cut, so that no answer can make composing slow."""
    text = selection.text[: step.max_length] if selection.answer.text is not None else selection.text
    return capitals(text) if step.uppercase else text


def _missing(layout: Layout) -> Iterator[int]:
    return (code for line in layout.lines for code in line.missing)


def _font(fonts: Fonts, asset: str) -> Font:
    try:
        return fonts[asset]
    except KeyError:
        raise FontMissing(f"font {asset} is selected but was not loaded") from None
