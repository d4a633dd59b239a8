"""What the example shop lets itself be paid: what the platform says a design costs, as it was shown, once."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2 as httpx
import jwt
import pytest
from starlette.testclient import TestClient

from examples.shop.cart import new_line
from examples.shop.money import price
from examples.shop.orders import OrderSender
from examples.shop.platform import Platform
from examples.shop.prices import Prices
from examples.shop.shop import create_shop
from examples.shop.store import Store
from tests.journeys.designs import OwnDesign, shown
from tests.journeys.running import RunningDemo


def test_a_price_from_the_browser_is_not_believed(demo: RunningDemo, visitor: httpx.Client, finished: str) -> None:
    told = httpx.get(f"{demo.ready['baseUrl']}/api/transactions/{finished}").json()["data"]

    visitor.post("/cart", json={"transactionId": finished, "baseCost": 1, "optionsCost": 0, "price": 1})

    assert price(told["baseCost"] + told["optionsCost"], told["currency"]) in visitor.get("/cart").text


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


def test_paying_pays_what_was_shown_and_once(visitor: httpx.Client, finished: str) -> None:
    visitor.post("/cart", json={"transactionId": finished})
    first_page = shown(visitor)
    visitor.post(f"/cart/{finished}", data={"quantity": "2"})

    stale = visitor.post("/pay", data=first_page)
    fresh = shown(visitor)
    pressed = [visitor.post("/pay", data=fresh) for _ in range(2)]

    assert stale.url.path == "/cart"
    assert pressed[0].url.path.startswith("/orders/")
    assert pressed[0].url == pressed[1].url


@pytest.mark.parametrize("font", ["", "Elegant serif"], ids=["other words", "other price"])
def test_a_design_changed_between_cart_and_payment_is_shown_again_and_not_paid(
    visitor: httpx.Client, own_design: OwnDesign, font: str
) -> None:
    visitor.post("/cart", json={"transactionId": own_design.id})
    first_page, before = shown(visitor), visitor.get("/cart").text
    own_design.write("Zoltan", font=font)

    answer = visitor.post("/pay", data=first_page)

    assert answer.url.path == "/cart"
    assert "This design changed since you put it in the cart. Please look again." in answer.text
    assert "Zoltan" in answer.text
    assert "Amira" not in answer.text
    assert own_design.costs() in answer.text
    assert _pictures(answer.text) != _pictures(before)
    assert visitor.post("/pay", data=first_page).url.path == "/cart", "the old page can still be paid"
    assert visitor.post("/pay", data=shown(visitor)).url.path.startswith("/orders/")


def test_what_a_merchant_hides_in_the_cart_stays_hidden_when_the_design_changed(
    visitor: httpx.Client, own_design: OwnDesign
) -> None:
    exported = {"Your text text": {"value": "Amira"}}
    visitor.post("/cart", json={"transactionId": own_design.id, "exportedData": exported})
    first_page = shown(visitor)
    own_design.write("Zoltan")

    cart = visitor.post("/pay", data=first_page).text

    choices = cart.partition('class="choices"')[2].partition("</dl>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", choices) == ["Zoltan"]


def test_a_design_put_into_the_cart_again_is_shown_as_it_is_now(visitor: httpx.Client, own_design: OwnDesign) -> None:
    visitor.post("/cart", json={"transactionId": own_design.id})
    visitor.post(f"/cart/{own_design.id}", data={"quantity": "3"})
    old_page = shown(visitor)
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


def _pictures(page: str) -> list[str]:
    return re.findall(r'<img src="([^"]+)" alt="Your design', page)


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
