"""Pages written by somebody else: the script twice, late, framed, pinned, under a strict policy; and hostile ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Storage, browsing
from tests.journeys.device import is_saved
from tests.journeys.pages import Pages, serving_pages
from tests.journeys.running import RunningDemo, eventually
from tests.journeys.shopping import frame_of, go_to_text, open_customiser

OPEN = """
window.said = [];
window.open_ = () => {
  const product = new Spiff.IntegrationProduct("%(product)s");
  product.on("invalid", () => window.said.push("invalid"));
  product.on("ready", () => {
    const run = new Spiff.HostedExperience({ product, presentmentCurrency: "AUD" });
    run.on("complete", (result) => window.said.push(result));
    run.execute().then(() => window.said.push("shown"), (error) => window.said.push(error.message));
  });
  product.confirmActive();
};
"""


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving_pages() as served:
        yield served


@pytest.fixture
def script(demo: RunningDemo, pages: Pages) -> str:
    """A file of the shop that opens the mug when `open_()` is called."""
    product = next(each for each in demo.ready["products"] if "mug" in each["name"].lower())
    return pages.put("/shop.js", OPEN % {"product": product["integrationProductId"]})


def _html(demo: RunningDemo, tags: str) -> str:
    return f"<!doctype html><html lang=en><title>A shop</title><h1>A shop</h1>{tags}</html>"


def _tag(demo: RunningDemo, more: str = "") -> str:
    return f'<script src="{demo.ready["baseUrl"]}/api.js" {more}></script>'


def _said(page: Page, count: int = 1) -> list[Any]:
    # Not Playwright's own waiting: that evaluates strings in the page, which a strict policy forbids.
    eventually(lambda: page.evaluate("window.said.length") >= count, "the page said something")
    found: list[Any] = page.evaluate("window.said")
    return found


def _policy(demo: RunningDemo, **more: str) -> str:
    platform = demo.ready["baseUrl"]
    parts = {"script-src": f"'self' {platform}", "connect-src": platform, "frame-src": platform} | more
    return "default-src 'none'; " + "; ".join(f"{name} {value}" for name, value in parts.items())


def test_the_script_twice_and_async_opens_one_customiser(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    tags = _tag(demo, "async") + _tag(demo) + '<script src="/shop.js"></script>'
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/twice", _html(demo, tags)))
        page.wait_for_function("window.Spiff")
        page.evaluate("open_()")

        assert _said(page) == ["shown"]
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible()
        assert page.locator("iframe").count() == 1


def test_a_script_that_comes_late_says_that_it_is_there(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/late", _html(demo, '<script src="/shop.js"></script>')))
        page.evaluate("addEventListener('SpiffApiReady', () => open_())")
        page.evaluate(
            "src => document.head.append(Object.assign(document.createElement('script'), { src }))",
            f"{demo.ready['baseUrl']}/api.js",
        )

        assert _said(page) == ["shown"]


def test_inside_a_frame_of_another_page_it_works(demo: RunningDemo, pages: Pages, script: str, tmp_path: Path) -> None:
    inner = pages.put("/inner", _html(demo, _tag(demo) + '<script src="/shop.js"></script>'))
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/outer", _html(demo, f'<iframe id="inner" src="{inner}" width="900" height="700">')))
        frame = next(each for each in page.frames if each.url == inner)
        frame.wait_for_function("window.Spiff")
        frame.evaluate("open_()")

        inside = page.frame_locator("#inner").frame_locator("iframe[data-spiff=customiser]")
        expect(inside.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)


def test_the_pinned_script_works_under_a_strict_policy(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    pinned = httpx.get(f"{demo.ready['baseUrl']}/api.json").json()
    tags = pinned["html"].replace(" async", "") + '<script src="/shop.js"></script>'
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/strict", _html(demo, tags), Content_Security_Policy=_policy(demo)))
        page.evaluate("open_()")

        assert _said(page) == ["shown"]
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible()


def test_in_a_page_that_isolates_itself_it_works(demo: RunningDemo, pages: Pages, script: str, tmp_path: Path) -> None:
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    isolated = {"Cross_Origin_Embedder_Policy": "require-corp", "Cross_Origin_Opener_Policy": "same-origin"}
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/isolated", _html(demo, tags), **isolated))
        page.evaluate("open_()")

        assert _said(page) == ["shown"]
        assert page.evaluate("crossOriginIsolated")
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible()


def test_the_style_of_a_page_for_its_own_dialogs_and_frames_does_not_reach_the_modal(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    rules = "display: none; max-width: 100px; opacity: 0; border: 9px solid; transform: scale(0.5)"
    style = f"<style>dialog, iframe {{ {rules} }}</style>"
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/styled", _html(demo, style + _tag(demo) + '<script src="/shop.js"></script>')))
        page.evaluate("open_()")

        assert _said(page) == ["shown"]
        box = page.locator("iframe").bounding_box()
        assert box and box["width"] > 1000 and box["height"] > 700
        assert page.locator("iframe").evaluate("one => getComputedStyle(one).opacity") == "1"


def test_a_script_that_is_not_the_pinned_one_does_not_run(demo: RunningDemo, pages: Pages, tmp_path: Path) -> None:
    pinned = httpx.get(f"{demo.ready['baseUrl']}/api.json").json()
    spoiled = pinned["html"].replace(pinned["integrity"], "sha384-" + "A" * 64)
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/spoiled", _html(demo, spoiled)))

        assert page.evaluate("typeof window.Spiff") == "undefined"


def test_a_policy_that_forbids_the_frame_is_named(demo: RunningDemo, pages: Pages, script: str, tmp_path: Path) -> None:
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    policy = _policy(demo, **{"frame-src": "'none'"})
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/closed", _html(demo, tags), Content_Security_Policy=policy))
        page.evaluate("open_()")

        (said,) = _said(page)
        assert f"add {demo.ready['baseUrl']} to frame-src" in said
        assert page.locator("iframe").count() == 0


def test_a_hostile_shop_page_reads_nothing_of_the_frame_and_steers_nothing(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/hostile", _html(demo, tags)))
        page.evaluate("open_()")
        _said(page)
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible()

        reach = """() => ["indexedDB", "localStorage", "document", "sessionStorage"].map((name) => {
          try { return String(frames[0][name]); } catch (error) { return error.name; }
        })"""
        own = page.evaluate("Object.keys(localStorage)")
        page.evaluate("frames[0].postMessage({ spiff: 1, type: 'complete', result: {} }, '*')")
        page.evaluate("frames[0].postMessage('close-request', '*')")

        assert page.evaluate(reach) == ["SecurityError"] * 4
        assert own == []
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible()


def test_a_draft_begun_on_one_shops_page_is_not_opened_on_anothers(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        frame = open_customiser(page, demo.shop, "mug")
        go_to_text(frame)
        frame.locator(".text-input").first.fill("Not yours")
        eventually(lambda: is_saved(page.frames[-1]), "the text is saved")

        page.goto(pages.put("/another", _html(demo, tags)))
        page.evaluate("open_()")
        _said(page)
        go_to_text(frame_of(page))

        expect(frame_of(page).locator(".text-input").first).not_to_have_value("Not yours")
        frame = open_customiser(page, demo.shop, "mug")
        go_to_text(frame)
        expect(frame.locator(".text-input").first).to_have_value("Not yours")


def test_another_shops_page_gets_at_no_draft(demo: RunningDemo, pages: Pages, script: str, tmp_path: Path) -> None:
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    honest = pages.put("/honest", _html(demo, tags))
    with browsing(tmp_path, storage=Storage.PARTITIONED) as browser:
        page = browser.pages[0]
        drafts = []
        # The same server under two names, which are two sites; the second one is the hostile shop.
        for shop in (honest, honest.replace("localhost", "shop.localhost"), honest):
            page.goto(shop)
            page.evaluate("open_()")
            _said(page)
            words = frame_of(page).locator(".text-input").first
            expect(words).to_be_visible(timeout=20_000)
            drafts.append(words.input_value())
            words.fill("Only for you")
            expect(frame_of(page).get_by_text("Saved", exact=True)).to_be_visible(timeout=20_000)

    assert drafts[1] == drafts[0] != "Only for you"
    assert drafts[2] == "Only for you"


def test_a_frame_that_is_not_ours_cannot_finish_a_design(
    demo: RunningDemo, pages: Pages, script: str, tmp_path: Path
) -> None:
    result = '{"transactionId":"t","baseCost":1,"optionsCost":0,"exportedData":{},"previewImage":"https://platform.example/p"}'
    hostile = pages.put(
        "/liar", f"<script>parent.postMessage({{spiff: 1, type: 'complete', result: {result}}}, '*')</script>"
    )
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/victim", _html(demo, tags)))
        page.evaluate("open_()")
        _said(page)
        page.evaluate("src => document.body.append(Object.assign(document.createElement('iframe'), { src }))", hostile)
        page.wait_for_function("frames.length === 2")
        page.wait_for_load_state("networkidle")

        assert page.evaluate("window.said") == ["shown"]


def test_the_frame_asks_nobody_but_its_platform(demo: RunningDemo, pages: Pages, script: str, tmp_path: Path) -> None:
    tags = _tag(demo) + '<script src="/shop.js"></script>'
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        asked: set[str] = set()
        browser.on("request", lambda request: asked.add("/".join(request.url.split("/")[:3])))
        page.goto(pages.put("/quiet", _html(demo, tags)))
        page.evaluate("open_()")
        _said(page)
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible()

        assert {each for each in asked if not each.startswith(("data:", "blob:"))} == {pages.url, demo.ready["baseUrl"]}
