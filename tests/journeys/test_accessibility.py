"""axe-core finds nothing to complain about in the customiser and in the example shop."""

import io
from pathlib import Path
from typing import Any, cast

import pytest
from PIL import Image
from playwright.sync_api import Frame, Locator, Page, expect

from tests.journeys.conftest import NARROWEST_WIDE, PHONE, SOFTWARE_WEBGL, WIDE, browsing
from tests.journeys.running import RunningDemo, read_json
from tests.journeys.shopping import finish, open_customiser, pay, wait_until_ready

AXE = Path(__file__).parents[2] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
PICTURE = Path(__file__).parents[2] / "examples" / "shop" / "pictures" / "hills.png"
FORMS = ("badge", "poster", "tote", "sticker")
"""Products that have a step of nearly every type between them."""
NIGHT = "night.kiln-and-co.example"
"""The shop with a dark look."""
SHARE = {"en": "Save and share", "ar": "حفظ ومشاركة"}
RULES = {"iframes": False, "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_screen_of_a_purchase_is_accessible(demo: RunningDemo, tmp_path: Path, size: tuple[int, int]) -> None:
    with browsing(tmp_path, size) as browser:
        page = browser.pages[0]
        found = _violations_of_a_purchase(page, demo.shop)

    assert found == {}


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_form_of_a_step_is_accessible_in_both_directions_of_writing(
    demo: RunningDemo, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with browsing(tmp_path, size) as browser:
        page = browser.pages[0]
        ids = {product: demo.product(product)["id"] for product in FORMS}
        found = {product: _violations_of_forms(page, demo, ids[product], language) for product in FORMS}

    assert not any(found.values()), found


@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (PHONE, "ar")], ids=["wide", "phone from right to left"])
def test_a_shop_with_a_look_of_its_own_is_accessible_and_looks_so(
    demo: RunningDemo, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    product = read_json(f"{demo.ready['baseUrl']}/api/integration-products?integrationId={NIGHT}&productId=POSTER-A4")
    with browsing(tmp_path, size) as browser:
        page = browser.pages[0]
        found = _violations_of_forms(page, demo, product["id"], language)

        logo = page.get_by_role("img", name="Nightkiln")
        assert logo.evaluate("image => image.naturalWidth") > 0
        assert page.locator("main").evaluate("main => getComputedStyle(main).fontFamily").startswith("ui-serif")
        assert page.locator("html").evaluate("root => getComputedStyle(root).backgroundColor") == "rgb(23, 20, 35)"
        assert _most_common_colour(page) == (23, 20, 35)

    assert found == []


@pytest.mark.parametrize(
    ("size", "language"), [(NARROWEST_WIDE, "en"), (PHONE, "ar")], ids=["wide", "phone from right to left"]
)
def test_the_3d_view_is_accessible(demo: RunningDemo, tmp_path: Path, size: tuple[int, int], language: str) -> None:
    with browsing(tmp_path, size, more=SOFTWARE_WEBGL) as browser:
        page = browser.pages[0]
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('mug')['id']}&lang={language}")
        expect(page.locator(".model-hold.shown")).to_be_visible(timeout=60_000)

        assert _violations(page) == []


@pytest.mark.parametrize(("size", "language"), [(WIDE, "en"), (PHONE, "ar")], ids=["wide", "phone from right to left"])
def test_what_is_shared_and_gone_on_with_is_accessible(
    demo: RunningDemo, tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    with browsing(tmp_path, size, locale=language) as browser:
        page = browser.pages[0]
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('badge')['id']}&lang={language}")
        page.get_by_role("button", name=SHARE[language], exact=True).click()
        parts = page.locator(".share-part")
        found = {"dialog": _violations(page)}
        for part in parts.all():
            part.locator("button").first.click()
            expect(part.locator("input")).to_be_visible()
        found["dialog with links"] = _violations(page)
        resume, view = (part.locator("input").input_value() for part in parts.all())

        page.goto(view)
        expect(page.locator(".shared-panels svg").first).to_be_visible()
        found["shared"] = _violations(page)
        page.goto(resume)
        expect(page.locator(".scene-link").first).to_be_visible()
        found["gone on with"] = _violations(page)
        page.locator(".scene-link").last.click()
        page.locator(".button.primary").last.click()
        expect(page.locator(".lead")).to_be_visible(timeout=30_000)
        found["finished"] = _violations(page)

    assert not any(found.values()), found


def test_where_the_device_sets_all_colours_those_to_choose_from_are_seen_and_so_is_what_is_chosen(
    demo: RunningDemo, tmp_path: Path
) -> None:
    with browsing(tmp_path, forced_colors="active") as browser:
        page = browser.pages[0]
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('badge')['id']}")
        page.locator(".scene-link", has_text="Look").click()
        colours = page.locator(".swatch")
        expect(colours.nth(1)).to_be_visible()

        seen = [_most_common_colour(dot) for dot in colours.locator(".dot").all()[:2]]
        framed = [
            colour.evaluate("each => getComputedStyle(each).outlineStyle") == "solid" for colour in colours.all()[:2]
        ]
        found = _violations(page)

    assert seen == [(0xD9, 0x58, 0x3D), (0x2A, 0x7F, 0x86)]
    assert framed == [True, False]
    assert found == []


def test_letters_of_twice_the_size_do_not_cut_the_number_of_a_step(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, PHONE) as browser:
        page = browser.pages[0]
        page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={demo.product('badge')['id']}")
        number = page.locator(".scene-link[aria-current] .scene-number")
        expect(number).to_be_visible()

        page.evaluate("document.documentElement.style.fontSize = '32px'")

        beyond = number.evaluate("each => each.scrollHeight - each.clientHeight")
        assert beyond <= 0


def test_letters_of_twice_the_size_make_no_page_of_the_shop_wider_than_a_phone(
    demo: RunningDemo, tmp_path: Path
) -> None:
    with browsing(tmp_path, PHONE) as browser:
        page = browser.pages[0]
        beyond = {}
        for path in ("/", "/products/photo-poster", "/cart", "/orders"):
            page.goto(demo.shop + path)
            page.evaluate("document.documentElement.style.fontSize = '32px'")
            beyond[path] = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    assert beyond == dict.fromkeys(beyond, 0)


def test_the_shops_button_is_one_where_the_device_sets_all_colours(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, forced_colors="active") as browser:
        page = browser.pages[0]
        page.goto(f"{demo.shop}/cart")

        edge = page.locator(".primary").evaluate("each => getComputedStyle(each).borderTopWidth")

    assert edge == "1px"


def _violations_of_forms(page: Page, demo: RunningDemo, product_id: str, language: str) -> list[str]:
    """In every scene, and where a picture is placed and what it costs is told."""
    page.goto(f"{demo.ready['baseUrl']}/customise?integrationProduct={product_id}&lang={language}")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    scenes = page.locator(".scene-link")
    expect(scenes.first).to_be_visible()
    found: list[str] = []
    for scene in scenes.all():
        scene.click()
        found += _violations(page)
        if page.locator("input[type=file][accept*=image]").count():
            page.locator("input[type=file]").set_input_files(PICTURE)
            expect(page.locator(".placing-pad")).to_be_visible()
            page.locator(".total-button").click()
            found += _violations(page)
    return found


def _most_common_colour(shown: Page | Locator) -> tuple[int, ...]:
    """Of what is seen."""
    pixels = Image.open(io.BytesIO(shown.screenshot())).convert("RGB")
    counted = pixels.getcolors(pixels.width * pixels.height)
    assert counted is not None
    return cast(tuple[int, ...], max(counted)[1])


def _violations_of_a_purchase(page: Page, shop: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def look(name: str, where: Page | Frame) -> None:
        if violations := _violations(where):
            found[name] = violations

    page.goto(shop)
    look("shop", page)
    page.goto(f"{shop}/cart")
    look("empty cart", page)
    frame = open_customiser(page, shop, "mug")
    look("product", page)
    while not frame.get_by_role("button", name="Finish").count():
        look(f"customiser, {frame.locator('[aria-current=step]').inner_text()}", _inside(page))
        frame.get_by_role("button", name="Next").click()
    look("customiser, summary", _inside(page))
    finish(page)
    look("cart", page)
    pay(page)
    wait_until_ready(page)
    look("order", page)
    page.goto(f"{shop}/orders")
    look("orders", page)
    page.goto(f"{shop}/products/mug?embedded=1")
    expect(frame.get_by_role("button", name="Next")).to_be_visible()
    look("product with the customiser inside", page)
    look("customiser inside a page", _inside(page))
    return found


def _inside(page: Page) -> Frame:
    return next(frame for frame in page.frames if "/customise" in frame.url)


def _violations(where: Page | Frame) -> list[str]:
    where.evaluate(AXE.read_text("utf-8"))
    violations: list[dict[str, Any]] = where.evaluate("(rules) => axe.run(rules).then((all) => all.violations)", RULES)
    return [
        f"{each['id']}: {node['html'][:120]} {node['failureSummary']}" for each in violations for node in each["nodes"]
    ]
