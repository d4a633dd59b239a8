"""Decides what is kept of a picture: its own bytes where they can stay, else it is written anew. Knows no store."""

from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile, get_sampling

from spiff.assets.jpegs import JPEG, is_plain_jpeg, jpeg_without_metadata, require_honest, require_no_padding
from spiff.assets.model import proxy_size
from spiff.assets.pictures import begun_picture, is_undamaged, loaded
from spiff.assets.pngs import png_without_metadata
from spiff.assets.strips import Box, jpeg_of_strips
from spiff.assets.taken import Content, PictureFacts, Taken
from spiff.assets.upright import (
    as_jpeg,
    as_png,
    box_before_turning,
    is_upright_srgb,
    opaque,
    reduced,
    shines_through,
    upright_size,
    upright_srgb,
)

_QUALITY, _PROXY_QUALITY = 95, 85
_LOSSLESS_WEBP = b"VP8L"
_TWICE_AS_COARSE = 2
"""What Pillow calls 4:2:0."""
_COARSE_HEIC = 420
"""What libheif calls it."""


def take_picture(data: bytes) -> Taken:
    """An upright sRGB JPEG or PNG without metadata, and its proxy where it is large. Raises PictureRefused."""
    if data.startswith(JPEG):
        require_no_padding(data)
    picture = begun_picture(data)
    if isinstance(picture, JpegImageFile):
        require_honest(data)
    else:
        loaded(picture, len(data))  # a PNG may say behind its pixels how it is turned
    if (kept := _as_it_came(picture, data)) is not None:
        size = picture.size
        loaded(picture, len(data), enough_px=2 * max(proxy_size(*size)))
        return _taken(picture, kept, size)
    lossless = _is_lossless(picture, data)
    loaded(picture, len(data))
    has_alpha = shines_through(picture)
    kept = _png(picture, has_alpha) if lossless or has_alpha else _jpeg(picture)
    return _taken(picture, kept, upright_size(picture))


def _taken(picture: Image.Image, kept: Content, size: tuple[int, int]) -> Taken:
    has_alpha = shines_through(picture)
    proxy = _proxy(picture, has_alpha) if proxy_size(*size) != size else None
    return Taken(kept, proxy=proxy, picture=PictureFacts(*size, has_alpha))


def _as_it_came(picture: Image.Image, data: bytes) -> Content | None:
    """The same pixels, coded as they were; None where other programs would show something else."""
    if not is_upright_srgb(picture):
        return None
    if picture.format == "PNG":
        return Content("picture", "image/png", png_without_metadata(data))
    if isinstance(picture, JpegImageFile) and is_plain_jpeg(data) and is_undamaged(data):
        return Content("picture", "image/jpeg", jpeg_without_metadata(data))
    return None


def _is_lossless(picture: Image.Image, data: bytes) -> bool:
    return picture.format == "PNG" or (picture.format == "WEBP" and _LOSSLESS_WEBP in data[:64])


def _png(picture: Image.Image, has_alpha: bool) -> Content:
    upright = upright_srgb(picture)
    return Content("picture", "image/png", as_png(upright if has_alpha else opaque(upright)))


def _jpeg(picture: Image.Image) -> Content:
    def strip(box: Box) -> Image.Image:
        return opaque(upright_srgb(picture.crop(box_before_turning(picture, box))))

    return Content(
        "picture", "image/jpeg", jpeg_of_strips(upright_size(picture), strip, _QUALITY, _subsampling(picture))
    )


def _subsampling(picture: Image.Image) -> str:
    """Colours as fine as they were: twice as coarse as brightness in photos of most cameras and phones."""
    coarse = isinstance(picture, JpegImageFile) and get_sampling(picture) == _TWICE_AS_COARSE
    return "4:2:0" if coarse or picture.info.get("chroma") == _COARSE_HEIC else "4:4:4"


def _proxy(picture: Image.Image, has_alpha: bool) -> Content:
    small = upright_srgb(reduced(picture))
    if has_alpha:
        return Content("proxy", "image/png", as_png(small))
    return Content("proxy", "image/jpeg", as_jpeg(opaque(small), _PROXY_QUALITY, "4:2:0"))
