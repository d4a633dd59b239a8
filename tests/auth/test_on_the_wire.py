"""What an attacker writes on the wire, to the server as it runs in production: bytes, not requests of a library."""

import socket
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

import msgspec
import pytest
from sqlalchemy import func, select

from spiff.app import create_app
from spiff.orders.store import orders
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop, order_body
from tests.serving import serving

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # nothing here differs by database
PATH = "/api/v2/orders"

Say = Callable[[bytes], tuple[int, dict[str, Any]]]
"""Sends bytes, hangs up behind them, and reads the status and the document of the first answer."""


@pytest.fixture
def shop(services: Services) -> Shop:
    return open_shop(services)


@pytest.fixture
def say(services: Services) -> Iterator[Say]:
    with serving(create_app(services), loop="uvloop", http="httptools") as address:
        place = urlsplit(address)

        def send(data: bytes) -> tuple[int, dict[str, Any]]:
            with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
                connection.sendall(data)
                answer = b""
                while chunk := connection.recv(65536):
                    answer += chunk
            head, _, body = answer.partition(b"\r\n\r\n")
            document = body.partition(b"HTTP/1.1 ")[0]
            return int(head.split()[1]), msgspec.json.decode(document) if document.startswith(b"{") else {}

        yield send


def _written(method: str, target: str, headers: list[tuple[str, str]], body: bytes, *, chunked: bool = False) -> bytes:
    length = ("Transfer-Encoding", "chunked") if chunked else ("Content-Length", str(len(body)))
    lines = [("Host", "testserver"), ("Connection", "close"), *headers, length]
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in lines) + "\r\n"
    if chunked:
        pieces = [body[at : at + 7] for at in range(0, len(body), 7)]
        body = b"".join(b"%x\r\n%b\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"
    return head.encode("latin-1") + body


def _count(services: Services) -> int:
    return int(
        services.database.read_now(lambda work: work.connection.execute(select(func.count(orders.c.id))).scalar_one())
    )


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("target", [PATH, "/api/v2/%6Frders", f"http://testserver{PATH}"])
def test_one_path_may_be_written_in_several_ways_and_a_body_come_in_pieces(
    say: Say, shop: Shop, services: Services, target: str, chunked: bool
) -> None:
    body = order_body(shop.finished())

    status, _ = say(_written("POST", target, list(shop.headers(body).items()), body, chunked=chunked))

    assert (status, _count(services)) == (201, 1)


def test_blanks_around_a_value_are_no_part_of_it(say: Say, shop: Shop, services: Services) -> None:
    body = order_body(shop.finished())
    headers = [(name, f"\t {value} \t") for name, value in shop.headers(body).items()]

    status, _ = say(_written("POST", PATH, headers, body))

    assert (status, _count(services)) == (201, 1)


@pytest.mark.parametrize(
    "target",
    [
        "//api/v2/orders",
        "/api/v2/orders/",
        "/api//v2/orders",
        "/api/./v2/orders",
        "/api/v2/orders%2F",
        "/API/v2/orders",
    ],
)
def test_a_path_that_only_looks_like_it_orders_nothing(say: Say, shop: Shop, services: Services, target: str) -> None:
    body = order_body(shop.finished())

    status, _ = say(_written("POST", target, list(shop.headers(body).items()), body))

    assert (status, _count(services)) == (404, 0)


def test_two_bodies_in_one_request_are_refused_before_anything_is_read(
    say: Say, shop: Shop, services: Services
) -> None:
    """Content-Length beside Transfer-Encoding, and two lengths: what one program takes for the end another does not."""
    body = order_body(shop.finished())
    both = [*shop.headers(body).items(), ("Content-Length", str(len(body)))]
    twice = [*shop.headers(body).items(), ("Content-Length", "3")]

    answers = [say(_written("POST", PATH, both, body, chunked=True))[0], say(_written("POST", PATH, twice, body))[0]]

    assert (answers, _count(services)) == ([400, 400], 0)


@pytest.mark.parametrize("name", ["Authorization", "Date", "Content-Type"])
def test_of_a_signed_header_that_comes_twice_the_other_value_is_nothing(
    say: Say, shop: Shop, services: Services, name: str
) -> None:
    body = order_body(shop.finished())
    signed = shop.headers(body)
    another = {"Authorization": "SOA acme-key:AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "Date": "Wed, 01 Jan 2020 00:00:00 GMT"}

    before = say(_written("POST", PATH, [(name, another.get(name, "text/plain")), *signed.items()], body))
    behind = say(_written("POST", PATH, [*signed.items(), (name, another.get(name, "text/plain"))], body))

    assert before[0] == behind[0] == 401
    assert _count(services) == 0


def test_a_folded_header_is_no_second_way_to_write_a_signature(say: Say, shop: Shop, services: Services) -> None:
    body = order_body(shop.finished())
    signed = shop.headers(body)
    folded = {**signed, "Authorization": signed["Authorization"].replace(" ", "\r\n ", 1)}

    status, _ = say(_written("POST", PATH, list(folded.items()), body))

    assert status in {400, 401}
    assert _count(services) == 0


@pytest.mark.parametrize("sent", ["HEAD", "PUT", "post"])
def test_a_signature_is_of_its_method(say: Say, shop: Shop, services: Services, sent: str) -> None:
    order_id = str(say(_order(shop))[1]["id"])
    path = f"{PATH}/{order_id}"
    signed = shop.headers(b"", path, "GET", content_type="")
    del signed["Content-Type"]

    read, _ = say(_written("GET", path, list(signed.items()), b""))
    other, _ = say(_written(sent, path, list(signed.items()), b""))

    assert read == 200
    assert other in {400, 401, 405}


def _order(shop: Shop) -> bytes:
    body = order_body(shop.finished())
    return _written("POST", PATH, list(shop.headers(body).items()), body)


@pytest.mark.parametrize(("late", "status"), [(-898, 201), (898, 201), (-902, 401), (902, 401)])
def test_the_window_of_dates_is_as_wide_as_it_says_on_both_sides(
    say: Say, shop: Shop, services: Services, late: int, status: int
) -> None:
    body = order_body(shop.finished())
    signed = shop.headers(body, late_by_seconds=late)

    assert say(_written("POST", PATH, list(signed.items()), body))[0] == status


def test_what_comes_behind_a_signed_body_is_another_request(say: Say, shop: Shop, services: Services) -> None:
    """The length is not signed: bytes behind it are read as a request of their own, which nobody signed."""
    body = order_body(shop.finished())
    written = _written("POST", PATH, list(shop.headers(body).items()), body).replace(b"Connection: close\r\n", b"")

    status, _ = say(
        written + b"POST /api/v2/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
    )

    assert (status, _count(services)) == (201, 1)
