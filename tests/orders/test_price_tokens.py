"""An order with a price token: taken at exactly the price that was promised, or not at all."""

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from spiff.catalogue.store import save
from spiff.merchants.operations import save_partner
from spiff.orders.store import orders
from spiff.pricing.model import PriceBreak
from spiff.pricing.operations import TOKEN_LIFETIME
from spiff.transactions.store import designs
from spiff.web.routing import Services
from tests.orders.shops import Shop


def _quote(client: TestClient, transaction_id: str, **wanted: Any) -> Any:
    return client.get(f"/api/transactions/{transaction_id}", params=wanted).json()["data"]


def _ordered(shop: Shop, client: TestClient, transaction_id: str, quantity: int, token: str | None, **more: Any) -> Any:
    item = {"transactionId": transaction_id, "amountToOrder": quantity, "priceToken": token}
    return shop.send(client, json.dumps({"orderItems": [item], **more}).encode())


def _count(services: Services) -> int:
    return services.database.read_now(
        lambda work: int(work.connection.execute(select(func.count()).select_from(orders)).scalar_one())
    )


@pytest.fixture
def breaking(shop: Shop) -> Shop:
    """The shop with price breaks, a minimum and rates."""
    product = msgspec.structs.replace(
        shop.product,
        minimum_order_quantity=2,
        price_breaks=(PriceBreak(10, Decimal("0.9")),),
    )
    partner = msgspec.structs.replace(shop.partner, rates={"EUR": Decimal("0.61")})
    shop.services.database.write_now(lambda work: save(work, product))
    shop.services.database.write_now(lambda work: save_partner(work, partner))
    return shop


def test_an_order_is_taken_at_the_price_it_was_sold_for(client: TestClient, breaking: Shop) -> None:
    once = breaking.finished()
    quoted = _quote(client, once, quantity=10, currency="EUR")

    answer = _ordered(breaking, client, once, 10, quoted["priceToken"])

    assert quoted["price"] == {"quantity": 10, "currency": "EUR", "unitAmount": 687, "totalAmount": 6870}
    assert answer.status_code == 201
    assert answer.json()["orderItems"][0]["price"] == quoted["price"]


def test_without_a_token_the_price_is_computed_and_kept(client: TestClient, breaking: Shop) -> None:
    answer = _ordered(breaking, client, breaking.finished(), 10, None)

    kept = breaking.read(client, answer.json()["id"]).json()["orderItems"][0]
    assert kept["price"] == {"quantity": 10, "currency": "AUD", "unitAmount": 1125, "totalAmount": 11250}
    assert (kept["baseCost"], kept["optionsCost"], kept["currency"]) == (1000, 250, "AUD")


def test_fewer_than_the_minimum_are_refused(client: TestClient, breaking: Shop, services: Services) -> None:
    answer = _ordered(breaking, client, breaking.finished(), 1, None)

    assert (answer.status_code, answer.json()["code"]) == (422, "below-minimum-quantity")
    assert answer.json()["errors"][0]["pointer"] == "/orderItems/0/amountToOrder"
    assert _count(services) == 0


@pytest.mark.parametrize("wanted", [{"quantity": 1}, {"quantity": "2.5"}, {"quantity": "x"}, {"currency": "USD"}])
def test_a_price_that_cannot_be_told_is_refused(client: TestClient, breaking: Shop, wanted: dict[str, Any]) -> None:
    answer = client.get(f"/api/transactions/{breaking.finished()}", params=wanted)

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json()["errors"]] == [f"/{name}" for name in wanted]


def test_a_token_for_another_quantity_is_refused_with_both_numbers(
    client: TestClient, breaking: Shop, services: Services
) -> None:
    once = breaking.finished()
    token = _quote(client, once, quantity=10)["priceToken"]

    answer = _ordered(breaking, client, once, 9, token)

    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "price-differs")
    assert problem["prices"] == [
        {
            "pointer": "/orderItems/0/priceToken",
            "token": {"quantity": 10, "currency": "AUD", "unitAmount": 1125, "totalAmount": 11250},
            "current": {"quantity": 9, "currency": "AUD", "unitAmount": 1250, "totalAmount": 11250},
        }
    ]
    assert "11250 AUD" in problem["detail"]
    assert problem["title"] == "The price is another now"
    assert "currentState" not in problem
    assert _count(services) == 0


def test_a_token_for_another_transaction_is_refused(client: TestClient, shop: Shop) -> None:
    token = _quote(client, shop.finished())["priceToken"]

    answer = _ordered(shop, client, shop.finished(), 1, token)

    assert (answer.status_code, answer.json()["code"]) == (409, "price-differs")
    assert "another transaction" in answer.json()["detail"]


def test_a_design_that_was_changed_after_it_was_paid_is_not_made(client: TestClient, shop: Shop) -> None:
    once = shop.finished()
    token = _quote(client, once)["priceToken"]
    change = update(designs).where(designs.c.transaction_id == once).values(digest="f" * 64)
    shop.services.database.write_now(lambda work: work.connection.execute(change).rowcount)

    answer = _ordered(shop, client, once, 1, token)

    assert (answer.status_code, answer.json()["code"]) == (409, "price-differs")
    assert "design was changed" in answer.json()["detail"]


def test_a_price_that_was_changed_is_refused(client: TestClient, breaking: Shop) -> None:
    once = breaking.finished()
    token = _quote(client, once, quantity=10)["priceToken"]
    dearer = msgspec.structs.replace(breaking.product, price_breaks=())
    breaking.services.database.write_now(lambda work: save(work, dearer))

    answer = _ordered(breaking, client, once, 10, token)

    assert answer.status_code == 409
    (differing,) = answer.json()["prices"]
    assert (differing["token"]["totalAmount"], differing["current"]["totalAmount"]) == (11250, 12500)


def test_a_currency_that_is_no_longer_offered_is_refused(client: TestClient, breaking: Shop) -> None:
    once = breaking.finished()
    token = _quote(client, once, currency="EUR")["priceToken"]
    breaking.services.database.write_now(lambda work: save_partner(work, breaking.partner))

    answer = _ordered(breaking, client, once, 2, token)

    assert (answer.status_code, answer.json()["code"]) == (409, "price-differs")
    assert "no rate for EUR any more" in answer.json()["detail"]


def test_a_token_that_has_expired_is_refused(client: TestClient, shop: Shop) -> None:
    once = shop.finished()
    token = _quote(client, once)["priceToken"]
    later = shop.services.database.clock() + TOKEN_LIFETIME
    shop.services.database.clock = lambda: later

    answer = _ordered(shop, client, once, 1, token)

    assert (answer.status_code, answer.json()["code"]) == (409, "price-differs")
    assert "expired" in answer.json()["detail"]


@pytest.mark.parametrize("token", ["x", "a.b.c", "eyJhbGciOiJub25lIn0.e30."])
def test_what_is_no_token_is_refused(client: TestClient, shop: Shop, services: Services, token: str) -> None:
    answer = _ordered(shop, client, shop.finished(), 1, token)

    assert (answer.status_code, answer.json()["code"]) == (422, "price-token-refused")
    assert answer.json()["errors"][0]["pointer"] == "/orderItems/0/priceToken"
    assert _count(services) == 0


def test_the_same_order_again_is_answered_whatever_became_of_its_token(client: TestClient, breaking: Shop) -> None:
    once = breaking.finished()
    token = _quote(client, once, quantity=10)["priceToken"]
    first = _ordered(breaking, client, once, 10, token, externalId="1")
    dearer = msgspec.structs.replace(breaking.product, price_breaks=())
    breaking.services.database.write_now(lambda work: save(work, dearer))

    again = _ordered(breaking, client, once, 10, token, externalId="1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["orderItems"] == first.json()["orderItems"]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_the_same_order_under_a_new_key_is_answered_whatever_became_of_its_token(
    client: TestClient, breaking: Shop
) -> None:
    once = breaking.finished()
    token = _quote(client, once, quantity=10)["priceToken"]
    first = _ordered(breaking, client, once, 10, token, externalId="1")
    dearer = msgspec.structs.replace(breaking.product, price_breaks=())
    breaking.services.database.write_now(lambda work: save(work, dearer))
    item = {"transactionId": once, "amountToOrder": 10, "priceToken": token}
    body = json.dumps({"orderItems": [item], "externalId": "1"}).encode()

    again = breaking.send(client, body, **{"Idempotency-Key": "another"})

    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])
