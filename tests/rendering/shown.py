"""Looks at PDF and PNG files with libraries that are not ours."""

import io

import numpy
import pypdfium2
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[numpy.uint8]


def png_pixels(file: bytes, mode: str = "RGB") -> Pixels:
    with Image.open(io.BytesIO(file)) as picture:
        return numpy.asarray(picture.convert(mode))


def pdf_pixels(file: bytes, width_px: int, width_pt: float) -> Pixels:
    document = pypdfium2.PdfDocument(file)
    try:
        page = document[0]
        bitmap = page.render(scale=width_px / width_pt)
        pixels = numpy.asarray(bitmap.to_pil().convert("RGB")).copy()
        bitmap.close()
        page.close()
        return pixels
    finally:
        document.close()


def colour_at(pixels: Pixels, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(channel) for channel in pixels[y, x])


def share_that_differs(one: Pixels, other: Pixels, threshold: int) -> float:
    """The share of pixels in which some channel differs by more than `threshold`."""
    assert one.shape == other.shape
    distance = numpy.abs(one.astype(int) - other.astype(int)).max(axis=2)
    return float((distance > threshold).mean())
