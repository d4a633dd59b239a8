"""A scene panel as SVG, the same bytes as the browser's preview (docs/composing.md, SVG). Knows no file, no address."""

from collections.abc import Callable
from itertools import groupby

from spiff.composing.numbers import write
from spiff.composing.scene import Element, ImageElement, PathElement, ScenePanel

_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


def to_svg(panel: ScenePanel, href: Callable[[str], str]) -> str:
    """The panel as an SVG document; `href` gives the address of an asset."""
    width, height = write(panel.width), write(panel.height)
    size = f'width="{width}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} viewBox="0 0 {width} {height}">'
    background = "" if panel.background is None else f'<rect {size} fill="{_escaped(panel.background)}"/>'
    shown = enumerate(each for each in panel.elements if each.only != "print")
    groups = (_group(list(group), href) for _, group in groupby(shown, key=lambda each: each[1].clip))
    return head + background + "".join(groups) + "</svg>"


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
    fill = "none" if path.fill is None else _escaped(path.fill)
    return f'<path d="{_escaped(path.d)}" fill="{fill}"{_stroke(path)}/>'


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
