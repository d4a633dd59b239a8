"""A filled rectangle in a chosen or picked colour (docs/composing.md, Shape)."""

from collections.abc import Iterator

from spiff.composing.drawing import rectangle
from spiff.composing.kinds import Drawing, Drawn, Found, Kind
from spiff.composing.resources import Resources
from spiff.composing.scene import PathElement
from spiff.composing.selection import CUSTOM, Paint, Selection, is_color, paint_of, written_color
from spiff.composing.workflow import ShapeStep


def _draw(selection: Selection[ShapeStep], _resources: Resources) -> Drawing:
    paint = _paint(selection)
    if paint is None:
        return Drawing()
    only = selection.step.only
    return Drawing(
        tuple(
            Drawn(region, PathElement(rectangle(region), paint.color, fill_ink=paint.ink, only=only))
            for region in selection.step.regions
        )
    )


def _paint(selection: Selection[ShapeStep]) -> Paint | None:
    variant = selection.variant
    if variant is None or variant.color != CUSTOM:
        return paint_of(variant)
    picked = written_color(selection.answer.color)
    return None if picked is None else Paint(picked)


def _check(selection: Selection[ShapeStep]) -> Iterator[Found]:
    color = selection.given.color
    has_picker = any(each.color == CUSTOM for each in selection.options.variants(selection.step.option))
    if color is not None and not (has_picker and is_color(color)):
        yield Found("color-not-allowed", "color")


def _lacking(selection: Selection[ShapeStep]) -> str | None:
    if selection.variant is None:
        return "variantId"
    return "color" if _paint(selection) is None else None


SHAPE: Kind[ShapeStep] = Kind(fields=("variant_id", "color"), draw=_draw, check=_check, lacking=_lacking)
