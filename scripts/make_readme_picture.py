"""Make the README's picture from a running demo: the customiser beside the print file of the same design.

Run `make demo` in another terminal, then `.venv/bin/python scripts/make_readme_picture.py`.
"""

import io
import json
import time
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "images" / "customiser-and-print.png"
WIDTH, HEIGHT, MARGIN = 1200, 760, 40
SOFTWARE_WEBGL = ["--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PATIENCE_MS, SETTLED_SECONDS = 180_000, 5
"""Drawing in 3D without a graphics card takes its time."""


def main() -> None:
    """Drive the shop in Chromium and put both pictures side by side."""
    demo = json.loads((ROOT / "demo-data" / "demo.json").read_text("utf-8"))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", *SOFTWARE_WEBGL]
        )
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-AU")
        page.set_default_timeout(PATIENCE_MS)
        customiser = _design(page, demo)
        print_file = _print_file(page)
        browser.close()
    _side_by_side(customiser, print_file).save(OUT, optimize=True)


def _design(page: Page, demo: dict[str, Any]) -> Image.Image:
    page.goto(demo["shopUrl"])
    page.get_by_role("link", name="Mug").first.click()
    page.get_by_role("button", name="Personalise").click()
    frame = page.frame_locator("iframe[data-spiff=customiser]")
    frame.locator(".model-hold.shown").wait_for()
    frame.locator(".text-input").first.fill("Grace")
    frame.get_by_text("Berry").first.click()
    frame.get_by_text("Saved").first.wait_for()
    frame.locator(".panel-scroll").evaluate("panel => panel.scrollTo(0, 0)")
    time.sleep(SETTLED_SECONDS)
    picture = Image.open(io.BytesIO(page.screenshot()))
    while not frame.get_by_role("button", name="Finish").count():
        frame.get_by_role("button", name="Next").click()
    frame.get_by_role("button", name="Finish").click()
    page.wait_for_url("**/cart")
    return picture


def _print_file(page: Page) -> Image.Image:
    page.get_by_role("button", name="Pay").click()
    page.wait_for_url("**/orders/**")
    links = page.locator("a[href*='/files/']")
    links.first.wait_for(timeout=60_000)
    time.sleep(1)
    files = [page.request.get(str(link.get_attribute("href"))).body() for link in links.all()]
    wrap = max((file for file in files if file.startswith(b"%PDF")), key=len)
    picture = pypdfium2.PdfDocument(wrap)[0].render(scale=1.4).to_pil()
    assert isinstance(picture, Image.Image)
    return picture


def _side_by_side(customiser: Image.Image, print_file: Image.Image) -> Image.Image:
    sheet = Image.new("RGB", (WIDTH + print_file.width + 3 * MARGIN, HEIGHT + 2 * MARGIN), "#d9d6cf")
    draw = ImageDraw.Draw(sheet)
    draw.rectangle((MARGIN - 1, MARGIN - 1, MARGIN + WIDTH, MARGIN + HEIGHT), outline="#b5b1a8")
    sheet.paste(customiser, (MARGIN, MARGIN))
    sheet.paste(print_file, (WIDTH + 2 * MARGIN, (sheet.height - print_file.height) // 2))
    return sheet.resize((sheet.width * 2 // 3, sheet.height * 2 // 3), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    main()
