"""Opens an uploaded picture: its header first, then every pixel. Knows no database; runs in a child process."""

import io
import warnings

import simplejpeg
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from spiff.errors import Invalid

MAX_PIXELS = 51_000_000
"""Phones that write 50 megapixels have up to 8192 x 6144."""
MAX_JPEG_PIXELS = 202_000_000
"""A JPEG can be decoded smaller than it is: photos of today's phones have up to 16384 x 12288."""
_MEMORY_BYTES = 390_000_000
"""What decoding a JPEG may take: its pixels, the coefficients of a progressive one, and its bytes with their copies.

The rest of what a child process may have is its program.
"""
_COPIES = 3
"""Of a file: as it came, without its metadata, and on its way out."""
_SCALES = (1, 2, 4, 8)
_FORMATS = ["PNG", "JPEG", "WEBP"]
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, RuntimeError)
"""What the decoders raise for damage of all kinds."""
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}

Image.MAX_IMAGE_PIXELS = MAX_JPEG_PIXELS // 2  # Pillow refuses what is more than twice as large

try:  # the extra `heic` (docs/decisions/008-reading-files-from-outside.md)
    import pi_heif
except ImportError:
    pass
else:
    pi_heif.register_heif_opener(thumbnails=False, decode_threads=1)  # more only take memory: we count processor time
    _FORMATS.append("HEIF")


class PictureRefused(Invalid):
    """The file is no picture that can be printed; `code` says why and begins with `picture-`."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code


def open_picture(data: bytes) -> Image.Image:
    """A picture of a format that we take, decoded; of several frames the first.

    Raises PictureRefused with the code `picture-format`, `picture-too-large` (over 51 megapixels, a JPEG over 202) or
    `picture-damaged`.
    """
    return loaded(begun_picture(data), len(data))


def begun_picture(data: bytes) -> Image.Image:
    """The picture as its header tells it, still to be decoded. Raises PictureRefused as `open_picture` does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # we have our own limit, and what Pillow can repair is good enough
        picture = _opened(data)
        most = MAX_JPEG_PIXELS if isinstance(picture, JpegImageFile) else MAX_PIXELS
        if picture.width * picture.height > most:
            raise _too_large(f"{picture.width} x {picture.height}", most)
        return picture


def loaded(picture: Image.Image, file_bytes: int, enough_px: int | None = None) -> Image.Image:
    """The picture, decoded from a file of so many bytes. A JPEG may come smaller, by halves.

    That is to fit our memory, or where `enough_px` is a side.

    Raises PictureRefused with the code `picture-damaged`, or `picture-too-large` for a progressive JPEG beyond memory.
    """
    if isinstance(picture, JpegImageFile):
        scale = _scale(picture, file_bytes, enough_px)
        picture.draft(picture.mode, (picture.width // scale, picture.height // scale))
    try:
        picture.load()
    except _BROKEN as failure:
        if "Memory allocation" in str(failure):  # libheif's words for what Python says with another exception
            raise MemoryError from failure
        raise PictureRefused("picture-damaged", f"the picture is damaged or cut off: {failure}") from failure
    return picture


def _scale(picture: JpegImageFile, file_bytes: int, enough_px: int | None) -> int:
    """By how much the sides are divided."""
    pixels = picture.width * picture.height
    beside = _COPIES * file_bytes + (_coefficients(picture) * 2 if "progressive" in picture.info else 0)
    fitting = [each for each in _SCALES if beside + pixels * 4 // each**2 <= _MEMORY_BYTES]
    if not fitting:
        size = f"{picture.width} x {picture.height}"
        detail = f"a progressive JPEG of {size} pixels takes too much memory; save it without 'progressive'"
        raise PictureRefused("picture-too-large", detail)
    small = [each for each in _SCALES if enough_px and max(picture.size) // each >= enough_px]
    return max([fitting[0], *small])


def _coefficients(picture: JpegImageFile) -> int:
    """How many all channels have together; most have less of the two that hold colour."""
    samples = [across * down for _, across, down, _ in picture.layer]
    return picture.width * picture.height * sum(samples) // max(1, *samples)


def is_undamaged(data: bytes) -> bool:
    """Whether a JPEG is decoded without a complaint.

    Our decoder goes on behind damage where it can; a printer's may leave the rest of the picture black. As few pixels
    as can be had are made for this: the damage is found in reading.
    """
    try:
        simplejpeg.decode_jpeg(data, "GRAY", min_height=1, min_width=1)
    except ValueError:
        return False
    return True


def is_heic(data: bytes) -> bool:
    """Whether these are the first bytes of a picture as phones of some makers keep it (ISO/IEC 23008-12)."""
    return data[4:8] == b"ftyp" and data[8:12] in _HEIC_BRANDS


def _opened(data: bytes) -> Image.Image:
    if is_heic(data) and "HEIF" not in _FORMATS:
        raise PictureRefused("picture-format", "this installation does not read HEIC; save the picture as a JPEG")
    try:
        return Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError as failure:
        most = f"a picture has at most {MAX_PIXELS} pixels, a JPEG {MAX_JPEG_PIXELS}"
        raise PictureRefused("picture-too-large", most) from failure
    except _BROKEN as failure:
        kinds = "a picture is a PNG, JPEG, WebP or HEIC file; this is not, or is damaged"
        raise PictureRefused("picture-format", kinds) from failure


def _too_large(size: str, most: int) -> PictureRefused:
    return PictureRefused("picture-too-large", f"a picture has at most {most} pixels, not {size}")
