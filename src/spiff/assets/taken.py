"""What the intake keeps of a file from outside, and the facts about it. Knows no format and no store."""

import msgspec

from spiff.assets.model import Kind


class Content(msgspec.Struct, frozen=True):
    """Bytes as they are kept. Empty `data` stands for the bytes as they came, which the parent process has."""

    kind: Kind
    mime_type: str
    data: bytes = b""


class PictureFacts(msgspec.Struct, frozen=True):
    """A picture's size, upright, and whether light shines through anywhere."""

    width_px: int
    height_px: int
    has_alpha: bool


class FontFacts(msgspec.Struct, frozen=True):
    """What a font is. `characters` counts those it has, `coverage` names them, `upem` are the units of its em square.

    `coverage` is written as CSS writes a `unicode-range` (css-fonts-4, 4.5): `U+20-7E,U+A0`.
    """

    family: str
    characters: int
    coverage: str
    upem: int


class Taken(msgspec.Struct, frozen=True):
    """The normalised file, what a screen shows instead of it, and the facts of pictures, fonts and models."""

    kept: Content
    proxy: Content | None = None
    picture: PictureFacts | None = None
    font: FontFacts | None = None
    materials: tuple[str, ...] = ()
    """What those of a model are called."""
