"""Decides what is kept of a picture: its own bytes where they can stay, else it is written anew. Knows no store."""

from PIL import Image

from spiff.assets.jpegs import JPEG, is_plain_jpeg, jpeg_without_metadata, require_honest, require_no_padding
from spiff.assets.model import PROXY_SIDE_PX
from spiff.assets.pictures import open_picture
from spiff.assets.pngs import png_without_metadata
from spiff.assets.taken import Content, PictureFacts, Taken
from spiff.assets.upright import (
    as_jpeg,
    as_png,
    is_upright_srgb,
    reduced,
    shines_through,
    upright_srgb,
)

_QUALITY, _PROXY_QUALITY = 95, 85
_LOSSLESS_WEBP = b"VP8L"


def take_picture(data: bytes) -> Taken:
    """An upright sRGB JPEG or PNG without metadata, and its proxy where it is large. Raises PictureRefused."""
    if data.startswith(JPEG):
        require_no_padding(data)
    picture = open_picture(data)
    if picture.format in {"JPEG", "MPO"}:
        require_honest(data)
    has_alpha, kept = shines_through(picture), _as_it_came(picture, data)
    if kept is None:
        lossless = has_alpha or _is_lossless(picture, data)
        picture = upright_srgb(picture)
        kept = _png(picture, has_alpha) if lossless else _jpeg(picture)
    facts = PictureFacts(picture.width, picture.height, has_alpha)
    return Taken(kept, proxy=_proxy(picture, has_alpha), picture=facts)


def _as_it_came(picture: Image.Image, data: bytes) -> Content | None:
    """The same pixels, coded as they were; None where other programs would show something else."""
    if not is_upright_srgb(picture):
        return None
    if picture.format == "PNG":
        return Content("picture", "image/png", png_without_metadata(data))
    if picture.format in {"JPEG", "MPO"} and is_plain_jpeg(data):
        return Content("picture", "image/jpeg", jpeg_without_metadata(data))
    return None


def _is_lossless(picture: Image.Image, data: bytes) -> bool:
    return picture.format == "PNG" or (picture.format == "WEBP" and _LOSSLESS_WEBP in data[:64])


def _png(picture: Image.Image, has_alpha: bool) -> Content:
    return Content("picture", "image/png", as_png(picture if has_alpha else _opaque(picture)))


def _jpeg(picture: Image.Image) -> Content:
    return Content("picture", "image/jpeg", as_jpeg(_opaque(picture), _QUALITY, "4:4:4"))


def _opaque(picture: Image.Image) -> Image.Image:
    return picture.convert({"RGBA": "RGB", "LA": "L"}[picture.mode]) if picture.mode in {"RGBA", "LA"} else picture


def _proxy(picture: Image.Image, has_alpha: bool) -> Content | None:
    if max(picture.size) <= PROXY_SIDE_PX:
        return None
    small = reduced(picture)
    if has_alpha:
        return Content("proxy", "image/png", as_png(small))
    return Content("proxy", "image/jpeg", as_jpeg(_opaque(small), _PROXY_QUALITY, "4:2:0"))
