"""Turns strokes, even-odd fills and clipped outlines into plain nonzero areas, with Skia. Knows no style sheet.

Runs in a child process: the outlines come from strangers, though their numbers were checked before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy
import skia
from numpy.typing import NDArray

from spiff.assets.svg.limits import too_complex
from spiff.assets.svg.loops import nonzero
from spiff.assets.svg.matrices import Matrix
from spiff.assets.svg.outline import Outline
from spiff.assets.svg.refusals import SvgRefused

_JOINS = {"miter": skia.Paint.kMiter_Join, "round": skia.Paint.kRound_Join, "bevel": skia.Paint.kBevel_Join}
_CAPS = {"butt": skia.Paint.kButt_Cap, "round": skia.Paint.kRound_Cap, "square": skia.Paint.kSquare_Cap}
_LETTERS = {
    skia.Path.kMove_Verb: "M",
    skia.Path.kLine_Verb: "L",
    skia.Path.kQuad_Verb: "Q",
    skia.Path.kCubic_Verb: "C",
    skia.Path.kClose_Verb: "Z",
}
_CONIC_HALVINGS = 2
"""Each conic becomes four quadratic curves: an arc of a right angle is then true to a ten thousandth of its radius."""
_FINE = 16.0
_SIDE, _OTHER, _MOST_OTHER = 96, 128, 6
"""A proof is 96 pixels wide and high; at most 6 of them may be half or more apart."""
_SCALES = (1, 0.1, 0.37, 10)
_MOST_DASHES = 2_000
_UNITED = "a clip path of several parts cannot be united; make it one outline in the drawing program"
_CUT = "an outline that leaves the picture cannot be cut off at its edge; end it there in the drawing program"
_CROSSED = "fill-rule evenodd: the outline crosses itself in a way that cannot be resolved; unite its parts"


@dataclass(frozen=True)
class Pen:
    """How a stroke is drawn."""

    width: float
    join: str
    cap: str
    miter_limit: float
    dashes: tuple[float, ...] = ()
    dash_offset: float = 0.0


def stroke_area(outline: Outline, pen: Pen, scale: float) -> Outline:
    """The area that a stroke covers; `scale` is how much larger it will be shown."""
    paint = skia.Paint(
        Style=skia.Paint.kStroke_Style,
        StrokeWidth=pen.width,
        StrokeJoin=_JOINS[pen.join],
        StrokeCap=_CAPS[pen.cap],
        StrokeMiter=pen.miter_limit,
    )
    if pen.dashes:
        _require_few_dashes(outline, pen)
        paint.setPathEffect(skia.DashPathEffect.Make(list(pen.dashes), pen.dash_offset))
    area = skia.Path()
    if not paint.getFillPath(_skia_path(outline), area, None, max(scale, 1.0) * _FINE):
        raise _impossible("a stroke is too thin to have an area")
    return _outline(area)


def _require_few_dashes(outline: Outline, pen: Pen) -> None:
    measure = skia.PathMeasure(_skia_path(outline), False)
    length = measure.getLength()
    while measure.nextContour():
        length += measure.getLength()
    if length * len(pen.dashes) > _MOST_DASHES * sum(pen.dashes):
        raise too_complex(f"a line of more than {_MOST_DASHES} dashes")


def nonzero_area(outline: Outline) -> Outline:
    """The area of an even-odd fill as a nonzero one. Raises SvgRefused where Skia finds another area."""
    path = _skia_path(outline)
    if path.isConvex():
        return outline
    path.setFillType(skia.PathFillType.kEvenOdd)
    return _proven(lambda whole: skia.Simplify(whole), path, None, _CROSSED)


def clipped_area(outline: Outline, frame: Outline) -> Outline:
    """What of a nonzero area is inside of another. Raises SvgRefused where Skia finds another area."""
    return _proven(
        lambda path, within: skia.Op(path, within, skia.kIntersect_PathOp), _skia_path(outline), _skia_path(frame), _CUT
    )


def united_area(outlines: list[Outline]) -> Outline:
    """All of some nonzero areas. Raises SvgRefused where Skia finds another area."""
    united, *others = outlines or [Outline()]
    for other in others:
        united = _united(united, other)
    return united


def _united(one: Outline, other: Outline) -> Outline:
    paths = [_skia_path(one), _skia_path(other)]
    area = nonzero(_outline(skia.Op(*paths, skia.kUnion_PathOp)), _contains)
    box = paths[0].getBounds()
    box.join(paths[1].getBounds())
    wanted = numpy.maximum(*(_pixels(path, box, None) for path in paths))
    if _differ(wanted, _pixels(_skia_path(area), box, None)):
        raise _impossible(_UNITED)
    return area


def _contains(outline: Outline, point: tuple[float, float]) -> bool:
    return bool(_skia_path(outline).contains(*point))


def _proven(make: Callable[..., Any], path: Any, frame: Any, failed: str) -> Outline:
    """What is made of a path and its frame, if it is drawn as it should be.

    Arithmetic with outlines fails now and then, silently, and succeeds where the same is smaller or larger.
    """
    box = path.getBounds()
    if frame is not None and not box.intersect(frame.getBounds()):
        return Outline()
    wanted = _pixels(path, box, frame)
    for scale in _SCALES:
        try:
            area = nonzero(_outline(_made_at(scale, make, path, frame)), _contains)
        except RuntimeError:
            continue
        if not _differ(wanted, _pixels(_skia_path(area), box, None)):
            return area
    raise _impossible(failed)


def _made_at(scale: float, make: Callable[..., Any], path: Any, frame: Any) -> Any:
    if scale == 1:
        return make(path) if frame is None else make(path, frame)
    sources = [skia.Path(each) for each in (path, frame) if each is not None]
    for each in sources:
        each.transform(skia.Matrix.Scale(scale, scale))
    made = make(*sources)
    made.transform(skia.Matrix.Scale(1 / scale, 1 / scale))
    return made


def _differ(wanted: NDArray[numpy.int16], found: NDArray[numpy.int16]) -> bool:
    return bool((numpy.abs(wanted - found) > _OTHER).sum() > _MOST_OTHER)


def _pixels(path: Any, box: Any, frame: Any) -> NDArray[numpy.int16]:
    """How much of each pixel the path covers, where its box fills the picture."""
    pixels = numpy.zeros((_SIDE, _SIDE), dtype=numpy.uint8)
    layout = skia.ImageInfo.MakeA8(_SIDE, _SIDE)
    canvas = skia.Surface.MakeRasterDirect(layout, pixels, _SIDE).getCanvas()
    canvas.scale(_SIDE / max(box.width(), 1e-6), _SIDE / max(box.height(), 1e-6))
    canvas.translate(-box.left(), -box.top())
    if frame is not None:
        canvas.clipPath(frame, doAntiAlias=True)
    canvas.drawPath(path, skia.Paint(AntiAlias=True))
    return pixels.astype(numpy.int16)


def viewport_area(matrix: Matrix, width: float, height: float) -> Outline:
    """A viewport, from its top left corner clockwise."""
    corners = [0.0, 0.0, width, 0.0, width, height, 0.0, height]
    return Outline(["M", "L", "L", "L", "Z"], corners).moved_by(matrix)


def _skia_path(outline: Outline) -> Any:
    path = skia.Path()
    drawers = {"M": path.moveTo, "L": path.lineTo, "Q": path.quadTo, "C": path.cubicTo, "Z": path.close}
    counts = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
    at = 0
    for letter in outline.letters:
        drawers[letter](*outline.numbers[at : at + counts[letter]])
        at += counts[letter]
    return path


def _outline(path: Any) -> Outline:
    outline = Outline()
    conics = skia.Path.Iter(path, False)
    verb, points = conics.next()
    while verb != skia.Path.kDone_Verb:
        if verb == skia.Path.kConic_Verb:
            _add_conic(outline, points, conics.conicWeight())
        else:
            fresh = points if verb == skia.Path.kMove_Verb else points[1:]
            numbers = [] if verb == skia.Path.kClose_Verb else [value for p in fresh for value in (p.x(), p.y())]
            outline.add(_LETTERS[verb], *numbers)
        verb, points = conics.next()
    return outline


def _add_conic(outline: Outline, points: Any, weight: float) -> None:
    quads = skia.Path.ConvertConicToQuads(*points, weight, _CONIC_HALVINGS)
    for at in range(1, len(quads) - 1, 2):
        control, end = quads[at : at + 2]
        outline.add("Q", control.x(), control.y(), end.x(), end.y())


def _impossible(what: str) -> SvgRefused:
    return SvgRefused("svg-geometry", what)
