"""Rounding, writing and turning."""

import math
from decimal import ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.composing.numbers import NUMBER, rounded, total, turn, turned, write, write_all, written

LENGTHS = st.floats(-1e9, 1e9)


@pytest.mark.parametrize(
    ("thousandths", "text"),
    [
        (0, "0"),
        (1500, "1.5"),
        (-5, "-0.005"),
        (1000, "1"),
        (-1000, "-1"),
        (10, "0.01"),
        (100, "0.1"),
        (123456, "123.456"),
    ],
)
def test_a_number_is_written_without_needless_digits(thousandths: int, text: str) -> None:
    assert written(thousandths) == text


@pytest.mark.parametrize(
    ("value", "text"), [(0.0005, "0.001"), (-0.0005, "0"), (-0.0, "0"), (-0.0004, "0"), (2.0005, "2.001")]
)
def test_halves_go_up_and_zero_has_no_sign(value: float, text: str) -> None:
    assert write(value) == text


@given(LENGTHS)
def test_writing_keeps_thousandths_and_nothing_more(value: float) -> None:
    assert Decimal(write(value)) * 1000 == rounded(value)


@given(LENGTHS)
def test_rounding_is_the_floor_of_the_double_plus_a_half(value: float) -> None:
    exact = Decimal(value * 1000 + 0.5).to_integral_value(ROUND_FLOOR)

    assert rounded(value) == exact


@given(st.lists(st.integers(-(10**12), 10**12)))
def test_writing_all_is_writing_each(thousandths: list[int]) -> None:
    template = "".join(f"L{NUMBER} {NUMBER}" for _ in thousandths)

    assert write_all(template, [*thousandths, *thousandths]) == "".join(
        f"L{written(each)} {written(other)}"
        for each, other in zip(*[iter([*thousandths, *thousandths])] * 2, strict=True)
    )


@given(st.floats(-3600, 3600))
def test_a_turn_is_the_cosine_and_sine(degrees: float) -> None:
    c, s = turn(degrees)

    assert math.isclose(c, math.cos(math.radians(degrees)), abs_tol=1e-12)
    assert math.isclose(s, math.sin(math.radians(degrees)), abs_tol=1e-12)


@pytest.mark.parametrize(
    ("degrees", "point"), [(90, (0, 1)), (180, (-1, 0)), (270, (0, -1)), (-90, (0, -1)), (360, (1, 0))]
)
def test_quarter_turns_are_exact_and_clockwise(degrees: float, point: tuple[float, float]) -> None:
    assert turned(1, 0, (0, 0), turn(degrees)) == point


@given(st.floats(-1000, 1000), st.floats(-1000, 1000), st.floats(-360, 360))
def test_turning_keeps_the_distance_to_the_centre(x: float, y: float, degrees: float) -> None:
    tx, ty = turned(x, y, (10, -20), turn(degrees))

    assert math.isclose(math.dist((tx, ty), (10, -20)), math.dist((x, y), (10, -20)), abs_tol=1e-6)


def test_a_sum_is_that_of_adding_one_after_the_other() -> None:
    """The `sum` of Python 3.12 gives 1.0."""
    assert total([0.1] * 10) == 0.9999999999999999
