"""The gift box beside the mug: 150 by 100 mm, the panel `lid` on its top; cardboard otherwise."""

import numpy as np

from examples.shop.models.glb import Floats, Part, Surface
from examples.shop.models.mug import POINT

PANEL_WIDTH, PANEL_HEIGHT, BLEED = 442.0, 300.0, 8.5
"""Of the panel `lid` in catalogue.yaml, in points."""

MIDDLE, TURN = (0.155, -0.01), np.radians(9)
HEIGHT, RIM = 0.098, 0.026
_LID = (0.72, 0.66, 0.55)
_CARD = (0.12, 0.2, 0.18)
_OVER = 0.0015


def parts() -> list[Part]:
    """The printed top, the lid's sides and the box below."""
    width, depth = (PANEL_WIDTH - 2 * BLEED) * POINT, (PANEL_HEIGHT - 2 * BLEED) * POINT
    box = _walls(width - 2 * _OVER, depth - 2 * _OVER, 0.0, HEIGHT - RIM + 0.002)
    lid = _walls(width, depth, HEIGHT - RIM, HEIGHT)
    return [
        Part("lid", (0.95, 0.95, 0.95), 0.75, [_top(width, depth)]),
        Part("lid-side", _LID, 0.75, lid),
        Part("card", _CARD, 0.8, box),
    ]


def _top(width: float, depth: float) -> Surface:
    x, z = np.linspace(-width / 2, width / 2, 2), np.linspace(depth / 2, -depth / 2, 2)
    u = np.array([BLEED, PANEL_WIDTH - BLEED]) / PANEL_WIDTH
    v = np.array([PANEL_HEIGHT - BLEED, BLEED]) / PANEL_HEIGHT
    points = np.stack(np.broadcast_arrays(x[None], HEIGHT, z[:, None]), axis=-1)
    return Surface(_placed(points), np.stack(np.broadcast_arrays(u[None], v[:, None]), axis=-1))


def _walls(width: float, depth: float, low: float, high: float) -> list[Surface]:
    """Four walls, and the underside that shadows fall from."""
    ends = [(-width, depth), (width, depth), (width, -depth), (-width, -depth)]
    walls = []
    for (x, z), (to_x, to_z) in zip(ends, ends[1:] + ends[:1], strict=True):
        bottom = np.array([[x / 2, low, z / 2], [to_x / 2, low, to_z / 2]])
        walls.append(_plain(np.stack([bottom, bottom + np.array([0.0, high - low, 0.0])])))
    back, front = ([[-width / 2, low, z], [width / 2, low, z]] for z in (-depth / 2, depth / 2))
    return [*walls, _plain(np.array([back, front]))]


def _plain(points: Floats) -> Surface:
    grid = np.stack(np.broadcast_arrays(np.array([0.0, 1.0])[None], np.array([1.0, 0.0])[:, None]), axis=-1)
    return Surface(_placed(points), grid)


def _placed(points: Floats) -> Floats:
    cos, sin = np.cos(TURN), np.sin(TURN)
    turned = points @ np.array([[cos, 0, -sin], [0, 1, 0], [sin, 0, cos]])
    return np.asarray(turned + np.array([MIDDLE[0], 0.0, MIDDLE[1]]))
