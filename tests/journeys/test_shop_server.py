"""What the example shop's server does not let anybody do. Real platform, real shop, no browser."""

import re
from collections.abc import Iterator

import httpx2 as httpx
import pytest

from examples.shop.money import price
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


@pytest.mark.parametrize("quantity", ["-1", "1e3", "٣", "", "x"])
def test_a_quantity_that_is_none_changes_nothing(visitor: httpx.Client, finished: str, quantity: str) -> None:
    visitor.post("/cart", json={"transactionId": finished})
    before = visitor.get("/cart").text

    after = visitor.post(f"/cart/{finished}", data={"quantity": quantity}).text

    assert after == before


def _order(visitor: httpx.Client, transaction_id: str) -> httpx.Response:
    visitor.post("/cart", json={"transactionId": transaction_id})
    return visitor.post("/pay", data=_shown(visitor))


def _shown(visitor: httpx.Client) -> dict[str, str]:
    """What the button Pay sends."""
    return dict(re.findall(r'name="(checkout|amount)" value="([^"]+)"', visitor.get("/cart").text))


@pytest.mark.parametrize(
    ("subunits", "currency", "written"),
    [
        (1995, "AUD", "$19.95"),
        (1995, "JPY", "¥1,995"),
        (1995, "KWD", "KWD\N{NO-BREAK SPACE}1.995"),
        (-5, "EUR", "-€0.05"),
    ],
)
def test_prices_have_the_digits_of_their_currency(subunits: int, currency: str, written: str) -> None:
    assert price(subunits, currency) == written
