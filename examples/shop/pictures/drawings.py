"""The example shop's drawings as SVG: frames, motifs to recolour, letters, a meadow, a cut line. Uses no chance."""

import math
from collections.abc import Iterator

import skia

from examples.shop.pictures.brush import FONTS, PICTURES

CUT, WHITE = "#e5007d", "#d9d9d9"
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_BALOO = FONTS / "baloo-2" / "700Bold" / "Baloo2_700Bold.ttf"
_COMMANDS = {skia.Path.kMove_Verb: "M", skia.Path.kLine_Verb: "L", skia.Path.kQuad_Verb: "Q"}
_SHEET = (300, 420)
_STICKERS = ((84, 92, 62), (216, 92, 62), (84, 226, 62), (216, 226, 62))
"""The round stickers of the sheet: their middles and radius."""


def draw_all() -> None:
    """Write all drawings into `drawings/`."""
    folder = PICTURES.parent / "drawings"
    folder.mkdir(exist_ok=True)
    drawings = {**_frames(), **_motifs(), **_sheet(), "meadow": _meadow()}
    drawings |= {f"letter-{letter.lower()}": _tile(letter) for letter in LETTERS}
    for name, svg in drawings.items():
        (folder / f"{name}.svg").write_text(svg + "\n", "utf-8")


def _svg(width: float, height: float, *parts: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">{"".join(parts)}</svg>'


def _path(d: str, color: str, slot: str = "") -> str:
    named = f' class="spiff-fill-{slot}"' if slot else ""
    return f'<path fill="{color}"{named} d="{d}"/>'


def _disc(x: float, y: float, r: float) -> str:
    return f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 1 {2 * r:g} 0a{r:g} {r:g} 0 1 1 {-2 * r:g} 0Z"


def _frames() -> dict[str, str]:
    outlines = {
        "circle": _disc(50, 50, 50),
        "arch": "M0 100V50a50 50 0 0 1 100 0V100Z",
        "heart": "M50 96C14 68 0 48 0 28c0 -16 12 -26 26 -26c11 0 20 7 24 17c4 -10 13 -17 24 -17c14 0 26 10 26 26"
        "c0 20 -14 40 -50 68Z",
        "soft": "M12 0H88a12 12 0 0 1 12 12V88a12 12 0 0 1-12 12H12a12 12 0 0 1-12-12V12a12 12 0 0 1 12-12Z",
    }
    return {
        f"frame-{name}": _svg(100, 100, f'<path id="target-path" fill="#616262" d="{d}"/>')
        for name, d in outlines.items()
    }


def _motifs() -> dict[str, str]:
    return {"sun": _sun(), "fern": _fern(), "swallow": _swallow()}


def _sun() -> str:
    rays = "".join(_turned("M-5 -62L5 -62L2.5 -88L-2.5 -88Z", 100, 100, 30 * ray, "#eba63c") for ray in range(12))
    long = "".join(_turned("M-3 -62L3 -62L0 -100Z", 100, 100, 15 + 30 * ray, "#e4694f") for ray in range(12))
    waves = "".join(_path(_wave(y, humps), "#1d3557", "water") for y, humps in ((110, 4), (126, 3), (141, 2)))
    return _svg(200, 200, rays, long, _path(_disc(100, 100, 52), "#eba63c", "sun"), waves)


def _wave(y: float, humps: int) -> str:
    """As wide as the sun is there."""
    there = f"q11 -9 22 0{'t22 0' * (humps - 1)}"
    last = -9 if humps % 2 else 9
    back = f"q-11 {last} -22 0{'t-22 0' * (humps - 1)}"
    return f"M{100 - humps * 11} {y}{there}v6{back}Z"


def _turned(d: str, x: float, y: float, degrees: float, color: str) -> str:
    return f'<path fill="{color}" transform="translate({x:g} {y:g}) rotate({degrees:g})" d="{d}"/>'


def _fern() -> str:
    leaves = []
    for pair in range(9):
        y, length = 178 - pair * 17, 62 - pair * 5
        for side in (-1, 1):
            near, far = length * 0.3, length * 0.8
            d = f"M0 0C{near:g} -14 {far:g} -14 {length:g} 0C{far:g} 8 {near:g} 8 0 0Z"
            turn = f"translate(100 {y}) scale({side} 1) rotate(-32)"
            leaves.append(f'<path fill="#1f5c4d" transform="{turn}" d="{d}"/>')
    stem = '<path fill="#7ba283" d="M97 200Q101 110 99 14L101 14Q104 110 103 200Z"/>'
    tip = _path("M100 4C92 16 92 28 100 36C108 28 108 16 100 4Z", "#1f5c4d")
    return _svg(200, 200, *leaves, stem, tip)


def _swallow() -> str:
    wings = "M18 62C54 40 84 52 100 84C116 52 146 40 182 62C150 62 130 78 122 104L100 128L78 104C70 78 50 62 18 62Z"
    tail = "M90 116L100 128L110 116L134 182L102 146L98 146L66 182Z"
    breast = "M92 92Q100 84 108 92L104 118L100 123L96 118Z"
    return _svg(200, 200, _path(tail, "#1d3557"), _path(wings, "#1d3557"), _path(breast, "#e4694f"))


def _tile(letter: str) -> str:
    """A letter cut out of a round tile: one ink is enough for it. Overlapping strokes are joined before."""
    font = skia.Font(skia.Typeface.MakeFromFile(str(_BALOO)), 78)
    outline = skia.Simplify(font.getPath(font.textToGlyphs(letter)[0]))
    box = outline.getBounds()
    outline.offset(50 - box.centerX(), 50 - box.centerY())
    d = _disc(50, 50, 50) + "".join(_segments(outline))
    return _svg(100, 100, f'<path fill="#1d3557" fill-rule="evenodd" d="{d}"/>')


def _segments(path: skia.Path) -> Iterator[str]:
    for verb, points in path:
        if verb == skia.Path.kClose_Verb:
            yield "Z"
        elif verb in _COMMANDS:
            ends = points if verb == skia.Path.kMove_Verb else points[1:]
            yield _COMMANDS[verb] + " ".join(f"{point.x():.2f} {point.y():.2f}" for point in ends)


def _meadow() -> str:
    """A large drawing of which every sheet gets another part."""
    colors = ("#e4694f", "#eba63c", "#f2b8a8", "#ffffff")
    parts = [_path("M0 0H800V800H0Z", "#2a7f86")]
    for index in range(1, 91):
        x, y = (index * 0.7548776662) % 1 * 800, (index * 0.5698402910) % 1 * 800
        size = 14 + (index * 0.6180339887) % 1 * 22
        parts += _flower(x, y, size, index * 47, colors[index % 4])
    return _svg(800, 800, *parts)


def _flower(x: float, y: float, size: float, degrees: float, color: str) -> Iterator[str]:
    for petal in range(5):
        angle = math.radians(degrees + petal * 72)
        yield _path(_disc(x + math.cos(angle) * size * 0.55, y + math.sin(angle) * size * 0.55, size * 0.42), color)
    yield _path(_disc(x, y, size * 0.26), "#1d3557")


def _sheet() -> dict[str, str]:
    """What the printer cuts, where white ink lies under the colours, and what is left of the sheet to look at."""
    width, height = _SHEET
    label = "M50 316H250a32 32 0 0 1 0 64H50a32 32 0 0 1 0-64Z"
    outlines = "".join(_disc(*each) for each in _STICKERS) + label
    pen = f'fill="none" stroke="{CUT}" stroke-width="0.75" stroke-linejoin="round" stroke-linecap="round"'
    line = f'<path {pen} d="{outlines}"/>'
    paper = f'<path fill="#fffdfa" fill-rule="evenodd" d="M0 0H{width}V{height}H0Z{outlines}"/>'
    edge = f'<path fill="none" stroke="#d8cfc2" stroke-width="1.2" d="{outlines}"/>'
    return {
        "sheet-cut": _svg(width, height, line),
        "sheet-white": _svg(width, height, _path(outlines, WHITE)),
        "sheet-paper": _svg(width, height, paper, edge),
    }
