"""Flattened drawings look as a browser shows the originals."""

import io
import os
from collections.abc import Callable, Iterator

import numpy
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from spiff.assets.illustrations import flatten_svg
from spiff.composing.resources import Drawing
from spiff.composing.scene import PathElement, ScenePanel
from spiff.rendering.png import to_png
from tests.assets.drawings import DRAWINGS
from tests.rendering.shown import Pixels, png_pixels, share_that_differs

CHROMIUM = os.environ.get("SPIFF_CHROMIUM", "/usr/bin/chromium")
WIDTH_PX = 600
Shown = Callable[[bytes, int, int], Pixels]


@pytest.fixture(scope="module")
def shown() -> Iterator[Shown]:
    """Shows an SVG in a browser, without any script."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()

        def show(data: bytes, width: int, height: int) -> Pixels:
            page.set_viewport_size({"width": width, "height": height})
            picture = data.decode().replace(
                "<svg ", f'<svg style="width:{width}px;height:{height}px;display:block" ', 1
            )
            page.set_content(f'<body style="margin:0">{picture}')
            return numpy.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB"))

        yield show
        browser.close()


def drawn(illustration: Drawing, width_px: int) -> Pixels:
    colors = {slot.id: slot.color for slot in illustration.slots}
    elements = tuple(
        PathElement(
            path.d,
            colors[path.fill_slot] if path.fill_slot else None,
            colors[path.stroke_slot] if path.stroke_slot else None,
            path.stroke_width,
        )
        for path in illustration.paths
    )
    panel = ScenePanel("p", illustration.width, illustration.height, 0, "#ffffff", elements)
    return png_pixels(to_png(panel, {}, width_px=width_px))


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_flattened_drawing_looks_as_in_a_browser(name: str, shown: Shown) -> None:
    illustration = flatten_svg(DRAWINGS[name])

    ours = drawn(illustration, WIDTH_PX)

    theirs = shown(DRAWINGS[name], WIDTH_PX, ours.shape[0])
    assert (theirs < 250).any()
    assert share_that_differs(ours, theirs, 96) <= 0.0005
