"""The doors of webhook endpoints: refusals first, then a shop that adds, exchanges, switches, looks and replays."""

import json
from datetime import UTC, datetime
from typing import Any

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from spiff.app import create_app
from spiff.jobs.worker import Worker
from spiff.settings import Settings
from spiff.web.routing import Services
from spiff.webhooks import operations
from spiff.webhooks.model import MOST_ENDPOINTS
from tests.clock import Clock
from tests.orders.shops import Shop, open_shop
from tests.receiver import Receiver, answering
from tests.webhooks.endpoints import add, happen

PATH = "/api/v2/webhook-endpoints"
GIVEN = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def _ask(
    client: TestClient, shop: Shop, method: str, path: str = PATH, body: Any = None, **changed: Any
) -> httpx.Response:
    content = b"" if body is None else json.dumps(body).encode()
    signed = shop.headers(content, path.partition("?")[0], method, **changed)
    return client.request(method, path, content=content, headers=signed)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", PATH),
        ("GET", PATH),
        ("DELETE", PATH + "/{id}"),
        ("POST", PATH + "/{id}/rotate"),
        ("POST", PATH + "/{id}/enable"),
        ("POST", PATH + "/{id}/disable"),
        ("GET", PATH + "/{id}/deliveries"),
        ("POST", PATH + "/{id}/replay"),
    ],
)
def test_strangers_and_other_shops_are_refused(
    client: TestClient, shop: Shop, services: Services, method: str, path: str
) -> None:
    endpoint = add(shop, "https://shop.example/hook")
    path, other = path.replace("{id}", endpoint.id), open_shop(services, "other")
    body = {"since": "2026-01-01T00:00:00Z", "url": "x"} if method == "POST" else None

    assert client.request(method, path).status_code == 401
    assert _ask(client, shop, method, path, body, secret="guessed").status_code == 401
    assert _ask(client, shop, method, path, body, late_by_seconds=-3600).status_code == 401
    if path != PATH:
        assert _ask(client, other, method, path, body).json()["code"] == "not-found"


def test_another_shops_endpoints_are_not_listed(client: TestClient, shop: Shop, services: Services) -> None:
    add(open_shop(services, "other"), "https://other.example/")

    assert _ask(client, shop, "GET").json() == {"endpoints": []}


def test_addresses_that_lead_inwards_are_refused(services: Services, settings: Settings, shop: Shop) -> None:
    strict = Services(
        Settings(database_url=settings.database_url, base_url=settings.base_url, data_dir=settings.data_dir),
        services.database,
        services.files,
        services.rendering,
        services.intake,
    )
    with TestClient(create_app(strict)) as client:
        for url in ("http://shop.example/", "https://10.0.0.1/", "https://[::1]/", "https://169.254.169.254/latest"):
            refused = _ask(client, shop, "POST", body={"url": url})
            assert (refused.status_code, refused.json()["code"]) == (422, "address-refused")
            assert [each["pointer"] for each in refused.json()["errors"]] == ["/url"]
        assert _ask(client, shop, "POST", body={"url": "https://shop.example/"}).status_code == 201


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        ({}, 400, "bad-request", ""),
        ({"url": "https://shop.example/", "events": ["order.gone"]}, 400, "bad-request", "/events/0"),
        ({"url": "https://shop.example/", "secret": "whsec_c2hvcnQ="}, 422, "webhook-secret", "/secret"),
        (
            {"url": "https://shop.example/", "secret": "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"},
            422,
            "webhook-secret",
            "/secret",
        ),
        ({"url": "https://shop.example/", "description": "x" * 201}, 400, "bad-request", "/description"),
        ({"url": "https://shop.example/", "description": "a\0b"}, 400, "bad-request", "/description"),
    ],
)
def test_what_cannot_be_added_is_refused(
    client: TestClient, shop: Shop, body: dict[str, Any], status: int, code: str, pointer: str
) -> None:
    refused = _ask(client, shop, "POST", body=body)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert [each["pointer"] for each in refused.json()["errors"]] == [pointer]
    assert "whsec_c2" not in refused.text


def test_an_integration_has_so_many_endpoints_and_no_more(client: TestClient, shop: Shop) -> None:
    for _ in range(MOST_ENDPOINTS):
        add(shop, "https://shop.example/")

    assert _ask(client, shop, "POST", body={"url": "https://shop.example/"}).json()["code"] == "conflict"


def test_a_secret_is_told_where_it_is_made_and_nowhere_else(client: TestClient, shop: Shop) -> None:
    made = _ask(client, shop, "POST", body={"url": "https://shop.example/", "events": ["item.held"]}).json()
    given = _ask(client, shop, "POST", body={"url": "https://shop.example/", "secret": GIVEN}).json()
    rotated = _ask(client, shop, "POST", f"{PATH}/{made['id']}/rotate", {}).json()
    listed = _ask(client, shop, "GET").json()["endpoints"]

    assert given["secret"] == GIVEN
    assert len({made["secret"], given["secret"], rotated["secret"]}) == 3
    assert [each["id"] for each in listed] == [made["id"], given["id"]]
    assert not any("secret" in each for each in listed)


def test_what_was_not_accepted_is_listed_and_replayed(
    client: TestClient, shop: Shop, worker: Worker, receiver: Receiver
) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(500))
    happen(shop)
    worker.drain()
    path = f"{PATH}/{endpoint.id}"
    (waiting,) = _ask(client, shop, "GET", f"{path}/deliveries?status=waiting").json()["deliveries"]
    while_it_waits = _ask(client, shop, "POST", f"{path}/replay", {"eventId": waiting["eventId"]}).json()
    switched_off = _ask(client, shop, "POST", f"{path}/disable").json()
    (dead,) = _ask(client, shop, "GET", f"{path}/deliveries?status=dead").json()["deliveries"]
    while_off = _ask(client, shop, "POST", f"{path}/replay", {"eventId": dead["eventId"]})
    _ask(client, shop, "POST", f"{path}/enable")
    receiver.behave(answering(204))
    replayed = _ask(client, shop, "POST", f"{path}/replay", {"eventId": dead["eventId"]}).json()
    worker.drain()

    first, second = receiver.came()
    assert (waiting["attempts"], waiting["answered"]) == (1, 500)
    assert (while_it_waits, switched_off["enabled"], replayed) == ({"messages": 0}, False, {"messages": 1})
    assert "the endpoint was disabled" in dead["failure"]
    assert (while_off.status_code, while_off.json()["currentState"]) == (409, "disabled")
    assert first.headers["webhook-id"] == second.headers["webhook-id"] == dead["eventId"]


def test_a_span_of_time_is_replayed_with_what_was_never_sent(
    client: TestClient, shop: Shop, worker: Worker, receiver: Receiver, clock: Clock
) -> None:
    happen(shop, "item.held", "order.received")
    endpoint = add(shop, receiver.url, "item.held", "item.failed")
    happen(shop, "item.failed")
    worker.drain()
    since = {"since": "2020-01-01T00:00:00Z"}
    replayed = _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", since).json()
    long_ago = _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", {**since, "until": "2020-02-01T00:00:00Z"})
    worker.drain()

    assert (replayed, long_ago.json()) == ({"messages": 2}, {"messages": 0})
    assert len(receiver.came()) == 3


def test_a_long_span_is_replayed_in_many_commits_so_that_orders_need_not_wait_for_all_of_it(
    client: TestClient, shop: Shop, services: Services
) -> None:
    """All in one kept every other merchant's orders waiting for five seconds where 100,000 events were replayed."""
    for _ in range(450):
        happen(shop, "item.held")
    endpoint = add(shop, "https://shop.example/")
    database, since = services.database, datetime(2020, 1, 1, tzinfo=UTC)
    begun = database.read_now(lambda work: operations.begin_replay(shop.caller, work, endpoint.id, since))

    happen(shop, "item.failed")
    first, rest = database.write_now(lambda work: operations.replay_some(shop.caller, work, endpoint.id, begun))
    others = _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", {"since": "2020-01-01T00:00:00Z"}).json()
    again = _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", {"since": "2020-01-01T00:00:00Z"}).json()

    assert first < 450 and rest is not None
    assert others == {"messages": 450 - first}, "what waits already is not sent twice, what comes now comes anyway"
    assert again == {"messages": 0}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"since": "2020-01-01T00:00:00"},
        {"until": "2020-01-01T00:00:00Z"},
        {"since": "9999-12-31T23:59:59-14:00"},
        {"since": "0001-01-01T00:00:00+14:00"},
    ],
)
def test_a_replay_of_nothing_in_particular_is_refused(client: TestClient, shop: Shop, body: dict[str, str]) -> None:
    endpoint = add(shop, "https://shop.example/")

    refused = _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", body)

    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, "/since")


@pytest.mark.parametrize(
    ("body", "answered"),
    [({"since": "0001-01-01T00:00:00Z"}, (200, None)), ({"eventId": "evt_0"}, (404, "not-found"))],
)
def test_where_nothing_was_removed_it_is_not_said_that_something_was(
    client: TestClient, shop: Shop, body: dict[str, str], answered: tuple[int, str | None]
) -> None:
    endpoint = add(shop, "https://shop.example/")

    answer = _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", body)

    assert (answer.status_code, answer.json().get("code")) == answered


def test_an_event_that_is_named_twice_is_told_of_once(client: TestClient, shop: Shop) -> None:
    named = ["item.held", "item.failed", "item.held"]

    added = _ask(client, shop, "POST", body={"url": "https://shop.example/", "events": named}).json()

    assert added["events"] == ["item.held", "item.failed"]


def test_an_event_of_another_shop_is_not_replayed(client: TestClient, shop: Shop, services: Services) -> None:
    endpoint, other = add(shop, "https://shop.example/"), open_shop(services, "other")
    happen(other)

    for name in ("evt_1", "evt_x", "1"):
        assert _ask(client, shop, "POST", f"{PATH}/{endpoint.id}/replay", {"eventId": name}).status_code == 404


def test_a_removed_endpoint_is_forgotten_and_sent_nothing(
    client: TestClient, shop: Shop, worker: Worker, receiver: Receiver
) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(500))
    happen(shop)
    worker.drain()
    receiver.came()

    removed = _ask(client, shop, "DELETE", f"{PATH}/{endpoint.id}")

    worker.drain()
    assert (removed.status_code, removed.content) == (204, b"")
    assert _ask(client, shop, "GET").json() == {"endpoints": []}
    assert receiver.came() == []
