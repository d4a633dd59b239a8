"""Several lines of one design in one order: each is an item, and all of them together are ordered once."""

import json
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from starlette.testclient import TestClient

from spiff.catalogue.store import save
from spiff.jobs.worker import Worker
from spiff.orders import store
from spiff.orders.model import PlacedOrder
from spiff.orders.placing import place_orders
from spiff.orders.reading import OrderRequest, read_order
from spiff.orders.verifying import verify
from spiff.pricing.model import PriceBreak
from spiff.web.routing import Services
from tests.orders.shops import Shop

Lines = list[tuple[str, int]]


def _body(lines: Lines, **members: Any) -> bytes:
    items = [{"transactionId": transaction_id, "amountToOrder": amount} for transaction_id, amount in lines]
    return json.dumps({"orderItems": items, **members}).encode()


def _order(client: TestClient, shop: Shop, lines: Lines, **members: Any) -> Any:
    return shop.send(client, _body(lines, **members))


def _lines(answer: Any) -> Lines:
    return [(item["transactionId"], item["amountToOrder"]) for item in answer.json()["orderItems"]]


def _items(services: Services) -> int:
    count = select(func.count()).select_from(store.order_items)
    return services.database.read_now(lambda work: int(work.connection.execute(count).scalar_one()))


def test_a_paid_order_with_two_lines_of_one_design_is_not_refused(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    once, other = shop.finished(), shop.finished()

    answer = _order(client, shop, [(once, 2), (other, 1), (once, 2)], externalId="1")

    assert (answer.status_code, _lines(answer)) == (201, [(once, 2), (other, 1), (once, 2)])
    assert len({item["id"] for item in answer.json()["orderItems"]}) == 3
    assert worker.drain() == 3
    made = shop.read(client, answer.json()["id"]).json()["orderItems"]
    assert [item["status"] for item in made] == ["ready"] * 3
    assert made[0]["printFiles"] == made[2]["printFiles"] != []
    assert services.database.read_now(verify).faults == []


def test_each_line_of_a_design_has_the_price_of_its_own_amount(client: TestClient, shop: Shop) -> None:
    breaking = msgspec.structs.replace(shop.product, price_breaks=(PriceBreak(10, Decimal("0.9")),))
    shop.services.database.write_now(lambda work: save(work, breaking))
    once = shop.finished()
    quoted = [client.get(f"/api/transactions/{once}", params={"quantity": each}).json()["data"] for each in (5, 10)]
    lines = [
        {"transactionId": once, "amountToOrder": each["price"]["quantity"], "priceToken": each["priceToken"]}
        for each in quoted
    ]

    answer = shop.send(client, json.dumps({"orderItems": lines}).encode())

    assert answer.status_code == 201
    assert [item["price"] for item in answer.json()["orderItems"]] == [each["price"] for each in quoted]
    assert [each["price"]["totalAmount"] for each in quoted] == [6250, 11250]


@pytest.mark.parametrize("members", [{}, {"externalId": "1"}], ids=["by its lines", "by its number"])
def test_the_same_lines_in_another_order_are_the_same_order(
    client: TestClient, shop: Shop, services: Services, members: dict[str, Any]
) -> None:
    once = shop.finished()
    first = _order(client, shop, [(once, 2), (once, 3)], **members)

    again = _order(client, shop, [(once, 3), (once, 2)], **members)

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json() == first.json()
    assert _items(services) == 2


@pytest.mark.parametrize(
    ("amounts", "pointers"),
    [
        ([5], ["/orderItems/0/amountToOrder", "/orderItems"]),
        ([3], ["/orderItems"]),
        ([3, 4], ["/orderItems/1/amountToOrder"]),
        ([3, 2, 2], ["/orderItems/2/transactionId"]),
    ],
)
def test_other_lines_of_the_design_under_the_same_number_are_refused_and_named(
    client: TestClient, shop: Shop, services: Services, amounts: list[int], pointers: list[str]
) -> None:
    once = shop.finished()
    _order(client, shop, [(once, 2), (once, 3)], externalId="1")

    answer = _order(client, shop, [(once, each) for each in amounts], externalId="1")

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-conflict")
    assert [error["pointer"] for error in answer.json()["errors"]] == pointers
    assert _items(services) == 2


def test_the_same_lines_under_a_new_key_answer_the_first_order(client: TestClient, shop: Shop) -> None:
    once = shop.finished()
    body = _body([(once, 2), (once, 3)], externalId="1")
    first = shop.send(client, body, **{"Idempotency-Key": "a"})

    again = shop.send(client, body + b" ", **{"Idempotency-Key": "b"})

    assert (again.status_code, again.json()["id"]) == (201, first.json()["id"])


def test_another_order_of_a_design_in_two_lines_is_refused(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()
    _order(client, shop, [(once, 1), (once, 1)], externalId="1")

    answers = [_order(client, shop, [(once, 1)] * count, externalId=f"other {count}") for count in (1, 2, 3)]

    assert [(each.status_code, each.json()["code"]) for each in answers] == [(409, "already-ordered")] * 3
    assert answers[0].json()["currentState"] == "received"
    assert _items(services) == 2


def test_lines_that_wait_for_money_are_all_released(client: TestClient, shop: Shop, worker: Worker) -> None:
    once = shop.finished()
    held = _order(client, shop, [(once, 1), (once, 1)], externalId="1", paid=False)

    released = _order(client, shop, [(once, 1), (once, 1)], externalId="1", paid=True)

    assert (held.json()["status"], released.json()["status"]) == ("held", "received")
    assert worker.drain() == 2


def test_of_two_orders_in_one_commit_with_lines_of_one_design_the_first_is_placed(
    shop: Shop, services: Services
) -> None:
    once = shop.finished()
    wanted = [
        read_order(
            msgspec.json.decode(_body([(once, 1)] * count, externalId=str(count)), type=OrderRequest),
            most_items=10,
            idempotency_key=None,
            signature=None,
        )
        for count in (2, 1)
    ]

    first, second = services.database.write_now(
        lambda work: place_orders(work, [(shop.caller, each) for each in wanted])
    )

    assert isinstance(first, PlacedOrder) and not isinstance(second, PlacedOrder)
    assert (len(first.items), second.code, _items(services)) == (2, "already-ordered", 2)


def test_the_database_has_the_last_word_on_who_orders_a_design(
    client: TestClient, shop: Shop, services: Services
) -> None:
    """Also where a program wrote without looking."""
    order = _order(client, shop, [(shop.finished(), 1)]).json()
    (item,) = services.database.read_now(lambda work: store.list_items(work, order["id"]))
    twin = msgspec.structs.replace(item, id="00000000-0000-7000-8000-000000000000")

    with pytest.raises(IntegrityError):
        services.database.write_now(lambda work: store.add_items(work, [twin]))
