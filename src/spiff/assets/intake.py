"""What a child process does with a file from outside: decide its kind, look through it, say what is kept of it."""

import msgspec

from spiff.assets.fonts import inspect_font
from spiff.assets.glyph_classes import with_glyph_classes
from spiff.assets.glyphs import require_drawable
from spiff.assets.illustrations import drawing_bytes, flatten_svg
from spiff.assets.keeping import take_picture
from spiff.assets.kinds import kind_of, require_one_thing
from spiff.assets.models import require_model
from spiff.assets.profiles import require_profile
from spiff.assets.specimens import specimen
from spiff.assets.taken import Content, Taken
from spiff.assets.videos import require_video
from spiff.assets.webfonts import unpacked

_OPENTYPE = b"OTTO"
_JSON = "application/json"


def take_in(data: bytes) -> Taken:
    """What is kept of a file. Raises FileRefused, or the refusal of the kind it is."""
    kind = kind_of(data)
    require_one_thing(data)
    if kind == "picture":
        return take_picture(data)
    if kind == "font":
        return _font(data)
    if kind == "drawing":
        return Taken(Content("drawing", _JSON, drawing_bytes(flatten_svg(data))))
    if kind == "profile":
        require_profile(data)
        return Taken(Content("profile", "application/vnd.iccprofile"))
    if kind == "model":
        return Taken(Content("model", "model/gltf-binary"), materials=require_model(data))
    return Taken(Content("video", require_video(data)))


def take_in_encoded(data: bytes) -> bytes:
    """What `take_in` gives, as MessagePack."""
    return msgspec.msgpack.encode(take_in(data))


def _font(data: bytes) -> Taken:
    whole = unpacked(data)
    require_drawable(whole)
    font = with_glyph_classes(whole)
    facts = inspect_font(font)
    preview = Content("drawing", _JSON, drawing_bytes(specimen(font, facts.family)))
    mime_type = "font/otf" if font.startswith(_OPENTYPE) else "font/ttf"
    return Taken(Content("font", mime_type, b"" if font is data else font), proxy=preview, font=facts)
