"""Opens an uploaded picture: its header first, then every pixel. Knows no database; runs in a child process."""

import io
import warnings

from PIL import Image

from spiff.errors import Invalid

MAX_PIXELS = 50_000_000
_FORMATS = ["PNG", "JPEG", "WEBP"]
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, RuntimeError)
"""What the decoders raise for damage of all kinds."""
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

try:  # the extra `heic` (docs/decisions/008-heic.md)
    import pi_heif
except ImportError:
    pass
else:
    pi_heif.register_heif_opener(thumbnails=False)
    _FORMATS.append("HEIF")


class PictureRefused(Invalid):
    """The file is no picture that can be printed; `code` says why and begins with `picture-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def open_picture(data: bytes) -> Image.Image:
    """A picture of a format that we take, decoded; of several frames the first.

    Raises PictureRefused with the code `picture-format`, `picture-too-large` (over 50 megapixels) or `picture-damaged`.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # we have our own limit, and what Pillow can repair is good enough
        picture = _opened(data)
        if picture.width * picture.height > MAX_PIXELS:
            raise _too_large(f"{picture.width} x {picture.height}")
        try:
            picture.load()
        except _BROKEN as failure:
            if "Memory allocation" in str(failure):  # libheif's words for what Python says with another exception
                raise MemoryError from failure
            raise PictureRefused("picture-damaged", f"the picture is damaged or cut off: {failure}") from failure
        return picture


def is_heic(data: bytes) -> bool:
    """Whether these are the first bytes of a picture as phones of some makers keep it (ISO/IEC 23008-12)."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS


def _opened(data: bytes) -> Image.Image:
    if is_heic(data) and "HEIF" not in _FORMATS:
        raise PictureRefused("picture-format", "this installation does not read HEIC; save the picture as a JPEG")
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as failure:
        raise _too_large(str(failure)) from failure
    except _BROKEN as failure:
        kinds = "a picture is a PNG, JPEG, WebP or HEIC file; this is not, or is damaged"
        raise PictureRefused("picture-format", kinds) from failure


def _too_large(size: str) -> PictureRefused:
    return PictureRefused("picture-too-large", f"a picture has at most {MAX_PIXELS} pixels, not {size}")
