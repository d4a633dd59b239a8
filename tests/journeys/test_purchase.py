"""The whole way, in a browser: design, cart, pay, follow the order, check the files that a printer gets."""

import os
import re
import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE, Storage, browsing
from tests.journeys.device import is_saved
from tests.journeys.running import RunningDemo, eventually, read_bytes
from tests.journeys.shopping import (
    Made,
    Wish,
    check_structure,
    design,
    file_links,
    finish,
    frame_of,
    go_to_text,
    ink_in_region,
    open_customiser,
    pay,
    text_colour,
    text_step,
    wait_until_ready,
)

MUG = Wish("mug", "Wilhelmina", colour=1)
BADGE = Wish("badge", "Bo", colour=2)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_two_different_designs_are_paid_once_and_printed_as_they_were_seen(
    demo: RunningDemo, tmp_path: Path, size: tuple[int, int]
) -> None:
    with browsing(tmp_path, size) as browser:
        page = browser.pages[0]
        made = [design(page, demo.shop, MUG), design(page, demo.shop, BADGE)]
        _check_cart(page, made)

        pay(page)
        wait_until_ready(page)

        _check_pictures(page)
        links = file_links(page)
    _check_files(demo, made, links)


def test_two_tabs_on_one_draft_give_two_designs_each_with_its_own_text(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path) as browser:
        first, second = browser.pages[0], browser.new_page()
        go_to_text(frame := open_customiser(first, demo.shop, "mug"))
        frame.locator(".text-input").first.fill("Anna")
        eventually(lambda: is_saved(first.frames[-1]), "the first tab's text is saved")
        go_to_text(other := open_customiser(second, demo.shop, "mug"))
        expect(other.locator(".text-input").first).to_have_value("Anna")

        finish(first)
        expect(other.locator(".notice")).to_contain_text("We carry on with a fresh copy.")
        other.locator(".text-input").first.fill("Bert")
        finish(second)

        lines = second.locator(".line")
        expect(lines).to_have_count(2)
        expect(lines.nth(0)).to_contain_text("Anna")
        expect(lines.nth(1)).to_contain_text("Bert")
        _check_pictures(second)


@pytest.mark.parametrize("locale", ["en-US", "en-AU", "de-DE"])
@pytest.mark.parametrize("product", ["mug", "badge"])
def test_the_customiser_opens_with_the_price_the_shop_shows_written_alike(
    demo: RunningDemo, tmp_path: Path, product: str, locale: str
) -> None:
    with browsing(tmp_path, locale=locale) as browser:
        page = browser.pages[0]
        frame = open_customiser(page, demo.shop, product)

        price = page.locator(".about .money").inner_text()

        expect(frame.locator(".total strong")).to_have_text(price)


def test_a_reload_keeps_the_design_where_third_party_cookies_are_blocked(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, storage=Storage.PARTITIONED) as browser:
        page = browser.pages[0]
        _write_in_a_frame_of_another_site(page, demo, "Kept until now")

        page.reload()
        page.get_by_role("button", name="Personalise").click()
        frame = frame_of(page)
        expect(frame.get_by_role("button", name="Next")).to_be_visible()
        go_to_text(frame)

        expect(frame.locator(".text-input").first).to_have_value("Kept until now")
        _finish_and_pay(page, "Kept until now")


def test_a_purchase_works_where_the_frame_may_keep_nothing(demo: RunningDemo, tmp_path: Path) -> None:
    with browsing(tmp_path, storage=Storage.DENIED) as browser:
        page = browser.pages[0]

        _write_in_a_frame_of_another_site(page, demo, "No storage")

        expect(frame_of(page).locator(".notice")).to_contain_text("This browser keeps nothing of this page.")
        _finish_and_pay(page, "No storage")


def test_a_crash_right_after_paying_loses_and_doubles_nothing(own_demo: RunningDemo, tmp_path: Path) -> None:
    own_demo.start()
    with browsing(tmp_path / "browser") as browser:
        page = browser.pages[0]
        design(page, own_demo.shop, MUG)
        pay(page)
        address = page.url
        page.goto("about:blank")  # or the browser's own messages about the crash would count as ours

        own_demo.kill()
        own_demo.start()

        page.goto(address)
        wait_until_ready(page)
        assert set(file_links(page)) == {"Mug, wrap"}
    assert _platform_orders(own_demo) == ["KC-1001"]


def test_an_order_paid_while_the_platform_is_away_arrives_later(own_demo: RunningDemo, tmp_path: Path) -> None:
    own_demo.start()
    with browsing(tmp_path / "browser") as browser:
        page = browser.pages[0]
        design(page, own_demo.shop, MUG)
        for process in own_demo.platform_processes():
            os.kill(process, signal.SIGSTOP)

        pay(page)

        expect(page.locator(".progress")).to_have_attribute("data-status", "paid")
        expect(page.get_by_role("status")).to_contain_text("Your order is paid")
        address = page.url
        page.goto("about:blank")
        own_demo.kill()
        own_demo.start()
        page.goto(address)
        wait_until_ready(page)
    assert _platform_orders(own_demo) == ["KC-1001"]


def _write_in_a_frame_of_another_site(page: Page, demo: RunningDemo, text: str) -> None:
    """The shop under another host name: then the frame is another site's, and not only another port's."""
    frame = open_customiser(page, demo.shop.replace("127.0.0.1", "localhost"), "mug")
    kept = "() => { document.cookie = 'a=1; SameSite=None; Secure'; return document.cookie; }"
    assert frame.locator("body").evaluate(kept) == ""
    go_to_text(frame)
    frame.locator(".text-input").first.fill(text)


def _finish_and_pay(page: Page, text: str) -> None:
    finish(page)
    expect(page.locator(".line")).to_contain_text(text)
    pay(page)
    wait_until_ready(page)


def _check_cart(page: Page, made: list[Made]) -> None:
    lines = page.locator(".line")
    expect(lines).to_have_count(len(made))
    for line, each in zip(lines.all(), made, strict=True):
        expect(line.get_by_role("heading")).to_have_text(re.compile(each.wish.product, re.IGNORECASE))
        expect(line).to_contain_text(each.wish.text)
        expect(line).to_contain_text(each.colour)
        expect(line.locator(".line-total")).to_contain_text(re.compile(r"\d\.\d\d"))
    expect(lines.first).to_contain_text("Glaze")
    _check_pictures(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def _check_pictures(page: Page) -> None:
    seen = "() => [...document.images].every((one) => one.complete && one.naturalWidth > 0)"
    eventually(lambda: page.evaluate(seen), "all pictures are shown")


def _check_files(demo: RunningDemo, made: list[Made], links: dict[str, str]) -> None:
    workflows = [(each, demo.product(each.wish.product)["name"], demo.workflow(each.wish.product)) for each in made]
    panels = {
        f"{name}, {panel['name']}": (each, workflow, panel)
        for each, name, workflow in workflows
        for panel in workflow["panels"]
        if "conditions" not in panel  # nobody wished for a gift box, so no lid is printed
    }
    assert set(links) == set(panels)
    for called, (each, workflow, panel) in panels.items():
        data = read_bytes(links[called])
        regions = _regions(workflow, panel)
        check_structure(data, panel, has_text=bool(regions))
        for region in regions:
            assert ink_in_region(data, panel, region, text_colour(workflow, each)) > 0.005, f"no ink on {called}"


def _regions(workflow: dict[str, Any], panel: dict[str, Any]) -> list[dict[str, float]]:
    return [region for region in text_step(workflow)["regions"] if region["panel"] == panel["name"]]


def _platform_orders(demo: RunningDemo) -> list[str]:
    with closing(sqlite3.connect(f"file:{demo.data / 'spiff.db'}?mode=ro", uri=True)) as database:
        return [row[0] for row in database.execute("SELECT external_id FROM orders")]
