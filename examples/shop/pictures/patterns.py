"""Patterns for print: transparent, calm in the middle, so that any glaze and any name go with them."""

import math
from typing import Any

import skia

from examples.shop.pictures.brush import CORAL, CREAM, NAVY, OCHRE, ROSE, SAGE, TEAL, line, paint, spread

WIDTH, HEIGHT = 2400, 1080


def waves(canvas: Any) -> None:
    """A sea that goes around the mug."""
    _birds(canvas)
    canvas.drawCircle(1990, 330, 150, paint(OCHRE))
    canvas.drawCircle(1990, 330, 205, line(OCHRE, 10, 0.55))
    rows = ((0.66, TEAL, 56, 0.0), (0.75, 0xFF4FA3A5, 48, 1.4), (0.83, NAVY, 44, 2.9), (0.92, 0xFF274C77, 34, 4.1))
    for height, color, swing, phase in rows:
        crest = _wave(HEIGHT * height, swing, phase)
        canvas.drawPath(crest, paint(color))
        canvas.save()
        canvas.clipPath(crest, doAntiAlias=True)
        for below in (26, 52):
            canvas.drawPath(_wave(HEIGHT * height + below, swing, phase), line(CREAM, 5, 0.5))
        canvas.restore()


def _wave(top: float, swing: float, phase: float) -> Any:
    """A crest whose left and right ends meet around the mug."""
    path, steps = skia.Path(), 6
    length = WIDTH / steps
    path.moveTo(-length, HEIGHT + 60)
    path.lineTo(-length, top)
    shift = phase / (2 * math.pi) * length
    for step in range(-1, steps + 2):
        x = step * length + shift - length
        path.cubicTo(x + length * 0.3, top - swing * 1.5, x + length * 0.55, top - swing * 1.2, x + length * 0.6, top)
        path.cubicTo(x + length * 0.68, top + swing * 0.6, x + length * 0.85, top + swing * 0.6, x + length, top)
    path.lineTo(WIDTH + 2 * length, HEIGHT + 60)
    path.close()
    return path


def _birds(canvas: Any) -> None:
    for x, y, size in ((300, 250, 58), (420, 330, 42), (215, 365, 34)):
        path = skia.Path()
        path.moveTo(x - size, y - size * 0.35)
        path.quadTo(x - size * 0.4, y - size * 0.6, x, y)
        path.quadTo(x + size * 0.4, y - size * 0.6, x + size, y - size * 0.35)
        canvas.drawPath(path, line(NAVY, size * 0.16))


def garden(canvas: Any) -> None:
    """Sprigs at both ends."""
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
        sprig(canvas, color, kind)
        canvas.restore()
    for left, up, size in ((560, 890, 40), (1840, 890, 40), (500, 150, 30), (1900, 150, 30)):
        blossom(canvas, left, up, size)
    for across, down, third in spread(90):
        px, py = across * WIDTH, down * HEIGHT
        edge = min(py, HEIGHT - py) < 120 and 520 < px < WIDTH - 520
        if edge:
            canvas.drawCircle(px, py, 5 + 7 * third, paint((CORAL, SAGE, OCHRE)[int(third * 3)]))


def sprig(canvas: Any, color: int, kind: str) -> None:
    """A stem growing up from the origin, 640 high."""
    stem = skia.Path()
    stem.moveTo(0, 0)
    stem.cubicTo(24, -200, -24, -420, 10, -640)
    canvas.drawPath(stem, line(color, 9))
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
    canvas.drawPath(leaf, paint(color))
    vein = skia.Path()
    vein.moveTo(0, -size * 0.12)
    vein.lineTo(0, -size * 1.05)
    canvas.drawPath(vein, line(CREAM, 4, 0.6))
    canvas.restore()


def _berry(canvas: Any, y: float, side: int, size: float, color: int) -> None:
    twig = skia.Path()
    twig.moveTo(0, y)
    twig.quadTo(side * size * 0.5, y - 10, side * size * 0.8, y - size * 0.55)
    canvas.drawPath(twig, line(color, 6))
    canvas.drawCircle(side * size * 0.8, y - size * 0.55, size * 0.24, paint(color))
    canvas.drawCircle(side * size * 0.8 - 7, y - size * 0.55 - 8, size * 0.06, paint(CREAM, 0.8))


def blossom(canvas: Any, x: float, y: float, size: float) -> None:
    """A flower."""
    for petal in range(6):
        angle = petal * math.pi / 3
        centre = (x + math.cos(angle) * size, y + math.sin(angle) * size)
        canvas.drawCircle(*centre, size * 0.62, paint(ROSE))
    canvas.drawCircle(x, y, size * 0.52, paint(OCHRE))


def terrazzo(canvas: Any) -> None:
    """Chips of stone."""
    placed: list[tuple[float, float, float]] = []
    colors = (NAVY, CORAL, TEAL, OCHRE, ROSE, SAGE)
    for index, (x, y, third) in enumerate(spread(900)):
        px, py = x * WIDTH, y * HEIGHT
        size = 22 + 58 * third * third
        calm = math.hypot((px - WIDTH / 2) / 820, (py - HEIGHT / 2) / 330) < 1
        if calm or any(math.hypot(px - ox, py - oy) < (size + other) * 1.12 for ox, oy, other in placed):
            continue
        placed.append((px, py, size))
        canvas.drawPath(_chip(px, py, size, third * 31 + index), paint(colors[index % len(colors)]))


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


def hills(canvas: Any) -> None:
    """Hills with firs."""
    canvas.drawCircle(430, 400, 150, paint(CORAL))
    for radius in (205, 250):
        canvas.drawCircle(430, 400, radius, line(CORAL, 8, 0.4))
    for x, y, width in ((1900, 230, 300), (2110, 310, 210), (1720, 330, 170)):
        _cloud(canvas, x, y, width)
    ranges = (
        ((0.70, 0.56, 0.68, 0.60, 0.72, 0.54, 0.70), 0xFFA9C5B4),
        ((0.80, 0.70, 0.82, 0.72, 0.84, 0.68, 0.80), SAGE),
        ((0.88, 0.84, 0.79, 0.90, 0.82, 0.88, 0.88), TEAL),
        ((0.96, 0.92, 0.97, 0.90, 0.94, 0.91, 0.96), NAVY),
    )
    for heights, color in ranges:
        canvas.drawPath(_ridge(heights), paint(color))
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
    path, length = skia.Path(), WIDTH / (len(heights) - 1)
    path.moveTo(0, HEIGHT)
    path.lineTo(0, heights[0] * HEIGHT)
    for index, height in enumerate(heights[1:], start=1):
        x, before = index * length, heights[index - 1]
        path.cubicTo(x - length / 2, before * HEIGHT, x - length / 2, height * HEIGHT, x, height * HEIGHT)
    path.lineTo(WIDTH, HEIGHT)
    path.close()
    return path


def _cloud(canvas: Any, x: float, y: float, width: float) -> None:
    white = paint(0xFFFFFFFF, 0.92)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(x - width / 2, y, width, width * 0.2), width * 0.1, width * 0.1, white)
    canvas.drawCircle(x - width * 0.15, y, width * 0.16, white)
    canvas.drawCircle(x + width * 0.12, y - width * 0.02, width * 0.21, white)


def _fir(canvas: Any, x: float, y: float, size: float) -> None:
    canvas.drawRect(skia.Rect.MakeXYWH(x - size * 0.07, y, size * 0.14, size * 0.3), paint(0xFF7A4B34))
    for level in range(3):
        path, top = skia.Path(), y - size * (1.5 - level * 0.42)
        half = size * (0.34 + level * 0.13)
        path.addPoly(
            [skia.Point(x, top), skia.Point(x + half, top + size * 0.72), skia.Point(x - half, top + size * 0.72)], True
        )
        canvas.drawPath(path, paint((0xFF3C8D7D, 0xFF34806F, 0xFF2B7262)[level]))


def lid(canvas: Any) -> None:
    """A border for the gift box's lid, well inside the bleed, so that cutting does not touch it."""
    clear = paint(CREAM)
    clear.setBlendMode(skia.BlendMode.kClear)
    canvas.drawRoundRect(skia.Rect.MakeXYWH(124, 124, 1520, 952), 34, 34, line(CORAL, 10))
    canvas.drawRoundRect(skia.Rect.MakeXYWH(152, 152, 1464, 896), 22, 22, line(CORAL, 4, 0.7))
    for x, y in ((124, 124), (1644, 124), (124, 1076), (1644, 1076)):
        canvas.drawCircle(x, y, 66, clear)
        blossom(canvas, x, y, 34)
    for side in (-1, 1):
        canvas.save()
        canvas.translate(884, 1076)
        canvas.rotate(side * 90)
        canvas.scale(0.36, 0.36)
        sprig(canvas, SAGE, "leaf")
        canvas.restore()
    canvas.drawCircle(884, 1076, 50, clear)
    blossom(canvas, 884, 1076, 26)
