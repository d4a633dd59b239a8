"""Looks at an uploaded picture before it is stored. Knows no database; meant to run in a child process with limits."""

import io
import warnings

import msgspec
from PIL import Image

from spiff.errors import Invalid

MAX_PIXELS = 50_000_000
_MIMES = {"PNG": "image/png", "JPEG": "image/jpeg", "MPO": "image/jpeg"}
_TURNED = {5, 6, 7, 8}
_ORIENTATION_TAG = 0x0112


class Picture(msgspec.Struct, frozen=True):
    """What a picture is. Width and height are as shown, after the EXIF orientation turned it."""

    mime: str
    width_px: int
    height_px: int


class PictureRefused(Invalid):
    """The file is no picture that can be printed; `code` says why and begins with `picture-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def inspect_picture(data: bytes) -> Picture:
    """Check a PNG or JPEG file: its header first, then every pixel. Its metadata stays.

    Raises PictureRefused with the code `picture-format`, `picture-too-large` (over 50 megapixels) or `picture-damaged`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # we have our own limit, and what Pillow can repair is good enough
        with _opened(data) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                size = f"{picture.width} x {picture.height}"
                raise PictureRefused("picture-too-large", f"a picture has at most {MAX_PIXELS} pixels, not {size}")
            return _checked(picture)


def inspect_picture_encoded(data: bytes) -> bytes:
    """The Picture as MessagePack: what a child process calls."""
    return msgspec.msgpack.encode(inspect_picture(data))


def _opened(data: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=("PNG", "JPEG"))
    except Image.DecompressionBombError as failure:
        raise PictureRefused("picture-too-large", f"a picture has at most {MAX_PIXELS} pixels: {failure}") from failure
    except (OSError, ValueError, SyntaxError, EOFError) as failure:
        raise PictureRefused(
            "picture-format", "a picture is a PNG or JPEG file; this is not, or is damaged"
        ) from failure


def _checked(picture: Image.Image) -> Picture:
    mime = _MIMES[picture.format or ""]
    width, height = picture.size
    try:
        picture.load()
        turned = picture.getexif().get(_ORIENTATION_TAG, 1) in _TURNED
    except (OSError, ValueError, SyntaxError, EOFError) as failure:
        raise PictureRefused("picture-damaged", f"the picture is damaged or cut off: {failure}") from failure
    return Picture(mime, height, width) if turned else Picture(mime, width, height)
