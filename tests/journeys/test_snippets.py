"""The snippets of docs/javascript-api.md: copied out of the page and run against a real platform."""

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import copy
from subprocess import Popen
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import browsing
from tests.journeys.pages import Pages, serving_pages
from tests.journeys.running import RunningDemo, eventually, free_port
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


@pytest.mark.parametrize(("title", "language"), [("React", "jsx"), ("Vue", "vue")])
def test_a_component_in_its_own_library(
    demo: RunningDemo, pages: Pages, tmp_path: Path, title: str, language: str
) -> None:
    bundle = ["node", "browser/api/test/bundle-snippet.mjs", title.lower()]
    script = subprocess.run(bundle, input=_snippet(title, language), capture_output=True, text=True, check=True).stdout
    props = json.dumps({"platform": demo.ready["baseUrl"], "id": _mug(demo), "currency": "AUD"})
    start = f"mount(place, {{ ...{props}, onDesigned: (result) => {{ window.designed = result; }} }});"
    pages.put("/component.js", script + start)
    with browsing(tmp_path) as browser:
        page = browser.pages[0]
        page.goto(pages.put("/", '<!doctype html><div id="place"></div><script src="/component.js"></script>'))
        button = page.get_by_role("button", name="Personalise")
        expect(button).to_be_enabled()
        button.click()
        _design_and_finish(page)
        eventually(lambda: page.evaluate("Boolean(window.designed)"), "the design came back")

        assert "Wilhelmina" in json.dumps(page.evaluate("window.designed.exportedData"))


@contextmanager
def _wordpress(folder: Path, platform: str, product: str, key: str, secret: str) -> Iterator[str]:
    """A shop that has the snippet in its functions.php; a few stand-ins play WordPress."""
    (folder / "functions.php").write_text(_snippet("WooCommerce", "php"))
    copy("clients/php/SpiffSigning.php", folder)
    environment = {
        "SPIFF_URL_OF_TEST": platform,
        "PRODUCT_OF_TEST": product,
        "KEY_OF_TEST": key,
        "SECRET_OF_TEST": secret,
        "FUNCTIONS_OF_TEST": str(folder / "functions.php"),
    }
    address = f"127.0.0.1:{free_port()}"
    command = ["php", "-d", "display_errors=stderr", "-S", address, "tests/journeys/wordpress/index.php"]
    with (folder / "php.log").open("w") as log, Popen(command, env=os.environ | environment, stderr=log) as server:
        try:
            eventually(lambda: "started" in (folder / "php.log").read_text(), "PHP serves")
            yield f"http://{address}"
            assert not re.search("Warning|Notice|Fatal|Deprecated", (folder / "php.log").read_text())
        finally:
            server.terminate()


def _paid(demo: RunningDemo, folder: Path, secret: str) -> dict[str, Any]:
    """What a shopper's design in WooCommerce came to: the line's meta data, Spiff's answer, what was put off."""
    with (
        _wordpress(folder, demo.ready["baseUrl"], _mug(demo), demo.ready["accessKey"], secret) as shop,
        browsing(folder / "profile") as browser,
    ):
        page = browser.pages[0]
        page.goto(shop)
        page.get_by_role("button", name="Personalise").click()
        _design_and_finish(page)
        found: dict[str, Any] = json.loads(page.locator("pre").inner_text(timeout=30_000))
    return found


def test_woocommerce_orders_what_was_paid(demo: RunningDemo, tmp_path: Path) -> None:
    paid = _paid(demo, tmp_path, demo.ready["secret"])

    (item,) = paid["sent"]["orderItems"]
    assert item["transactionId"] == paid["metas"]["_spiff_transaction"]
    assert item["amountToOrder"] == 2
    assert paid["scheduled"] == []


def test_woocommerce_tries_again_where_the_order_was_not_acknowledged(demo: RunningDemo, tmp_path: Path) -> None:
    paid = _paid(demo, tmp_path, "another secret")

    assert paid["sent"]["code"] == "signature-wrong"
    ((hook, _number),) = paid["scheduled"]
    assert hook == "woocommerce_payment_complete"
