"""What the example shop's server does not let anybody do. Real platform, real shop, no browser."""

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx2 as httpx
import pytest

from examples.shop import pages
from examples.shop.money import price
from examples.shop.store import Store
from tests.journeys.designs import shown
from tests.journeys.running import RunningDemo


def test_choices_from_the_browser_are_shown_as_the_platform_knows_them(visitor: httpx.Client, finished: str) -> None:
    exported = {
        "Your text text": {"value": "<b>forged</b>", "priceModifier": 0},
        "Glaze selection": {"value": "<i>Blush</i>", "priceModifier": 0},
        "Broken": "not a row",
    }

    answer = visitor.post("/cart", json={"transactionId": finished, "exportedData": exported})
    cart = visitor.get("/cart").text

    assert answer.status_code == 201
    assert "forged" not in cart
    assert "&lt;i&gt;Blush&lt;/i&gt;" in cart
    assert "not a row" not in cart


@pytest.mark.parametrize("path", ["/nowhere", "/orders/999999", "/products/teapot"])
def test_a_page_that_is_not_there_is_told_kindly_and_the_cart_stays(
    visitor: httpx.Client, finished: str, path: str
) -> None:
    visitor.post("/cart", json={"transactionId": finished})

    page = visitor.get(path)

    assert page.status_code == 404
    assert "Not Found" not in page.text
    assert '<span class="badge">1</span>' in page.text


def test_the_list_of_orders_tells_what_each_came_to(visitor: httpx.Client, finished: str) -> None:
    visitor.post("/cart", json={"transactionId": finished})
    cart = visitor.get("/cart").text
    checkout, amount = (re.search(f'name="{name}" value="([^"]+)"', cart) for name in ("checkout", "amount"))
    assert checkout
    assert amount
    visitor.post("/pay", data={"checkout": checkout[1], "amount": amount[1]})

    assert price(int(amount[1]), "AUD") in visitor.get("/orders").text


def test_an_unknown_or_unfinished_design_is_not_sold(demo: RunningDemo, visitor: httpx.Client) -> None:
    product = demo.ready["products"][0]["integrationProductId"]
    unfinished = httpx.post(f"{demo.ready['baseUrl']}/api/transactions", json={"integrationProductId": product}).json()

    answers = [visitor.post("/cart", json={"transactionId": each}) for each in (unfinished["id"], "../orders", "")]

    assert [answer.status_code for answer in answers] == [422, 422, 422]
    assert "Your cart is empty" in visitor.get("/cart").text


def test_another_site_cannot_change_a_cart(visitor: httpx.Client, finished: str) -> None:
    elsewhere = {"Origin": "https://elsewhere.example"}

    answers = [
        visitor.post("/cart", json={"transactionId": finished}, headers=elsewhere),
        visitor.post("/pay", data={"checkout": "x"}, headers=elsewhere),
    ]

    assert [answer.status_code for answer in answers] == [403, 403]


def test_an_order_is_shown_to_the_one_who_placed_it_alone(
    demo: RunningDemo, visitor: httpx.Client, finished: str
) -> None:
    order = _order(visitor, finished)

    stranger = httpx.get(order.url)

    assert order.status_code == 200
    assert stranger.status_code == 404
    assert visitor.post("/cart", json={"transactionId": finished}).status_code == 409


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visitor: httpx.Client, finished: str) -> None:
    answer = visitor.post("/cart", json={"transactionId": finished})

    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(answer.headers["set-cookie"].split("; "))


def test_templates_are_read_once_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(path: Path, *_: object) -> str:
        raise AssertionError(f"{path} is read for a page")

    monkeypatch.setattr(Path, "read_text", read)
    monkeypatch.setattr(Path, "open", read)

    assert "Perhaps" in pages.message_page("Sorry", "Perhaps later")


def test_pages_allow_nothing_but_the_platform(demo: RunningDemo, visitor: httpx.Client) -> None:
    policy = visitor.get("/").headers["content-security-policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert set(re.findall(r"https?://\S+?(?=[; ]|$)", policy)) == {demo.ready["baseUrl"]}


@pytest.mark.parametrize("quantity", ["-1", "1e3", "٣", "", "x"])
def test_a_quantity_that_is_none_changes_nothing(visitor: httpx.Client, finished: str, quantity: str) -> None:
    visitor.post("/cart", json={"transactionId": finished})
    before = visitor.get("/cart").text

    after = visitor.post(f"/cart/{finished}", data={"quantity": quantity}).text

    assert after == before


def test_the_data_of_the_shop_is_readable_by_its_owner_alone(tmp_path: Path) -> None:
    usual = os.umask(0o022)
    try:
        store = Store(tmp_path / "shop" / "shop.db")
        connection = sqlite3.connect(tmp_path / "shop" / "shop.db")
        with closing(connection):
            connection.execute("SELECT * FROM orders").fetchall()
            store.keep_product({"id": "mug"})
            modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "shop").iterdir()}
    finally:
        os.umask(usual)

    assert (tmp_path / "shop").stat().st_mode & 0o777 == 0o700
    assert modes == {"shop.db": 0o600, "shop.db-wal": 0o600, "shop.db-shm": 0o600}


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "shop.db").touch(mode=0o644)

    Store(tmp_path / "shop.db")

    assert (tmp_path / "shop.db").stat().st_mode & 0o777 == 0o600


def _order(visitor: httpx.Client, transaction_id: str) -> httpx.Response:
    visitor.post("/cart", json={"transactionId": transaction_id})
    return visitor.post("/pay", data=shown(visitor))
