"""Files for cutters, read back by ezdxf: millimetres, layers, and lines that stay on the outline."""

import io
import math
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import ezdxf
import pytest
from ezdxf.document import Drawing
from ezdxf.entities.lwpolyline import LWPolyline
from ezdxf.lldxf.encoding import decode_dxf_unicode
from hypothesis import given
from hypothesis import strategies as st

from spiff.composing.document import Ink
from spiff.composing.scene import ImageElement, PathElement, ScenePanel
from spiff.rendering.drawn import drawn_on
from spiff.rendering.dxf import to_dxf
from spiff.rendering.dxf.clipping import inside
from spiff.rendering.dxf.cutting import TOLERANCE_MM
from spiff.rendering.dxf.flattening import Polyline, polylines
from spiff.rendering.failures import NotDrawable
from tests.rendering.panels import PHOTO, panel, rectangle, sample

MM = 25.4 / 72
CUT = Ink(spot="CutContour", overprint=True)
Lines = list[tuple[str, bool, list[tuple[float, float]]]]


def read(file: bytes) -> Drawing:
    """The drawing; ezdxf's audit has to find nothing wrong with it, and nothing that it repaired in reading."""
    document = ezdxf.read(io.StringIO(file.decode("cp1252")))  # type: ignore[attr-defined]  # ezdxf exports it lazily
    auditor = document.audit()
    assert [*auditor.errors, *auditor.fixes] == []
    assert isinstance(document, Drawing)
    return document


def lines_of(file: bytes) -> Lines:
    lines = [each for each in read(file).modelspace() if isinstance(each, LWPolyline)]
    return [
        (decode_dxf_unicode(line.dxf.layer), line.closed, [(x, y) for x, y in line.get_points("xy")]) for line in lines
    ]


def test_a_cut_line_is_in_millimetres_with_y_upwards() -> None:
    shown = panel(PathElement(rectangle(0, 0, 72, 36), None, "#ff00ff", 1, stroke_ink=CUT))

    file = to_dxf(shown)

    [(layer, closed, points)] = lines_of(file)
    assert (layer, closed) == ("CutContour", True)
    top = 100 * MM
    assert [value for point in points for value in point] == pytest.approx(
        [0, top, 25.4, top, 25.4, top - 12.7, 0, top - 12.7], abs=1e-4
    )
    header = read(file).header
    assert (header["$ACADVER"], header["$INSUNITS"], header["$MEASUREMENT"]) == ("AC1015", 4, 1)
    assert header["$EXTMAX"][:2] == pytest.approx((200 * MM, 100 * MM), abs=1e-4)


def test_only_strokes_in_spot_inks_are_cut_where_there_are_any() -> None:
    shown = panel(
        PathElement(rectangle(0, 0, 9, 9), "#ff0000"),
        PathElement(rectangle(1, 1, 8, 8), "#ff0000", "#00ff00", 2, stroke_ink=Ink(cmyk=(0, 100, 0, 0))),
        PathElement("M1 1L2 2", None, "#ff00ff", 0.25, stroke_ink=CUT),
        PathElement("M3 3L4 4", None, "#00ffff", 0.25, stroke_ink=Ink(spot="Crease")),
        PathElement("M5 5L6 6", None, "#00ffff", 0.0, stroke_ink=Ink(spot="Nothing")),
        PathElement("M7 7L8 8Z", "#ffffff", fill_ink=Ink(spot="White")),
        ImageElement(PHOTO, (9, 0, 0, 9, 0, 0)),
    )

    file = to_dxf(shown)

    assert [layer for layer, _, _ in lines_of(file)] == ["CutContour", "Crease"]
    colours = {each.dxf.name: each.dxf.color for each in read(file).layers}
    assert {name: colours[name] for name in ("CutContour", "Crease")} == {"CutContour": 6, "Crease": 4}


def test_without_spot_strokes_all_outlines_are_cut_on_layers_of_their_colours() -> None:
    shown = panel(
        PathElement("M0 0L9 0L9 9", "#FF0000"),
        PathElement("M0 0L5 5", None, "#0000ff", 1),
        PathElement(rectangle(1, 1, 2, 2), "#ffffff", fill_ink=Ink(spot="White")),
        PathElement(rectangle(3, 3, 4, 4), "#ff0000", "#00ff00", 1),
        PathElement(rectangle(5, 5, 6, 6)),
    )

    found = [(layer, closed) for layer, closed, _ in lines_of(to_dxf(shown))]

    assert found == [("#ff0000", True), ("#ff0000", True), ("#0000ff", False), ("White", True)]


def test_a_layer_is_called_as_its_ink_is_in_any_script() -> None:
    """Files of AutoCAD 2000 are not UTF-8: `Größe` came out as `GrÃ¶ÃŸe`."""
    line = PathElement("M0 0L5 5", None, "#00ff00", 1, stroke_ink=Ink(spot="Größe Ω 切"))

    assert [layer for layer, _, _ in lines_of(to_dxf(panel(line)))] == ["Größe Ω 切"]


@pytest.mark.parametrize("ink", ["0", 'a<>/\\":;?*|=`,b', "Grün 7", "x" * 300, " ", "PANTONE 186 C"])
def test_an_ink_of_any_name_gives_a_layer_that_readers_accept(ink: str) -> None:
    strokes = [PathElement("M0 0L5 5", None, "#00ff00", 1, stroke_ink=Ink(spot=name)) for name in (ink, ink.swapcase())]

    layers = {layer for layer, _, _ in lines_of(to_dxf(panel(*strokes)))}

    assert len(layers) == 1


CURVES = [
    "M10 90C10 -40 190 -40 190 90Z",
    "M10 50Q100 -80 190 50",
    "M0 0C200 100 -50 100 150 0",
    "M0 50C0 77.6 22.4 100 50 100C77.6 100 100 77.6 100 50",
    "M0 0C0.001 0 0 0.001 0.002 0.002",
]


@pytest.mark.parametrize("d", CURVES)
def test_a_curve_becomes_lines_within_the_tolerance(d: str) -> None:
    shown = panel(PathElement(d, None, "#ff00ff", 1, stroke_ink=CUT))

    drawn = [points for _, closed, points in lines_of(to_dxf(shown)) for points in [points + points[: int(closed)]]]

    segments = [pair for points in drawn for pair in pairwise(points)]
    fine = [(x * MM, (100 - y) * MM) for line in polylines(d, 1e-6) for x, y in line.points]
    assert max(min(distance(point, *segment) for segment in segments) for point in fine[::3]) <= TOLERANCE_MM


def distance(point: tuple[float, float], begin: tuple[float, float], end: tuple[float, float]) -> float:
    x, y = end[0] - begin[0], end[1] - begin[1]
    length2 = x * x + y * y
    along = 0.0 if length2 == 0 else ((point[0] - begin[0]) * x + (point[1] - begin[1]) * y) / length2
    share = min(1.0, max(0.0, along))
    return math.hypot(point[0] - begin[0] - share * x, point[1] - begin[1] - share * y)


def test_a_clip_cuts_a_line_where_it_leaves_the_area() -> None:
    line = PathElement("M0 50L200 50", None, "#ff00ff", 1, stroke_ink=CUT, clip=rectangle(20, 0, 60, 90))

    [(_, closed, points)] = lines_of(to_dxf(panel(line)))

    assert not closed
    assert [x for x, _ in points] == pytest.approx([20 * MM, 60 * MM], abs=1e-4)


def test_the_hole_of_a_clip_is_no_part_of_it() -> None:
    ring = rectangle(20, 0, 100, 100) + "M40 20L40 80L80 80L80 20Z"
    line = PathElement("M0 50L200 50", None, "#ff00ff", 1, stroke_ink=CUT, clip=ring)

    found = lines_of(to_dxf(panel(line)))

    ends = [x for _, _, points in found for x, _ in (points[0], points[-1])]
    assert ends == pytest.approx([20 * MM, 40 * MM, 80 * MM, 100 * MM], abs=1e-4)


def test_a_clipped_area_is_cut_around_what_is_left_of_it() -> None:
    shown = panel(PathElement(rectangle(0, 0, 100, 100), "#ff0000", clip=rectangle(50, 20, 150, 80)))

    found = lines_of(to_dxf(shown))

    length = sum(math.dist(one, other) for _, _, points in found for one, other in pairwise(points))
    assert length == pytest.approx(2 * (50 + 60) * MM, abs=1e-3)


def test_an_empty_clip_leaves_nothing() -> None:
    shown = panel(PathElement("M0 50L200 50", None, "#ff00ff", 1, stroke_ink=CUT, clip=""))

    assert lines_of(to_dxf(shown)) == []


coordinates = st.integers(0, 40).map(float)
triangles = st.lists(st.tuples(coordinates, coordinates), min_size=3, max_size=3, unique=True)


@given(triangles, triangles)
def test_what_is_kept_of_a_line_and_what_is_cut_off_make_up_the_whole(line: list, area: list) -> None:  # type: ignore[type-arg]  # points
    outline, clip = Polyline(tuple(line), closed=True), Polyline(tuple(area), closed=True)
    everything = Polyline(((-1.0, -1.0), (41.0, -1.0), (41.0, 41.0), (-1.0, 41.0)), closed=True)
    hole = Polyline(tuple(reversed(area)), closed=True)
    turned = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*area, area[0]]))
    outside = [everything, hole if turned > 0 else clip]

    kept, cut_off = inside([outline], [clip]), inside([outline], outside)

    if turned:
        assert length_of(kept) + length_of(cut_off) == pytest.approx(length_of([outline]), rel=1e-9, abs=1e-6)


def length_of(lines: list[Polyline]) -> float:
    return sum(
        math.dist(one, other) for line in lines for one, other in pairwise([*line.points, *line.points[: line.closed]])
    )


def test_what_is_only_for_screens_is_left_out_by_the_panel_for_print() -> None:
    guide = PathElement("M0 0L9 9", None, "#ff0000", 1, stroke_ink=Ink(spot="Guide"), only="screen")
    cut = PathElement("M0 0L9 9", None, "#ff0000", 1, stroke_ink=CUT, only="print")

    assert [layer for layer, _, _ in lines_of(to_dxf(drawn_on(panel(guide, cut), "print")))] == ["CutContour"]


def test_a_panel_without_outlines_is_an_empty_drawing() -> None:
    assert lines_of(to_dxf(panel(ImageElement(PHOTO, (9, 0, 0, 9, 0, 0))))) == []


def test_what_the_composer_never_writes_is_refused() -> None:
    with pytest.raises(NotDrawable):
        to_dxf(ScenePanel("f", 10, 10, 0, None, (PathElement("M0 0A1 1 0 0 0 2 2", "#000000"),)))


def test_another_process_writes_the_same_bytes() -> None:
    script = (
        "import sys; from tests.rendering.panels import sample; from spiff.rendering.dxf import to_dxf\n"
        "sys.stdout.buffer.write(to_dxf(sample()[0]))"
    )

    written = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONPATH": "src:.", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert written == [to_dxf(sample()[0])] * 2
