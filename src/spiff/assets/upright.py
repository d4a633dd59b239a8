"""Turns a decoded picture upright and into sRGB, and makes small copies. Knows no file of an installation."""

import io
import zlib
from functools import lru_cache

from PIL import Image, ImageCms, ImageOps

from spiff.assets.model import proxy_size

_ORIENTATION_TAG = 0x0112
_ON_THE_SIDE, _FROM_THE_END = {5, 6, 7, 8}, {3, 4, 7, 8}
"""Orientations (EXIF 2.32, 4.6.4 A): which of them exchange width and height; in which the last row comes first."""
_SRGB_NAMES = ("srgb", "c2")
"""What profiles of sRGB call themselves; `c2` is one made small for the web."""


def is_upright_srgb(picture: Image.Image) -> bool:
    """Whether the pixels can be shown as they are, without anything that is written beside them."""
    if _orientation(picture) != 1 or picture.mode == "CMYK":
        return False
    profile = picture.info.get("icc_profile")
    return not profile or not _is_colored(picture) or _is_srgb(profile)


def upright_srgb(picture: Image.Image) -> Image.Image:
    """The picture as it is meant to be seen. Grey pictures stay grey, whatever profile they have."""
    profile = picture.info.get("icc_profile")
    plain = _with_plain_pixels(picture)
    if profile and _is_colored(picture) and not _is_srgb(profile):
        plain = _converted(plain, profile)
    if plain.mode == "CMYK":
        plain = plain.convert("RGB")
    ImageOps.exif_transpose(plain, in_place=True)
    return plain


def upright_size(picture: Image.Image) -> tuple[int, int]:
    """The size after turning."""
    width, height = picture.size
    return (height, width) if _orientation(picture) in _ON_THE_SIDE else (width, height)


def box_before_turning(picture: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Where a box of the upright picture, as wide as that is, lies in the picture as it was stored."""
    _, top, _, bottom = box
    orientation = _orientation(picture)
    whole = picture.width if orientation in _ON_THE_SIDE else picture.height
    begin, end = (whole - bottom, whole - top) if orientation in _FROM_THE_END else (top, bottom)
    return (begin, 0, end, picture.height) if orientation in _ON_THE_SIDE else (0, begin, picture.width, end)


def _orientation(picture: Image.Image) -> int:
    return int(picture.getexif().get(_ORIENTATION_TAG, 1))


def opaque(picture: Image.Image) -> Image.Image:
    """Without the channel of an opaque picture that says so."""
    return picture.convert({"RGBA": "RGB", "LA": "L"}[picture.mode]) if picture.mode in {"RGBA", "LA"} else picture


def shines_through(picture: Image.Image) -> bool:
    """Whether any pixel is not opaque."""
    if not picture.has_transparency_data:
        return False
    lowest, _ = _with_plain_pixels(picture).getchannel("A").getextrema()
    return float(str(lowest)) < 255


def reduced(picture: Image.Image) -> Image.Image:
    """A copy of the size of its proxy."""
    return _with_plain_pixels(picture).resize(proxy_size(*picture.size), Image.Resampling.LANCZOS, reducing_gap=3.0)


def as_jpeg(picture: Image.Image, quality: int, subsampling: str) -> bytes:
    """The picture as a JPEG file without metadata."""
    file = io.BytesIO()
    _bare(picture).save(file, "JPEG", quality=quality, subsampling=subsampling)
    return file.getvalue()


def as_png(picture: Image.Image) -> bytes:
    """The picture as a PNG file without metadata, in little time: the intake has two seconds.

    Z_RLE looks for runs only, which the filters of PNG make: half the work of level 3, and photos come out smaller.
    """
    file = io.BytesIO()
    _bare(picture).save(file, "PNG", compress_type=zlib.Z_RLE)
    return file.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    picture.info = {}
    return picture


def _is_colored(picture: Image.Image) -> bool:
    return picture.mode in {"RGB", "RGBA", "CMYK", "P", "PA"}


def _with_plain_pixels(picture: Image.Image) -> Image.Image:
    """Without palettes, single bits and 16 bits, which cannot be scaled well."""
    if picture.mode in {"RGB", "RGBA", "CMYK", "L", "LA"} and "transparency" not in picture.info:
        return picture
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode == "P":
        return picture.convert("RGB")
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    return picture.convert("L")


def _is_srgb(profile: bytes) -> bool:
    try:
        name = ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(profile)))
    except (ImageCms.PyCMSError, OSError):
        return True  # a broken profile is passed over, as browsers do
    return name.strip().lower().startswith(_SRGB_NAMES)


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours that sRGB has stay what they are, others become the nearest it has."""
    try:
        converted = ImageCms.applyTransform(picture, _transform(profile, picture.mode))
    except (ImageCms.PyCMSError, OSError):
        return picture
    assert converted is not None
    converted.info.update(picture.info)
    return converted


@lru_cache(1)
def _transform(profile: bytes, mode: str) -> ImageCms.ImageCmsTransform:
    return ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(io.BytesIO(profile)),
        ImageCms.createProfile("sRGB"),
        mode,
        "RGBA" if mode == "RGBA" else "RGB",
        renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
        flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
