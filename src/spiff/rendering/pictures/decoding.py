"""Decodes pictures to upright sRGB pixels. Knows no panel and no output format."""

import io
import warnings

from PIL import Image, ImageCms, ImageOps

from spiff.rendering.failures import NotDrawable

FORMATS = ("JPEG", "PNG")
MAX_PIXELS = 202_000_000

_ORIENTATION_TAG = 0x0112
_TURNED = {5, 6, 7, 8}

Image.MAX_IMAGE_PIXELS = MAX_PIXELS // 2  # Pillow refuses what is more than twice as large


def decoded(data: bytes, *, at_least_px: tuple[int, int] | None = None) -> Image.Image:
    """The picture as mode L, RGB or RGBA, turned as its EXIF data says, its colours converted to sRGB.

    With `at_least_px` a JPEG may come smaller than stored, but not smaller than this, which spares most of the work.
    Raises NotDrawable for other formats, damaged or truncated files, and more than MAX_PIXELS.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of much that it then draws well
            with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
                return _loaded(picture, at_least_px)
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as failure:
        raise NotDrawable(f"the picture cannot be decoded: {failure}") from failure


def _loaded(picture: Image.Image, at_least_px: tuple[int, int] | None) -> Image.Image:
    if picture.width * picture.height > MAX_PIXELS:
        raise NotDrawable(f"a picture has at most {MAX_PIXELS} pixels, not {picture.width} x {picture.height}")
    if at_least_px:
        turned = picture.getexif().get(_ORIENTATION_TAG, 1) in _TURNED
        picture.draft(None, at_least_px[::-1] if turned else at_least_px)
    picture.load()
    profile = picture.info.get("icc_profile", b"")
    ImageOps.exif_transpose(picture, in_place=True)
    return _in_srgb(picture, profile)


def _in_srgb(picture: Image.Image, profile: bytes) -> Image.Image:
    plain = _in_plain_mode(picture)
    if not profile or is_srgb(profile):
        return plain if plain.mode in {"L", "RGB", "RGBA"} else plain.convert("RGB")
    alpha = plain.getchannel("A") if plain.mode == "RGBA" else None
    colours = plain.convert("RGB") if alpha else plain
    converted = _converted(colours, profile)
    if alpha:
        converted.putalpha(alpha)
    return converted


def _in_plain_mode(picture: Image.Image) -> Image.Image:
    """Palettes, bits, 16-bit grey and separate transparency become L, RGB, RGBA or CMYK."""
    if picture.has_transparency_data:
        return picture if picture.mode == "RGBA" else picture.convert("RGBA")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")  # converting alone would cut at 255
    return picture.convert("L" if picture.mode == "1" else "RGB")


def _converted(colours: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(colours, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return colours.convert("RGB")  # a profile that does not fit the picture is ignored, as browsers do
    assert converted is not None
    return converted


def is_srgb(profile: bytes) -> bool:
    """Whether an ICC profile calls itself sRGB, so that its colours are ours already."""
    return b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile
