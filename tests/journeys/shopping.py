"""What a shopper does in the example shop, and what a printer checks in the files that come of it."""

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pikepdf
import pypdfium2
from playwright.sync_api import FrameLocator, Page, expect

Panel = dict[str, Any]


@dataclass(frozen=True)
class Wish:
    """A design: a product by a word of its name, a text, and which of the text's colours."""

    product: str
    text: str
    colour: int


@dataclass(frozen=True)
class Made:
    """What came of a wish: the colour's name as the shopper saw it."""

    wish: Wish
    colour: str


def frame_of(page: Page) -> FrameLocator:
    """The customiser."""
    return page.frame_locator("iframe[data-spiff=customiser]")


def open_customiser(page: Page, shop: str, product: str) -> FrameLocator:
    """From the shop window to the first field of the customiser."""
    page.goto(shop)
    page.get_by_role("link", name=re.compile(product, re.IGNORECASE)).first.click()
    page.get_by_role("button", name="Personalise").click()
    frame = frame_of(page)
    expect(frame.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)
    return frame


def go_to_text(frame: FrameLocator | Page) -> None:
    """To the scene with the text."""
    for _ in range(8):
        if frame.locator(".text-input").count():
            return
        frame.get_by_role("button", name="Next").click()
    raise AssertionError("no scene has a text")


def choose(frame: FrameLocator, wish: Wish) -> Made:
    """Write the text and choose its colour."""
    go_to_text(frame)
    frame.locator(".text-input").first.fill(wish.text)
    colours = (
        frame.locator("fieldset", has=frame.locator("legend", has_text="Colour")).locator(".swatch").nth(wish.colour)
    )
    colours.click()
    return Made(wish, colours.locator(".swatch-name").inner_text())


def finish(page: Page) -> None:
    """Through the remaining scenes into the cart."""
    frame = frame_of(page)
    for _ in range(12):
        if frame.get_by_role("button", name="Finish").count():
            break
        frame.get_by_role("button", name="Next").click()
    if (terms := frame.locator("#terms")).count():
        terms.check()
    # A design that is changed was opened in the cart: the address alone does not say that the cart is there anew.
    with page.expect_navigation(url="**/cart", timeout=30_000):
        frame.get_by_role("button", name="Finish").click()


def design(page: Page, shop: str, wish: Wish) -> Made:
    """From the shop window into the cart."""
    made = choose(open_customiser(page, shop, wish.product), wish)
    finish(page)
    return made


def pay(page: Page) -> None:
    """From the cart to the order's page."""
    page.get_by_role("button", name=re.compile("^Pay")).click()
    page.wait_for_url(re.compile(r"/orders/\d+$"), wait_until="domcontentloaded")


def wait_until_ready(page: Page) -> None:
    """Follow the order's page until the files are there."""
    expect(page.locator(".progress")).to_have_attribute("data-status", "ready", timeout=60_000)
    expect(page.get_by_role("status")).to_have_text("Everything is ready to print.")


def file_links(page: Page) -> dict[str, str]:
    """The addresses of the PDFs on the order's page, by what they are called there: product, panel."""
    links = page.locator(".file a:has(strong)").all()
    return {link.locator("strong").inner_text(): cast(str, link.get_attribute("href")) for link in links}


def text_colour(workflow: dict[str, Any], made: Made) -> tuple[int, int, int]:
    """Red, green and blue of the colour with that name."""
    step = text_step(workflow)
    option = next(each for each in workflow["options"] if each["id"] == step["colorOption"])
    code = next(each["color"] for each in option["variants"] if each["name"] == made.colour)
    return cast(tuple[int, int, int], tuple(bytes.fromhex(code.lstrip("#"))))


def text_step(workflow: dict[str, Any]) -> dict[str, Any]:
    """The first step with a text."""
    return cast(dict[str, Any], next(step for step in workflow["steps"] if step["type"] == "Text"))


def check_structure(data: bytes, panel: Panel, *, has_text: bool) -> None:
    """What a print shop's preflight looks at: one page of the right size, boxes in each other, no fonts, outlines."""
    with pikepdf.open(BytesIO(data)) as document:
        (page,) = document.pages
        bleed_box, trim_box = _numbers(page.obj.BleedBox), _numbers(page.obj.TrimBox)
        operators = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
        assert "/Font" not in page.obj.get("/Resources", {})
        assert not any(obj.get("/Type") == "/Font" for obj in document.objects if isinstance(obj, pikepdf.Dictionary))
    bleed = panel.get("bleed", 0.0)
    assert _size(bleed_box) == _close((panel["width"], panel["height"]))
    assert _size(trim_box) == _close((panel["width"] - 2 * bleed, panel["height"] - 2 * bleed))
    assert bleed_box[0] <= trim_box[0] and bleed_box[1] <= trim_box[1]
    assert trim_box[2] <= bleed_box[2] and trim_box[3] <= bleed_box[3]
    assert not operators & {"BT", "Tj", "TJ"}
    assert not has_text or {"m", "c", "h"} <= operators  # outlines, with curves


def ink_in_region(data: bytes, panel: Panel, region: dict[str, float], colour: tuple[int, int, int]) -> float:
    """The share of the region that has this colour when the file is rasterised."""
    image = rasterised(data, panel)
    left, top = int(region["left"] * 2), int(region["top"] * 2)
    part = image[top : top + int(region["height"] * 2), left : left + int(region["width"] * 2)]
    return float((np.abs(part - np.array(colour)).max(axis=2) <= 12).mean())


def rasterised(data: bytes, panel: Panel) -> npt.NDArray[np.int16]:
    """The panel at two pixels a point, whatever lies around it on the sheet."""
    document = pypdfium2.PdfDocument(data)
    try:
        page = document[0]
        left, _, _, top = page.get_bleedbox()
        media_left, _, _, media_top = page.get_mediabox()
        image = np.asarray(page.render(scale=2).to_pil().convert("RGB"), dtype=np.int16)
    finally:
        document.close()
    x, y = round((left - media_left) * 2), round((media_top - top) * 2)
    return image[y : y + round(panel["height"] * 2), x : x + round(panel["width"] * 2)]


def _numbers(box: Any) -> list[float]:
    return [float(each) for each in box]


def _size(box: list[float]) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _close(size: tuple[float, float]) -> Any:
    import pytest

    return pytest.approx(size, abs=0.01)
