"""SVG for print: of true size, with everything in it, drawn by resvg and by pdfium alike."""

import io
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from base64 import b64decode
from pathlib import Path

import pytest
import resvg_py
from PIL import Image

from spiff.composing.document import Ink
from spiff.composing.scene import ImageElement, PathElement
from spiff.rendering.drawn import drawn_on
from spiff.rendering.failures import NotDrawable
from spiff.rendering.png import to_png
from spiff.rendering.svg import to_print_svg
from tests.rendering.fixture_files import panels
from tests.rendering.panels import GLASS, PHOTO, jpeg, panel, png, quadrants, rectangle, sample
from tests.rendering.shown import png_pixels, share_that_differs

UPRIGHT = (160.0, 0.0, 0.0, 80.0, 20.0, 10.0)
IMAGE = "{http://www.w3.org/2000/svg}image"


def test_a_print_svg_has_its_true_size_and_brings_its_pictures() -> None:
    images = {PHOTO: jpeg(quadrants()), GLASS: png(Image.new("RGBA", (3, 3), (0, 0, 0, 9)))}
    shown = panel(*(ImageElement(asset, UPRIGHT) for asset in images))

    root = ElementTree.fromstring(to_print_svg(shown, images))  # noqa: S314 - we wrote it

    assert (root.get("width"), root.get("height"), root.get("viewBox")) == ("200pt", "100pt", "0 0 200 100")
    addresses = [element.get("href", "").partition(";base64,") for element in root.iter(IMAGE)]
    assert [kind for kind, _, _ in addresses] == ["data:image/jpeg", "data:image/png"]
    assert [b64decode(data) for _, _, data in addresses] == [*images.values()]


def test_a_print_svg_of_360_dpi_looks_like_the_picture_of_the_panel() -> None:
    shown, images = sample()

    drawn = resvg_py.svg_to_bytes(svg_string=to_print_svg(shown, images), dpi=360)

    with Image.open(io.BytesIO(bytes(drawn))) as picture:
        assert picture.size == (1000, 500)
    pictured = png_pixels(to_png(shown, images, width_px=1000))
    assert share_that_differs(png_pixels(bytes(drawn)), pictured, threshold=64) <= 0.001


def test_no_print_svg_of_any_design_names_another_file_or_holds_text() -> None:
    for name, shown, images in panels():
        svg = to_print_svg(drawn_on(shown, "print"), images)

        tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(svg).iter()}  # noqa: S314 - we wrote it
        assert tags <= {"svg", "rect", "path", "image", "g", "clipPath"}, name
        assert not re.search(r'href="(?!data:)', svg), name


def test_what_is_only_for_print_is_in_the_print_file() -> None:
    cut = PathElement(rectangle(0, 0, 9, 9), None, "#ff00ff", 1, only="print")
    guide = PathElement(rectangle(0, 0, 9, 9), None, "#00ffff", 1, only="screen")

    svg = to_print_svg(drawn_on(panel(cut, guide), "print"), {})

    assert "#ff00ff" in svg
    assert "#00ffff" not in svg


@pytest.mark.parametrize("stroke_ink", [None, Ink(spot="Gloss", overprint=True)])
def test_a_layer_of_white_that_is_only_printed_lets_the_colours_through(stroke_ink: Ink | None) -> None:
    """It hid the whole design from who opened the SVG, while the picture showed it."""
    ground, box = PathElement(rectangle(0, 0, 200, 100), "#e4694f"), rectangle(40, 20, 100, 60)
    white = PathElement(box, "#d9d9d9", "#808000", 8, Ink(spot="White", overprint=True), stroke_ink, only="print")
    shown = panel(ground, white)

    drawn = resvg_py.svg_to_bytes(svg_string=to_print_svg(shown, {}), dpi=360)

    pictured = png_pixels(to_png(shown, {}, width_px=1000))
    assert pictured[250, 450].tolist() != [0xD9, 0xD9, 0xD9]
    assert share_that_differs(png_pixels(bytes(drawn)), pictured, threshold=64) <= 0.001


@pytest.mark.parametrize(
    "element",
    [
        PathElement("m0 0l1 1", "#000000"),
        PathElement("M0 0L1 1", "url(http://elsewhere)"),
        PathElement("M0 0L1 1", "#000000", clip="M0"),
        ImageElement("c" * 64, UPRIGHT),
        ImageElement(GLASS, UPRIGHT),
    ],
)
def test_what_the_composer_never_writes_is_refused(element: PathElement | ImageElement) -> None:
    with pytest.raises(NotDrawable):
        to_print_svg(panel(element), {GLASS: b"GIF89a"})


def test_another_process_writes_the_same_bytes() -> None:
    script = (
        "import sys; from tests.rendering.panels import sample; from spiff.rendering.svg import to_print_svg\n"
        "sys.stdout.write(to_print_svg(*sample()))"
    )

    written = [
        subprocess.run(
            [sys.executable, "-c", script],
            capture_output=True,
            check=True,
            text=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONPATH": "src:.", "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    ]

    assert written == [to_print_svg(*sample())] * 2
