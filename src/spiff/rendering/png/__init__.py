"""Scene panel to picture. What the other folders need of it is `to_png`."""

from spiff.rendering.png.drawing import to_png

__all__ = ["to_png"]
