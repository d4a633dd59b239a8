"""What is screen-printed and what is cut, the whole way: bought together, and their files opened by other programs."""

from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
import numpy.typing as npt
import pikepdf
from ezdxf import bbox
from PIL import Image
from playwright.sync_api import FrameLocator, Page

from tests.journeys.conftest import browsing
from tests.journeys.running import RunningDemo, eventually, read_bytes
from tests.journeys.shopping import (
    check_structure,
    file_links,
    finish,
    ink_in_region,
    open_customiser,
    pay,
    rasterised,
    wait_until_ready,
)

NAVY, GREEN = (29, 53, 87), (42, 127, 134)
MM = 25.4 / 72
Pixels = npt.NDArray[np.int16]


def test_a_tote_and_stickers_are_printed_with_their_own_inks_and_cut_along_their_line(
    demo: RunningDemo, tmp_path: Path
) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _design_tote(open_customiser(page, demo.shop, "tote"))
        finish(page)
        _design_stickers(open_customiser(page, demo.shop, "sticker"))
        finish(page)
        tote_picture, sheet_picture = _cart_pictures(page)
        pay(page)
        wait_until_ready(page)
        links = file_links(page)
        cut = read_bytes(page.locator(".file .more").get_attribute("href") or "")
        proof = _picture(page.locator(".file", has_text="Sticker").locator("img").get_attribute("src"))

    (panel,) = demo.workflow("tote")["panels"]
    _check_tote(read_bytes(links["Tote bag, print"]), panel, demo.workflow("tote"))
    _check_sheet(read_bytes(links["Sticker sheet, sheet"]), demo.workflow("sticker")["panels"][0])
    _check_cut(cut.decode())
    # On screens: the tote on its cotton, stickers in their shapes; in the print's picture the colours under the white.
    assert _share(tote_picture, NAVY) > 0.03
    assert tote_picture[4, 4].tolist() != [255, 255, 255]
    assert _at(sheet_picture, 20, 28).min() > 240
    assert _share(proof, (255, 255, 255)) < 0.6


def _design_tote(frame: FrameLocator) -> None:
    """A fern with one of its two colours changed, and initials."""
    frame.locator("label", has_text="Fern").click()
    frame.locator("fieldset").last.locator("label", has_text="Coral").click()
    frame.get_by_role("button", name="Next").click()
    frame.locator(".text-input").fill("QUIRK")


def _design_stickers(frame: FrameLocator) -> None:
    frame.get_by_role("button", name="Show another part").click()
    frame.get_by_role("button", name="Next").click()
    frame.locator(".text-input").fill("Zoë")


def _cart_pictures(page: Page) -> list[Pixels]:
    images = page.locator(".line img")
    eventually(lambda: images.evaluate_all("all => all.every((one) => one.naturalWidth > 0)"), "both are in the cart")
    return [_picture(image.get_attribute("src")) for image in images.all()]


def _picture(address: str | None) -> Pixels:
    return np.asarray(Image.open(BytesIO(read_bytes(address or ""))).convert("RGB"), dtype=np.int16)


def _check_tote(data: bytes, panel: dict[str, Any], workflow: dict[str, Any]) -> None:
    """Three pots of ink and nothing else: no process colour anywhere, no cotton."""
    check_structure(data, panel, has_text=False)
    spots, operators = _inks(data)
    assert set(spots) == {"Kiln Coral", "Kiln Sage", "Kiln Navy"}
    assert not operators & {"k", "K", "rg", "RG", "g", "G", "Do"}
    initials = next(step["regions"][0] for step in workflow["steps"] if step["stepTitle"] == "Initials")
    image = rasterised(data, panel)
    assert image[4, 4].tolist() == [255, 255, 255]
    part = image[int(initials["top"] * 2) :]
    assert ((part[:, :, 2] - part[:, :, 0]) > 20).mean() > 0.05, "the initials are blue"


def _check_sheet(data: bytes, panel: dict[str, Any]) -> None:
    """White and the cut line are separations above the colours, which they let through."""
    check_structure(data, panel, has_text=True)
    spots, _ = _inks(data)
    assert set(spots) == {"White", "CutContour"}
    with pikepdf.open(BytesIO(data)) as document:
        states = document.pages[0].Resources.ExtGState
        assert any(bool(state.get("/OP")) and bool(state.get("/op")) for state in states.values())
    assert ink_in_region(data, panel, {"left": 19, "top": 27, "width": 130, "height": 130}, GREEN) > 0


def _check_cut(text: str) -> None:
    """Four circles of 124 points and a label of 264 by 64, in millimetres."""
    drawing = ezdxf.read(StringIO(text))  # type: ignore[attr-defined]  # ezdxf exports it lazily
    lines = list(drawing.modelspace().query("*"))
    assert {line.dxf.layer for line in lines} == {"CutContour"}
    sides = [bbox.extents([line]).size for line in lines]
    sizes = sorted((round(side.x / MM), round(side.y / MM)) for side in sides)
    assert sizes == [(124, 124)] * 4 + [(264, 64)]


def _inks(data: bytes) -> tuple[list[str], set[str]]:
    """The names of the separations, and which operators set colours or draw."""
    with pikepdf.open(BytesIO(data)) as document:
        (page,) = document.pages
        used = {str(each.operator) for each in pikepdf.parse_content_stream(page)}
        return [str(space[1]).removeprefix("/") for space in page.Resources.ColorSpace.values()], used


def _share(image: Pixels, colour: tuple[int, int, int]) -> float:
    return float((np.abs(image - np.array(colour)).max(axis=2) <= 12).mean())


def _at(image: Pixels, x_pt: float, y_pt: float) -> Pixels:
    """The pixel at a place of the sheet, which is 300 points wide."""
    scale = image.shape[1] / 300
    found: Pixels = image[int(y_pt * scale), int(x_pt * scale)]
    return found
