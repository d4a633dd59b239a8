"""What a panel needs to be drawn. Knows no file format."""

from collections.abc import Mapping

from spiff.composing.scene import ImageElement, ScenePanel
from spiff.rendering.failures import NotDrawable


def drawn_assets(panel: ScenePanel) -> list[str]:
    """The assets of the pictures on a panel, each once, in the order in which they are first drawn."""
    return list(dict.fromkeys(element.asset for element in panel.elements if isinstance(element, ImageElement)))


def given(images: Mapping[str, bytes], asset: str) -> bytes:
    """The bytes of an asset. Raises NotDrawable when they were not given."""
    data = images.get(asset)
    if data is None:
        raise NotDrawable(f"the picture {asset[:80]!r} was not given")
    return data
