"""The snippets of docs/javascript-api.md: copied out of the page and run against a real platform."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import browsing
from tests.journeys.pages import Pages, serving_pages
from tests.journeys.running import RunningDemo, eventually
from tests.journeys.shopping import Wish, choose, frame_of

DOCS = Path("docs/javascript-api.md").read_text("utf-8")


@pytest.fixture
def pages() -> Iterator[Pages]:
    with serving_pages() as served:
        yield served


def _snippet(title: str, language: str) -> str:
    section = DOCS[DOCS.index(f"### {title}\n") :]
    found = re.search(rf"```{language}\n(.*?)```", section, re.DOTALL)
    assert found, title
    return found[1]


def _design_and_finish(page: Page) -> None:
    frame = frame_of(page)
    expect(frame.get_by_role("button", name="Next")).to_be_visible(timeout=20_000)
    choose(frame, Wish("mug", "Wilhelmina", colour=1))
    for _ in range(12):
        if frame.get_by_role("button", name="Finish").count():
            break
        frame.get_by_role("button", name="Next").click()
    frame.get_by_role("button", name="Finish").click()


def _mug(demo: RunningDemo) -> str:
    found = next(each for each in demo.ready["products"] if "mug" in each["name"].lower())
    return str(found["integrationProductId"])


def test_plain_html(demo: RunningDemo, pages: Pages, tmp_path: Path) -> None:
    html = _snippet("Plain HTML", "html").replace("https://spiff.example", demo.ready["baseUrl"])
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/", "<!doctype html>" + html.replace("INTEGRATION-PRODUCT-ID", _mug(demo))))
        page.evaluate("addEventListener('designed', ({ detail }) => { window.detail = detail; }, true)")
        page.get_by_role("button", name="Personalise").click()
        _design_and_finish(page)
        eventually(lambda: page.evaluate("Boolean(window.detail)"), "the design came back")
        detail: Any = page.evaluate("window.detail")

    assert len(detail["transactionId"]) == 36
    assert "Wilhelmina" in {row["value"] for row in detail["choices"].values()}


def test_shopify_theme(demo: RunningDemo, pages: Pages, tmp_path: Path) -> None:
    liquid = {
        "{{ shop.permanent_domain }}": "shop.kiln-and-co.example",
        "{{ product.id }}": "MUG-330",
        "{{ cart.currency.iso_code }}": "AUD",
        "{{ product.selected_or_first_available_variant.id }}": "4711",
    }
    html = _snippet("Shopify theme", "html").replace("https://spiff.example", demo.ready["baseUrl"])
    for name, value in liquid.items():
        html = html.replace(name, value)
    pages.put("/cart", "<!doctype html><h1>Cart</h1>")
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/", "<!doctype html>" + html))
        page.get_by_role("button", name="Personalise").click()
        _design_and_finish(page)
        page.wait_for_url("**/cart", timeout=30_000)

    (item,) = json.loads(pages.posted[0])["items"]
    assert item["id"] == "4711"
    assert "Wilhelmina" in item["properties"].values()
    assert len(item["properties"]["spiffTransactionId"]) == 36


def test_woocommerce_is_php(tmp_path: Path) -> None:
    (tmp_path / "functions.php").write_text(_snippet("WooCommerce", "php"))

    ran = subprocess.run(["php", "-l", tmp_path / "functions.php"], capture_output=True, text=True, check=False)

    assert ran.returncode == 0, ran.stdout
