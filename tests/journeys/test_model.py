"""The 3D view in Chromium with WebGL in software: what is typed is seen on the mug; without WebGL nobody misses it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from fixtures.hostile.models import glb
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NARROWEST_WIDE, PHONE, SOFTWARE_WEBGL, browsing
from tests.journeys.running import RunningDemo

VIEWER = re.compile(r"/static/customiser/viewer-\w+\.js$")
TIMEOUT = 60_000


@contextmanager
def customising(demo: RunningDemo, folder: Path, word: str, **options: Any) -> Iterator[Page]:
    """The customiser's page by itself."""
    with browsing(folder, **{"size": NARROWEST_WIDE, "more": SOFTWARE_WEBGL, **options}) as browser:
        page = browser.pages[0]
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product(word)['id']}")
        yield page


def _shown(page: Page) -> None:
    expect(page.locator(".model-hold.shown")).to_be_visible(timeout=TIMEOUT)


def _pixels(page: Page) -> npt.NDArray[np.int16]:
    """The canvas as it is seen, once two pictures in a row are the same: nothing moves any more."""
    before = _picture(page)
    for _ in range(60):
        now = _picture(page)
        if now.shape == before.shape and np.array_equal(now, before):
            return now
        before = now
    raise AssertionError("the view never came to rest")


def _picture(page: Page) -> npt.NDArray[np.int16]:
    shot = page.locator(".model-hold canvas").screenshot(timeout=TIMEOUT)
    return np.asarray(Image.open(BytesIO(shot)).convert("RGB"), np.int16)


def _changed(one: npt.NDArray[np.int16], other: npt.NDArray[np.int16]) -> float:
    """The share of pixels that differ clearly."""
    return float((np.abs(one - other).max(axis=2) > 40).mean())


@pytest.mark.parametrize("size", [NARROWEST_WIDE, PHONE], ids=["wide", "phone"])
def test_what_is_typed_and_chosen_is_seen_on_the_mug(demo: RunningDemo, tmp_path: Path, size: tuple[int, int]) -> None:
    with customising(demo, tmp_path, "mug", size=size, reduced_motion="reduce") as page:
        _shown(page)
        begun = _pixels(page)

        page.locator(".text-input").first.fill("WWWW")
        typed = _pixels(page)
        page.locator(".text-input").first.fill("Amira")
        back = _pixels(page)

    assert _changed(begun, typed) > 0.005
    assert _changed(begun, back) == 0


def test_a_material_and_a_model_are_chosen_by_steps(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "mug", reduced_motion="reduce") as page:
        _shown(page)
        page.get_by_role("button", name="Next").click()
        page.get_by_text("Charcoal").focus()
        page.get_by_text("White", exact=True).last.click()
        white = _pixels(page)
        page.get_by_text("Charcoal").click()
        charcoal = _pixels(page)
        page.get_by_role("button", name="Next").click()
        alone = _pixels(page)
        page.get_by_text("In a gift box").click()
        boxed = _pixels(page)

    assert _changed(white, charcoal) > 0.01
    assert white.mean() > charcoal.mean() + 1
    assert _changed(alone, boxed) > 0.05


def test_keys_and_buttons_turn_the_model_and_bring_it_nearer(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "mug", reduced_motion="reduce") as page:
        _shown(page)
        page.get_by_role("button", name="Show all").click()
        begun = _pixels(page)
        page.locator(".model-hold").focus()
        page.keyboard.press("ArrowRight")
        turned = _pixels(page)
        page.keyboard.press("+")
        nearer = _pixels(page)
        page.get_by_role("button", name="Turn left").click()
        page.get_by_role("button", name="Zoom out").click()
        back = _pixels(page)
        page.keyboard.press("Tab")
        page.locator(".model-hold").focus()
        page.keyboard.press("Home")

        assert _changed(begun, turned) > 0.005
        assert _changed(turned, nearer) > 0.005
        assert _changed(begun, back) < 0.002
        assert _changed(begun, _pixels(page)) < 0.002


def test_the_camera_looks_where_each_step_says_and_the_view_fills_the_screen(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "mug", reduced_motion="reduce") as page:
        _shown(page)
        text = _pixels(page)
        page.get_by_role("button", name="Next").click()
        look = _pixels(page)
        page.get_by_role("button", name="Back").click()
        page.locator(".text-input").first.focus()
        back = _pixels(page)

        page.get_by_role("button", name="Full screen").click()
        page.get_by_role("button", name="Leave full screen").click(timeout=TIMEOUT)
        expect(page.get_by_role("button", name="Full screen")).to_be_visible()

    assert _changed(text, look) > 0.01
    assert _changed(text, back) < 0.002


def test_it_turns_by_itself_only_when_asked(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "mug") as page:
        _shown(page)
        still = _pixels(page)

        page.get_by_role("button", name="Turn by itself").click()
        for _ in range(40):
            if _changed(still, _picture(page)) > 0.005:
                break
        else:
            raise AssertionError("it does not turn")
        page.get_by_role("button", name="Stop turning").click()

        _pixels(page)


def test_the_flat_preview_is_a_button_away(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "mug") as page:
        _shown(page)

        page.get_by_role("button", name="Flat").click()

        expect(page.locator(".stage .panel-view")).to_be_visible()
        expect(page.locator(".model-hold")).to_have_count(0)
        page.get_by_role("button", name="3D").click()
        _shown(page)


def test_without_webgl_the_flat_preview_stands_there_and_nothing_is_fetched_for_3d(
    demo: RunningDemo, tmp_path: Path
) -> None:
    with customising(demo, tmp_path, "mug", more=["--disable-3d-apis"]) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()

        expect(page.locator(".stage .panel-view")).to_be_visible(timeout=TIMEOUT)
        expect(page.get_by_role("button", name="3D")).to_have_count(0)
        page.get_by_role("button", name="Next").click()
        assert asked
        assert not [one for one in asked if VIEWER.search(one)]


def test_a_product_without_a_model_fetches_nothing_for_3d(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "badge") as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.reload()

        expect(page.locator(".stage .panel-view")).to_be_visible(timeout=TIMEOUT)
        page.get_by_role("button", name="Next").click()
        assert asked
        assert not [one for one in asked if VIEWER.search(one)]


def test_a_picture_inside_a_model_is_shown(demo: RunningDemo, tmp_path: Path) -> None:
    model = demo.product("mug")["modelUrl"]
    with browsing(tmp_path, more=SOFTWARE_WEBGL, reduced_motion="reduce") as browser:
        page = browser.pages[0]
        page.route(model, lambda route: route.fulfill(status=200, body=_red_square()))
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('mug')['id']}")
        _shown(page)

        red, green, blue = np.moveaxis(_pixels(page), 2, 0)

    assert ((red > 120) & (green < 60) & (blue < 60)).mean() > 0.02


def _red_square() -> bytes:
    """A GLB whose only colour is in a PNG that it brings along."""
    corners = np.array([[-1, -1, 0], [1, -1, 0], [1, 1, 0], [-1, -1, 0], [1, 1, 0], [-1, 1, 0]], "<f4").tobytes()
    places = np.full((6, 2), 0.5, "<f4").tobytes()
    png = BytesIO()
    Image.new("RGB", (8, 8), "#d00000").save(png, "PNG")
    parts = [corners, places, png.getvalue()]
    begins = [0, len(corners), len(corners) + len(places)]
    return glb(
        b"".join(parts),
        bufferViews=[
            {"buffer": 0, "byteOffset": begin, "byteLength": len(part)}
            for begin, part in zip(begins, parts, strict=True)
        ],
        accessors=[
            {"bufferView": 0, "componentType": 5126, "type": "VEC3", "count": 6, "min": [-1] * 3, "max": [1] * 3},
            {"bufferView": 1, "componentType": 5126, "type": "VEC2", "count": 6},
        ],
        images=[{"bufferView": 2, "mimeType": "image/png"}],
        textures=[{"source": 0}],
        materials=[
            {
                "name": "own",
                "doubleSided": True,
                "pbrMetallicRoughness": {"baseColorTexture": {"index": 0}, "metallicFactor": 0},
            }
        ],
        meshes=[{"primitives": [{"attributes": {"POSITION": 0, "TEXCOORD_0": 1}, "material": 0}]}],
        nodes=[{"mesh": 0}],
        scenes=[{"nodes": [0]}],
        scene=0,
    )


def test_where_webgl_is_lost_the_flat_preview_stands_there(demo: RunningDemo, tmp_path: Path) -> None:
    with customising(demo, tmp_path, "mug") as page:
        _shown(page)

        canvas = page.locator(".model-hold canvas")
        canvas.evaluate("one => one.getContext('webgl2').getExtension('WEBGL_lose_context').loseContext()")

        expect(page.locator(".stage .panel-view")).to_be_visible()
        expect(page.get_by_role("button", name="3D")).to_have_count(0)


def test_a_model_that_does_not_come_leaves_the_flat_preview(demo: RunningDemo, tmp_path: Path) -> None:
    model = demo.product("mug")["modelUrl"]
    with browsing(tmp_path, more=SOFTWARE_WEBGL) as browser:
        page = browser.pages[0]
        page.route(model, lambda route: route.fulfill(status=200, body=b"glTF, but not really"))
        page.add_init_script("console.error = () => undefined")
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('mug')['id']}")

        expect(page.locator(".stage .panel-view")).to_be_visible(timeout=TIMEOUT)
