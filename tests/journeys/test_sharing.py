"""A design is gone on with by a link, shown to others, and edited again from the cart."""

import io
import re
from pathlib import Path

import numpy as np
import zxingcpp
from PIL import Image
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.conftest import PHONE, browsing
from tests.journeys.running import RunningDemo
from tests.journeys.shopping import finish, frame_of, go_to_text, open_customiser, pay, wait_until_ready


def test_a_resume_link_goes_on_elsewhere_and_its_code_leads_there(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path / "first") as browser:
        page = browser.pages[0]
        _write(page, demo, "Half done")
        link = _make(page, "Go on later, or on another device")
        code = frame_of(page).get_by_role("img", name="QR code of this link")
        assert _read_code(code) == link

    assert re.fullmatch(rf"{re.escape(demo.ready['baseUrl'])}/resume#[0-9a-f-]{{36}}", link)
    with browsing(tmp_path / "phone", PHONE) as browser:
        page, asked = browser.pages[0], _addresses(browser)
        page.goto(link)
        expect(page.locator(".text-input").first).to_have_value("Half done")
        expect(page.locator(".notice")).to_contain_text("You are going on with your saved design.")
        page.locator(".text-input").first.fill("Done")
        _finish_alone(page)

        expect(page.get_by_role("heading", name="Your design is ready")).to_be_focused()
        expect(page.locator(".lead")).to_contain_text("It is kept for you.")
        expect(page.get_by_role("link", name="Back to the shop")).to_have_attribute("href", demo.shop)
        token = link.partition("#")[2]
        assert not [address for address in asked if token in address.partition("#")[0]]


def test_a_shared_design_is_only_looked_at_and_can_be_taken_back(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _write(page, demo, "Look at me")
        drawn = frame_of(page).locator(".preview .panel-view").first.inner_html()
        price = frame_of(page).locator(".total strong").inner_text()
        link = _make(page, "Show it to others")

        friend = browser.new_page()
        friend.set_viewport_size({"width": 390, "height": 844})
        friend.goto(link)
        expect(friend.get_by_role("heading", level=1)).to_have_text("Mug", timeout=20_000)
        expect(friend.locator(".shared-choices")).to_contain_text("Look at me")
        expect(friend.locator(".shared-price")).to_contain_text(price)
        assert _outlines(friend.locator(".panel-view").first.inner_html()) == _outlines(drawn)
        expect(friend.locator(".shared-logo")).to_be_visible()
        shop_look = 'getComputedStyle(document.documentElement).getPropertyValue("--paper")'
        assert friend.evaluate(shop_look) == page.frames[1].evaluate(shop_look) != ""
        assert friend.locator("input, textarea, select").count() == 0
        assert friend.evaluate("document.documentElement.scrollWidth <= innerWidth")

        page.bring_to_front()
        part = frame_of(page).get_by_role("region", name="Show it to others")
        part.get_by_role("button", name="Take the link back").click()
        expect(part.get_by_role("status")).to_contain_text("earlier links lead nowhere")
        answer = page.request.get(
            f"{demo.ready['baseUrl']}/api/links/view", headers={"Authorization": f"Bearer {link.partition('#')[2]}"}
        )
        assert answer.status == 404


def test_a_design_is_edited_again_after_it_went_into_the_cart(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        _write(page, demo, "Before")
        link = _make(page, "Go on later, or on another device")
        page.keyboard.press("Escape")
        finish(page)
        expect(page.locator(".line")).to_contain_text("Before")

        again = browser.new_page()
        again.goto(link)
        expect(again.locator(".text-input").first).to_have_value("Before")
        again.locator(".text-input").first.fill("After")
        _finish_alone(again)
        expect(again.get_by_role("heading", name="Your design is ready")).to_be_visible()

        page.bring_to_front()
        page.get_by_role("button", name=re.compile("^Pay")).click()
        expect(page.locator(".line")).to_have_count(1)
        expect(page.locator(".line")).to_contain_text("After")
        pay(page)
        wait_until_ready(page)


def test_the_dialog_keeps_the_focus_and_gives_it_back(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        frame = open_customiser(page, demo.shop, "mug")
        button = frame.get_by_role("button", name="Save and share")
        button.focus()
        page.keyboard.press("Enter")
        dialog = frame.get_by_role("dialog", name="Save and share")
        expect(dialog).to_be_visible()
        inside = "() => document.querySelector('dialog').contains(document.activeElement) || !document.hasFocus()"
        for _ in range(5):
            page.keyboard.press("Tab")
            assert frame.locator("body").evaluate(inside)

        dialog.get_by_role("button", name="Close").focus()
        page.keyboard.press("Escape")

        expect(dialog).to_be_hidden()
        expect(button).to_be_focused()
        expect(frame.get_by_role("button", name="Next")).to_be_visible()


def _write(page: Page, demo: RunningDemo, text: str) -> None:
    frame = open_customiser(page, demo.shop, "mug")
    go_to_text(frame)
    frame.locator(".text-input").first.fill(text)


def _make(page: Page, name: str) -> str:
    frame = frame_of(page)
    frame.get_by_role("button", name="Save and share").click()
    part = frame.get_by_role("region", name=name)
    part.get_by_role("button", name="Make a link").click()
    expect(part.get_by_role("textbox")).to_be_visible()
    return part.get_by_role("textbox").input_value()


def _read_code(code: Locator) -> str:
    picture = np.asarray(Image.open(io.BytesIO(code.screenshot())).convert("L"))
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def _finish_alone(page: Page) -> None:
    while not page.get_by_role("button", name="Finish").count():
        page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Finish").click()


def _outlines(svg: str) -> list[str]:
    return re.findall(r' d="([^"]+)"', svg)


def _addresses(browser: BrowserContext) -> list[str]:
    found: list[str] = []
    browser.on("request", lambda request: found.append(request.url))
    return found


def test_without_a_network_the_dialog_says_why_there_is_no_link(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        frame = open_customiser(page, demo.shop, "badge")
        page.wait_for_load_state("networkidle")
        browser.set_offline(True)

        frame.get_by_role("button", name="Save and share").click()
        frame.get_by_role("button", name="Make a link").first.click()

        expect(frame.get_by_role("dialog").get_by_role("status").first).to_contain_text("Check your connection")
