"""The mug: 82 mm wide, 95 mm high, its print where the panel's trim is. The panel is `wrap`, all else is `clay`."""

import numpy as np

from examples.shop.models.glb import Floats, Part, Surface

POINT = 0.0254 / 72
PANEL_WIDTH, PANEL_HEIGHT, BLEED = 600.0, 270.0, 8.5
"""Of the panel `wrap` in catalogue.yaml, in points."""

RADIUS, HEIGHT, WALL = 0.041, 0.095, 0.0035
_INSET = 0.00025
"""The clay lies this far below the print."""
_AROUND = 112
_WHITE = (0.95, 0.95, 0.95)
_CREAM = (0.86, 0.82, 0.75)


def parts() -> list[Part]:
    """The print and the clay."""
    return [
        Part("wrap", _WHITE, 0.28, [_print()]),
        Part("clay", _CREAM, 0.32, [_revolved(_profile()), _handle()]),
    ]


def _print() -> Surface:
    """The trim of the panel around the wall, its middle in front; the bleed is cut off."""
    half = (PANEL_WIDTH / 2 - BLEED) * POINT / RADIUS
    height = (PANEL_HEIGHT - 2 * BLEED) * POINT
    angle, y = np.linspace(-half, half, _AROUND), np.linspace(0.0, height, 4)
    low = (HEIGHT - height) / 2
    points = np.stack(
        np.broadcast_arrays(RADIUS * np.sin(angle)[None], (low + y)[:, None], RADIUS * np.cos(angle)[None]), axis=-1
    )
    u = np.linspace(BLEED, PANEL_WIDTH - BLEED, _AROUND) / PANEL_WIDTH
    v = np.linspace(PANEL_HEIGHT - BLEED, BLEED, 4) / PANEL_HEIGHT
    return Surface(points, np.stack(np.broadcast_arrays(u[None], v[:, None]), axis=-1))


def _profile() -> Floats:
    """Radius and height, from the middle of the bottom over the rim to the middle inside."""
    outer, inner = RADIUS - _INSET, RADIUS - WALL
    foot, floor, rim = 0.004, 0.006, WALL / 2
    corners = [
        _line((1e-5, 0.0), (outer - foot, 0.0)),
        _arc((outer - foot, foot), foot, -90, 0),
        _line((outer, foot), (outer, HEIGHT - rim)),
        _arc(((outer + inner) / 2, HEIGHT - rim), (outer - inner) / 2, 0, 180),
        _line((inner, HEIGHT - rim), (inner, floor + 0.008)),
        _arc((inner - 0.008, floor + 0.008), 0.008, 0, -90),
        _line((inner - 0.008, floor), (1e-5, floor)),
    ]
    return np.concatenate([corners[0], *(corner[1:] for corner in corners[1:])])


def _line(begin: tuple[float, float], end: tuple[float, float]) -> Floats:
    return np.linspace(begin, end, 4)


def _arc(middle: tuple[float, float], radius: float, begin: float, end: float) -> Floats:
    angle = np.radians(np.linspace(begin, end, 9))
    return np.stack([middle[0] + radius * np.cos(angle), middle[1] + radius * np.sin(angle)], axis=-1)


def _revolved(profile: Floats) -> Surface:
    angle = np.linspace(0, 2 * np.pi, _AROUND)
    radius, y = profile[:, :1], profile[:, 1:]
    points = np.stack(np.broadcast_arrays(radius * np.sin(angle), y, radius * np.cos(angle)), axis=-1)
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(profile, axis=0), axis=1))])
    uv = np.stack(np.broadcast_arrays((angle / (2 * np.pi) * 3)[None], (length / 0.08)[:, None]), axis=-1)
    return Surface(points, uv)


def _handle() -> Surface:
    """An oval bar along a Bézier curve at the back, where nothing is printed."""
    control = np.array([[0, 0.076, -0.038], [0, 0.092, -0.079], [0, 0.02, -0.083], [0, 0.022, -0.0385]])
    t = np.linspace(0, 1, 40)[:, None]
    weights = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3])
    path = weights @ control
    along = np.gradient(path, axis=0, edge_order=2)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.array([1.0, 0.0, 0.0])
    up = np.cross(along, side)
    angle = np.linspace(0, 2 * np.pi, 25)
    across = 0.0068 * np.cos(angle)[None, :, None] * side + 0.0042 * np.sin(angle)[None, :, None] * up[:, None]
    uv = np.stack(np.broadcast_arrays(angle[None] / 6, t), axis=-1)
    return Surface(path[:, None] + across, uv)
