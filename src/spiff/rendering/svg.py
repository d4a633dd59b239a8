"""A scene panel as SVG: for screens the same bytes as the browser's preview (docs/composing.md, SVG), and for print.

Knows no file store and no address.
"""

from base64 import b64encode
from collections.abc import Callable, Mapping
from itertools import groupby

from msgspec.structs import replace

from spiff.composing.numbers import write
from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel
from spiff.rendering.colours import channels
from spiff.rendering.drawn import drawn_assets, drawn_on, given, groups_of, outlines_of, prints_over
from spiff.rendering.failures import NotDrawable
from spiff.rendering.paths import read_outlines

_MIME_TYPES = {b"\xff\xd8": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png"}
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def to_svg(panel: ScenePanel, href: Callable[[str], str]) -> str:
    """What a screen shows of the panel as an SVG document; `href` gives the address of an asset."""
    return _document(drawn_on(panel, "screen"), href, unit="")


def to_print_svg(panel: ScenePanel, images: Mapping[str, bytes]) -> str:
    """The panel as an SVG file of its true size that needs no other file: pictures are in it, text is outlines.

    SVG knows no inks: colours are `#rrggbb`, and what prints over others lets them through. The caller leaves out what
    is only for screens; `images` as for to_pdf.
    The same input gives the same text. Raises NotDrawable.
    """
    _check(panel)
    inlined = {asset: _data_address(given(images, asset)) for asset in drawn_assets(panel)}
    return _document(panel, inlined.__getitem__, unit="pt")


def _document(panel: ScenePanel, href: Callable[[str], str], unit: str) -> str:
    width, height = write(panel.width), write(panel.height)
    size = f'width="{width}" height="{height}"'
    shown = f'width="{width}{unit}" height="{height}{unit}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {shown} viewBox="0 0 {width} {height}">'
    background = "" if panel.background is None else f'<rect {size} fill="{_escaped(panel.background)}"/>'
    groups = (
        _group(list(group), href) for _, group in groupby(enumerate(panel.elements), key=lambda each: each[1].clip)
    )
    return head + background + "".join(groups) + "</svg>"


def _check(panel: ScenePanel) -> None:
    """Raises NotDrawable for colours and outlines that the composer never writes."""
    read_outlines(outlines_of(groups_of(panel)))
    paths = [each for each in panel.elements if isinstance(each, PathElement)]
    for colour in (panel.background, *(each.fill for each in paths), *(each.stroke for each in paths)):
        if colour is not None:
            channels(colour)


def _data_address(data: bytes) -> str:
    mime_type = next((mime_type for start, mime_type in _MIME_TYPES.items() if data.startswith(start)), None)
    if mime_type is None:
        raise NotDrawable("a picture is a PNG or JPEG file")
    return f"data:{mime_type};base64,{b64encode(data).decode('ascii')}"


def _group(numbered: list[tuple[int, Element]], href: Callable[[str], str]) -> str:
    """Neighbours that are clipped alike, with the clip written once."""
    index, first = numbered[0]
    drawn = "".join(_element(element, href) for _, element in numbered)
    if first.clip is None:
        return drawn
    clip = f'<clipPath id="clip{index}"><path d="{_escaped(first.clip)}"/></clipPath>'
    return f'{clip}<g clip-path="url(#clip{index})">{drawn}</g>'


def _element(element: Element, href: Callable[[str], str]) -> str:
    return _path(element) if isinstance(element, PathElement) else _image(element, href)


def _path(path: PathElement) -> str:
    """One element; two where a fill or a stroke lets through what lies below."""
    stroke_over, fill_over = prints_over(path, path.stroke_ink), prints_over(path, path.fill_ink)
    if path.fill is not None and path.stroke is not None and (stroke_over or fill_over):
        return _drawn(replace(path, fill=None), over=stroke_over) + _drawn(replace(path, stroke=None), over=fill_over)
    return _drawn(path, over=stroke_over if path.fill is None else fill_over)


def _drawn(path: PathElement, *, over: bool) -> str:
    fill = "none" if path.fill is None else _escaped(path.fill)
    blending = ' style="mix-blend-mode:multiply"' if over else ""
    return f'<path d="{_escaped(path.d)}" fill="{fill}"{_stroke(path)}{blending}/>'


def _stroke(path: PathElement) -> str:
    if path.stroke is None:
        return ""
    color, width = _escaped(path.stroke), write(path.stroke_width)
    ends = 'stroke-linejoin="round" stroke-linecap="round" paint-order="stroke"'
    return f' stroke="{color}" stroke-width="{width}" {ends}'


def _image(image: ImageElement, href: Callable[[str], str]) -> str:
    matrix = " ".join(map(write, image.matrix))
    place = f'width="1" height="1" preserveAspectRatio="none" transform="matrix({matrix})"'
    return f'<image {place} href="{_escaped(href(image.asset))}"/>'


def _escaped(value: str) -> str:
    return value.translate(_ESCAPES)
