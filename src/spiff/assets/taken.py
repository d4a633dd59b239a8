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
    """What a font is. `coverage` counts the characters it has, `upem` the units of its em square."""

    family: str
    coverage: int
    upem: int


class Taken(msgspec.Struct, frozen=True):
    """The normalised file, what a screen shows instead of it, and the facts of pictures and fonts."""

    kept: Content
    proxy: Content | None = None
    picture: PictureFacts | None = None
    font: FontFacts | None = None
