"""What plugins of the last six years send and read, by the tables of contract/rest.md 4, 5, 6, 8, 10, 11
and contract/javascript-api.md 1."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from spiff.web.routing import Services
from tests.catalogue import small
from tests.orders.shops import Shop, open_shop
from tests.transactions.conftest import Shopper

Order = Callable[[str], dict[str, Any]]

ADDRESS = {
    "address1": "1 High Street",
    "address2": None,
    "city": "Leeds",
    "company": "",
    "country": "United Kingdom",
    "countryCode": "GB",
    "firstName": "Ada",
    "lastName": "King",
    "name": "Ada King",
    "phone": None,
    "province": "",
    "provinceCode": 57,
    "zip": "LS1 1AA",
}
EXTERNAL_DATA = {
    "orderNumber": "000000012",
    "customerEmail": "ada@example.com",
    "customerPhone": None,
    "billingAddress": ADDRESS,
    "shippingAddress": {**ADDRESS, "provinceCode": "57"},
    "discountCodes": ["SPRING"],
    "lineItems": [{"productId": "12"}],
    "note": None,
}
BARE_DATA = {
    **EXTERNAL_DATA,
    "billingAddress": None,
    "shippingAddress": {},
    "discountCodes": None,
    "note": "Ring twice",
}
RAW = json.dumps({"order": {"id": 1007, "status": "processing"}, "lineItems": [{"id": 3, "sku": "MUG"}]})


def _line(transaction_id: str, amount: Any = 2) -> list[dict[str, Any]]:
    return [{"amountToOrder": amount, "transactionId": transaction_id}]


def _of_magento(amount: Any) -> Order:
    rest = {"externalId": "000000012", "autoPrint": False, "externalData": EXTERNAL_DATA}
    return lambda transaction_id: {**rest, "orderItems": _line(transaction_id, amount)}


ORDERS: dict[str, tuple[str, str, Order]] = {
    "documentation 2020-08": ("/orders", "md5", lambda t: {"autoPrint": False, "orderItems": _line(t)}),
    "documentation 2020-08-23": ("/api/orders", "md5", lambda t: {"autoPrint": False, "orderItems": _line(t)}),
    "documentation now": ("/api/v2/orders", "sha512", lambda t: {"orderItems": _line(t)}),
    "WooCommerce 2020-09": (
        "/api/v2/orders",
        "md5",
        lambda t: {"externalId": 1007, "autoPrint": False, "orderItems": _line(t)},
    ),
    "WooCommerce 2024-05": (
        "/api/v2/orders",
        "md5",
        lambda t: {"externalId": 1007, "paid": True, "orderItems": _line(t)},
    ),
    "WooCommerce 2024-12": (
        "/api/v2/orders",
        "md5",
        lambda t: {"externalId": 1007, "paid": True, "orderItems": _line(t), "rawExternalData": RAW},
    ),
    **{
        f"Magento 2023-06, quantity {amount!r}": ("/api/v2/orders", "sha512", _of_magento(amount))
        for amount in (2, 2.0, "2", "2.0000")
    },
    "Magento without addresses": (
        "/api/v2/orders",
        "sha512",
        lambda t: {"externalId": "000000012", "orderItems": _line(t), "externalData": BARE_DATA},
    ),
    "with the empty object of PHP": (
        "/api/v2/orders",
        "md5",
        lambda t: {"orderItems": _line(t), "externalData": []},
    ),
    "with a number as French programs write it": (
        "/api/v2/orders",
        "md5",
        lambda t: {"orderItems": _line(t), "externalId": "n°\u00a01\u202f007"},
    ),
    "with nothing but nulls": (
        "/api/v2/orders",
        "md5",
        lambda t: {
            "orderItems": _line(t),
            "externalId": None,
            "autoPrint": None,
            "paid": None,
            "externalData": None,
            "rawExternalData": None,
        },
    ),
    "of a plugin to come": (
        "/api/v2/orders",
        "sha512",
        lambda t: {"orderItems": [{**_line(t)[0], "giftWrap": True}], "channel": {"name": "kiosk"}},
    ),
}


@pytest.fixture
def shop(services: Services) -> Shop:
    """A shop whose server signs."""
    return open_shop(services)


@pytest.mark.parametrize("name", ORDERS)
def test_every_form_of_an_order_is_taken_once(client: TestClient, shop: Shop, name: str) -> None:
    path, digest, order = ORDERS[name]
    document = order(shop.finished())
    body = json.dumps(document).encode()

    first = client.post(path, content=body, headers=shop.headers(body, path, digest=digest))
    again = client.post(path, content=body, headers=shop.headers(body, path, digest=digest))

    assert first.status_code == again.status_code == 201
    assert [item["amountToOrder"] for item in first.json()["orderItems"]] == [2]
    assert first.json()["externalId"] == (str(document["externalId"]) if document.get("externalId") else None)
    assert (again.json()["id"], again.headers["idempotent-replayed"]) == (first.json()["id"], "true")


def test_a_body_as_php_spells_it_is_read_as_it_was_signed(client: TestClient, shop: Shop) -> None:
    """Slashes and all letters beyond ASCII escaped, twice where JSON stands in JSON; a number with a point."""
    raw = json.dumps(json.dumps({"order": {"url": "https://shop.example/o/7", "note": "Grüße"}})).replace("/", "\\\\/")
    line = f'{{"amountToOrder":"2.0000","transactionId":"{shop.finished()}"}}'
    body = f'{{"externalId":1007.0,"autoPrint":false,"orderItems":[{line}],"rawExternalData":{raw}}}'.encode("ascii")

    answer = client.post("/api/v2/orders", content=body, headers=shop.headers(body, digest="md5"))

    assert (answer.status_code, answer.json()["externalId"]) == (201, "1007")


def test_an_order_of_magento_since_1_2_1_shows_an_application_key_and_no_signature(
    client: TestClient, shop: Shop
) -> None:
    body = json.dumps(_of_magento("2.0000")(shop.finished())).encode()
    sent = {
        "X-Application-Key": "acme-app",
        "Content-Type": "application/json",
        "Date": "Tue, 24 Sep 2024 08:00:00 GMT",
    }

    first, again = (client.post("/api/v2/orders", content=body, headers=sent) for _ in range(2))

    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])


@pytest.mark.parametrize("path", ["/woocommerce.js", "/cdn/api.js"])
def test_pages_that_name_the_script_as_it_was_called_before_get_it(client: TestClient, path: str) -> None:
    old, new = client.get(path), client.get("/api.js")

    assert (old.status_code, old.headers["content-type"]) == (200, new.headers["content-type"])
    assert old.content == new.content


def test_the_video_step_makes_a_short_link_of_a_files_address(client: TestClient) -> None:
    sent = client.post("/shortener", json={"longUrl": f"http://testserver/files/{'0' * 64}"})

    assert (sent.status_code, list(sent.json())) == (200, ["shortUrl"])


def test_a_plugin_of_2023_asks_for_one_design_by_a_variable_and_signs(client: TestClient, shop: Shop) -> None:
    query = (
        "query GetTransaction($transactionId: String!) { transactions(ids: [$transactionId]) "
        "{ priceModifierTotal previewImageLink product { basePrice name integrationProducts { id } } } }"
    )
    asked = {"operationName": "GetTransaction", "query": query, "variables": {"transactionId": shop.finished()}}
    body = json.dumps(asked).encode()

    answer = client.post("/graphql", content=body, headers=shop.headers(body, "/graphql", digest="md5"))

    (read,) = answer.json()["data"]["transactions"]
    assert (read["priceModifierTotal"], read["product"]["basePrice"], read["product"]["name"]) == (250, 1000, "Mug")


@pytest.mark.parametrize("named", ["query GetTransaction", "query", ""])
@pytest.mark.parametrize("name", ["GetTransaction", "", None])
def test_a_plugin_names_its_query_or_does_not(client: TestClient, shop: Shop, named: str, name: str | None) -> None:
    query = f'{named} {{ transactions(ids: ["{shop.finished()}"]) {{ priceModifierTotal }} }}'
    body = json.dumps({"operationName": name, "query": query}).encode()

    answer = client.post("/graphql", content=body, headers=shop.headers(body, "/graphql", digest="md5"))

    assert answer.json() == {"data": {"transactions": [{"priceModifierTotal": 250}]}}


def test_a_plugin_in_php_sends_its_empty_variables_as_a_list(client: TestClient, shop: Shop) -> None:
    query = f'query GetTransaction {{ transactions(ids: ["{shop.finished()}"]) {{ priceModifierTotal }} }}'
    asked = {"operationName": "GetTransaction", "query": query, "variables": []}

    answer = client.post("/graphql", json=asked)

    assert answer.json() == {"data": {"transactions": [{"priceModifierTotal": 250}]}}


def _two_spaces(headers: dict[str, str]) -> dict[str, str]:
    return headers | {"Authorization": headers["Authorization"].replace("SOA ", "SOA  ")}


def _unpadded(headers: dict[str, str]) -> dict[str, str]:
    return headers | {"Authorization": headers["Authorization"].rstrip("=")}


@pytest.mark.parametrize("digest", ["md5", "sha512"])
@pytest.mark.parametrize("written", [dict, _two_spaces, _unpadded], ids=["plain", "two spaces", "unpadded"])
@pytest.mark.parametrize("signed_path", ["/api/v2/orders", "api/v2/orders"])
def test_every_form_of_the_signature_is_known(
    client: TestClient, shop: Shop, digest: str, written: Callable[[dict[str, str]], dict[str, str]], signed_path: str
) -> None:
    body = json.dumps({"orderItems": _line(shop.finished())}).encode()
    headers = written(shop.headers(body, signed_path, digest=digest))

    assert client.post("/api/v2/orders", content=body, headers=headers).status_code == 201


def test_a_date_without_padding_is_read(client: TestClient, services: Services, shop: Shop) -> None:
    now = services.database.clock()
    date = f"{now:%a}, {now.day} {now:%b %Y} {now.hour}:{now.minute}:{now.second} GMT"
    body = json.dumps({"orderItems": _line(shop.finished())}).encode()

    assert client.post("/api/v2/orders", content=body, headers=shop.headers(body, date=date)).status_code == 201


@pytest.fixture
def finished(client: TestClient, services: Services) -> Shopper:
    """A shopper who has finished a card."""
    shopper = Shopper(client, small.apply(services)[0])
    shopper.begin()
    shopper.patch(shopper.chosen())
    shopper.complete()
    return shopper


def test_a_cart_line_is_priced_by_the_public_read(finished: Shopper) -> None:
    data = finished.read().json()["data"]

    assert (data["baseCost"], data["optionsCost"]) == (1200, 50)


def test_a_plugin_follows_the_links_to_picture_and_details(finished: Shopper) -> None:
    href = finished.read().json()["links"][0]["href"]

    design = finished.client.get(href, follow_redirects=False)

    assert href.startswith("/")
    assert design.status_code == 200
    assert design.json()["data"]["metadata"]["Name text"] == "Ada"
    assert finished.client.get(design.json()["links"][0]["href"]).headers["content-type"] == "image/png"


def test_a_plugin_reads_the_picture_from_the_location_without_following_it(finished: Shopper) -> None:
    answer = finished.client.get(f"/api/transactions/{finished.id}/image", follow_redirects=False)

    assert 300 <= answer.status_code < 400
    assert finished.client.get(answer.headers["location"]).status_code == 200


def test_before_the_design_is_finished_there_is_no_link_and_no_picture(finished: Shopper) -> None:
    finished.begin()

    image = finished.client.get(f"/api/transactions/{finished.id}/image", follow_redirects=False)

    assert finished.read().json()["links"][0]["href"] == ""
    assert "location" not in image.headers


def test_a_file_is_served_to_any_origin_whatever_size_is_asked_for(finished: Shopper) -> None:
    location = finished.client.get(f"/api/transactions/{finished.id}/image", follow_redirects=False).headers["location"]

    answer = finished.client.get(f"{location}?w=300&h=200&q=80&format=webp", headers={"Origin": "https://shop.example"})

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("more", [{}, {"type": "WooCommerce"}], ids=["first version", "later"])
def test_a_plugin_may_tell_that_it_was_installed(client: TestClient, more: dict[str, str]) -> None:
    sent = {"shopName": "https://shop.example", "owner": "Ada King", "email": "ada@example.com", "phone": "", **more}

    assert client.post("/api/installs", json=sent).status_code == 204
