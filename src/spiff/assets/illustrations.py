"""Reduces an uploaded SVG to paths with colour slots (docs/assets.md). Knows no database; runs in a child process."""

import msgspec

from spiff.assets.svg.drawing import Drawn
from spiff.assets.svg.lengths import read_length
from spiff.assets.svg.refusals import SvgRefused
from spiff.assets.svg.slots import Slots
from spiff.assets.svg.tree import Node, read_tree
from spiff.assets.svg.viewports import read_view_box
from spiff.assets.svg.walking import Walk
from spiff.composing.numbers import rounded
from spiff.composing.resources import Drawing, DrawingPath, SlotColor

_LEAST_SIDE, _MOST_SIDE = 100.0, 100_000.0


def flatten_svg(data: bytes) -> Drawing:
    """Reduce an SVG document to paths; what it was otherwise is gone. Raises SvgRefused with what cannot be reduced."""
    root = read_tree(data)
    width, height = _size(root)
    scale = _enlargement(max(width, height))
    walk = Walk(root)
    walk.draw_document(root, (width, height), scale)
    if not walk.drawn:
        raise SvgRefused("svg-empty", "the illustration draws nothing")
    return _written(walk, width * scale, height * scale)


def drawing_bytes(drawing: Drawing) -> bytes:
    """The drawing as the file that is kept: JSON, the same bytes for the same drawing."""
    return msgspec.json.encode(drawing)


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


def _written(walk: Walk, width: float, height: float) -> Drawing:
    paints = [paint for each in walk.drawn for paint in (each.stroke, each.fill) if paint]
    slots = Slots({paint.slot for paint in paints})
    paths = tuple(_written_path(each, slots) for each in walk.drawn)
    found = tuple(SlotColor(name, color) for name, color in slots.colors.items())
    frame = walk.frame.written() if walk.frame else None
    return Drawing(rounded(width) / 1000, rounded(height) / 1000, found, paths, frame)


def _written_path(path: Drawn, slots: Slots) -> DrawingPath:
    fill, stroke = slots.slot_of(path.fill), slots.slot_of(path.stroke)
    if stroke is None:
        return DrawingPath(path.outline.written(), fill)
    return DrawingPath(path.outline.written(), fill, stroke, max(rounded(path.stroke_width), 1) / 1000)
