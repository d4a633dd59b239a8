"""More pictures of products for the shop's pages: what is made of drawings and uploads."""

import math
from typing import Any

import skia

from examples.shop.pictures.brush import CORAL, CREAM, NAVY, OCHRE, ROSE, SAGE, TEAL, lettering, line, paint
from examples.shop.pictures.products import backdrop

_SCRIPT = "pacifico/400Regular/Pacifico_400Regular.ttf"
_ROUND = "baloo-2/700Bold/Baloo2_700Bold.ttf"


def poster(canvas: Any) -> None:
    """A poster in an oak frame on a wall."""
    backdrop(canvas, 0xFFE6E1EC, 0xFFCFC6DB)
    _shadowed(canvas, skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(330, 110, 540, 730), 6, 6), 0xFFB98A5A)
    canvas.drawRect(skia.Rect.MakeXYWH(350, 130, 500, 690), paint(CREAM))
    lettering(canvas, "Best summer ever", _SCRIPT, 56, 600, 236, NAVY)
    canvas.save()
    window = skia.Path()
    window.addCircle(600, 480, 190)
    canvas.clipPath(window, doAntiAlias=True)
    placeholder_view(canvas, 410, 290, 380)
    canvas.restore()
    lettering(canvas, "The Patels, at the lake", _ROUND, 36, 600, 748, TEAL)


def placeholder(canvas: Any) -> None:
    """What stands where the shopper's photo will be: a quiet landscape."""
    placeholder_view(canvas, 0, 0, 900)


def placeholder_view(canvas: Any, left: float, top: float, side: float) -> None:
    """A lake between hills, in a square."""
    canvas.save()
    canvas.translate(left, top)
    canvas.scale(side / 100, side / 100)
    canvas.drawRect(skia.Rect.MakeWH(100, 100), paint(0xFFCDE3E8))
    canvas.drawCircle(70, 30, 10, paint(OCHRE))
    for points, color in (
        (((0, 62), (24, 34), (46, 58), (70, 40), (100, 64)), SAGE),
        (((0, 72), (30, 54), (58, 68), (84, 52), (100, 60)), TEAL),
    ):
        path = skia.Path()
        path.addPoly([skia.Point(*each) for each in (*points, (100, 100), (0, 100))], True)
        canvas.drawPath(path, paint(color))
    canvas.drawRect(skia.Rect.MakeLTRB(0, 78, 100, 100), paint(0xFF8FC1CC))
    for y, x in ((84, 20), (89, 52), (93, 30)):
        canvas.drawLine(x, y, x + 26, y, line(CREAM, 0.9, 0.7))
    canvas.restore()


def tote(canvas: Any) -> None:
    """A cotton bag with a sun on it."""
    backdrop(canvas, 0xFFF4E2CF, 0xFFE8CDB2)
    for inset in (0, 26):
        handle = skia.Path()
        handle.moveTo(450, 400)
        handle.cubicTo(460, 40 + inset, 740, 40 + inset, 750, 400)
        canvas.drawPath(handle, line(0xFFE4D6BC if inset else 0xFFD3C3A4, 30))
    _shadowed(canvas, skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(310, 330, 580, 650), 18, 18), 0xFFF6EDDB)
    canvas.drawLine(310, 376, 890, 376, line(0xFFE0D2B6, 4))
    for ray in range(24):
        angle = math.radians(ray * 15)
        reach = 178 if ray % 2 else 158
        canvas.drawLine(
            600 + math.cos(angle) * 112,
            600 + math.sin(angle) * 112,
            600 + math.cos(angle) * reach,
            600 + math.sin(angle) * reach,
            line(CORAL if ray % 2 else OCHRE, 10),
        )
    canvas.drawCircle(600, 600, 92, paint(OCHRE))
    for index, letter in enumerate("ADA"):
        canvas.drawCircle(480 + index * 120, 870, 52, paint(NAVY))
        lettering(canvas, letter, _ROUND, 78, 480 + index * 120, 898, 0xFFF6EDDB)


def mark(canvas: Any) -> None:
    """The shop's mark, as static/mark.svg has it: a steaming cup."""
    canvas.scale(112 / 36, 112 / 36)
    canvas.drawRRect(skia.RRect.MakeRectXY(skia.Rect.MakeWH(36, 36), 9, 9), paint(0xFF9A3F21))
    cup = skia.Path()
    cup.addRRect(skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(10, 8, 13, 19.5), 6.5, 6.5))
    canvas.save()
    canvas.clipRect(skia.Rect.MakeXYWH(10, 12, 13, 16))
    canvas.drawPath(cup, paint(0xFFFDF7EF))
    canvas.restore()
    canvas.drawArc(skia.Rect.MakeXYWH(20.5, 14, 7, 7), -90, 180, False, line(0xFFFDF7EF, 2.2))
    for x in (14, 18.5):
        canvas.drawLine(x, 9, x + 1.5, 6, line(0xFFFDF7EF, 1.6))


def cloth(canvas: Any) -> None:
    """What the tote's print lies on when it is shown: woven cotton below a hem, with the ends of its handles."""
    canvas.drawColor(0xFFF3E9D5)
    for at in range(0, 960, 4):
        canvas.drawLine(0, at, 800, at, line(0xFF8F7D5C, 1, 0.10))
        canvas.drawLine(0, at + 2, 800, at + 2, line(0xFFFFFFFF, 1, 0.30))
        canvas.drawLine(at, 0, at, 960, line(0xFF8F7D5C, 1, 0.08))
    for left in (190, 550):
        canvas.drawRect(skia.Rect.MakeXYWH(left, 0, 60, 40), paint(0xFFE2D3B5))
        canvas.drawRect(skia.Rect.MakeXYWH(left, 0, 60, 40), line(0xFFC4B28D, 2))
    for y in (10, 40):
        for x in range(0, 800, 16):
            canvas.drawLine(x, y, x + 9, y, line(0xFFC4B28D, 2))


def stickers(canvas: Any) -> None:
    """A sheet of round stickers, one of them coming off."""
    backdrop(canvas, 0xFFD8E7E4, 0xFFBFD6D1)
    canvas.save()
    canvas.translate(600, 590)
    canvas.rotate(-6)
    _shadowed(canvas, skia.RRect.MakeRectXY(skia.Rect.MakeXYWH(-290, -410, 580, 820), 20, 20), 0xFFFFFFFF)
    for index, (x, y) in enumerate(((-130, -250), (130, -250), (-130, 10), (130, 10))):
        _sticker(canvas, x, y, (TEAL, CORAL, OCHRE, NAVY)[index])
    canvas.drawRoundRect(skia.Rect.MakeXYWH(-230, 190, 460, 130), 65, 65, paint(ROSE))
    lettering(canvas, "Amira's", _SCRIPT, 84, 0, 284, NAVY)
    canvas.restore()


def _sticker(canvas: Any, x: float, y: float, color: int) -> None:
    canvas.drawCircle(x, y, 116, paint(color))
    for petal in range(6):
        angle = math.radians(petal * 60)
        canvas.drawCircle(x + math.cos(angle) * 48, y + math.sin(angle) * 48, 30, paint(CREAM))
    canvas.drawCircle(x, y, 26, paint(OCHRE if color != OCHRE else CORAL))


def _shadowed(canvas: Any, outline: Any, color: int) -> None:
    shadow = paint(0xFF33302B, 0.28)
    shadow.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 20))
    canvas.drawRRect(outline.makeOffset(0, 18), shadow)
    canvas.drawRRect(outline, paint(color))
