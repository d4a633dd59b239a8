"""Curves that text stands on."""

from math import hypot, pi, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.composing.curves import Curve, curve_of

QUARTER = "M0 100C0 44.772 44.772 0 100 0"
"""Of a circle of radius 100 about (100, 100)."""


def curve(d: str) -> Curve:
    found = curve_of(d)
    assert found is not None
    return found


def test_a_quarter_of_a_circle_is_as_long_as_it_is() -> None:
    assert curve(QUARTER).length == pytest.approx(100 * pi / 2, rel=0.001)


def test_straight_lines_are_measured_exactly() -> None:
    assert curve("M0 0L30 40L30 140").length == 150


@given(st.floats(0, 1))
def test_every_place_is_on_the_curve_and_looks_along_it(share: float) -> None:
    arc = curve(QUARTER)

    x, y, (c, s) = arc.place(arc.length * share)

    radius_x, radius_y = x - 100, y - 100
    assert hypot(radius_x, radius_y) == pytest.approx(100, abs=0.03)
    assert hypot(c, s) == pytest.approx(1)
    assert radius_x * c + radius_y * s == pytest.approx(0, abs=0.2), "a tangent is square to the radius"


@given(st.floats(0, 1))
def test_a_distance_along_the_curve_is_that_far_on_it(share: float) -> None:
    arc = curve(QUARTER)

    here, there = arc.place(0), arc.place(arc.length * share)

    chord = hypot(here.x - there.x, here.y - there.y)
    assert chord == pytest.approx(200 * sin(share * pi / 4), abs=0.1)


def test_beyond_its_ends_it_goes_straight_on() -> None:
    line = curve("M10 10L20 10")

    assert line.place(-5) == (5, 10, (1, 0))
    assert line.place(15) == (25, 10, (1, 0))


def test_a_corner_belongs_to_the_line_behind_it() -> None:
    corner = curve("M0 0L10 0L10 10")

    assert corner.place(9.9).along == (1, 0)
    assert corner.place(10) == (10, 0, (0, 1))


def test_where_the_curve_stands_still_the_direction_is_that_of_the_piece() -> None:
    resting = curve("M0 0C0 0 100 0 100 0")

    assert resting.place(0).along == (1, 0)
    assert resting.place(resting.length).along == (1, 0)


@pytest.mark.parametrize("d", ["M0 0L10 0M50 50L90 90", "M0 0L10 0Z", "M0 0M5 5L9 9"])
def test_only_the_first_stroke_counts(d: str) -> None:
    found = curve_of(d)

    assert (found.length if found is not None else 0) == (10 if "L10" in d else 0)


@pytest.mark.parametrize("d", ["", "M5 5", "M5 5L5 5", "M1 1Q1 1 1 1", "L5 5", "M5 5Z"])
def test_a_path_without_length_is_no_curve(d: str) -> None:
    assert curve_of(d) is None
