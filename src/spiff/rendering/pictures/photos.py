"""Decodes what most photos are straight into the pixels that Skia draws. Knows no panel and no output format.

libjpeg-turbo writes four bytes a pixel in the time that Pillow takes for three, and Skia draws them where they are.
"""

import simplejpeg
from numpy import uint8
from numpy.typing import NDArray

from spiff.rendering.failures import NotDrawable
from spiff.rendering.pictures.decoding import MAX_PIXELS, is_srgb
from spiff.rendering.pictures.jpeg_header import JpegHeader, jpeg_header

_UPRIGHT = 1
_REDUCED = (8, 4, 2, 1)
"""By how much libjpeg makes a picture smaller in less time than it takes whole."""


def photo_pixels(data: bytes, *, at_least_px: tuple[int, int]) -> NDArray[uint8] | None:
    """The pixels (height x width x RGBA) of a JPEG that only has to be decoded: upright, in sRGB and undamaged.

    They may be fewer than stored, but not fewer than `at_least_px` (width, height). None for any other file.
    """
    try:
        header = jpeg_header(data)
        if not _is_plain(header):
            return None
        width, height = (
            -(-stored // _reduction(header, at_least_px)) for stored in (header.width_px, header.height_px)
        )
        pixels: NDArray[uint8] = simplejpeg.decode_jpeg(data, "RGBA", min_height=height, min_width=width, min_factor=1)
    except (NotDrawable, ValueError):
        return None
    return pixels


def _is_plain(header: JpegHeader) -> bool:
    in_srgb = header.components == 3 and (not header.profile or is_srgb(header.profile))
    return in_srgb and header.orientation == _UPRIGHT and header.width_px * header.height_px <= MAX_PIXELS


def _reduction(header: JpegHeader, at_least_px: tuple[int, int]) -> int:
    width, height = at_least_px
    most = min(header.width_px // width, header.height_px // height)
    return next((factor for factor in _REDUCED if factor <= most), 1)
