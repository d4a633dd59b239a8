"""Draws a panel as a PNG picture for carts and e-mails, with Skia. Knows no fonts and no text.

The same input gives the same bytes on one kind of machine; Skia may round an edge pixel differently on another.
"""

import math
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy
import skia
from numpy.typing import NDArray
from PIL import Image

from spiff.composing.document import Ink
from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel
from spiff.rendering.colours import channels
from spiff.rendering.drawn import drawn_assets, given, groups_of, outlines_of, prints_over
from spiff.rendering.failures import NotDrawable
from spiff.rendering.pictures.decoding import decoded
from spiff.rendering.pictures.photos import photo_pixels
from spiff.rendering.png.file import png_file
from spiff.rendering.png.outlines import skia_paths

MAX_WIDTH_PX = 8_000
MAX_PIXELS = 50_000_000

_MITCHELL = skia.CubicResampler.Mitchell()
_B_SPLINE = skia.CubicResampler.Mitchell()
_B_SPLINE.B, _B_SPLINE.C = 1.0, 0.0
_SHARP, _SOFT = skia.SamplingOptions(_MITCHELL), skia.SamplingOptions(_B_SPLINE)
_MIPMAPS = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)


def to_png(panel: ScenePanel, images: Mapping[str, bytes], *, width_px: int, trim: bool = False) -> bytes:
    """The panel, or with `trim` only what is left after cutting, as a PNG `width_px` wide in sRGB.

    Transparent where the panel has no background. `images` as for to_pdf. Raises NotDrawable.
    """
    cut = panel.bleed if trim else 0.0
    scale, height_px = _fitted(panel.width - 2 * cut, panel.height - 2 * cut, width_px)
    pixels = numpy.empty((height_px, width_px, 4), dtype=numpy.uint8)
    surface = skia.Surface.MakeRasterDirect(_pixel_layout(width_px, height_px), pixels, width_px * 4)
    canvas = surface.getCanvas()
    canvas.clear(_colour(panel.background) if panel.background else skia.ColorTRANSPARENT)
    canvas.scale(scale, scale)
    canvas.translate(-cut, -cut)
    _draw(canvas, panel, _pictures(panel, images, scale))
    surface.flushAndSubmit()
    return png_file(_finished(pixels, opaque=panel.background is not None))


def _fitted(width_pt: float, height_pt: float, width_px: int) -> tuple[float, int]:
    """The scale, and the height that keeps the proportions."""
    if not (width_pt > 0 and height_pt > 0 and 0 < width_px <= MAX_WIDTH_PX):
        raise NotDrawable(
            f"a picture is 1 to {MAX_WIDTH_PX} px wide and shows some area, not {width_pt} x {height_pt} pt"
        )
    scale = width_px / width_pt
    height_px = max(1, math.floor(height_pt * scale + 0.5))
    if width_px * height_px > MAX_PIXELS:
        raise NotDrawable(f"a picture has at most {MAX_PIXELS} pixels, not {width_px} x {height_px}")
    return scale, height_px


def _pixel_layout(width_px: int, height_px: int) -> Any:
    return skia.ImageInfo.Make(width_px, height_px, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)


def _finished(pixels: NDArray[numpy.uint8], *, opaque: bool) -> NDArray[numpy.uint8]:
    """PNG has no premultiplied colours: divide by the alpha, rounding to the nearest."""
    if opaque:
        return _without_alpha(pixels)
    alpha = pixels[:, :, 3:].astype(numpy.uint32)
    divisor = numpy.maximum(alpha, 1)
    colours = (pixels[:, :, :3].astype(numpy.uint32) * 255 + divisor // 2) // divisor
    return numpy.concatenate([colours, alpha], axis=2).astype(numpy.uint8)


def _without_alpha(pixels: NDArray[numpy.uint8]) -> NDArray[numpy.uint8]:
    """Three of every four bytes. Pillow picks them five times faster than numpy."""
    height, width, _ = pixels.shape
    picked = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1).tobytes("raw", "RGB")
    return numpy.frombuffer(picked, dtype=numpy.uint8).reshape(height, width, 3)


def _pictures(panel: ScenePanel, images: Mapping[str, bytes], scale: float) -> dict[str, Any]:
    return {
        asset: _picture(given(images, asset), at_least_px=_largest_px(panel, asset, scale))
        for asset in drawn_assets(panel)
    }


def _largest_px(panel: ScenePanel, asset: str, scale: float) -> tuple[int, int]:
    """The width and height with which the picture is drawn where it is drawn largest."""
    places = [
        element.matrix for element in panel.elements if isinstance(element, ImageElement) and element.asset == asset
    ]
    width = max(math.hypot(a, b) for a, b, _, _, _, _ in places)
    height = max(math.hypot(c, d) for _, _, c, d, _, _ in places)
    return math.ceil(width * scale) or 1, math.ceil(height * scale) or 1


def _picture(data: bytes, *, at_least_px: tuple[int, int]) -> Any:
    """A copy of the picture's pixels: Skia does not keep our buffer alive."""
    photo = photo_pixels(data, at_least_px=at_least_px)
    if photo is not None:
        return skia.Image.fromarray(photo, skia.kRGBA_8888_ColorType, skia.kOpaque_AlphaType)
    return _skia_image(decoded(data, at_least_px=at_least_px))


def _skia_image(picture: Image.Image) -> Any:
    """Premultiplied, or scaling would mix the colours under transparent pixels into their neighbours."""
    opaque = picture.mode != "RGBA"
    mode, alpha = ("RGB", skia.kOpaque_AlphaType) if opaque else ("RGBa", skia.kPremul_AlphaType)
    colours = picture if picture.mode == mode else picture.convert(mode)
    data = colours.tobytes("raw", "RGBX" if opaque else "RGBa")
    return skia.Image.frombytes(data, skia.ISize(*picture.size), skia.kRGBA_8888_ColorType, alpha, None, True)


def _draw(canvas: Any, panel: ScenePanel, pictures: Mapping[str, Any]) -> None:
    groups = groups_of(panel)
    outlines = iter(skia_paths(outlines_of(groups)))
    for clip, group in groups:
        canvas.save()
        clipping = next(outlines)
        if clip is not None:
            canvas.clipPath(clipping, doAntiAlias=True)
        for element in group:
            _draw_element(canvas, element, next(outlines), pictures)
        canvas.restore()


def _draw_element(canvas: Any, element: Element, outline: Any, pictures: Mapping[str, Any]) -> None:
    if isinstance(element, PathElement):
        _draw_path(canvas, element, outline)
    else:
        _draw_picture(canvas, element, pictures[element.asset])


def _draw_path(canvas: Any, element: PathElement, outline: Any) -> None:
    if element.stroke and element.stroke_width > 0:
        blend = _blend(element, element.stroke_ink)
        canvas.drawPath(outline, _stroke_paint(element.stroke, element.stroke_width, blend))
    if element.fill:
        blend = _blend(element, element.fill_ink)
        canvas.drawPath(outline, _fill_paint(element.fill, blend))


def _blend(element: PathElement, ink: Ink | None) -> Any:
    return skia.BlendMode.kMultiply if prints_over(element, ink) else skia.BlendMode.kSrcOver


@lru_cache(256)
def _fill_paint(colour: str, blend: Any) -> Any:
    """A drawing has a hundred paths of a few colours."""
    return skia.Paint(AntiAlias=True, Color=_colour(colour), BlendMode=blend)


def _stroke_paint(colour: str, width_pt: float, blend: Any) -> Any:
    return skia.Paint(
        AntiAlias=True,
        Color=_colour(colour),
        BlendMode=blend,
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=width_pt,
        StrokeJoin=skia.Paint.kRound_Join,
        StrokeCap=skia.Paint.kRound_Cap,
    )


def _draw_picture(canvas: Any, element: ImageElement, picture: Any) -> None:
    a, b, c, d, e, f = element.matrix
    width, height = picture.width(), picture.height()
    canvas.save()
    canvas.concat(skia.Matrix.MakeAll(a / width, c / height, e, b / width, d / height, f, 0, 0, 1))
    canvas.drawImage(picture, 0, 0, _sampling(canvas), skia.Paint(AntiAlias=True))
    canvas.restore()


def _sampling(canvas: Any) -> Any:
    """How pixels are mixed. A cubic looks at four by four; the smaller they become, the softer, or patterns flicker.

    Below half the size four are too few, and smaller copies must be made first, which takes as long as all the rest.
    """
    scale = canvas.getTotalMatrix().getMinScale()
    if scale < 0.5:
        return _MIPMAPS
    return _SOFT if scale < 2 / 3 else _SHARP


def _colour(text: str) -> int:
    return int(skia.ColorSetRGB(*channels(text)))
