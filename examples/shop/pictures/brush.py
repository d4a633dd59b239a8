"""What all pictures of the example shop are drawn with: colours, paints, letters. Knows no picture."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import skia
from PIL import Image

PICTURES = Path(__file__).parent
FONTS = PICTURES.parents[2] / "browser" / "node_modules" / "@expo-google-fonts"

NAVY, TEAL, SAGE, CORAL, OCHRE, CREAM, ROSE = (
    0xFF1D3557,
    0xFF2A7F86,
    0xFF7BA283,
    0xFFE4694F,
    0xFFEBAA3C,
    0xFFFBF3E4,
    0xFFF2B8A8,
)


def save(name: str, width: int, height: int, draw: Any) -> None:
    """Draw a picture and write it as PNG."""
    surface = skia.Surface(width, height)
    draw(surface.getCanvas())
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    picture = Image.fromarray(pixels)
    opaque = int(pixels[:, :, 3].min()) == 255
    (picture.convert("RGB") if opaque else picture).save(PICTURES / f"{name}.png", optimize=True)


def paint(color: int, alpha: float = 1.0) -> Any:
    """A plain paint."""
    return skia.Paint(AntiAlias=True, Color=color, Alphaf=alpha)


def line(color: int, width: float, alpha: float = 1.0) -> Any:
    """A paint for round lines."""
    brush = paint(color, alpha)
    brush.setStyle(skia.Paint.kStroke_Style)
    brush.setStrokeWidth(width)
    brush.setStrokeCap(skia.Paint.kRound_Cap)
    brush.setStrokeJoin(skia.Paint.kRound_Join)
    return brush


def spread(count: int) -> Iterator[tuple[float, float, float]]:
    """Points of the unit square that look thrown but lie evenly (a Kronecker sequence), with a third number each."""
    for index in range(1, count + 1):
        yield (index * 0.7548776662) % 1, (index * 0.5698402910) % 1, (index * 0.6180339887) % 1


def lettering(canvas: Any, text: str, font: str, size: float, x: float, y: float, color: int) -> None:
    """Text around a middle."""
    typeface = skia.Typeface.MakeFromFile(str(FONTS / font))
    opened = skia.Font(typeface, size)
    opened.setEdging(skia.Font.Edging.kAntiAlias)
    blob = skia.TextBlob.MakeFromString(text, opened)
    canvas.drawTextBlob(blob, x - opened.measureText(text) / 2, y, paint(color))
