"""The door of events: strangers and other integrations are told nothing; a cursor goes on where it was."""

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from spiff.events.model import EventType
from spiff.events.operations import record_event
from spiff.storage.work import Work, random_id
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop

PATH = "/api/v2/events"


def _ask(client: TestClient, shop: Shop, query: str = "", **changed: object) -> httpx.Response:
    return client.get(PATH + query, headers=shop.headers(b"", PATH, "GET", **changed))


def _happen(services: Services, shop: Shop, *types: EventType) -> None:
    def write(work: Work) -> None:
        for number, type_ in enumerate(types):
            record_event(
                work, type_, random_id(), partner_id=shop.partner.id, integration_id=shop.integration.id, number=number
            )

    services.database.write_now(write)


@pytest.fixture
def shop(services: Services) -> Shop:
    """A merchant's shop."""
    return open_shop(services)


def test_strangers_and_wrong_secrets_are_refused(client: TestClient, shop: Shop) -> None:
    assert client.get(PATH).json()["code"] == "signature-missing"
    assert _ask(client, shop, secret="guessed").json()["code"] == "signature-wrong"
    assert _ask(client, shop, late_by_seconds=-3600).json()["code"] == "date-outside-window"


@pytest.mark.parametrize(
    "query",
    ["?cursor=-1", "?cursor=evt_", "?cursor=" + "9" * 19, "?limit=0", "?limit=501", "?limit=x", "?type=order.gone"],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, shop: Shop, query: str) -> None:
    refused = _ask(client, shop, query)

    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert refused.json()["errors"][0]["pointer"] == "/" + query[1:].partition("=")[0]


def test_another_integrations_events_are_not_there(client: TestClient, shop: Shop, services: Services) -> None:
    other = open_shop(services, "other")
    _happen(services, other, "item.held")

    page = _ask(client, shop).json()

    assert (page["events"], page["complete"]) == ([], True)


def test_an_order_is_told_with_its_facts(client: TestClient, shop: Shop) -> None:
    order = shop.order(client, shop.finished(), externalId="7").json()

    (event,) = _ask(client, shop).json()["events"]

    assert event["id"].startswith("evt_")
    assert (event["type"], event["subjectId"]) == ("order.received", order["id"])
    assert event["data"] == {"orderId": order["id"], "externalId": "7", "paid": True, "items": 1}


def test_a_cursor_reads_on_and_says_when_all_was_told(client: TestClient, shop: Shop, services: Services) -> None:
    _happen(services, shop, "item.held", "item.failed", "item.held")

    first = _ask(client, shop, "?limit=2").json()
    second = _ask(client, shop, f"?limit=2&cursor={first['cursor']}").json()
    third = _ask(client, shop, f"?limit=2&cursor={second['cursor']}").json()

    assert [len(page["events"]) for page in (first, second, third)] == [2, 1, 0]
    assert [page["complete"] for page in (first, second, third)] == [False, True, True]
    assert third["cursor"] == second["cursor"]


def test_the_id_of_an_event_is_a_cursor_behind_it(client: TestClient, shop: Shop, services: Services) -> None:
    """`spiff listen` prints ids, and refused them where it was to begin."""
    _happen(services, shop, "item.held", "item.failed")
    first = _ask(client, shop, "?limit=1").json()["events"][0]

    page = _ask(client, shop, f"?cursor={first['id']}").json()

    assert [event["type"] for event in page["events"]] == ["item.failed"]


def test_a_cursor_of_rare_events_goes_past_the_others(client: TestClient, shop: Shop, services: Services) -> None:
    _happen(services, shop, "item.failed", "item.held", "item.held")

    page = _ask(client, shop, "?type=item.failed,item.delivered").json()

    assert [event["type"] for event in page["events"]] == ["item.failed"]
    assert int(page["cursor"]) == int(page["events"][0]["id"].removeprefix("evt_")) + 2


def test_the_latest_cursor_tells_only_what_comes_after(client: TestClient, shop: Shop, services: Services) -> None:
    _happen(services, shop, "item.held")
    cursor = _ask(client, shop, "?cursor=latest").json()["cursor"]
    _happen(services, shop, "item.failed")

    assert [each["type"] for each in _ask(client, shop, f"?cursor={cursor}").json()["events"]] == ["item.failed"]
