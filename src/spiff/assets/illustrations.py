"""Reduces an uploaded SVG to paths with colour slots (docs/assets.md). Knows no database; runs in a child process."""

import msgspec

from spiff.assets.svg.drawing import Drawn
from spiff.assets.svg.lengths import read_length
from spiff.assets.svg.refusals import SvgRefused
from spiff.assets.svg.slots import Slots
from spiff.assets.svg.tree import Node, read_tree
from spiff.assets.svg.viewports import read_view_box
from spiff.assets.svg.walking import Walk
from spiff.composing.document import Document
from spiff.composing.numbers import rounded

__all__ = ["Illustration", "IllustrationPath", "Slot", "SvgRefused", "flatten_svg", "flatten_svg_encoded"]

_LEAST_SIDE, _MOST_SIDE = 100.0, 100_000.0


class Slot(Document, frozen=True):
    """A colour that a shopper may replace; `color` is the drawing's own, `#rrggbb`."""

    id: str
    color: str


class IllustrationPath(Document, frozen=True):
    """An outline as a scene has it: absolute M L Q C Z in thousandths, nonzero, a round stroke under the fill."""

    d: str
    fill_slot: str | None = None
    stroke_slot: str | None = None
    stroke_width: float = 0.0


class Illustration(Document, frozen=True):
    """A drawing without anything that acts or refers: outlines between 0 0 and width height, lowest first."""

    width: float
    height: float
    slots: tuple[Slot, ...]
    paths: tuple[IllustrationPath, ...]


def flatten_svg(data: bytes) -> Illustration:
    """Reduce an SVG document to paths. Raises SvgRefused, which names what cannot be reduced."""
    root = read_tree(data)
    width, height = _size(root)
    scale = _enlargement(max(width, height))
    walk = Walk(root)
    walk.draw_document(root, (width, height), scale)
    if not walk.drawn:
        raise SvgRefused("svg-empty", "the illustration draws nothing")
    return _written(walk.drawn, width * scale, height * scale)


def flatten_svg_encoded(data: bytes) -> bytes:
    """The Illustration as MessagePack: what a child process calls."""
    return msgspec.msgpack.encode(flatten_svg(data))


def _size(root: Node) -> tuple[float, float]:
    """Width and height; what is absent, or a share of a page that we have not, follows from the viewBox."""
    box = read_view_box(root.attributes)
    width, height = _side(root, "width"), _side(root, "height")
    if box and (width is None or height is None):
        width, height = _proportional(box[2], box[3], width, height)
    if not width or not height or not 0 < min(width, height) <= max(width, height) <= _MOST_SIDE:
        raise SvgRefused("svg-size", f"an illustration needs a viewBox, or a width and height up to {_MOST_SIDE:.0f}")
    return width, height


def _side(root: Node, name: str) -> float | None:
    text = root.attributes.get(name, "auto").strip()
    return None if text == "auto" or text.endswith("%") else read_length(text, name, 0.0)


def _proportional(width: float, height: float, wanted: float | None, high: float | None) -> tuple[float, float]:
    if wanted is not None:
        return wanted, wanted * height / width
    return (high * width / height, high) if high is not None else (width, height)


def _enlargement(side: float) -> float:
    """Tens that make a small drawing large enough for thousandths to be fine: only its proportions mean something."""
    scale = 1.0
    while side * scale < _LEAST_SIDE:
        scale *= 10
    return scale


def _written(paths: list[Drawn], width: float, height: float) -> Illustration:
    paints = [paint for each in paths for paint in (each.stroke, each.fill) if paint]
    slots = Slots({paint.slot for paint in paints})
    written = tuple(_written_path(each, slots) for each in paths)
    found = tuple(Slot(name, color) for name, color in slots.colors.items())
    return Illustration(rounded(width) / 1000, rounded(height) / 1000, found, written)


def _written_path(path: Drawn, slots: Slots) -> IllustrationPath:
    fill, stroke = slots.slot_of(path.fill), slots.slot_of(path.stroke)
    width = max(rounded(path.stroke_width), 1) / 1000 if stroke else 0.0
    return IllustrationPath(path.outline.written(), fill, stroke, width)
