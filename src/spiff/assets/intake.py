"""What a child process does with an uploaded file: decide its kind, look through all of it, tell the facts."""

import msgspec

from spiff.assets.fonts import FontFacts, inspect_font
from spiff.assets.glyphs import require_drawable
from spiff.assets.illustrations import flatten_svg
from spiff.assets.jpegs import require_honest
from spiff.assets.kinds import kind_of, require_one_thing
from spiff.assets.pictures import Picture, inspect_picture
from spiff.composing.resources import Drawing

FUNCTION = "spiff.assets.intake:inspect_encoded"
_OPENTYPE = b"OTTO"


class PictureFound(msgspec.Struct, frozen=True, tag="picture"):
    """The file is a picture."""

    mime_type: str
    facts: Picture


class FontFound(msgspec.Struct, frozen=True, tag="font"):
    """The file is a font."""

    mime_type: str
    facts: FontFacts


class IllustrationFound(msgspec.Struct, frozen=True, tag="illustration"):
    """The file is an illustration; the paths are all that is to be kept of it."""

    mime_type: str
    facts: Drawing


Found = PictureFound | FontFound | IllustrationFound


def inspect(data: bytes) -> Found:
    """The kind and the facts of a file. Raises FileRefused, PictureRefused, FontRefused or SvgRefused."""
    kind = kind_of(data)
    require_one_thing(data)
    if kind == "illustration":
        return IllustrationFound("image/svg+xml", flatten_svg(data))
    if kind == "picture":
        picture = inspect_picture(data)
        if picture.mime == "image/jpeg":
            require_honest(data)
        return PictureFound(picture.mime, picture)
    require_drawable(data)
    return FontFound("font/otf" if data.startswith(_OPENTYPE) else "font/ttf", inspect_font(data))


def inspect_encoded(data: bytes) -> bytes:
    """What `inspect` found, as MessagePack."""
    return msgspec.msgpack.encode(inspect(data))
