"""A fixed drawing or picture: a logo, a cut line, a layer of white (docs/composing.md, SilentIllustration)."""

from collections.abc import Iterable

from spiff.composing.kinds import Drawing, Drawn, Kind, lacks_nothing
from spiff.composing.placing import contained, drawn_paths, inked, unit
from spiff.composing.resources import Resources
from spiff.composing.scene import Element, ImageElement
from spiff.composing.selection import Selection
from spiff.composing.workflow import Region, SilentIllustrationStep

Choice = Selection[SilentIllustrationStep]


def _draw(selection: Choice, resources: Resources) -> Drawing:
    step = selection.step
    if not step.asset:
        return Drawing()
    return Drawing(
        tuple(Drawn(region, element) for region in step.regions for element in _elements(selection, resources, region))
    )


def _elements(selection: Choice, resources: Resources, region: Region) -> Iterable[Element]:
    step = selection.step
    picture = selection.workflow.pictures.get(step.asset)
    if picture is not None:
        size = (picture.width_px, picture.height_px)
        return (ImageElement(step.asset, unit(contained(region, size), size), only=step.only),)
    drawing = resources.drawing(step.asset)
    matrix = contained(region, (drawing.width, drawing.height))
    return drawn_paths(drawing, matrix, inked(drawing, step.inks), only=step.only)


def _drawings(selection: Choice) -> Iterable[str]:
    asset = selection.step.asset
    return () if not asset or asset in selection.workflow.pictures else (asset,)


SILENT_ILLUSTRATION: Kind[SilentIllustrationStep] = Kind(
    fields=(), draw=_draw, lacking=lacks_nothing, drawings=_drawings
)
