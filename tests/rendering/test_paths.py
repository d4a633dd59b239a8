"""Path data is read for a whole panel at once: exactly what the composer may write, and with its values."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiff.rendering.failures import NotDrawable
from spiff.rendering.paths import read_outlines
from spiff.rendering.pdf.paths import path_operators
from spiff.rendering.png import outlines as skia_outlines
from spiff.rendering.png.outlines import skia_paths

NUMBER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
SEGMENT = rf"(?:[ML]{NUMBER} {NUMBER}|Q{NUMBER}(?: {NUMBER}){{3}}|C{NUMBER}(?: {NUMBER}){{5}}|Z)"
WRITTEN = re.compile(rf"(?:M{NUMBER} {NUMBER}{SEGMENT}*)?")
COUNTS = {"L": 2, "Q": 4, "C": 6}
EXAMPLES = ["", "M0 0L1.5 -2.25Q1 2 3 4C1 2 3 4 5 6Z", "M-0.001 2147483.647L0 0Z", "M1 2ZL3 4", "M1 2M3 4"]

numbers = st.integers(-99_999, 99_999).map(lambda hundredths: f"{hundredths / 100:g}")
segments = st.sampled_from("LQC").flatmap(
    lambda letter: st.lists(numbers, min_size=COUNTS[letter], max_size=COUNTS[letter]).map(
        lambda values: letter + " ".join(values)
    )
)
contours = st.lists(segments, min_size=1, max_size=4).map(lambda some: "M1.5 -2" + "".join(some) + "Z")
right = st.lists(contours, max_size=2).map("".join)
spoiled = st.builds(
    lambda path, at, cut, put: path[:at] + put + path[at + cut :],
    st.sampled_from(EXAMPLES),
    st.integers(0, 36),
    st.integers(0, 2),
    st.text("0123456789.- MLQCZ;e+,é", max_size=3),
)


def in_thousandths(*paths: str) -> list[Decimal]:
    return [Decimal(number) * 1000 for path in paths for number in re.findall(NUMBER, path)]


def is_written(path: str) -> bool:
    """Whether a path is as the composer writes it."""
    return WRITTEN.fullmatch(path) is not None and all(
        each == int(each) and abs(each) < 2**31 for each in in_thousandths(path)
    )


def is_read(*paths: str) -> bool:
    try:
        read_outlines(paths)
    except NotDrawable:
        return False
    return True


@settings(deadline=None)
@given(st.lists(spoiled | right, max_size=3))
def test_exactly_what_the_grammar_of_the_composer_allows_is_read(paths: list[str]) -> None:
    allowed = all(map(is_written, paths))

    assert is_read(*paths) == allowed
    if allowed:
        assert read_outlines(paths).points.view(float).tolist() == [0, 0, *in_thousandths(*paths)]


@pytest.mark.parametrize(
    "path",
    [
        "2",
        "M1 2;",
        ";",
        "M1 2Z3",
        "M00 1",
        "M-00 1",
        "M2147483.648 0",
        "M0 1.1234",
        "M1.2.3 4",
        "M1-2 3",
        "M. 1",
        "M1e3 0",
    ],
)
def test_a_path_that_is_nearly_right_is_refused_beside_right_ones(path: str) -> None:
    with pytest.raises(NotDrawable, match=re.escape(repr(path))):
        read_outlines([EXAMPLES[1], path, EXAMPLES[2]])


@settings(deadline=None)
@given(st.lists(right | st.sampled_from(EXAMPLES), max_size=3))
def test_print_files_have_the_same_outlines_in_integers_and_without_quadratic_curves(paths: list[str]) -> None:
    assert path_operators(paths) == ["".join(plainly_written(path)).encode() for path in paths]


def plainly_written(path: str) -> Iterator[str]:
    """The operators of one path, segment by segment."""
    pen = begin = (Decimal(0), Decimal(0))
    for letter, numbers in re.findall(r"([MLQCZ])([^MLQCZ]*)", path):
        values = in_thousandths(numbers)
        points = list(zip(values[::2], values[1::2], strict=True))
        if letter == "Q":
            points = [third(pen, points[0]), third(points[1], points[0]), points[1]]
        pen = points[-1] if points else begin
        begin = pen if letter == "M" else begin
        operator = {"M": "m", "L": "l", "Q": "c", "C": "c", "Z": "h"}[letter]
        yield " ".join([f"{each:.0f}" for point in points for each in point] + [operator]) + "\n"


def third(point: tuple[Decimal, Decimal], control: tuple[Decimal, Decimal]) -> tuple[Decimal, Decimal]:
    """Two thirds of the way to the control point, in whole thousandths."""
    x, y = ((a + 2 * b) / 3 for a, b in zip(point, control, strict=True))
    return x.quantize(Decimal(1)), y.quantize(Decimal(1))


@settings(max_examples=30, deadline=None)
@given(st.lists(right, max_size=3))
def test_a_path_given_to_skia_as_bytes_is_the_path_given_by_calls(paths: list[str]) -> None:
    made = skia_paths(paths)

    for path, drawn in zip(paths, made, strict=True):
        outlines = read_outlines([path])
        letters, points = outlines.kinds.tobytes()[:-1], (outlines.points[1:] / 1000).astype("<c8").tobytes()
        assert drawn == skia_outlines._path_by_calls(letters, points)


def test_this_skia_reads_paths_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Skia may store them in another way: they are drawn then as well, slowly, and this test says so."""
    monkeypatch.delattr(skia_outlines, "_path_by_calls")

    (path,) = skia_paths([EXAMPLES[1]])

    assert path.countVerbs() == 5
