"""A shopper's own picture, the whole way: chosen, placed with keys alone, ordered, and printed where it was seen."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FrameLocator, Page, expect

from tests.journeys.conftest import PHONE, WIDE, browsing
from tests.journeys.running import RunningDemo, read_bytes
from tests.journeys.shopping import (
    file_links,
    finish,
    open_customiser,
    pay,
    rasterised,
    wait_until_ready,
)

RED, BLUE = (200, 30, 40), (30, 60, 200)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_picture_placed_by_keys_is_printed_where_it_was_seen(
    demo: RunningDemo, tmp_path: Path, size: tuple[int, int]
) -> None:
    with browsing(tmp_path, size) as browser:
        page = browser.pages[0]
        frame = open_customiser(page, demo.shop, "poster")
        _add_picture(frame)
        _enlarge_and_move_right(frame)
        seen = _edge_in_preview(frame)

        finish(page)
        pay(page)
        wait_until_ready(page)

        (called,) = file_links(page)
        data = read_bytes(file_links(page)[called])
    workflow = demo.workflow("poster")
    (region,) = next(step for step in workflow["steps"] if step["type"] == "Frame")["regions"]
    assert seen > region["left"] + region["width"] * 0.6
    assert _colour_at(data, workflow, seen - 12, region) == "red"
    assert _colour_at(data, workflow, seen + 12, region) == "blue"


def test_a_file_that_is_no_picture_is_refused_and_the_next_one_is_taken(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        frame = open_customiser(page, demo.shop, "poster")

        _choose_file(frame, "letter.pdf", b"%PDF-1.7")
        expect(frame.get_by_role("alert").first).to_contain_text("letter.pdf This kind of file can’t be used here.")

        _add_picture(frame)
        expect(frame.locator(".upload-failure")).to_have_count(0)
        page.reload()
        page.get_by_role("button", name="Personalise").click()
        expect(frame.locator(".uploaded-file")).to_contain_text("holiday.png")


def test_in_arabic_the_size_of_a_picture_has_the_digits_of_all_numbers(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, locale="ar-EG") as browser:
        page = browser.pages[0]
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('poster')['id']}&lang=ar")

        _add_picture(page)

        expect(page.locator(".uploaded-size")).to_have_text("١٬٨٠٠ × ١٬٨٠٠")
        expect(page.get_by_role("button", name="٩٠°")).to_be_visible()


def _add_picture(frame: FrameLocator | Page) -> None:
    """Red at the left, blue at the right."""
    picture = Image.new("RGB", (1800, 1800), RED)
    picture.paste(BLUE, (900, 0, 1800, 1800))
    data = BytesIO()
    picture.save(data, "PNG")
    _choose_file(frame, "holiday.png", data.getvalue())
    expect(frame.locator(".uploaded-file")).to_contain_text("holiday.png")


def _choose_file(frame: FrameLocator | Page, name: str, data: bytes) -> None:
    frame.locator("input[type=file]").first.set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


def _enlarge_and_move_right(frame: FrameLocator) -> None:
    pad = frame.get_by_role("application", name="Your picture in its place")
    for _ in range(12):
        pad.press("+")
    for _ in range(4):
        pad.press("Shift+ArrowRight")
    expect(frame.locator(".save-note")).to_have_text("Saved")


def _edge_in_preview(frame: FrameLocator) -> float:
    """Where the middle of the picture lies on the panel: the image fills the unit square of its matrix."""
    transform = frame.locator(".stage image").first.get_attribute("transform") or ""
    a, _, _, _, e, _ = map(float, transform.removeprefix("matrix(").removesuffix(")").split())
    return e + a / 2


def _colour_at(data: bytes, workflow: dict[str, Any], x: float, region: dict[str, float]) -> str:
    image = rasterised(data, workflow["panels"][0])
    red, _, blue = image[int((region["top"] + region["height"] / 2) * 2), int(x * 2)]
    return "red" if red > blue + 60 else "blue" if blue > red + 60 else f"{red} {blue}"
