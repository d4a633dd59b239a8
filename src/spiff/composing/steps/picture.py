"""The selected variant's picture, stretched to its regions (docs/composing.md, Picture)."""

from spiff.composing.drawing import picture
from spiff.composing.kinds import Drawing, Drawn, Kind
from spiff.composing.resources import Resources
from spiff.composing.scene import ImageElement
from spiff.composing.selection import Selection
from spiff.composing.workflow import PictureStep


def _draw(selection: Selection[PictureStep], _resources: Resources) -> Drawing:
    variant, only = selection.variant, selection.step.only
    if variant is None or variant.asset is None:
        return Drawing()
    asset = variant.asset
    return Drawing(tuple(Drawn(each, ImageElement(asset, picture(each), only=only)) for each in selection.step.regions))


PICTURE: Kind[PictureStep] = Kind(draw=_draw)
