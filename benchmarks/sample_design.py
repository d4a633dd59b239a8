"""Builds the sample design of the budgets: 1000 x 600 pt, outlines as dense as real text and illustrations, a photo.

The outlines are made by rule, not from a font: this machine needs no fonts, and every machine draws the same ones.
"""

import io
import math
from collections.abc import Iterator
from itertools import islice

from PIL import Image

from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel

PHOTO = "photo"

_POINTS = {"L": 1, "Q": 2, "C": 3}


def sample_design() -> tuple[ScenePanel, dict[str, bytes]]:
    """The panel and its picture: a headline, three lines and an arc of text, 100 illustration paths, a photo."""
    elements: list[Element] = [_photo()]
    elements += _illustrations()
    elements.append(PathElement(_headline(), "#b0203c", "#ffffff", 4))
    elements += [PathElement(_line(380 + 50 * index), "#202830") for index in range(3)]
    elements.append(PathElement(_arc(), "#205080"))
    return ScenePanel("front", 1000, 600, 9, "#f7f3ea", tuple(elements)), {PHOTO: _jpeg()}


def _photo() -> ImageElement:
    return ImageElement(PHOTO, (360, 0, 0, 240, 600, 40), _blob(780, 160, 110, "C", 16))


def _illustrations() -> Iterator[PathElement]:
    colours = ("#d8504c", "#e8a838", "#58a878", "#4878b8", "#805898")
    for index in range(100):
        x, y = 60 + 18 * (index % 50), 60 + 480 * (index // 50)
        yield PathElement(_blob(x, y, 14 + index % 7, "C", 16), colours[index % 5])


def _headline() -> str:
    """A script of twelve letters in cubic curves, as an OTF font has."""
    return "".join(
        _blob(120 + 46 * index, 200, 24, "C", 28) + _blob(120 + 46 * index, 200, 10, "C", 8) for index in range(12)
    )


def _line(y: float) -> str:
    """Thirty letters of quadratic curves and lines, about as many as in fonts for text."""
    return "".join(_blob(260 + 16 * index, y, 7, "QQL", 18) for index in range(30))


def _arc() -> str:
    angles = [math.pi * (0.25 + 0.5 * index / 23) for index in range(24)]
    return "".join(_blob(230 + 150 * math.cos(a), 420 - 150 * math.sin(a), 7, "QQL", 18) for a in angles)


def _blob(x: float, y: float, radius: float, letters: str, segments: int) -> str:
    """A closed wavy outline of that many segments, whose kinds are `letters` in turn."""
    kinds = [letters[index % len(letters)] for index in range(segments)]
    count = sum(_POINTS[kind] for kind in kinds)
    points = iter([_point(x, y, radius, index, count) for index in range(count + 1)])
    outline = "M" + next(points)
    return outline + "".join(kind + " ".join(islice(points, _POINTS[kind])) for kind in kinds) + "Z"


def _point(x: float, y: float, radius: float, index: int, count: int) -> str:
    angle = 2 * math.pi * index / count
    wavy = radius * (1 + 0.15 * math.sin(5 * angle))
    return f"{round(x + wavy * math.cos(angle), 3):.3f} {round(y + wavy * math.sin(angle), 3):.3f}"


def _jpeg() -> bytes:
    """3000 x 2000 pixels with gradients and fine texture, about as many bytes as a photo has."""
    across = Image.linear_gradient("L").rotate(90).resize((3000, 2000))
    down = Image.linear_gradient("L").resize((3000, 2000))
    texture = Image.radial_gradient("L").resize((60, 40)).resize((3000, 2000))
    tiles = Image.new("L", (3000, 2000))
    for index in range(600):
        tiles.paste(texture.crop((0, 0, 120, 100)), (120 * (index % 25), 100 * (index // 25)))
    picture = Image.merge("RGB", (Image.blend(across, tiles, 0.5), Image.blend(down, tiles, 0.5), tiles))
    grain = Image.frombytes("L", (300, 200), bytes((at * at * 7919 >> 5) & 0xFF for at in range(60_000)))
    grained = Image.blend(picture, Image.merge("RGB", [grain.resize((3000, 2000))] * 3), 0.12)
    file = io.BytesIO()
    grained.save(file, "JPEG", quality=90)
    return file.getvalue()
