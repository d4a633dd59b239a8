"""A shopper's visit in numbers: the merchant reads with a signed request how far it went, and no more than that."""

import json
import urllib.request
from pathlib import Path
from typing import Any, cast

import pytest
from playwright.sync_api import BrowserContext

from examples.shop.signing import signed_headers
from tests.journeys.conftest import browsing
from tests.journeys.running import RunningDemo, eventually
from tests.journeys.shopping import Wish, choose, finish, go_to_text, open_customiser, pay

PATH = "/api/v2/analytics/funnel"


def _funnel(demo: RunningDemo, word: str) -> dict[str, Any]:
    """The product's funnel of today, read as a shop's server would."""
    headers = signed_headers(demo.ready["accessKey"], demo.ready["secret"], "GET", PATH, b"")
    product = demo.product(word)["id"]
    address = f"{demo.ready['baseUrl']}{PATH}?integrationProductId={product}"
    asked = urllib.request.Request(address, headers=headers)  # noqa: S310 - the demo on this machine
    with urllib.request.urlopen(asked, timeout=10) as answer:  # noqa: S310 - as above
        (found,) = json.load(answer)["products"]
    return cast(dict[str, Any], found)


def _numbers(demo: RunningDemo, word: str) -> dict[str, int]:
    funnel = _funnel(demo, word)
    steps = {each["title"]: each["reached"] for each in funnel["steps"]}
    return steps | {name: funnel[name] for name in ("pageSessions", "created", "completed", "ordered")}


def _more(before: dict[str, int], after: dict[str, int]) -> dict[str, int]:
    return {name: after[name] - before[name] for name in after}


def _leave(browser: BrowserContext) -> None:
    """To another page: what the frame has not sent yet goes now."""
    browser.pages[0].goto("about:blank")


def test_a_funnel_shows_how_far_shoppers_went(demo: RunningDemo, tmp_path: Path) -> None:
    before = _numbers(demo, "badge")
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        go_to_text(open_customiser(page, demo.shop, "badge"))
        _leave(browser)
        eventually(lambda: _numbers(demo, "badge")["Name"] == before["Name"] + 1, "the first scene is counted")
        choose(open_customiser(page, demo.shop, "badge"), Wish("badge", "Grace", 1))
        finish(page)
        pay(page)
    eventually(lambda: _numbers(demo, "badge")["ordered"] == before["ordered"] + 1, "the order is counted")
    eventually(lambda: _numbers(demo, "badge")["Colour"] == before["Colour"] + 1, "the second scene is counted")

    told = _more(before, _numbers(demo, "badge"))

    assert (told["Name"], told["Role"]) == (2, 2)
    assert (told["Colour"], told["Fastening"]) == (1, 1)
    assert (told["completed"], told["ordered"]) == (1, 1)
    # The shopper came back to the design that was left.
    assert told["created"] == 1
    assert told["pageSessions"] >= 2


@pytest.mark.parametrize("wish", ["globalPrivacyControl", "doNotTrack"])
def test_who_asks_not_to_be_followed_sends_no_counts(demo: RunningDemo, tmp_path: Path, wish: str) -> None:
    value = "true" if wish == "globalPrivacyControl" else '"1"'
    with browsing(tmp_path) as browser:
        page, asked = browser.pages[0], list[str]()
        page.add_init_script(f"Object.defineProperty(Navigator.prototype, '{wish}', {{get: () => {value}}})")
        page.on("request", lambda request: asked.append(request.url))

        frame = open_customiser(page, demo.shop, "badge")
        frame.get_by_role("button", name="Next").click()
        _leave(browser)

    assert any("/api/transactions" in each for each in asked)
    assert not [each for each in asked if "/api/analytics" in each]
