"""A design in the cart is opened again and changed, in the browser that made it."""

import re
from pathlib import Path

from playwright.sync_api import expect

from tests.journeys.conftest import browsing
from tests.journeys.running import RunningDemo
from tests.journeys.shopping import Wish, design, finish, frame_of, go_to_text


def test_a_design_in_the_cart_is_changed_and_stays_one_line(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        design(page, demo.shop, Wish("mug", "Wilhelmina", colour=1))
        before = page.locator(".line img").first.get_attribute("src")

        page.get_by_role("button", name=re.compile("Change the design")).click()
        expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible(timeout=20_000)
        go_to_text(frame_of(page))
        expect(frame_of(page).locator(".text-input").first).to_have_value("Wilhelmina")
        frame_of(page).locator(".text-input").first.fill("Theodora")
        finish(page)

        expect(page.locator(".line")).to_have_count(1)
        expect(page.locator(".line")).to_contain_text("Theodora")
        expect(page.locator(".line")).not_to_contain_text("Wilhelmina")
        assert page.locator(".line img").first.get_attribute("src") != before


def test_another_browser_is_told_that_the_design_is_not_there(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path / "one") as browser:
        page = browser.pages[0]
        design(page, demo.shop, Wish("badge", "Bo", colour=0))
        button = page.get_by_role("button", name=re.compile("Change the design"))
        transaction = button.get_attribute("data-transaction")
    with browsing(tmp_path / "two", quiet=False) as browser:
        page = browser.pages[0]
        page.goto(demo.shop + "/cart")
        page.goto(demo.shop)
        page.locator("a", has_text=re.compile("mug", re.IGNORECASE)).first.click()
        page.wait_for_function("window.Spiff")
        said = page.evaluate("id => Spiff.replayDesign(id).catch((error) => error.message)", transaction)

    assert "design-unknown" in said
    assert "Save and share" in said
