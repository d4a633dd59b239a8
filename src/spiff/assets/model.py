"""Files of the installation: what was taken in, and what was made from it. Knows no product and no design."""

from typing import Literal

import msgspec

Kind = Literal[
    "font", "picture", "drawing", "model", "video", "profile", "proxy", "scene", "preview", "print", "script", "part"
]
"""A `drawing` is an illustration reduced to paths (docs/assets.md); a `proxy` is a small picture of a large one, and a
`part` one of the customiser's own scripts and styles."""


PROXY_SIDE_PX = 1000
"""The longest side of a proxy."""


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
