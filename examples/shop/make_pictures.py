"""Draws the example shop's pictures into `pictures/`: patterns for print and illustrations for the product pages.

Run it after a change: `.venv/bin/python -m examples.shop.make_pictures`. It uses no chance and no clock, so it always
draws the same. Patterns are transparent and leave the middle calm, so that any glaze and any name go with them.
"""

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import skia
from PIL import Image

PICTURES = Path(__file__).parent / "pictures"
_FONTS = Path(__file__).parents[2] / "browser" / "node_modules" / "@expo-google-fonts"
_WIDTH, _HEIGHT = 2400, 1080

NAVY, TEAL, SAGE, CORAL, OCHRE, CREAM, ROSE = (
    0xFF1D3557,
    0xFF2A7F86,
    0xFF7BA283,
    0xFFE4694F,
    0xFFEBAA3C,
    0xFFFBF3E4,
    0xFFF2B8A8,
)


def main() -> None:
    """Draw all pictures."""
    PICTURES.mkdir(exist_ok=True)
    for name, draw in {"waves": _waves, "garden": _garden, "terrazzo": _terrazzo, "hills": _hills}.items():
        _save(name, _WIDTH, _HEIGHT, draw)
    _save("lid", 1768, 1200, _lid)
    _save("mug", 1200, 1200, _mug)
    _save("badge", 1200, 1200, _badge)


def _save(name: str, width: int, height: int, draw: Any) -> None:
    surface = skia.Surface(width, height)
    draw(surface.getCanvas())
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)
    picture = Image.fromarray(pixels)
    opaque = int(pixels[:, :, 3].min()) == 255
    (picture.convert("RGB") if opaque else picture).save(PICTURES / f"{name}.png", optimize=True)


def _paint(color: int, alpha: float = 1.0) -> Any:
    return skia.Paint(AntiAlias=True, Color=color, Alphaf=alpha)


def _line(color: int, width: float, alpha: float = 1.0) -> Any:
    paint = _paint(color, alpha)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def _spread(count: int) -> Iterator[tuple[float, float, float]]:
    """Points of the unit square that look thrown but lie evenly (a Kronecker sequence), with a third number each."""
    for index in range(1, count + 1):
        yield (index * 0.7548776662) % 1, (index * 0.5698402910) % 1, (index * 0.6180339887) % 1


# --- patterns -------------------------------------------------------------------------------------------------------


def _waves(canvas: Any) -> None:
    _birds(canvas)
    canvas.drawCircle(1990, 330, 150, _paint(OCHRE))
    canvas.drawCircle(1990, 330, 205, _line(OCHRE, 10, 0.55))
    rows = ((0.66, TEAL, 56, 0.0), (0.75, 0xFF4FA3A5, 48, 1.4), (0.83, NAVY, 44, 2.9), (0.92, 0xFF274C77, 34, 4.1))
    for height, color, swing, phase in rows:
        crest = _wave(_HEIGHT * height, swing, phase)
        canvas.drawPath(crest, _paint(color))
        canvas.save()
        canvas.clipPath(crest, doAntiAlias=True)
        for below in (26, 52):
            canvas.drawPath(_wave(_HEIGHT * height + below, swing, phase), _line(CREAM, 5, 0.5))
        canvas.restore()


def _wave(top: float, swing: float, phase: float) -> Any:
    """A crest whose left and right ends meet around the mug."""
    path, steps = skia.Path(), 6
    length = _WIDTH / steps
    path.moveTo(-length, _HEIGHT + 60)
    path.lineTo(-length, top)
    shift = phase / (2 * math.pi) * length
    for step in range(-1, steps + 2):
        x = step * length + shift - length
        path.cubicTo(x + length * 0.3, top - swing * 1.5, x + length * 0.55, top - swing * 1.2, x + length * 0.6, top)
        path.cubicTo(x + length * 0.68, top + swing * 0.6, x + length * 0.85, top + swing * 0.6, x + length, top)
    path.lineTo(_WIDTH + 2 * length, _HEIGHT + 60)
    path.close()
    return path


def _birds(canvas: Any) -> None:
    for x, y, size in ((300, 250, 58), (420, 330, 42), (215, 365, 34)):
        path = skia.Path()
        path.moveTo(x - size, y - size * 0.35)
        path.quadTo(x - size * 0.4, y - size * 0.6, x, y)
        path.quadTo(x + size * 0.4, y - size * 0.6, x + size, y - size * 0.35)
        canvas.drawPath(path, _line(NAVY, size * 0.16))


def _garden(canvas: Any) -> None:
    sprigs = (
        (60, 1110, -8, 1.25, TEAL, "leaf"),
        (230, 1120, 6, 1.0, SAGE, "leaf"),
        (380, 1120, 16, 0.72, CORAL, "berry"),
        (150, -40, 172, 0.72, SAGE, "leaf"),
        (330, -40, 196, 0.5, OCHRE, "berry"),
        (2340, 1110, 8, 1.25, TEAL, "leaf"),
        (2170, 1120, -6, 1.0, SAGE, "leaf"),
        (2020, 1120, -16, 0.72, CORAL, "berry"),
        (2250, -40, 188, 0.72, SAGE, "leaf"),
        (2070, -40, 164, 0.5, OCHRE, "berry"),
    )
    for x, y, turn, scale, color, kind in sprigs:
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn)
        canvas.scale(scale, scale)
        _sprig(canvas, color, kind)
        canvas.restore()
    for left, up, size in ((560, 890, 40), (1840, 890, 40), (500, 150, 30), (1900, 150, 30)):
        _blossom(canvas, left, up, size)
    for across, down, third in _spread(90):
        px, py = across * _WIDTH, down * _HEIGHT
        edge = min(py, _HEIGHT - py) < 120 and 520 < px < _WIDTH - 520
        if edge:
            canvas.drawCircle(px, py, 5 + 7 * third, _paint((CORAL, SAGE, OCHRE)[int(third * 3)]))


def _sprig(canvas: Any, color: int, kind: str) -> None:
    """A stem growing up from the origin, 640 high."""
    stem = skia.Path()
    stem.moveTo(0, 0)
    stem.cubicTo(24, -200, -24, -420, 10, -640)
    canvas.drawPath(stem, _line(color, 9))
    for index in range(8):
        y, size = -90 - index * 74, 120 - index * 9
        for side in (-1, 1):
            if kind == "leaf":
                _leaf(canvas, 0, y, side, size, color)
            else:
                _berry(canvas, y, side, size, color)
    if kind == "leaf":
        _leaf(canvas, 10, -620, 0, 84, color)


def _leaf(canvas: Any, x: float, y: float, side: int, size: float, color: int) -> None:
    canvas.save()
    canvas.translate(x, y)
    canvas.rotate(side * 52)
    leaf = skia.Path()
    leaf.moveTo(0, 0)
    leaf.cubicTo(size * 0.42, -size * 0.35, size * 0.34, -size * 0.95, 0, -size * 1.3)
    leaf.cubicTo(-size * 0.34, -size * 0.95, -size * 0.42, -size * 0.35, 0, 0)
    canvas.drawPath(leaf, _paint(color))
    vein = skia.Path()
    vein.moveTo(0, -size * 0.12)
    vein.lineTo(0, -size * 1.05)
    canvas.drawPath(vein, _line(CREAM, 4, 0.6))
    canvas.restore()


def _berry(canvas: Any, y: float, side: int, size: float, color: int) -> None:
    twig = skia.Path()
    twig.moveTo(0, y)
    twig.quadTo(side * size * 0.5, y - 10, side * size * 0.8, y - size * 0.55)
    canvas.drawPath(twig, _line(color, 6))
    canvas.drawCircle(side * size * 0.8, y - size * 0.55, size * 0.24, _paint(color))
    canvas.drawCircle(side * size * 0.8 - 7, y - size * 0.55 - 8, size * 0.06, _paint(CREAM, 0.8))


def _blossom(canvas: Any, x: float, y: float, size: float) -> None:
    for petal in range(6):
        angle = petal * math.pi / 3
        centre = (x + math.cos(angle) * size, y + math.sin(angle) * size)
        canvas.drawCircle(*centre, size * 0.62, _paint(ROSE))
    canvas.drawCircle(x, y, size * 0.52, _paint(OCHRE))


def _terrazzo(canvas: Any) -> None:
    placed: list[tuple[float, float, float]] = []
    colors = (NAVY, CORAL, TEAL, OCHRE, ROSE, SAGE)
    for index, (x, y, third) in enumerate(_spread(900)):
        px, py = x * _WIDTH, y * _HEIGHT
        size = 22 + 58 * third * third
        calm = math.hypot((px - _WIDTH / 2) / 820, (py - _HEIGHT / 2) / 330) < 1
        if calm or any(math.hypot(px - ox, py - oy) < (size + other) * 1.12 for ox, oy, other in placed):
            continue
        placed.append((px, py, size))
        canvas.drawPath(_chip(px, py, size, third * 31 + index), _paint(colors[index % len(colors)]))


def _chip(x: float, y: float, size: float, seed: float) -> Any:
    corners = 5 + int(seed) % 3
    points = []
    for corner in range(corners):
        angle = seed + corner * 2 * math.pi / corners
        reach = size * (0.74 + 0.26 * math.sin(seed * 3.1 + corner * 2.3))
        points.append(skia.Point(x + math.cos(angle) * reach, y + math.sin(angle) * reach * 0.86))
    path = skia.Path()
    path.addPoly(points, True)
    return path


def _hills(canvas: Any) -> None:
    canvas.drawCircle(430, 400, 150, _paint(CORAL))
    for radius in (205, 250):
        canvas.drawCircle(430, 400, radius, _line(CORAL, 8, 0.4))
    for x, y, width in ((1900, 230, 300), (2110, 310, 210), (1720, 330, 170)):
        _cloud(canvas, x, y, width)
    ranges = (
        ((0.70, 0.56, 0.68, 0.60, 0.72, 0.54, 0.70), 0xFFA9C5B4),
        ((0.80, 0.70, 0.82, 0.72, 0.84, 0.68, 0.80), SAGE),
        ((0.88, 0.84, 0.79, 0.90, 0.82, 0.88, 0.88), TEAL),
        ((0.96, 0.92, 0.97, 0.90, 0.94, 0.91, 0.96), NAVY),
    )
    for heights, color in ranges:
        canvas.drawPath(_ridge(heights), _paint(color))
    for x, y, size in (
        (180, 960, 92),
        (270, 985, 66),
        (2060, 950, 96),
        (2160, 975, 70),
        (2260, 965, 82),
        (90, 990, 60),
    ):
        _fir(canvas, x, y, size)


def _ridge(heights: tuple[float, ...]) -> Any:
    path, length = skia.Path(), _WIDTH / (len(heights) - 1)
    path.moveTo(0, _HEIGHT)
    path.lineTo(0, heights[0] * _HEIGHT)
    for index, height in enumerate(heights[1:], start=1):
        x, before = index * length, heights[index - 1]
        path.cubicTo(x - length / 2, before * _HEIGHT, x - length / 2, height * _HEIGHT, x, height * _HEIGHT)
    path.lineTo(_WIDTH, _HEIGHT)
    path.close()
    return path


def _cloud(canvas: Any, x: float, y: float, width: float) -> None:
    paint = _paint(0xFFFFFFFF, 0.92)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x - width / 2, y, width, width * 0.2), width * 0.1, width * 0.1, paint)
    canvas.drawCircle(x - width * 0.15, y, width * 0.16, paint)
    canvas.drawCircle(x + width * 0.12, y - width * 0.02, width * 0.21, paint)


def _fir(canvas: Any, x: float, y: float, size: float) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(x - size * 0.07, y, size * 0.14, size * 0.3), _paint(0xFF7A4B34))
    for level in range(3):
        path, top = skia.Path(), y - size * (1.5 - level * 0.42)
        half = size * (0.34 + level * 0.13)
        path.addPoly(
            [skia.Point(x, top), skia.Point(x + half, top + size * 0.72), skia.Point(x - half, top + size * 0.72)], True
        )
        canvas.drawPath(path, _paint((0xFF3C8D7D, 0xFF34806F, 0xFF2B7262)[level]))


def _lid(canvas: Any) -> None:
    """A border for the gift box's lid, well inside the bleed, so that cutting does not touch it."""
    clear = _paint(CREAM)
    clear.setBlendMode(skia.BlendMode.kClear)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(124, 124, 1520, 952), 34, 34, _line(CORAL, 10))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(152, 152, 1464, 896), 22, 22, _line(CORAL, 4, 0.7))
    for x, y in ((124, 124), (1644, 124), (124, 1076), (1644, 1076)):
        canvas.drawCircle(x, y, 66, clear)
        _blossom(canvas, x, y, 34)
    for side in (-1, 1):
        canvas.save()
        canvas.translate(884, 1076)
        canvas.rotate(side * 90)
        canvas.scale(0.36, 0.36)
        _sprig(canvas, SAGE, "leaf")
        canvas.restore()
    canvas.drawCircle(884, 1076, 50, clear)
    _blossom(canvas, 884, 1076, 26)


# --- illustrations --------------------------------------------------------------------------------------------------


def _backdrop(canvas: Any, wall: int, table: int) -> None:
    canvas.clear(wall)
    canvas.drawRect(skia.Rect.MakeXYWH(0, 860, 1200, 340), _paint(table))


def _mug(canvas: Any) -> None:
    _backdrop(canvas, 0xFFDCE9E6, 0xFFC4D8D3)
    _handle(canvas)
    shadow = _paint(0xFF21433F, 0.22)
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
    canvas.drawOval(rim, _paint(0xFFFFFAF0))
    canvas.drawOval(rim.makeInset(26, 18), _paint(0xFFD9CDB8))
    canvas.save()
    inside = skia.Path()
    inside.addOval(rim.makeInset(26, 18))
    canvas.clipPath(inside, doAntiAlias=True)
    canvas.drawOval(skia.Rect.MakeXYWH(240, 292, 640, 110), _paint(0xFF5A3A2A))
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
    canvas.drawPath(path, _line(0xFFE3D8C4, 78))
    canvas.drawPath(path, _line(CREAM, 58))


def _printed(canvas: Any) -> None:
    """The middle of a wrap as it looks from the front."""
    canvas.save()
    canvas.translate(560, 650)
    canvas.scale(0.62, 0.62)
    canvas.translate(-_WIDTH / 2, -_HEIGHT / 2)
    for shift in (-0.305, 0.305):
        canvas.save()
        canvas.translate(shift * -_WIDTH, 0)
        _garden(canvas)
        canvas.restore()
    canvas.restore()
    _lettering(canvas, "Amira", "pacifico/400Regular/Pacifico_400Regular.ttf", 168, 560, 690, NAVY)


def _roundness(canvas: Any, left: float, right: float) -> None:
    shade = skia.GradientShader.MakeLinear(
        [skia.Point(left, 0), skia.Point(right, 0)],
        [0x55203A38, 0x11203A38, 0x00FFFFFF, 0x00FFFFFF, 0x18203A38, 0x66203A38],
        [0.0, 0.16, 0.3, 0.62, 0.82, 1.0],
    )
    canvas.drawPaint(skia.Paint(Shader=shade))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(left + 92, 400, 26, 480), 13, 13, _paint(0xFFFFFFFF, 0.4))


def _badge(canvas: Any) -> None:
    _backdrop(canvas, 0xFFF7E3D6, 0xFFEFD3C2)
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
    shadow = _paint(0xFF5B3322, 0.25)
    shadow.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 22))
    canvas.drawRRect(outline.makeOffset(0, 22), shadow)
    canvas.save()
    canvas.clipRRect(outline, doAntiAlias=True)
    canvas.clear(0xFFFFFFFF)
    canvas.drawRect(skia.Rect.MakeXYWH(-440, -278, 880, 34), _paint(color))
    canvas.drawRect(skia.Rect.MakeXYWH(-440, 96, 880, 190), _paint(color))
    canvas.restore()
    _lettering(canvas, name, "playfair-display/700Bold/PlayfairDisplay_700Bold.ttf", 132, 0, -26, NAVY)
    _lettering(canvas, role, "cairo/600SemiBold/Cairo_600SemiBold.ttf", 72, 0, 214, 0xFFFFFFFF)


def _lettering(canvas: Any, text: str, font: str, size: float, x: float, y: float, color: int) -> None:
    typeface = skia.Typeface.MakeFromFile(str(_FONTS / font))
    opened = skia.Font(typeface, size)
    opened.setEdging(skia.Font.Edging.kAntiAlias)
    blob = skia.TextBlob.MakeFromString(text, opened)
    canvas.drawTextBlob(blob, x - opened.measureText(text) / 2, y, _paint(color))


if __name__ == "__main__":
    main()
