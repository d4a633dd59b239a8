"""Too many requests are refused, by address and by key, and nobody else suffers for it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path

import httpx2 as httpx
import msgspec
import pytest
from starlette.testclient import TestClient

from spiff.app import create_app
from spiff.settings import Settings
from spiff.web.limits import Limits, RateLimit, TooFast
from spiff.web.routing import Services
from tests.crash.programs import Web
from tests.orders.shops import open_shop, order_body

Opened = Callable[..., AbstractContextManager[TestClient]]


class Clock:
    """Time that passes when told to."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def opened(services: Services) -> Opened:
    """The app with some settings changed."""

    @contextmanager
    def open_with(**changed: int) -> Iterator[TestClient]:
        app = create_app(replace(services, settings=msgspec.structs.replace(services.settings, **changed)))
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client

    return open_with


def test_a_stranger_who_asks_too_often_is_told_when_to_try_again(opened: Opened) -> None:
    with opened(rate_limit_per_address=2) as client:
        first, second, third = (client.get("/api/integration-products") for _ in range(3))

    assert [first.headers["ratelimit-remaining"], second.status_code] == ["1", 400]
    assert (third.status_code, third.json()["code"]) == (429, "too-fast")
    assert 1 <= int(third.headers["retry-after"]) <= 30
    assert third.headers["ratelimit-limit"] == "2"


def test_a_refused_signature_counts_for_its_address_and_an_accepted_one_does_not(
    services: Services, opened: Opened
) -> None:
    shop = open_shop(services)
    body = order_body(shop.finished())
    with opened(rate_limit_per_address=1) as client:
        accepted = [shop.send(client, body).status_code for _ in range(3)]
        refused = client.post("/api/v2/orders", content=body, headers=shop.headers(body, secret="guessed"))
        again = client.post("/api/v2/orders", content=body, headers=shop.headers(body, secret="guessed again"))

    assert accepted == [201, 201, 201]
    assert (refused.status_code, again.status_code) == (401, 429)


def test_an_integration_that_orders_too_often_does_not_slow_another(services: Services, opened: Opened) -> None:
    busy, calm = open_shop(services, "busy"), open_shop(services, "calm")
    with opened(rate_limit_per_key=1) as client:
        statuses = [shop.order(client, shop.finished()).status_code for shop in (busy, busy, calm)]

    assert statuses == [201, 429, 201]


def test_refused_requests_are_told_what_is_left_too(services: Services, opened: Opened) -> None:
    shop = open_shop(services)
    with opened(rate_limit_per_address=60, rate_limit_per_key=30) as client:
        unread = client.post("/api/installs", content=b"{")
        nowhere = client.get("/api/transactions/no-uuid")
        unsigned = client.post("/api/v2/orders", content=b"{}")
        signed = shop.send(client, b"{")

    assert [each.status_code for each in (unread, nowhere, unsigned, signed)] == [400, 404, 401, 400]
    assert [each.headers["ratelimit-limit"] for each in (unread, nowhere, unsigned, signed)] == ["60", "60", "60", "30"]
    assert signed.headers["ratelimit-remaining"] == "29"


def test_pages_and_files_are_not_counted(opened: Opened) -> None:
    with opened(rate_limit_per_address=1) as client:
        statuses = {client.get(path).status_code for path in ("/healthz", "/api.js", "/healthz")}

    assert statuses == {200}


def test_what_was_used_comes_back_evenly_over_the_minute() -> None:
    clock = Clock()
    limit = RateLimit(60, clock)
    for _ in range(60):
        limit.take("a")
    with pytest.raises(TooFast) as refused:
        limit.take("a")
    assert refused.value.headers["Retry-After"] == "1"

    clock.seconds += 1.0

    assert limit.take("a")["RateLimit-Remaining"] == "0"
    assert limit.take("b")["RateLimit-Remaining"] == "59"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, ["6.6.6.6"], "10.0.0.1"),
        (1, ["6.6.6.6, 203.0.113.9"], "203.0.113.9"),
        (1, ["6.6.6.6", "203.0.113.9"], "203.0.113.9"),  # as HAProxy does it
        (2, ["6.6.6.6, 203.0.113.9, 10.0.0.7"], "203.0.113.9"),
        (2, ["6.6.6.6", "203.0.113.9", "10.0.0.7"], "203.0.113.9"),
        (2, ["203.0.113.9"], "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_are_believed(proxies: int, forwarded: list[str], address: str) -> None:
    limits = Limits(Settings(trusted_proxies=proxies))
    lines = [(b"x-forwarded-for", each.encode()) for each in forwarded]

    assert limits.address_of(("10.0.0.1", 5), [(b"host", b"x"), *lines]) == address


def test_a_caller_on_the_same_machine_cannot_choose_its_address(tmp_path: Path) -> None:
    """The HTTP server believed `X-Forwarded-For` of local callers, whatever the settings said."""
    log = tmp_path / "log"
    server = Web("web", {"SPIFF_DATA_DIR": str(tmp_path), "SPIFF_RATE_LIMIT_PER_ADDRESS": "1"}, log)
    server.start()
    try:
        server.wait_until_ready()
        made_up = [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(3)]
        statuses = [httpx.get(f"{server.url}/api/integration-products", headers=each).status_code for each in made_up]
    finally:
        server.stop()

    assert statuses == [400, 429, 429]
    assert log.read_text().count("set SPIFF_TRUSTED_PROXIES") == 1


@pytest.mark.parametrize(
    ("peer", "counted_as"),
    [
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:bbbb::2", "2001:db8:1:2::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        ("made:up:by:a:client", "made:up:by:a:client"),
    ],
)
def test_who_has_a_whole_network_of_addresses_is_counted_once(peer: str, counted_as: str) -> None:
    assert Limits(Settings()).address_of((peer, 5), []) == counted_as


def test_a_door_may_count_as_many_requests(opened: Opened) -> None:
    with opened(rate_limit_per_address=60) as client:
        first, second = (client.post("/shortener", json={"longUrl": "http://testserver/"}) for _ in range(2))
        third = client.post("/shortener", json={"longUrl": "http://testserver/"})

    assert [first.status_code, second.status_code, third.status_code] == [200, 200, 429]
    assert first.headers["ratelimit-remaining"] == "10"
