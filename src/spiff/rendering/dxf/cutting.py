"""Chooses what of a panel is cut, and on which layer (docs/printing.md). Knows nothing of how a DXF file is written."""

import re
from collections.abc import Iterable, Iterator

from spiff.composing.document import Ink
from spiff.composing.scene import PathElement, ScenePanel
from spiff.rendering.colours import channels
from spiff.rendering.dxf.clipping import inside
from spiff.rendering.dxf.file import Layer, dxf_file
from spiff.rendering.dxf.flattening import Polyline, polylines

TOLERANCE_MM = 0.01
_MM = 25.4 / 72
_TOLERANCE_PT = 0.9 * TOLERANCE_MM / _MM
"""Leaves room for the rounding of what is written."""

_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>/\\":;?*|=`,]')
_MOST_CHARACTERS = 255
_BASIC = {
    1: (255, 0, 0),
    2: (255, 255, 0),
    3: (0, 255, 0),
    4: (0, 255, 255),
    5: (0, 0, 255),
    6: (255, 0, 255),
    7: (0, 0, 0),
}
"""AutoCAD's numbered colours; the seventh is the one that stands out from the background."""

Cut = tuple[str, str, list[Polyline]]
"""A layer's name, the `#rrggbb` that shows it, and lines in panel points."""


def to_dxf(panel: ScenePanel) -> bytes:
    """The lines to cut as ASCII DXF (AutoCAD 2000) in millimetres, y upwards from the panel's lower left corner.

    Cut are the strokes in spot inks, each ink on a layer of its name; where there is none, all outlines, on layers
    named by their colour. Curves become lines at most TOLERANCE_MM away. The caller leaves out what is only for
    screens. The same input gives the same bytes. Raises NotDrawable.
    """
    paths = [element for element in panel.elements if isinstance(element, PathElement)]
    cuts = list(_spot_strokes(paths)) or list(_outlines(paths))
    return dxf_file(_layers(cuts, panel.height), panel.width * _MM, panel.height * _MM)


def _spot_strokes(paths: Iterable[PathElement]) -> Iterator[Cut]:
    for path in paths:
        if path.stroke and path.stroke_width > 0 and path.stroke_ink and path.stroke_ink.spot:
            yield path.stroke_ink.spot, path.stroke, _visible(path)


def _outlines(paths: Iterable[PathElement]) -> Iterator[Cut]:
    """The layer is that of the fill; of a path that is only stroked that of the stroke, along its middle."""
    for path in paths:
        if path.fill:
            yield _name(path.fill, path.fill_ink), path.fill, _filled(path)
        elif path.stroke and path.stroke_width > 0:
            yield _name(path.stroke, path.stroke_ink), path.stroke, _visible(path)


def _name(colour: str, ink: Ink | None) -> str:
    return ink.spot if ink and ink.spot else colour.lower()


def _visible(path: PathElement) -> list[Polyline]:
    """The lines of a path as far as its clip lets them be seen."""
    lines = polylines(path.d, _TOLERANCE_PT)
    return lines if path.clip is None else inside(lines, polylines(path.clip, _TOLERANCE_PT))


def _filled(path: PathElement) -> list[Polyline]:
    """What goes around the visible area: where a clip cuts through it, that is the edge of the clip."""
    area = _closed(polylines(path.d, _TOLERANCE_PT))
    if path.clip is None:
        return area
    clip = _closed(polylines(path.clip, _TOLERANCE_PT))
    return inside(area, clip) + inside(clip, area)


def _closed(lines: Iterable[Polyline]) -> list[Polyline]:
    """Filling closes what is open."""
    return [Polyline(line.points, closed=True) for line in lines]


def _layers(cuts: Iterable[Cut], height_pt: float) -> list[Layer]:
    """By name, which layers keep apart without regard to case; the first of a name gives its spelling and colour."""
    names: dict[str, tuple[str, str]] = {}
    lines: dict[str, list[Polyline]] = {}
    for name, colour, found in cuts:
        shown = _NOT_IN_NAMES.sub("_", name)[:_MOST_CHARACTERS].strip() or "_"
        names.setdefault(shown.casefold(), (shown, colour))
        lines.setdefault(shown.casefold(), []).extend(_in_mm(line, height_pt) for line in found)
    return [Layer(name, _nearest(colour), tuple(lines[key])) for key, (name, colour) in names.items()]


def _in_mm(line: Polyline, height_pt: float) -> Polyline:
    return Polyline(tuple((x * _MM, (height_pt - y) * _MM) for x, y in line.points), line.closed)


def _nearest(colour: str) -> int:
    wanted = channels(colour)
    return min(_BASIC, key=lambda number: sum((a - b) ** 2 for a, b in zip(_BASIC[number], wanted, strict=True)))
