"""The tote: 350 mm wide, 420 mm high, the panel `print` all over its front; `cotton` is the rest."""

import numpy as np

from examples.shop.models.glb import Floats, Part, Surface

WIDTH, HEIGHT = 0.35, 0.42
"""As wide to high as the panel `print` in catalogue.yaml."""

_BELLY, _CLOTH = 0.03, 0.0012
_COTTON = (0.86, 0.77, 0.62)
_STRAP_X, _STRAP_HALF, _REACH = 0.0788, 0.0131, 0.25
_ROWS, _COLUMNS = 30, 36


def parts() -> list[Part]:
    """The printed front, and what is cotton alone: back, inside and handles."""
    front, uv = _front()
    back = _turned(front)
    inside = [Surface(_inward(each), uv) for each in (front, back)]
    handles = [_handle(1.0), _handle(-1.0)]
    return [
        Part("print", (0.95, 0.95, 0.95), 0.9, [Surface(front, uv)]),
        Part("cotton", _COTTON, 0.9, [Surface(back, uv), *inside, *handles]),
    ]


def _front() -> tuple[Floats, Floats]:
    """From the seam below to the open hem: full in its middle, with a few soft folds."""
    u, v = np.meshgrid(np.linspace(0, 1, _COLUMNS), np.linspace(0, 1, _ROWS))
    points = np.stack([(u - 0.5) * WIDTH, v * HEIGHT, _depth(u, v)], axis=-1)
    return points, np.stack([u, 1 - v], axis=-1)


def _depth(u: Floats, v: Floats) -> Floats:
    full = (1 - np.abs(2 * u - 1) ** 3) * (1 - (1 - v) ** 6) * (1 - 0.45 * v**3)
    folds = 0.0022 * np.sin(7 * u + 3 * v) * np.sin(9 * v - 2 * u)
    return np.asarray(full * (_BELLY + folds))


def _turned(points: Floats) -> Floats:
    """The same, half around the upright axis."""
    return np.asarray(points * np.array([-1.0, 1.0, -1.0]))


def _inward(points: Floats) -> Floats:
    """The other face of the cloth: its columns run the other way, so that its outside is the bag's inside."""
    side = np.sign(points[..., 2:].sum())
    return np.asarray((points - np.array([0.0, 0.0, _CLOTH * side]))[:, ::-1])


def _handle(side: float) -> Surface:
    """A flat strap sewn to the hem at both ends, in front or at the back."""
    foot, top = HEIGHT * 0.96, HEIGHT + _REACH
    control = np.array([[-_STRAP_X, foot], [-_STRAP_X * 0.92, top], [_STRAP_X * 0.92, top], [_STRAP_X, foot]])
    t = np.linspace(0, 1, 40)[:, None]
    path = np.hstack([(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3]) @ control
    along = np.gradient(path, axis=0, edge_order=2)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    hem = _depth(np.array(0.5 - _STRAP_X / WIDTH), np.array(0.96)) + _CLOTH
    # Straps lean together above the hem.
    lean = hem * (1 - 0.8 * np.clip((path[:, 1:] - HEIGHT) / _REACH, 0, 1) ** 1.5)
    centre = np.hstack([path, lean * side])
    across = np.stack([-along[:, 1], along[:, 0], np.zeros(len(t))], axis=-1)
    angle = np.linspace(0, 2 * np.pi, 17)
    round_about = _STRAP_HALF * np.cos(angle)[None, :, None] * across[:, None]
    thick = _CLOTH * np.sin(angle)[None, :, None] * np.array([0.0, 0.0, 1.0])
    uv = np.stack(np.broadcast_arrays(angle[None] / 6, t), axis=-1)
    return Surface(centre[:, None] + round_about + thick, uv)
