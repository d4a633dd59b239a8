"""Pictures of the products for the shop's pages."""

from typing import Any

import skia

from examples.shop.pictures.brush import CORAL, CREAM, NAVY, TEAL, lettering, line, paint
from examples.shop.pictures.patterns import HEIGHT, WIDTH, garden


def backdrop(canvas: Any, wall: int, table: int) -> None:
    """A wall and a table."""
    canvas.clear(wall)
    canvas.drawRect(skia.Rect.MakeXYWH(0, 860, 1200, 340), paint(table))


def mug(canvas: Any) -> None:
    """A mug with its garden."""
    backdrop(canvas, 0xFFDCE9E6, 0xFFC4D8D3)
    _handle(canvas)
    shadow = paint(0xFF21433F, 0.22)
    shadow.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 26))
    canvas.drawOval(skia.Rect.MakeXYWH(240, 950, 760, 90), shadow)
    body = _body()
    canvas.save()
    canvas.clipPath(body, doAntiAlias=True)
    canvas.clear(CREAM)
    _printed(canvas)
    _roundness(canvas, 230, 890)
    canvas.restore()
    rim = skia.Rect.MakeXYWH(230, 236, 660, 108)
    canvas.drawOval(rim, paint(0xFFFFFAF0))
    canvas.drawOval(rim.makeInset(26, 18), paint(0xFFD9CDB8))
    canvas.save()
    inside = skia.Path()
    inside.addOval(rim.makeInset(26, 18))
    canvas.clipPath(inside, doAntiAlias=True)
    canvas.drawOval(skia.Rect.MakeXYWH(240, 292, 640, 110), paint(0xFF5A3A2A))
    canvas.restore()


def _body() -> Any:
    path = skia.Path()
    path.moveTo(230, 290)
    path.lineTo(230, 880)
    path.cubicTo(230, 970, 330, 1000, 560, 1000)
    path.cubicTo(790, 1000, 890, 970, 890, 880)
    path.lineTo(890, 290)
    path.cubicTo(890, 362, 230, 362, 230, 290)
    path.close()
    return path


def _handle(canvas: Any) -> None:
    path = skia.Path()
    path.moveTo(870, 420)
    path.cubicTo(1110, 380, 1130, 790, 872, 790)
    canvas.drawPath(path, line(0xFFE3D8C4, 78))
    canvas.drawPath(path, line(CREAM, 58))


def _printed(canvas: Any) -> None:
    """The middle of a wrap as it looks from the front."""
    canvas.save()
    canvas.translate(560, 650)
    canvas.scale(0.62, 0.62)
    canvas.translate(-WIDTH / 2, -HEIGHT / 2)
    for shift in (-0.305, 0.305):
        canvas.save()
        canvas.translate(shift * -WIDTH, 0)
        garden(canvas)
        canvas.restore()
    canvas.restore()
    lettering(canvas, "Amira", "pacifico/400Regular/Pacifico_400Regular.ttf", 168, 560, 690, NAVY)


def _roundness(canvas: Any, left: float, right: float) -> None:
    shade = skia.GradientShader.MakeLinear(
        [skia.Point(left, 0), skia.Point(right, 0)],
        [0x55203A38, 0x11203A38, 0x00FFFFFF, 0x00FFFFFF, 0x18203A38, 0x66203A38],
        [0.0, 0.16, 0.3, 0.62, 0.82, 1.0],
    )
    canvas.drawPaint(skia.Paint(Shader=shade))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(left + 92, 400, 26, 480), 13, 13, paint(0xFFFFFFFF, 0.4))


def badge(canvas: Any) -> None:
    """Two badges."""
    backdrop(canvas, 0xFFF7E3D6, 0xFFEFD3C2)
    for turn, dx, dy, color, name, role in (
        (7, 70, 40, TEAL, "Jonas", "Roaster"),
        (-5, -10, 0, CORAL, "Amira Patel", "Head of pottery"),
    ):
        canvas.save()
        canvas.translate(600 + dx, 600 + dy)
        canvas.rotate(turn)
        _card(canvas, color, name, role)
        canvas.restore()


def _card(canvas: Any, color: int, name: str, role: str) -> None:
    outline = skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(-440, -278, 880, 556), 44, 44)
    shadow = paint(0xFF5B3322, 0.25)
    shadow.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 22))
    canvas.drawRRect(outline.makeOffset(0, 22), shadow)
    canvas.save()
    canvas.clipRRect(outline, doAntiAlias=True)
    canvas.clear(0xFFFFFFFF)
    canvas.drawRect(skia.Rect.MakeXYWH(-440, -278, 880, 34), paint(color))
    canvas.drawRect(skia.Rect.MakeXYWH(-440, 96, 880, 190), paint(color))
    canvas.restore()
    lettering(canvas, name, "playfair-display/700Bold/PlayfairDisplay_700Bold.ttf", 132, 0, -26, NAVY)
    lettering(canvas, role, "cairo/600SemiBold/Cairo_600SemiBold.ttf", 72, 0, 214, 0xFFFFFFFF)
