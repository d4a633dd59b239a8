"""Puts pictures into a PDF: JPEG bytes as they are, everything else as Flate pixels. Knows no panel."""

import deflate
import numpy
from PIL import Image

from spiff.rendering.failures import NotDrawable
from spiff.rendering.pdf.numbers import thousandths
from spiff.rendering.pdf.objects import PdfFile
from spiff.rendering.pictures.decoding import MAX_PIXELS, decoded, is_srgb
from spiff.rendering.pictures.jpeg_header import JpegHeader, jpeg_header
from spiff.rendering.pictures.up_filter import filtered_up

Matrix = tuple[float, float, float, float, float, float]

_SPACES = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}

# How the unit square, y up, of the stored pixels is turned to stand upright: EXIF 2.32, 4.6.4 A, tag 274.
_TURNS: dict[int, Matrix] = {
    1: (1, 0, 0, 1, 0, 0),
    2: (-1, 0, 0, 1, 1, 0),
    3: (-1, 0, 0, -1, 1, 1),
    4: (1, 0, 0, -1, 0, 1),
    5: (0, -1, -1, 0, 1, 1),
    6: (0, -1, 1, 0, 0, 1),
    7: (0, 1, 1, 0, 0, 0),
    8: (0, 1, -1, 0, 1, 0),
}


def add_image(file: PdfFile, data: bytes, screen: str) -> tuple[int, Matrix]:
    """Embed a picture at full resolution. Returns its object and the matrix that turns it upright.

    `screen` is the colour space of sRGB. Grey pictures print in black ink.

    Raises NotDrawable for anything but PNG and JPEG.
    """
    if data.startswith(b"\xff\xd8"):
        header = jpeg_header(data)
        return _add_jpeg(file, data, header, screen), _TURNS[header.orientation]
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return _add_pixels(file, decoded(data), screen), _TURNS[1]
    raise NotDrawable("a picture is a PNG or JPEG file")


def placement(matrix: Matrix, turn: Matrix) -> str:
    """The operator that maps PDF's unit square (y up) to where `matrix` puts the unit square with y down (8.9.5.1)."""
    a, b, c, d, e, f = matrix
    upright = (a, b, -c, -d, e + c, f + d)
    return f"{thousandths(*_after(turn, upright))} cm\n"


def _after(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _add_jpeg(file: PdfFile, data: bytes, header: JpegHeader, screen: str) -> int:
    if header.width_px * header.height_px > MAX_PIXELS:
        raise NotDrawable(f"a picture has at most {MAX_PIXELS} pixels, not {header.width_px} x {header.height_px}")
    space = _jpeg_space(file, header, screen)
    inverted = " /Decode [1 0 1 0 1 0 1 0]" if header.inverted else ""
    dictionary = _dictionary(header.width_px, header.height_px, space, f"{inverted} /Filter /DCTDecode")
    # A checksum stands for the pixels in the identifier: hashing megabytes would take as long as all the rest.
    return file.add(dictionary, data, identity=b"%d" % deflate.crc32(data))


def _jpeg_space(file: PdfFile, header: JpegHeader, screen: str) -> str:
    device = "/" + _SPACES[header.components]
    profile = header.profile
    kind = {b"GRAY": 1, b"RGB ": 3, b"CMYK": 4}.get(profile[16:20])
    if kind != header.components or is_srgb(profile):
        return screen if header.components == 3 else device
    number_of = file.add_compressed(f"<</N {header.components} /Alternate {device}>>", profile)
    return f"[/ICCBased {number_of} 0 R]"


def _add_pixels(file: PdfFile, picture: Image.Image, screen: str) -> int:
    mask = ""
    if picture.mode == "RGBA":
        alpha = picture.getchannel("A")
        picture = picture.convert("RGB")
        if alpha.getextrema() != (255, 255):
            mask = f" /SMask {_add_flate(file, alpha, screen)} 0 R"
    return _add_flate(file, picture, screen, mask)


def _add_flate(file: PdfFile, picture: Image.Image, screen: str, more: str = "") -> int:
    colours = len(picture.getbands())
    rows = numpy.asarray(picture).reshape(picture.height, -1)
    parameters = f" /DecodeParms <</Predictor 15 /Colors {colours} /Columns {picture.width}>>"
    dictionary = _dictionary(
        picture.width, picture.height, screen if colours == 3 else f"/{_SPACES[colours]}", more + parameters
    )
    return file.add_compressed(dictionary, filtered_up(rows).tobytes())


def _dictionary(width: int, height: int, space: str, more: str) -> str:
    size = f"/Width {width} /Height {height} /BitsPerComponent 8"
    return f"<</Type /XObject /Subtype /Image {size} /ColorSpace {space}{more}>>"
