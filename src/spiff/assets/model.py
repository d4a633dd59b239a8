"""Files of the installation: what was taken in, and what was made from it. Knows no product and no design."""

import math
from typing import Literal

import msgspec

Kind = Literal[
    "font", "picture", "drawing", "model", "video", "profile", "proxy", "scene", "preview", "print", "script", "part"
]
"""A `drawing` is an illustration reduced to paths (docs/assets.md); a `proxy` is a small picture of a large one, and a
`part` one of the customiser's own scripts and styles."""


PROXY_SIDE_PX = 1000
"""The longest side of a proxy, but of pictures wider than 16:9: see `proxy_size`."""
_WIDE = 16 / 9
_MOST_SIDE_PX, _MOST_PX = 4 * PROXY_SIDE_PX, PROXY_SIDE_PX**2
"""Of a proxy of a panorama. Some phones draw no picture with a side of more than 4096."""


def proxy_size(width: int, height: int) -> tuple[int, int]:
    """The size of a picture's proxy; that of the picture where it is small enough to be its own.

    What is wider than 16:9 is mostly seen in part: it stays as high as a picture of 16:9, within the pixels that a
    square one has. So what a screen shows of a panorama is not blurred.
    """
    longest, shortest = max(width, height), min(width, height)
    shape = longest / shortest
    wide = min(PROXY_SIDE_PX / _WIDE * shape, math.sqrt(_MOST_PX * shape), _MOST_SIDE_PX)
    share = min(1.0, max(PROXY_SIDE_PX, wide) / longest)
    return max(1, round(width * share)), max(1, round(height * share))


class File(msgspec.Struct, frozen=True):
    """One immutable file; its SHA-256 is its name, `name` is only for people.

    Pictures have a size, upright. `proxy` names what a screen shows instead: a picture's reduced copy (the picture
    itself where it is small), a drawing of a font's name. Fonts have a family and the characters they cover, as CSS
    names them.
    """

    sha256: str
    kind: Kind
    mime_type: str
    name: str
    bytes: int
    width_px: int | None = None
    height_px: int | None = None
    proxy: str | None = None
    family: str | None = None
    coverage: str | None = None
