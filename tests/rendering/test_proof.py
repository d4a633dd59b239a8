"""What is shown is what is printed: browser, print file and cart picture of every design, pixel by pixel.

Each is drawn larger than it is compared at and made smaller, which evens out how three rasterisers blend the pixels
along an edge (pdfium does not blend those of pictures at all). What is left may
differ by 64 of 255 in at most 0.1 % of the pixels; a drawing moved by two points shows.
"""

import base64
import math
import os
import shutil
from collections.abc import Iterator

import numpy
import pytest
from msgspec.structs import replace
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from spiff.composing.placing import through
from spiff.composing.scene import Element, PathElement, ScenePanel
from spiff.rendering.drawn import drawn_on
from spiff.rendering.pdf import to_pdf
from spiff.rendering.png import to_png
from spiff.rendering.printing import Printing
from spiff.rendering.svg import to_svg
from tests.rendering.fixture_files import panels, picture
from tests.rendering.shown import Pixels, pdf_pixels, png_pixels, share_that_differs

MOST_SHARE, THRESHOLD, WIDTH_PX = 0.001, 64, 480
FINER = 4
CHROMIUM = os.environ.get("SPIFF_CHROMIUM") or shutil.which("chromium") or "chromium"
PICTURE = "data:image/png;base64," + base64.b64encode(picture()).decode()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    """One page of a real browser for all pictures."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-lcd-text"])
        yield browser.new_page(viewport={"width": WIDTH_PX * FINER, "height": WIDTH_PX * FINER})
        browser.close()


def both(panel: ScenePanel) -> ScenePanel:
    """Only what is drawn on both media, in colours instead of inks: the rest differs on purpose.

    Without a background all three show white.
    """
    shown = drawn_on(drawn_on(panel, "screen"), "print")
    return replace(shown, background=shown.background or "#ffffff", elements=tuple(map(uninked, shown.elements)))


def uninked(element: Element) -> Element:
    """An ink may be of any colour on paper, as spot inks are that stand for another."""
    return replace(element, fill_ink=None, stroke_ink=None) if isinstance(element, PathElement) else element


def in_browser(page: Page, panel: ScenePanel) -> Pixels:
    """The SVG as the browser draws it."""
    svg = to_svg(panel, lambda _asset: PICTURE)
    height = WIDTH_PX * FINER * panel.height / panel.width
    page.set_viewport_size({"width": WIDTH_PX * FINER, "height": math.ceil(height)})
    page.set_content(
        f"<style>body{{margin:0}}svg{{display:block;width:{WIDTH_PX * FINER}px;height:{height}px}}</style>{svg}"
    )
    page.evaluate("() => Promise.all([...document.images].map((each) => each.decode()))")
    return smaller(png_pixels(page.screenshot()))


def on_paper(panel: ScenePanel, images: dict[str, bytes]) -> Pixels:
    """The print file as pdfium draws it, its colours as on a screen."""
    made = to_pdf(panel, images, title="", printing=Printing(color="rgb"))
    return smaller(pdf_pixels(made, WIDTH_PX * FINER, panel.width))


def in_cart(panel: ScenePanel, images: dict[str, bytes]) -> Pixels:
    """The picture for carts."""
    return smaller(png_pixels(to_png(panel, images, width_px=WIDTH_PX * FINER)))


def smaller(pixels: Pixels) -> Pixels:
    """Squares of pixels made one; what fills no square, where a size was rounded up, is left out."""
    rows = pixels.shape[0] // FINER * FINER
    return numpy.asarray(Image.fromarray(pixels[:rows, : WIDTH_PX * FINER]).reduce(FINER))


def difference(one: Pixels, other: Pixels) -> float:
    """The share of pixels that differ; a last row that one rounding adds is left out."""
    height = min(one.shape[0], other.shape[0])
    return share_that_differs(one[:height], other[:height], THRESHOLD)


def test_all_designs_are_printed_as_they_are_shown(page: Page) -> None:
    printed, pictured = {}, {}
    for name, panel, images in panels():
        shown = both(panel)
        browser = in_browser(page, shown)
        printed[name] = difference(browser, on_paper(shown, images))
        pictured[name] = difference(browser, in_cart(shown, images))

    assert len(printed) > 150
    assert {name: share for name, share in printed.items() if share > MOST_SHARE} == {}
    assert {name: share for name, share in pictured.items() if share > MOST_SHARE} == {}


def test_a_small_mistake_would_be_found(page: Page) -> None:
    _, panel, images = next(each for each in panels() if each[0] == "sample/front")
    shown = both(panel)
    browser = in_browser(page, shown)
    (at,) = [index for index, each in enumerate(shown.elements) if isinstance(each, PathElement) and each.stroke]
    without = replace(shown, elements=shown.elements[:at] + shown.elements[at + 1 :])
    outlined = replace(shown.elements[at], stroke="#000000")
    recoloured = replace(shown.elements[at], fill="#20b03c")

    assert difference(browser, on_paper(without, images)) > MOST_SHARE
    for changed in (outlined, recoloured):
        spoiled = replace(shown, elements=(*shown.elements[:at], changed, *shown.elements[at + 1 :]))
        assert difference(browser, on_paper(spoiled, images)) > MOST_SHARE


def test_a_drawing_moved_by_two_points_would_be_found(page: Page) -> None:
    _, panel, images = next(each for each in panels() if each[0] == "sample/front")
    shown = both(panel)
    moved = replace(shown, elements=tuple(map(_moved, shown.elements)))

    assert difference(in_browser(page, shown), on_paper(moved, images)) > MOST_SHARE


def _moved(element: Element) -> Element:
    if not isinstance(element, PathElement):
        return element
    return replace(element, d=through(element.d, (1, 0, 0, 1, 2, 0)))
