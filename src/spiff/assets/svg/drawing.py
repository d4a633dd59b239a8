"""One shape with its style as the paths of a scene: strokes are round there and lie under the fill. Knows no tree."""

from dataclasses import dataclass, replace

from spiff.assets.svg.areas import Pen, clipped_area, nonzero_area, stroke_area
from spiff.assets.svg.lengths import read_length
from spiff.assets.svg.matrices import Matrix, is_flat, keeps_shapes, scale_of
from spiff.assets.svg.outline import Box, Outline
from spiff.assets.svg.refusals import SvgRefused
from spiff.assets.svg.styles import Style
from spiff.assets.svg.turning import turns

Clips = tuple[Outline, ...]
"""Nonzero areas; only what is inside of all of them is drawn."""
_OFFSET = "stroke-dashoffset"
_STRAIGHT, _RIGHT_ANGLE = 0.999, -0.01
"""Cosines of how far a line turns: hardly at all (2.6 degrees), and by a right angle at most."""
_HAIRLINES = 400
"""A line is a hairline where its shape is so many times larger: a round corner then ends by 1/2000 of it earlier."""
_HAIR = 0.0005
"""Half a thousandth: what is nearer to an edge than this is on it."""


@dataclass(frozen=True)
class Paint:
    """A colour and the class that names its slot, if one does."""

    color: str
    slot: str = ""


@dataclass(frozen=True)
class Drawn:
    """One path of the illustration in its own coordinates, not yet written."""

    outline: Outline
    fill: Paint | None = None
    stroke: Paint | None = None
    stroke_width: float = 0.0
    cut: bool = False
    """Whether a cutter follows it: its stroke is never an area."""


def drawn(outline: Outline, style: Style, matrix: Matrix, clips: Clips, whole: float) -> list[Drawn]:
    """The paths of a shape, lowest first. `whole` is what a stroke width of 100% is. Raises SvgRefused."""
    if not style.visible or not outline.draws:
        return []
    fill, stroke = _fill(outline, style, matrix), _stroke(outline, style, matrix, whole)
    order = [stroke, fill] if _stroke_first(style) else [fill, stroke]
    clipped = [_clipped(each, clips) for each in order if each]
    return _joined([each for each in clipped if each and each.outline.draws])


def frame_area(outline: Outline, style: Style, matrix: Matrix, clips: Clips) -> Outline | None:
    """The nonzero area inside of a shape, whatever its colours are; None where there is none. Raises SvgRefused."""
    if not outline.draws or is_flat(matrix):
        return None
    area = _area(outline, style, matrix)
    cut = _clipped(Drawn(area), clips) if area.draws else None
    return cut.outline if cut else None


def clip_area(outline: Outline, style: Style, matrix: Matrix) -> Outline | None:
    """The nonzero area that a shape of a clip path lets through; None where that is nothing. Raises SvgRefused."""
    if not (style.displayed and style.visible and outline.draws) or is_flat(matrix):
        return None
    area = outline.moved_by(matrix)
    return nonzero_area(area) if style.values["clip-rule"] == "evenodd" else area


def _joined(paths: list[Drawn]) -> list[Drawn]:
    """A stroke right under a fill of the same outline is one path of a scene."""
    if len(paths) == 2 and paths[0].stroke and paths[0].outline == paths[1].outline:
        return [replace(paths[0], fill=paths[1].fill)]
    return paths


def _fill(outline: Outline, style: Style, matrix: Matrix) -> Drawn | None:
    color = style.paint("fill")
    if color is None or is_flat(matrix):
        return None
    area = _area(outline, style, matrix)
    return Drawn(area, fill=Paint(color, style.slot)) if area.draws else None


def _area(outline: Outline, style: Style, matrix: Matrix) -> Outline:
    area = outline.moved_by(matrix)
    return nonzero_area(area) if style.values["fill-rule"] == "evenodd" else area


def _stroke(outline: Outline, style: Style, matrix: Matrix, whole: float) -> Drawn | None:
    color = style.paint("stroke")
    if color is None or is_flat(matrix):
        return None
    pen = _pen(style, whole)
    if not pen.width:
        return None
    paint, scale = Paint(color), scale_of(matrix)
    if style.line:
        return Drawn(outline.moved_by(matrix), stroke=paint, stroke_width=pen.width * scale, cut=True)
    if keeps_shapes(matrix) and not pen.dashes and _looks_round(outline, pen):
        return Drawn(outline.moved_by(matrix), stroke=paint, stroke_width=pen.width * scale)
    return Drawn(stroke_area(outline, pen, scale).moved_by(matrix), fill=paint)


def _looks_round(outline: Outline, pen: Pen) -> bool:
    """Whether nobody could tell it from a stroke with round ends and corners: cutters need lines, not their areas.

    A smooth closed line has neither. Of a hairline no eye sees whether right and blunt corners are round.
    """
    if pen.cap != "round" and not outline.closed:
        return False
    if pen.join == "round":
        return True
    left, top, right, bottom = outline.box()
    hairline = pen.width * _HAIRLINES <= max(right - left, bottom - top)
    return all(cosine >= (_RIGHT_ANGLE if hairline else _STRAIGHT) for cosine in turns(outline))


def _pen(style: Style, whole: float) -> Pen:
    values = style.values
    width = read_length(values["stroke-width"], "stroke-width", whole)
    limit = read_length(values["stroke-miterlimit"], "stroke-miterlimit", 0.0)
    if width < 0 or limit < 1:
        raise SvgRefused("svg-number", "stroke-width may not be negative, nor stroke-miterlimit below 1")
    dashes, offset = (
        _dashes(values["stroke-dasharray"], whole),
        read_length(values["stroke-dashoffset"], _OFFSET, whole),
    )
    return Pen(width, values["stroke-linejoin"], values["stroke-linecap"], limit, dashes, offset)


def _dashes(text: str, whole: float) -> tuple[float, ...]:
    """Lengths of dashes and gaps in turn, an even number of them; none of a line without gaps."""
    if text == "none":
        return ()
    lengths = tuple(read_length(each, "stroke-dasharray", whole) for each in text.replace(",", " ").split())
    if any(each < 0 for each in lengths):
        raise SvgRefused("svg-number", "stroke-dasharray may not be negative")
    return (lengths * (1 + len(lengths) % 2)) if any(lengths) else ()


def _stroke_first(style: Style) -> bool:
    words = style.values["paint-order"].split()
    if not words or not set(words) <= {"normal", "fill", "stroke", "markers"}:
        raise SvgRefused("svg-attribute", "'paint-order' is a list of fill, stroke and markers, or normal")
    order = [word for word in words if word in {"fill", "stroke"}]
    return order[:1] == ["stroke"]


def _clipped(path: Drawn, clips: Clips) -> Drawn | None:
    """What of a path is inside of all clips; None where nothing is."""
    for clip in clips:
        if not (clip.draws and path.outline.draws):  # a line of no length has no area, unless its ends are drawn
            return None
        frame = clip.box()
        box = _grown(path.outline.box(), 0.0 if path.cut else path.stroke_width / 2)
        if _inside(box, frame) and _is_upright(clip):
            continue
        if _apart(box, frame):
            return None
        path = _cut(path, clip)
        if not path.outline.draws:
            return None
    return path


def _cut(path: Drawn, clip: Outline) -> Drawn:
    if path.cut:
        raise SvgRefused("svg-geometry", "a cut line (spiff-line) leaves the picture or a clip path; end it inside")
    if path.stroke:
        area = stroke_area(path.outline, Pen(path.stroke_width, "round", "round", 4.0), 1.0)
        path = Drawn(area, fill=path.stroke)
    return replace(path, outline=clipped_area(path.outline, clip))


def _grown(box: Box, by: float) -> Box:
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _inside(box: Box, frame: Box) -> bool:
    return all(box[side] >= frame[side] - _HAIR for side in (0, 1)) and all(
        box[side] <= frame[side] + _HAIR for side in (2, 3)
    )


def _apart(box: Box, frame: Box) -> bool:
    return box[2] <= frame[0] or box[0] >= frame[2] or box[3] <= frame[1] or box[1] >= frame[3]


def _is_upright(clip: Outline) -> bool:
    """Whether it is a rectangle that is not turned."""
    numbers = clip.numbers
    xs, ys = {round(x, 6) for x in numbers[::2]}, {round(y, 6) for y in numbers[1::2]}
    return set(clip.letters[1:]) <= {"L", "Z"} and len(clip.letters) <= 6 and len(xs) <= 2 and len(ys) <= 2
