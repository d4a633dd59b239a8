"""The marks of shops: small, on nothing, for whatever ground their look has."""

from typing import Any

import skia

from examples.shop.pictures.brush import OCHRE, lettering, paint

NIGHT_WIDTH, NIGHT_HEIGHT = 520, 120
_PALE = 0xFFF6EEDC


def night(canvas: Any) -> None:
    """A moon and the name of the shop for the night."""
    canvas.clear(skia.ColorTRANSPARENT)
    moon = skia.Path()
    moon.addCircle(58, 60, 48)
    shadow = skia.Path()
    shadow.addCircle(80, 46, 40)
    canvas.drawPath(skia.Op(moon, shadow, skia.PathOp.kDifference_PathOp), paint(OCHRE))
    for x, y, radius in ((88, 30, 6), (108, 62, 4), (78, 60, 3)):
        canvas.drawCircle(x, y, radius, paint(_PALE))
    lettering(canvas, "Nightkiln", "playfair-display/700Bold/PlayfairDisplay_700Bold.ttf", 78, 325, 86, _PALE)
