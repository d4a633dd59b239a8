"""How a product is printed: what the catalogue file says, and that a finished design keeps it."""

from pathlib import Path

import pytest

from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.rendering.printing import Printing
from spiff.rendering.profiles import coated
from tests.catalogue import small

WITHOUT = "    image: dots\n    workflows: [card]"


def printed(said: str) -> str:
    """The small catalogue with `print` in its product, and the profile it may name."""
    assert WITHOUT in small.TEXT
    assets = small.TEXT.replace("  dots: {file", "  press: {file: press.icc}\n  dots: {file")
    return assets.replace(WITHOUT, f"    image: dots\n    print: {said}\n    workflows: [card]")


def compiled(folder: Path, said: str) -> Printing:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "press.icc").write_bytes(coated())
    return small.compiled(folder, printed(said)).products[0].row.printing


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("{formats: [pdf, eps]}", 'a format is one of pdf, png, svg, dxf, not "eps"'),
        ("{formats: []}", "needs at least one format"),
        ("{color: lab}", "cmyk"),
        ("{richBlack: [60, 40, 40]}", "percent"),
        ("{richBlack: [60, 40, 40, 400]}", "percent"),
        ("{richBlack: [a, b, c, d]}", "percent"),
        ("{richBlack: [100, 60, 40, 40]}", "at least 50 percent"),
        ("{color: rgb, richBlack: [60, 40, 40, 100]}", '"richBlack" has no effect with "color: rgb"'),
        ("{formats: [svg, pdf], pngDpi: 300}", '"pngDpi" has no effect without png among the "formats"'),
        ("{formats: [png], cropMarks: true}", '"cropMarks" has no effect without pdf among the "formats"'),
        ("{profile: dots}", "picture"),
        ("{pngDpi: 10000}", "pngDpi"),
        ("{trim: true}", "trim"),
    ],
)
def test_a_mistake_in_print_is_named(tmp_path: Path, said: str, sentence: str) -> None:
    with pytest.raises(CatalogueMistaken) as mistaken:
        compiled(tmp_path, said)

    assert sentence in "\n".join(mistaken.value.lines)


def test_everything_a_press_may_want_is_read(tmp_path: Path) -> None:
    said = (
        "formats: [png, pdf], profile: press, color: cmyk, cropMarks: true, richBlack: [60, 40, 40.5, 100], pngDpi: 300"
    )

    found = compiled(tmp_path, f"{{{said}}}")

    assert found.profile is not None
    assert found == Printing(("pdf", "png"), found.profile, "cmyk", True, (60, 40, 40.5, 100), 300)


def test_a_product_that_says_nothing_is_printed_as_most_presses_want(tmp_path: Path) -> None:
    assert small.compiled(tmp_path).products[0].row.printing == Printing()
