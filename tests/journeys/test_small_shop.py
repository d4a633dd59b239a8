"""The small shop of examples/, written from the documentation alone: a whole purchase, and what it must not believe."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, WIDE, browsing
from tests.journeys.running import RunningDemo, eventually, free_port
from tests.journeys.shopping import Wish, choose, finish, frame_of

SECRET = "whsec_c21hbGwtc2hvcC1zbWFsbC1zaG9wLXNtYWxs"


@contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program that has written its first line."""
    with subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout
        try:
            assert program.stdout.readline(), f"{command[0]} ended"
            yield program
        finally:
            program.terminate()


@pytest.fixture(scope="module")
def shop(demo: RunningDemo) -> Iterator[str]:
    """The shop beside the demo, and `spiff listen`, which brings it its webhooks."""
    port = str(free_port())
    environment = {
        "SHOP_PLATFORM": demo.ready["baseUrl"],
        "SHOP_ACCESS_KEY": demo.ready["accessKey"],
        "SHOP_SECRET": demo.ready["secret"],
        "SHOP_PRODUCT": demo.product("mug")["id"],
        "SHOP_WEBHOOK_SECRET": SECRET,
        "PORT": port,
    }
    listen = [sys.executable, "-m", "spiff.cli", "listen", "--server", demo.ready["baseUrl"], "--key"]
    listen += [demo.ready["accessKey"], "--secret-env", "SHOP_SECRET", "--webhook-secret-env", "SHOP_WEBHOOK_SECRET"]
    listen += ["--forward", f"http://127.0.0.1:{port}/hook"]
    with _running(["node", "examples/small-shop/server.mjs"], environment), _running(listen, environment):
        yield f"http://127.0.0.1:{port}"


def _designed(page: Page, address: str, words: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Personalise").click()
    expect(frame_of(page).get_by_role("button", name="Next")).to_be_visible(timeout=20_000)
    choose(frame_of(page), Wish("mug", words, colour=1))
    finish(page)


@pytest.mark.parametrize(("size", "path"), [(WIDE, "/"), (PHONE, "/embedded")], ids=["modal", "embedded on a phone"])
def test_a_shop_page_written_from_the_documentation_alone_sells_a_mug(
    shop: str, tmp_path: Path, size: tuple[int, int], path: str
) -> None:
    with browsing(tmp_path, size=size) as browser:
        page = browser.pages[0]
        _designed(page, shop + path, "Wilhelmina")
        line = page.locator("article")
        expect(line).to_contain_text("Wilhelmina")
        expect(line.locator(".price")).to_have_text("A$24.50")
        picture = "one => one.decode().then(() => one.naturalWidth)"
        assert line.locator("img").evaluate(picture) > 100

        line.get_by_role("button", name="Change").click()
        expect(frame_of(page).locator(".text-input").first).to_have_value("Wilhelmina", timeout=20_000)
        frame_of(page).locator(".text-input").first.fill("Theodora")
        finish(page)
        expect(line).to_contain_text("Theodora")
        expect(line).to_have_count(1)

        page.get_by_role("button", name="Pay").click()
        page.wait_for_url(re.compile(r"/orders/\d+$"))
        _until(page, "#told", "print_file.ready")
        expect(page.locator("#status")).to_have_text("ready")
        expect(page.get_by_role("link", name="wrap.pdf")).to_have_count(1)
        page.goto(shop + "/cart")
        expect(line).to_have_count(0)


def _until(page: Page, place: str, words: str) -> None:
    def told() -> bool:
        page.get_by_role("link", name="Look again").click()
        return words in page.locator(place).inner_text()

    eventually(told, f"the order's page says {words}", 60)


def test_a_design_changed_behind_the_carts_back_is_shown_again_and_not_paid(shop: str, tmp_path: Path) -> None:
    with browsing(tmp_path, quiet=False) as browser:
        page = browser.pages[0]
        _designed(page, shop, "Wilhelmina")
        page.route(
            "**/cart", lambda route: route.fulfill(status=204) if route.request.method == "POST" else route.continue_()
        )
        page.get_by_role("button", name="Change").click()
        frame_of(page).locator(".text-input").first.fill("Theodora")
        finish(page)
        expect(page.locator("article")).to_contain_text("Wilhelmina")

        page.get_by_role("button", name="Pay").click()

        expect(page.get_by_role("status")).to_contain_text("has changed")
        expect(page.locator("article")).to_contain_text("Theodora")
        page.get_by_role("button", name="Pay").click()
        page.wait_for_url(re.compile(r"/orders/\d+$"))


def _post(shop: str, path: str, content: Any, **headers: str) -> httpx.Response:
    return httpx.post(shop + path, content=json.dumps(content), headers={"Origin": shop} | headers)


def test_what_is_not_of_the_platform_is_refused(shop: str) -> None:
    unknown = {"transactionId": "00000000-0000-0000-0000-000000000000"}

    assert _post(shop, "/cart", unknown).status_code == 422
    assert _post(shop, "/cart", {"transactionId": "../../readyz"}).status_code == 422
    assert _post(shop, "/cart", unknown, Origin="https://elsewhere.example").status_code == 403
    assert _post(shop, "/hook", {"type": "order.received", "data": {}}).status_code == 422
    assert httpx.get(shop + "/orders/1").status_code == 404
