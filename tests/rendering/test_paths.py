"""Path data is read for a whole panel at once: exactly what the composer may write, and with its values."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spiff.rendering.failures import NotDrawable
from spiff.rendering.paths import read_outlines
from spiff.rendering.png import outlines as skia_outlines
from spiff.rendering.png.outlines import skia_paths

NUMBER = r"-?(?:0|[1-9][0-9]{0,6})(?:\.[0-9]{1,4})?"
SEGMENT = rf"(?:[ML]{NUMBER} {NUMBER}|Q{NUMBER}(?: {NUMBER}){{3}}|C{NUMBER}(?: {NUMBER}){{5}}|Z)"
WRITTEN = re.compile(rf"(?:M{NUMBER} {NUMBER}{SEGMENT}*)?")
COUNTS = {"L": 2, "Q": 4, "C": 6}
EXAMPLES = ["", "M0 0L1.5 -2.25Q1 2 3 4C1 2 3 4 5 6Z", "M-0.0001 9999999.1234L0 0Z", "M1 2ZL3 4", "M1 2M3 4"]

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


def is_read(*paths: str) -> bool:
    try:
        read_outlines(paths)
    except NotDrawable:
        return False
    return True


@settings(deadline=None)
@given(st.lists(spoiled | right, max_size=3))
def test_exactly_what_the_grammar_of_the_composer_allows_is_read(paths: list[str]) -> None:
    allowed = all(WRITTEN.fullmatch(path) for path in paths)

    assert is_read(*paths) == allowed
    if allowed:
        assert read_outlines(paths).values().tolist() == [
            float(number) for path in paths for number in re.findall(NUMBER, path)
        ]


@pytest.mark.parametrize(
    "path", ["2", "M1 2;", ";", "M1 2Z3", "M00 1", "M-00 1", "M12345678 0", "M0 1.12345", "M1.2.3 4"]
)
def test_a_path_that_is_nearly_right_is_refused_beside_right_ones(path: str) -> None:
    with pytest.raises(NotDrawable, match=re.escape(repr(path))):
        read_outlines([EXAMPLES[1], path, EXAMPLES[2]])


@settings(max_examples=30, deadline=None)
@given(st.lists(right, max_size=3))
def test_a_path_given_to_skia_as_bytes_is_the_path_given_by_calls(paths: list[str]) -> None:
    made = skia_paths(paths)

    outlines = read_outlines(paths)
    points = outlines.values().astype("<f4").tobytes()
    for path, letters, count in zip(
        made, skia_outlines._letters(outlines), skia_outlines._number_counts(outlines), strict=True
    ):
        assert path == skia_outlines._path_by_calls(letters, points[: 4 * count])
        points = points[4 * count :]


def test_this_skia_reads_paths_as_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another Skia may store them in another way: they are drawn then as well, slowly, and this test says so."""
    monkeypatch.delattr(skia_outlines, "_path_by_calls")

    (path,) = skia_paths([EXAMPLES[1]])

    assert path.countVerbs() == 5
