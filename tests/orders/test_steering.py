"""What a merchant may do with an ordered item: refused to strangers, refused in the wrong state, done once."""

from typing import Any

import httpx2 as httpx
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from spiff.auth.caller import Caller
from spiff.events.operations import list_events
from spiff.fulfilment.store import print_files
from spiff.jobs.model import jobs
from spiff.jobs.worker import Worker
from spiff.orders.operations import begin_rendering, fail_item
from spiff.orders.tasks import on_render_print_files
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop

VERBS = ["hold", "release", "cancel", "retry", "regenerate", "redeliver", "delivered"]


class Item:
    """An item of an order, and the shop's server that steers it."""

    def __init__(self, client: TestClient, shop: Shop, **members: Any) -> None:
        self.client, self.shop = client, shop
        self.order = shop.order(client, shop.finished(), **members).json()
        self.order_id, self.id = self.order["id"], self.order["orderItems"][0]["id"]

    def path(self, verb: str) -> str:
        return f"/api/v2/orders/{self.order_id}/items/{self.id}/{verb}"

    def do(self, verb: str, *, by: Shop | None = None) -> httpx.Response:
        return (by or self.shop).send(self.client, b"{}", self.path(verb))

    def now(self) -> Any:
        return self.shop.read(self.client, self.order_id).json()["orderItems"][0]

    def timeline(self) -> list[Any]:
        path = self.path("timeline")
        signed = self.shop.headers(b"", path, "GET", content_type="")
        del signed["Content-Type"]
        found: list[Any] = self.client.get(path, headers=signed).json()["entries"]
        return found

    def actions(self) -> list[str]:
        return [entry["action"] for entry in self.timeline()]


@pytest.fixture
def item(client: TestClient, shop: Shop) -> Item:
    """An item that waits for its worker."""
    return Item(client, shop)


@pytest.fixture
def ready(item: Item, worker: Worker) -> Item:
    """An item whose print files are there."""
    worker.drain()
    return item


def _count(services: Services, table: Any) -> int:
    return services.database.read_now(
        lambda work: int(work.connection.execute(select(func.count()).select_from(table)).scalar_one())
    )


@pytest.mark.parametrize("verb", VERBS)
def test_a_stranger_finds_no_item(item: Item, services: Services, verb: str) -> None:
    stranger = open_shop(services, "stranger")

    assert item.do(verb, by=stranger).status_code == 404
    assert item.actions() == ["ordered"]


@pytest.mark.parametrize("verb", VERBS)
def test_an_item_of_another_order_is_not_found(client: TestClient, shop: Shop, item: Item, verb: str) -> None:
    other = Item(client, shop)
    path = f"/api/v2/orders/{other.order_id}/items/{item.id}/{verb}"

    assert shop.send(client, b"{}", path).status_code == 404


@pytest.mark.parametrize("verb", ["retry", "regenerate", "redeliver", "delivered"])
def test_what_has_no_files_yet_is_not_made_again_or_delivered(item: Item, verb: str) -> None:
    answer = item.do(verb)

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-item-state")
    assert answer.json()["currentState"] == "received"
    assert item.actions() == ["ordered"]


@pytest.mark.parametrize("verb", ["hold", "release", "cancel", "retry"])
def test_what_was_made_is_not_held_or_cancelled_any_more(ready: Item, verb: str) -> None:
    answer = ready.do(verb)

    assert (answer.status_code, answer.json()["currentState"]) == (409, "ready")
    assert ready.now()["status"] == "ready"


def test_a_held_item_is_made_after_it_is_released_and_not_before(item: Item, worker: Worker) -> None:
    held = [item.do("hold").json() for _ in range(2)][-1]
    worker.drain()
    waiting = item.now()["status"]

    released = [item.do("release").json() for _ in range(2)][-1]
    worker.drain()

    assert (held["status"], held["heldReason"], waiting) == ("held", "merchant", "held")
    assert (released["status"], released["heldReason"]) == ("received", None)
    assert item.now()["status"] == "ready"
    assert item.actions() == ["ordered", "held", "released", "rendering", "print-files-made"]


def test_a_payment_does_not_release_what_the_merchant_holds(client: TestClient, shop: Shop, worker: Worker) -> None:
    item = Item(client, shop, externalId="1", paid=False)
    item.do("hold")

    transaction_id = item.order["orderItems"][0]["transactionId"]
    paid = shop.order(client, transaction_id, externalId="1", paid=True)
    worker.drain()

    assert (paid.status_code, paid.json()["paid"]) == (201, True)
    assert (item.now()["status"], item.now()["heldReason"]) == ("held", "merchant")


def test_releasing_what_was_held_by_hand_does_not_pay_for_it(client: TestClient, shop: Shop, worker: Worker) -> None:
    item = Item(client, shop, externalId="1", paid=False)
    item.do("hold")

    released = item.do("release").json()
    worker.drain()
    waiting = item.now()
    transaction_id = item.order["orderItems"][0]["transactionId"]
    shop.order(client, transaction_id, externalId="1", paid=True)
    worker.drain()

    assert (released["status"], released["heldReason"]) == ("held", "unpaid")
    assert (waiting["status"], waiting["printFiles"]) == ("held", [])
    assert item.now()["status"] == "ready"
    assert item.actions()[:5] == ["ordered", "released", "held", "released", "held"]


def test_what_waits_for_money_alone_is_made_without_it_when_the_merchant_says_so(
    client: TestClient, shop: Shop, worker: Worker
) -> None:
    item = Item(client, shop, paid=False)

    released = item.do("release").json()
    worker.drain()

    assert (released["status"], item.now()["status"]) == ("received", "ready")


def test_a_cancelled_item_is_never_made(item: Item, worker: Worker, services: Services) -> None:
    cancelled = [item.do("cancel") for _ in range(2)]
    worker.drain()

    assert [(each.status_code, each.json()["status"]) for each in cancelled] == [(200, "cancelled")] * 2
    assert item.do("release").status_code == 409
    assert (item.now()["status"], _count(services, print_files)) == ("cancelled", 0)


def test_a_failed_item_is_made_after_a_retry(item: Item, shop: Shop, worker: Worker, services: Services) -> None:
    caller = Caller(partner_id=shop.partner.id)
    services.database.write_now(lambda work: begin_rendering(caller, work, item.id))
    services.database.write_now(lambda work: fail_item(caller, work, item.id, "out of ink"))
    failed = item.now()

    retried = item.do("retry").json()
    worker.drain()

    assert (failed["status"], failed["failure"]) == ("failed", "out of ink")
    assert (retried["status"], retried["failure"]) == ("received", None)
    assert item.now()["status"] == "ready"


def test_files_are_made_anew_and_stay_the_same_number(ready: Item, worker: Worker, services: Services) -> None:
    before = ready.now()["printFiles"]

    regenerated = ready.do("regenerate").json()
    meanwhile = ready.now()["printFiles"]
    worker.drain()

    assert (regenerated["status"], meanwhile) == ("received", before)
    assert (ready.now()["status"], ready.now()["printFiles"]) == ("ready", before)
    assert _count(services, print_files) == len(before)


def test_a_job_of_an_earlier_turn_changes_nothing(ready: Item, shop: Shop, services: Services) -> None:
    ready.do("regenerate")

    on_render_print_files(services, Caller(partner_id=shop.partner.id), item_id=ready.id, turn="1")

    assert ready.now()["status"] == "received"
    assert ready.actions()[-1] == "regenerated"


def test_redelivering_tells_again_that_the_files_are_ready(ready: Item, services: Services) -> None:
    ready.do("delivered")

    answer = ready.do("redeliver")

    told = [event.type for event in services.database.read_now(list_events)]
    assert answer.json()["status"] == "ready"
    assert told == ["order.received", "print_file.ready", "item.delivered", "print_file.ready"]


def test_a_delivery_is_confirmed_once(ready: Item, services: Services) -> None:
    answers = [ready.do("delivered") for _ in range(2)]

    told = [event.type for event in services.database.read_now(list_events)]
    assert [each.json()["status"] for each in answers] == ["delivered", "delivered"]
    assert told.count("item.delivered") == 1


def test_the_timeline_says_who_did_what_and_holds_together(ready: Item, shop: Shop) -> None:
    entries = ready.timeline()

    assert [entry["position"] for entry in entries] == [1, 2, 3]
    assert [entry["previous"] for entry in entries] == ["", *(entry["digest"] for entry in entries[:-1])]
    assert [entry["actor"] for entry in entries] == [f"integration:{shop.integration.id}", "worker", "worker"]
    assert entries[0]["facts"]["totalAmount"] == 1250
    files = {f"{each['panel']}.{each['format']}": each["sha256"] for each in ready.now()["printFiles"]}
    assert entries[-1]["facts"] == {"files": files}


def test_a_refused_order_leaves_no_timeline(client: TestClient, shop: Shop, services: Services) -> None:
    from spiff.orders.timeline_store import timeline

    once = shop.finished()
    shop.order(client, once, externalId="1")

    shop.order(client, shop.finished(), once, externalId="2")
    shop.send(client, b'{"orderItems":[]}')
    shop.order(client, once, externalId="1")

    assert _count(services, timeline) == 1
    assert _count(services, jobs) == 1


@pytest.mark.parametrize("verb", ["redeliver", "regenerate"])
def test_a_request_that_arrives_twice_moves_the_item_once(client: TestClient, ready: Item, verb: str) -> None:
    """Proxies send again what was not answered in time; nothing is printed twice for that."""
    path = ready.path(verb)
    signed = ready.shop.headers(b"", path)

    first, again = (client.post(path, headers=signed) for _ in range(2))

    assert (first.status_code, again.status_code, again.headers["Idempotent-Replayed"]) == (200, 200, "true")
    assert "Idempotent-Replayed" not in first.headers
    assert len(ready.timeline()) == 4


def test_a_captured_hold_does_not_hold_again_what_was_released(client: TestClient, item: Item) -> None:
    path = item.path("hold")
    signed = item.shop.headers(b"{}", path)
    client.post(path, content=b"{}", headers=signed)
    item.do("release")

    again = client.post(path, content=b"{}", headers=signed)

    assert (again.status_code, again.json()["status"]) == (200, "received")
