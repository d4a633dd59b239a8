"""The product's overlay picture, above everything else (docs/composing.md, ProductOverlay)."""

from spiff.composing.drawing import picture
from spiff.composing.kinds import Drawing, Drawn, Found, Kind, lacks_nothing
from spiff.composing.resources import Resources
from spiff.composing.scene import ImageElement
from spiff.composing.selection import Selection
from spiff.composing.workflow import ProductOverlayStep


def _draw(selection: Selection[ProductOverlayStep], _resources: Resources) -> Drawing:
    step, overlay = selection.step, selection.context.overlay
    if overlay is None:
        return Drawing(found=(Found("overlay-missing", ""),))
    return Drawing(
        tuple(
            Drawn(region, ImageElement(overlay, picture(region), only=step.only), above=True) for region in step.regions
        )
    )


PRODUCT_OVERLAY: Kind[ProductOverlayStep] = Kind(fields=(), draw=_draw, lacking=lacks_nothing)
