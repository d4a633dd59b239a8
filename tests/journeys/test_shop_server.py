"""What the example shop's server does not let anybody do. Real platform, real shop, no browser."""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import jwt
import pytest
from starlette.testclient import TestClient

from examples.shop import pages
from examples.shop.cart import new_line
from examples.shop.money import price
from examples.shop.orders import OrderSender
from examples.shop.platform import Platform
from examples.shop.prices import Prices
from examples.shop.shop import create_shop
from examples.shop.store import Store
from spiff.demo.sampling import complete_samples
from tests.journeys.running import RunningDemo


@pytest.fixture
def visitor(demo: RunningDemo) -> Iterator[httpx.Client]:
    """Somebody with a browser's cookies and manners."""
    with httpx.Client(base_url=demo.shop, headers={"Origin": demo.shop}, follow_redirects=True) as client:
        yield client


@pytest.fixture
def finished(demo: RunningDemo) -> str:
    """A finished design of the first product."""
    (transaction_id,) = complete_samples(demo.ready["baseUrl"], [demo.ready["products"][0]["integrationProductId"]], 1)
    return transaction_id


class OwnDesign:
    """A shopper's design of the first product, finished, and open to its owner until it is ordered."""

    def __init__(self, demo: RunningDemo) -> None:
        self._api = f"{demo.ready['baseUrl']}/api"
        product = demo.ready["products"][0]["integrationProductId"]
        created = httpx.post(f"{self._api}/transactions", json={"integrationProductId": product}).json()
        self.id, self._token = str(created["id"]), str(created["ownerToken"])
        workflow = httpx.get(created["workflow"]["href"]).json()["workflow"]
        self._text = next(step for step in workflow["steps"] if step["type"] == "Text")
        self._fonts = next(each for each in workflow["options"] if each["id"] == self._text["option"])["variants"]
        self.write("Amira")

    def write(self, text: str, *, font: str = "") -> None:
        """Change the words, and the font to the one with this name, then finish again."""
        answer = {"text": text}
        if font:
            answer["variantId"] = next(each["id"] for each in self._fonts if each["name"] == font)
        here, owner = f"{self._api}/transactions/{self.id}", {"Authorization": f"Bearer {self._token}"}
        at = httpx.get(here).headers["ETag"]
        change = {"answers": {self._text["stepName"]: answer}}
        changed = httpx.patch(here, json=change, headers={**owner, "If-Match": at}).raise_for_status()
        at = changed.headers["ETag"]
        httpx.post(f"{here}/complete", json={}, headers={**owner, "If-Match": at}).raise_for_status()

    def costs(self) -> str:
        """The price as the shop writes it."""
        told = httpx.get(f"{self._api}/transactions/{self.id}").json()["data"]
        return price(told["baseCost"] + told["optionsCost"], told["currency"])


@pytest.fixture
def own_design(demo: RunningDemo) -> OwnDesign:
    """A design whose owner is the test."""
    return OwnDesign(demo)


def test_a_price_from_the_browser_is_not_believed(demo: RunningDemo, visitor: httpx.Client, finished: str) -> None:
    told = httpx.get(f"{demo.ready['baseUrl']}/api/transactions/{finished}").json()["data"]

    visitor.post("/cart", json={"transactionId": finished, "baseCost": 1, "optionsCost": 0, "price": 1})

    assert price(told["baseCost"] + told["optionsCost"], told["currency"]) in visitor.get("/cart").text


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


def test_fewer_pieces_than_the_minimum_order_are_refused(demo: RunningDemo, finished: str, tmp_path: Path) -> None:
    platform = Platform(demo.ready["baseUrl"], "unused", "unused")
    design = platform.finished_design(finished)
    product = {**platform.product(design.product_id), "minimumOrderQuantity": 12}
    shop = create_shop(platform, (design.product_id,), tmp_path)
    visitor = TestClient(shop, cookies={"visitor": "amira"})
    shop.state.shop.store.add_line("amira", "checkout", new_line(design, product, None))

    answers = [visitor.post(f"/cart/{finished}", data={"quantity": each}) for each in ("11", "1", "13")]

    assert ["Minimum order 12 pieces." in answer.text for answer in answers] == [True, True, False]
    assert ['value="12"' in answer.text for answer in answers] == [True, True, False]
    assert 'min="12" max="999" value="13"' in answers[-1].text
    assert "Your cart is empty" in visitor.post(f"/cart/{finished}", data={"remove": "1"}).text


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


def test_paying_pays_what_was_shown_and_once(visitor: httpx.Client, finished: str) -> None:
    visitor.post("/cart", json={"transactionId": finished})
    shown = _shown(visitor)
    visitor.post(f"/cart/{finished}", data={"quantity": "2"})

    stale = visitor.post("/pay", data=shown)
    fresh = _shown(visitor)
    pressed = [visitor.post("/pay", data=fresh) for _ in range(2)]

    assert stale.url.path == "/cart"
    assert pressed[0].url.path.startswith("/orders/")
    assert pressed[0].url == pressed[1].url


@pytest.mark.parametrize("font", ["", "Elegant serif"], ids=["other words", "other price"])
def test_a_design_changed_between_cart_and_payment_is_shown_again_and_not_paid(
    visitor: httpx.Client, own_design: OwnDesign, font: str
) -> None:
    visitor.post("/cart", json={"transactionId": own_design.id})
    shown, before = _shown(visitor), visitor.get("/cart").text
    own_design.write("Zoltan", font=font)

    answer = visitor.post("/pay", data=shown)

    assert answer.url.path == "/cart"
    assert "This design changed since you put it in the cart. Please look again." in answer.text
    assert "Zoltan" in answer.text
    assert "Amira" not in answer.text
    assert own_design.costs() in answer.text
    assert _pictures(answer.text) != _pictures(before)
    assert visitor.post("/pay", data=shown).url.path == "/cart", "the old page can still be paid"
    assert visitor.post("/pay", data=_shown(visitor)).url.path.startswith("/orders/")


def test_what_a_merchant_hides_in_the_cart_stays_hidden_when_the_design_changed(
    visitor: httpx.Client, own_design: OwnDesign
) -> None:
    exported = {"Your text text": {"value": "Amira"}}
    visitor.post("/cart", json={"transactionId": own_design.id, "exportedData": exported})
    shown = _shown(visitor)
    own_design.write("Zoltan")

    cart = visitor.post("/pay", data=shown).text

    choices = cart.partition('class="choices"')[2].partition("</dl>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", choices) == ["Zoltan"]


def test_a_design_put_into_the_cart_again_is_shown_as_it_is_now(visitor: httpx.Client, own_design: OwnDesign) -> None:
    visitor.post("/cart", json={"transactionId": own_design.id})
    visitor.post(f"/cart/{own_design.id}", data={"quantity": "3"})
    old_page = _shown(visitor)
    own_design.write("Zoltan")

    visitor.post("/cart", json={"transactionId": own_design.id})
    cart = visitor.get("/cart").text

    assert "Zoltan" in cart
    assert "Amira" not in cart
    assert 'value="3"' in cart
    assert cart.count('class="line"') == 1
    assert visitor.post("/pay", data=old_page).url.path == "/cart", "a page that shows the old design can be paid"


def test_a_design_changed_after_it_was_paid_is_not_made(
    demo: RunningDemo, own_design: OwnDesign, tmp_path: Path
) -> None:
    platform = _OtherNumbers(demo.ready["baseUrl"], demo.ready["accessKey"], demo.ready["secret"])
    store = Store(tmp_path / "shop.db")
    design = platform.finished_design(own_design.id)
    product = platform.product(design.product_id)
    store.add_line("visitor", "checkout", new_line(design, product, None))
    number = store.pay("visitor", "checkout", design.terms.price_subunits)
    own_design.write("Zoltan")
    sender = OrderSender(platform, store)

    sender.start()
    assert number
    sender.send_soon(number)
    sender.stop()

    order = store.find_order(number)
    assert order
    assert order.state == "refused"
    assert order.reason.startswith("the design was changed after the price token was given out")


class _OtherNumbers(Platform):
    """A second shop at the demo's platform: its order numbers are not those of the first."""

    def place_order(self, number: str, items: list[tuple[str, int, str]]) -> dict[str, Any]:
        return super().place_order(f"other-{number}", items)


def test_a_price_that_the_platform_did_not_sign_is_not_paid(
    demo: RunningDemo, own_design: OwnDesign, tmp_path: Path
) -> None:
    platform = Platform(demo.ready["baseUrl"], "unused", "unused")
    design = platform.finished_design(own_design.id)
    product = platform.product(design.product_id)
    line, ours = new_line(design, product, None), product["integration"]["id"]
    prices = Prices(platform.base_url)
    head, body, signature = line.token.split(".")

    believed = [
        prices.prove(each, ours)
        for each in (
            line,
            replace(line, price_subunits=1),
            replace(line, quantity=7),
            replace(line, transaction_id="another"),
            replace(line, currency="USD"),
            replace(line, token=""),
            replace(line, token=f"{head}.{body}.{'A' * len(signature)}"),
            replace(line, token=jwt.encode({"sub": line.transaction_id}, "", "none")),
        )
    ]

    assert believed == [True] + [False] * 7
    assert not prices.prove(line, "another shop's integration")
    assert not prices.prove(line, "")


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


def test_a_gift_box_costs_what_its_answer_says(demo: RunningDemo) -> None:
    here = f"{demo.ready['baseUrl']}/api/transactions"
    product = demo.ready["products"][0]["integrationProductId"]
    created = httpx.post(here, json={"integrationProductId": product}).json()
    workflow = httpx.get(created["workflow"]["href"]).json()["workflow"]
    variants = [(each["id"], variant) for each in workflow["options"] for variant in each["variants"]]
    option, wanted = next(each for each in variants if each[1]["name"] == "In a gift box")
    step = next(each for each in workflow["steps"] if each.get("option") == option)

    change = {"answers": {step["stepName"]: {"variantId": wanted["id"]}}}
    owner = {"Authorization": f"Bearer {created['ownerToken']}", "If-Match": '"1"'}
    changed = httpx.patch(f"{here}/{created['id']}", json=change, headers=owner).json()

    assert created["price"]["optionsCost"] == 0
    assert changed["price"]["optionsCost"] == 450


def _order(visitor: httpx.Client, transaction_id: str) -> httpx.Response:
    visitor.post("/cart", json={"transactionId": transaction_id})
    return visitor.post("/pay", data=_shown(visitor))


def _pictures(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)" alt="Your design', page)


def _shown(visitor: httpx.Client) -> dict[str, str]:
    """What the button Pay sends."""
    return dict(re.findall(r'name="(checkout|amount)" value="([^"]+)"', visitor.get("/cart").text))


@pytest.mark.parametrize(
    ("subunits", "currency", "written"),
    [
        (1995, "AUD", "A$19.95"),
        (123456, "USD", "$1,234.56"),
        (1995, "JPY", "¥1,995"),
        (1995, "KWD", "KWD\N{NO-BREAK SPACE}1.995"),
        (1995, "CHF", "CHF\N{NO-BREAK SPACE}19.95"),
        (1995, "XAF", "FCFA\N{NO-BREAK SPACE}1,995"),
        (19950, "UYW", "UYW\N{NO-BREAK SPACE}1.9950"),
        (-5, "EUR", "-€0.05"),
    ],
)
def test_prices_have_the_name_and_the_digits_of_their_currency(subunits: int, currency: str, written: str) -> None:
    assert price(subunits, currency) == written
