"""Files of the installation: fonts, pictures, scenes, previews. Knows no product and no design."""

from typing import Literal

import msgspec

Kind = Literal["font", "picture", "scene", "preview", "print"]


class File(msgspec.Struct, frozen=True):
    """One immutable file; its SHA-256 is its name, `name` is only for people."""

    sha256: str
    kind: Kind
    mime_type: str
    name: str
    bytes: int
