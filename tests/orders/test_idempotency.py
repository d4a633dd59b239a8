"""The same order again (docs/decisions/007): once, and answered as before."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx2 as httpx
import msgspec
import pytest
from sqlalchemy import func, select, update
from starlette.testclient import TestClient

from spiff.app import create_app
from spiff.jobs.model import jobs
from spiff.jobs.worker import Worker
from spiff.orders.model import PlaceOrder
from spiff.orders.placing import place_order
from spiff.orders.reading import OrderRequest, read_order
from spiff.orders.store import orders
from spiff.storage.database import Database
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop, order_body


def _count(services: Services, table: Any) -> int:
    return services.database.read_now(
        lambda work: int(work.connection.execute(select(func.count()).select_from(table)).scalar_one())
    )


def _with_amount(transaction_id: str, amount: int, **members: Any) -> bytes:
    return json.dumps({"orderItems": [{"transactionId": transaction_id, "amountToOrder": amount}], **members}).encode()


@pytest.mark.parametrize("members", [{"externalId": 7}, {}])
def test_the_same_order_again_answers_the_first(
    client: TestClient, shop: Shop, services: Services, members: dict[str, Any]
) -> None:
    once = shop.finished()
    first = shop.order(client, once, **members)

    again = shop.order(client, once, **members, rawExternalData='{"order":"with a newer note"}')

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json() == first.json()
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


def test_an_idempotency_key_names_an_order(client: TestClient, shop: Shop, services: Services) -> None:
    body = order_body(shop.finished(), externalId="1")
    first = shop.send(client, body, **{"Idempotency-Key": "k"})

    again = shop.send(client, body + b" ", **{"Idempotency-Key": "k"})

    assert again.headers["Idempotent-Replayed"] == "true"
    assert again.json()["id"] == first.json()["id"]
    assert _count(services, orders) == 1


def test_the_same_key_with_another_order_is_refused_and_says_what_differs(client: TestClient, shop: Shop) -> None:
    kept, other = shop.finished(), shop.finished()
    key = {"Idempotency-Key": "k"}
    shop.send(client, order_body(kept, externalId="1"), **key)

    answer = shop.send(client, order_body(other, externalId="2"), **key)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-conflict")
    assert [error["pointer"] for error in answer.json()["errors"]] == [
        "/externalId", "/orderItems/0/transactionId", "/orderItems",
    ]  # fmt: skip


def test_the_same_external_id_with_another_amount_is_refused_and_says_so(client: TestClient, shop: Shop) -> None:
    once = shop.finished()
    shop.send(client, _with_amount(once, 1, externalId="1"))

    answer = shop.send(client, _with_amount(once, 2, externalId="1"))

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-conflict")
    assert answer.json()["errors"][0]["pointer"] == "/orderItems/0/amountToOrder"


def test_a_captured_request_sent_again_under_another_key_changes_nothing(
    client: TestClient, shop: Shop, services: Services
) -> None:
    body = order_body(shop.finished())
    headers = shop.headers(body)
    first = client.post("/api/v2/orders", content=body, headers=headers)

    again = client.post("/api/v2/orders", content=body, headers=headers | {"Idempotency-Key": "attacker"})

    assert (again.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert again.json() == first.json()
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


def test_a_captured_request_sent_again_under_the_key_of_another_order_answers_its_own_first(
    client: TestClient, shop: Shop, services: Services
) -> None:
    body, other = order_body(shop.finished()), order_body(shop.finished())
    headers = shop.headers(body)
    first = client.post("/api/v2/orders", content=body, headers=headers)
    shop.send(client, other, **{"Idempotency-Key": "another"})

    again = client.post("/api/v2/orders", content=body, headers=headers | {"Idempotency-Key": "another"})

    assert (again.status_code, again.json()) == (201, first.json())
    assert _count(services, orders) == 2


def test_a_captured_request_sent_many_times_at_once_under_other_keys_is_one_order(
    client: TestClient, shop: Shop, services: Services
) -> None:
    body = order_body(shop.finished())
    headers = shop.headers(body)

    with ThreadPoolExecutor(8) as pool:
        sent = [
            pool.submit(
                client.post, "/api/v2/orders", content=body, headers=headers | {"Idempotency-Key": f"k{number}"}
            )
            for number in range(24)
        ]
    answers = [each.result() for each in sent]

    assert {(each.status_code, each.json()["id"]) for each in answers} == {(201, answers[0].json()["id"])}
    assert sum("Idempotent-Replayed" not in each.headers for each in answers) == 1
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


@pytest.mark.parametrize(("before", "after"), [("k1", "k2"), ("k1", None), (None, "k2")])
def test_the_same_order_under_a_new_key_answers_the_first(
    client: TestClient, shop: Shop, services: Services, before: str | None, after: str | None
) -> None:
    body = order_body(shop.finished(), externalId="E-1")

    first = shop.send(client, body, **({"Idempotency-Key": before} if before else {}))
    again = shop.send(client, body + b" ", **({"Idempotency-Key": after} if after else {}))

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


def test_an_unpaid_order_is_released_under_a_new_key(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()
    held = shop.send(client, order_body(once, externalId="E-2", paid=False), **{"Idempotency-Key": "k1"})

    released = shop.send(client, order_body(once, externalId="E-2", paid=True), **{"Idempotency-Key": "k2"})

    assert held.json()["status"] == "held"
    assert (released.status_code, released.json()["id"]) == (201, held.json()["id"])
    assert released.json()["status"] == "received"
    assert _count(services, jobs) == 1


def test_without_an_id_an_order_is_remembered_for_a_day(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()
    shop.order(client, once)
    long_ago = datetime.now(UTC) - timedelta(hours=25)
    services.database.write_now(
        lambda work: work.connection.execute(update(orders).values(created_at=long_ago, signature="other")).rowcount
    )

    answer = shop.order(client, once)

    assert (answer.status_code, answer.json()["code"]) == (409, "already-ordered")


def test_a_key_may_name_another_order_after_thirty_days(client: TestClient, shop: Shop, services: Services) -> None:
    key = {"Idempotency-Key": "k"}
    first = shop.send(client, order_body(shop.finished(), externalId="1"), **key).json()
    _long_ago(services, days=31)

    answer = shop.send(client, order_body(shop.finished(), externalId="2"), **key)

    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers
    assert answer.json()["id"] != first["id"]
    assert shop.read(client, first["id"]).status_code == 200


def test_a_key_is_remembered_for_thirty_days(client: TestClient, shop: Shop, services: Services) -> None:
    key = {"Idempotency-Key": "k"}
    shop.send(client, order_body(shop.finished(), externalId="1"), **key)
    _long_ago(services, days=29)

    answer = shop.send(client, order_body(shop.finished(), externalId="2"), **key)

    assert (answer.status_code, answer.json()["code"]) == (422, "idempotency-conflict")


def test_a_shops_own_number_names_its_order_for_good(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()
    first = shop.order(client, once, externalId="1").json()
    _long_ago(services, days=3650)

    again = shop.order(client, once, externalId="1")

    assert (again.status_code, again.json()["id"]) == (201, first["id"])
    assert again.headers["Idempotent-Replayed"] == "true"


def _long_ago(services: Services, *, days: int) -> None:
    """All orders become that old, and nobody has their signatures any more."""
    then = datetime.now(UTC) - timedelta(days=days)
    change = update(orders).values(created_at=then, signature=None)
    services.database.write_now(lambda work: work.connection.execute(change).rowcount)


def test_an_unpaid_order_is_held_until_the_same_order_comes_paid(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    once = shop.finished()
    held = shop.order(client, once, externalId="1", paid=False)
    assert (held.json()["status"], worker.drain()) == ("held", 0)

    released = shop.order(client, once, externalId="1", paid=True)

    assert (released.status_code, released.json()["status"]) == (201, "received")
    assert released.json()["id"] == held.json()["id"]
    assert "Idempotent-Replayed" not in released.headers
    assert worker.drain() == 1
    assert shop.read(client, held.json()["id"]).json()["status"] == "ready"


def test_a_late_unpaid_request_holds_nothing_back(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()
    for paid in (False, True, False, True):
        answer = shop.order(client, once, externalId="1", paid=paid)

    assert (answer.json()["status"], answer.json()["paid"]) == ("received", True)
    assert _count(services, jobs) == 1


def test_an_unpaid_order_that_changed_is_not_released(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()
    shop.send(client, _with_amount(once, 1, externalId="1", paid=False))

    answer = shop.send(client, _with_amount(once, 3, externalId="1", paid=True))

    assert answer.status_code == 422
    assert _count(services, jobs) == 0


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "k"}], ids=["by its number", "by its key"])
def test_a_thousand_identical_requests_at_two_servers_give_one_order(
    shop: Shop, services: Services, database_url: str, key: dict[str, str]
) -> None:
    body = order_body(shop.finished(), externalId="1")
    headers = shop.headers(body) | key
    second = Database(database_url)
    apps = [create_app(each) for each in (services, replace(services, database=second))]

    async def send_all() -> list[httpx.Response]:
        transports = [httpx.ASGITransport(app) for app in apps]
        clients = [httpx.AsyncClient(transport=each, base_url="http://testserver") for each in transports]
        sent = [clients[number % 2].post("/api/v2/orders", content=body, headers=headers) for number in range(1000)]
        return await asyncio.gather(*sent)

    answers = asyncio.run(send_all())
    second.close()

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


def test_several_server_processes_give_one_order_too(shop: Shop, services: Services, database_url: str) -> None:
    """Each process has a writer of its own; the unique constraints decide between them."""
    once = shop.finished()
    processes = [Database(database_url) for _ in range(4)]

    def place(number: int) -> bool:
        placed = processes[number % 4].write_now(lambda work: place_order(shop.caller, work, _wanted(once)))
        return placed.replayed

    with ThreadPoolExecutor(16) as pool:
        replayed = list(pool.map(place, range(48)))

    for each in processes:
        each.close()
    assert replayed.count(False) == 1
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


def test_one_design_in_two_orders_at_once_is_ordered_once(client: TestClient, shop: Shop, services: Services) -> None:
    once = shop.finished()

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda number: shop.order(client, once, externalId=number), range(20)))

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] + [409] * 19
    assert (_count(services, orders), _count(services, jobs)) == (1, 1)


def test_what_is_rolled_back_leaves_no_job(shop: Shop, services: Services) -> None:
    once = shop.finished()

    def place_and_fail(work: Any) -> None:
        place_order(shop.caller, work, _wanted(once))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        services.database.write_now(place_and_fail)

    assert (_count(services, orders), _count(services, jobs)) == (0, 0)


def _wanted(transaction_id: str) -> PlaceOrder:
    sent = msgspec.json.decode(order_body(transaction_id, externalId="1"), type=OrderRequest)
    return read_order(sent, most_items=10, idempotency_key=None, signature=None)


def test_two_integrations_may_use_the_same_key_and_number(client: TestClient, shop: Shop, services: Services) -> None:
    """A key names an order of who sent it, and never leads into another merchant's books."""
    other = open_shop(services, "other")
    key = {"Idempotency-Key": "one key"}

    first = shop.send(client, order_body(shop.finished(), externalId="7"), **key)
    second = other.send(client, order_body(other.finished(), externalId="7"), **key)

    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json()["id"] != second.json()["id"]
    assert "Idempotent-Replayed" not in second.headers
