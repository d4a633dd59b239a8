"""What orders tell: each thing once, and nothing of what was refused or repeated."""

import pytest
from starlette.testclient import TestClient

from spiff.auth.caller import Caller
from spiff.events.model import Event
from spiff.events.operations import list_events
from spiff.jobs.worker import Worker
from spiff.orders.operations import fail_item
from spiff.web.routing import Services
from tests.orders.shops import Shop


def _told(services: Services) -> list[Event]:
    return services.database.read_now(list_events)


def test_an_order_and_its_files_are_told_once(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    once = shop.finished()
    order = shop.order(client, once, externalId="1").json()
    shop.order(client, once, externalId="1", rawExternalData="{}")
    shop.order(client, once, externalId="2")
    worker.drain()
    worker.drain()

    received, ready = _told(services)

    assert (received.type, received.subject_id) == ("order.received", order["id"])
    assert received.payload == {"orderId": order["id"], "externalId": "1", "paid": True, "items": 1}
    assert (ready.type, ready.subject_id) == ("print_file.ready", order["orderItems"][0]["id"])
    assert [(file["panel"], file["format"]) for file in ready.payload["files"]] == [
        (file["panel"], file["format"]) for file in shop.read(client, order["id"]).json()["orderItems"][0]["printFiles"]
    ]
    assert {each.integration_id for each in (received, ready)} == {shop.integration.id}


def test_unpaid_items_are_told_to_be_held(client: TestClient, shop: Shop, services: Services) -> None:
    shop.order(client, shop.finished(), shop.finished(), externalId="1", paid=False)

    told = _told(services)

    assert [event.type for event in told] == ["order.received", "item.held", "item.held"]
    assert {event.payload.get("reason") for event in told[1:]} == {"unpaid"}


@pytest.mark.parametrize("times", [1, 3])
def test_a_failure_is_told_once_with_its_reason(client: TestClient, shop: Shop, services: Services, times: int) -> None:
    item = shop.order(client, shop.finished()).json()["orderItems"][0]
    caller = Caller(partner_id=shop.partner.id)
    for _ in range(times):
        services.database.write_now(lambda work: fail_item(caller, work, item["id"], "out of ink"))

    failed = [event for event in _told(services) if event.type == "item.failed"]

    assert [event.payload["reason"] for event in failed] == ["out of ink"]
    assert failed[0].payload["transactionId"] == item["transactionId"]


def test_a_refused_order_tells_nothing(client: TestClient, shop: Shop, services: Services) -> None:
    shop.order(client, shop.unfinished())
    shop.order(client, shop.finished(), shop.unfinished())

    assert _told(services) == []


def test_what_waited_is_told_to_go_on_or_to_be_given_up(client: TestClient, shop: Shop, services: Services) -> None:
    once = [shop.finished(), shop.finished()]
    order = shop.order(client, *once, externalId="1", paid=False).json()
    first, second = (f"/api/v2/orders/{order['id']}/items/{item['id']}" for item in order["orderItems"])
    for path in (f"{first}/release", f"{first}/release", f"{second}/cancel", f"{second}/cancel"):
        shop.send(client, b"", path)

    told = [event for event in _told(services) if event.type in {"item.released", "item.cancelled"}]

    assert [event.type for event in told] == ["item.released", "item.cancelled"]
    assert [event.subject_id for event in told] == [item["id"] for item in order["orderItems"]]


def test_payment_tells_of_every_item_that_it_releases(client: TestClient, shop: Shop, services: Services) -> None:
    once = [shop.finished(), shop.finished()]
    for paid in (False, True, True):
        shop.order(client, *once, externalId="1", paid=paid)

    assert [event.type for event in _told(services)].count("item.released") == 2
