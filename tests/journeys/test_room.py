"""The product in the shopper's own room. What devices do is played at the browser's border: no camera is here.

`navigator.xr` is a room with a table 0.7 m below the eye and 0.5 m before it; three.js draws into the page's canvas,
and a USDZ that iOS would open is kept.
"""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, SOFTWARE_WEBGL, browsing
from tests.journeys.running import RunningDemo, eventually

ROOM = (Path(__file__).parent / "room.js").read_text("utf-8")
QUICK_LOOK = """
  const { supports } = DOMTokenList.prototype;
  DOMTokenList.prototype.supports = function (token) { return token === "ar" || supports.call(this, token); };
  HTMLAnchorElement.prototype.click = function () { window.opened = this.outerHTML;
    window.usdz = fetch(this.href).then((answer) => answer.arrayBuffer()); };
"""
TIMEOUT = 60_000
LAZY = re.compile(r"/static/customiser/(room|usdz)-\w+\.js$")
BUTTON = "View in your room"


@contextmanager
def customising(demo: RunningDemo, folder: Path, device: str) -> Iterator[tuple[Page, list[str]]]:
    """The mug's customiser on a device that can do what `device` plays, and what was fetched for rooms."""
    with browsing(folder, size=PHONE, more=SOFTWARE_WEBGL, reduced_motion="reduce") as browser:
        page = browser.pages[0]
        asked: list[str] = []
        page.on("request", lambda request: asked.extend(LAZY.findall(request.url)))
        page.add_init_script(device)
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('mug')['id']}")
        expect(page.get_by_role("button", name="Next")).to_be_visible(timeout=TIMEOUT)
        yield page, asked


def _shown(page: Page) -> None:
    expect(page.locator(".model-hold.shown")).to_be_visible(timeout=TIMEOUT)


def test_where_no_device_shows_rooms_none_is_offered(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "") as (page, asked):
        _shown(page)

        expect(page.get_by_role("button", name="Turn left")).to_be_visible()
        expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)
        assert asked == []


def test_a_merchant_can_switch_it_off(demo: RunningDemo, tmp_path: Path) -> None:
    href = demo.product("mug")["workflows"][0]["href"]
    with browsing(tmp_path, size=PHONE, more=SOFTWARE_WEBGL) as browser:
        page = browser.pages[0]
        page.add_init_script(ROOM)

        def switched_off(route: Any) -> None:
            answer = route.fetch()
            document = answer.json()
            document["workflow"]["globalPreviewConfig"] = {"enableAR": False}
            route.fulfill(response=answer, json=document)

        page.route(href, switched_off)
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('mug')['id']}")
        _shown(page)

        expect(page.get_by_role("button", name="Turn left")).to_be_visible()
        expect(page.get_by_role("button", name=BUTTON)).to_have_count(0)


def test_a_mug_stands_on_the_table_of_the_room_and_the_shopper_comes_back(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, ROOM) as (page, asked):
        _shown(page)
        page.locator(".text-input").first.fill("Room")
        assert asked == []
        page.get_by_role("button", name=BUTTON).click()

        expect(page.get_by_text("Point your phone")).to_be_visible(timeout=TIMEOUT)
        _until(page, "room.frames > 3")
        before = page.evaluate("room.seen()")
        page.evaluate("room.surface = true")
        _until(page, "room.seen() > 0")
        near = page.evaluate("room.seen()")
        page.evaluate("room.moveTable(-0.5)")
        _until(page, "room.frames > room.moved + 2")
        untouched = page.evaluate("room.seen()")
        page.evaluate("room.tap()")
        _until(page, "room.frames > room.moved + 5")
        far = page.evaluate("room.seen()")

        page.get_by_role("button", name="Back to the design").click()
        expect(page.get_by_text("Point your phone")).to_be_hidden()
        _shown(page)
        page.get_by_role("button", name="Turn left").click()
        page.get_by_role("button", name=BUTTON).click()
        expect(page.get_by_text("Point your phone")).to_be_visible(timeout=TIMEOUT)

    assert before == 0
    # A mug of 10 cm, 0.86 m away from an eye that sees 90 degrees, fills about this share of the picture.
    assert 0.002 < near < 0.02
    assert untouched == pytest.approx(near, rel=0.02)
    assert far < 0.7 * near
    assert set(asked) == {"room"}


def test_a_device_that_says_no_after_all_is_said_and_loses_nothing(demo: RunningDemo, tmp_path: Path) -> None:
    refusing = ROOM + "navigator.xr.requestSession = () => Promise.reject(new DOMException('no camera'));"
    with customising(demo, tmp_path, refusing) as (page, _):
        _shown(page)

        page.get_by_role("button", name=BUTTON).click()

        expect(page.get_by_text("It could not be shown in your room.")).to_be_visible()
        expect(page.get_by_text("Point your phone")).to_be_hidden()
        page.get_by_role("button", name="Turn left").click()


def test_ios_is_given_a_usdz_of_the_mug_as_it_looks_now(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, QUICK_LOOK) as (page, asked):
        _shown(page)
        assert asked == []
        page.locator(".text-input").first.fill("MMMMMM")
        page.get_by_role("button", name=BUTTON).click()
        _until(page, "window.usdz")
        data = _made(page)
        link = page.evaluate("opened")
        page.locator(".text-input").first.fill("i")
        page.evaluate("window.usdz = undefined")
        page.get_by_role("button", name=BUTTON).click()
        _until(page, "window.usdz")
        other = _made(page)

    assert re.match(r'<a rel="ar" href="blob:[^"]+" download="design.usdz"><img></a>', link)
    assert set(asked) == {"usdz"}
    layer, textures = _opened(data)
    assert layer.startswith("#usda 1.0")
    assert "metersPerUnit = 1" in layer and 'upAxis = "Y"' in layer
    assert layer.count("{") == layer.count("}") and layer.count("(") == layer.count(")")
    for named in re.findall(r"@([^@]+)@", layer):
        assert named.removeprefix("./") in ZipFile(BytesIO(data)).namelist()
    assert _navy(textures) > 2 * _navy(_opened(other)[1]) > 0


def _made(page: Page) -> bytes:
    """The file; as text, which takes a tenth of the time of a list of numbers."""
    url = page.evaluate("""usdz.then((bytes) => new Promise((resolve) => {
        const reader = new FileReader();
        reader.onload = () => resolve(reader.result);
        reader.readAsDataURL(new Blob([bytes]));
    }))""")
    return base64.b64decode(url.partition(",")[2])


def _until(page: Page, holds: str) -> None:
    # Not Playwright's own waiting: that evaluates strings in the page, which our policy forbids.
    eventually(lambda: page.evaluate(f"Boolean({holds})"), holds, 60)


def _opened(data: bytes) -> tuple[str, list[Image.Image]]:
    """The root layer and the pictures. USDZ is a zip that packs nothing and begins files at multiples of 64 bytes."""
    with ZipFile(BytesIO(data)) as archive:
        first, *_ = archive.infolist()
        assert first.filename.endswith(".usda")
        for each in archive.infolist():
            assert each.compress_type == ZIP_STORED
            name, extra = data[each.header_offset + 26 : each.header_offset + 28], data[each.header_offset + 28 :][:2]
            begin = each.header_offset + 30 + int.from_bytes(name, "little") + int.from_bytes(extra, "little")
            assert begin % 64 == 0, each.filename
        pictures: list[Image.Image] = [
            Image.open(BytesIO(archive.read(name))) for name in archive.namelist() if name.endswith(".png")
        ]
        return archive.read(first).decode(), pictures


def _navy(pictures: list[Image.Image]) -> int:
    """Pixels in the colour of the mug's text."""
    total = 0
    for picture in pictures:
        pixels = np.asarray(picture.convert("RGB"), np.int16)
        total += int((np.abs(pixels - np.array([27, 54, 93])).max(axis=2) < 30).sum())
    return total
