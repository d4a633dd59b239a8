"""What somebody who never finishes a request, or takes no answer, can take of a server: one connection, for a while."""

import socket
import time
from collections.abc import Iterator

import pytest
from starlette.types import Receive, Scope, Send

from spiff.web import connections
from spiff.web.connections import Connection
from spiff.web.wire import read_body
from tests.journeys.running import eventually, open_files
from tests.serving import serving

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\n"


async def _app(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] != "http":
        return
    body = await read_body(receive, {}, 10_000_000)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """Where a server is that waits half a second for a head, and as long for some of an answer to be taken."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", 0.5)
    monkeypatch.setattr(connections, "TAKING_SECONDS", 0.5)
    with serving(_app, http=Connection, loop="uvloop") as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


@pytest.fixture
def stranger(place: tuple[str, int]) -> Iterator[socket.socket]:
    """A connection to it."""
    with socket.create_connection(place, timeout=30) as opened:
        yield opened


def _heard(stranger: socket.socket) -> bytes:
    """All until the server closes."""
    heard = b""
    try:
        while piece := stranger.recv(65_536):
            heard += piece
    except ConnectionResetError:  # it closed while more was on its way
        pass
    return heard


def _pour(stranger: socket.socket, piece: bytes) -> None:
    try:
        for _ in range(1_000):
            stranger.sendall(piece)
    except (BrokenPipeError, ConnectionResetError):
        return
    pytest.fail("a hundred megabytes were taken")


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        (HEAD + b"X: ", b"a" * 100_000),
        (HEAD, b"X: a\r\n" * 16_000),
        (b"GET /", b"a" * 100_000),
        (b"", b"\r\n" * 50_000),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a" * 100_000),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n", b"X: a\r\n" * 16_000),
    ],
    ids=["header", "headers", "address", "blank lines", "note of a piece", "trailers"],
)
def test_endless_heads_filled_the_memory(stranger: socket.socket, begin: bytes, piece: bytes) -> None:
    stranger.sendall(begin)

    _pour(stranger, piece)


def test_a_head_that_is_too_large_is_told_so(stranger: socket.socket) -> None:
    # The answer to the first says that the beginning of the second was read.
    stranger.sendall(HEAD + b"Content-Length: 0\r\n\r\n" + HEAD)
    assert stranger.recv(65_536).startswith(b"HTTP/1.1 200 ")
    stranger.sendall(b"X: " + b"a" * connections.MOST_HEAD_BYTES)

    assert _heard(stranger).startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("begun", [b"", b"POST / HT", HEAD, b"\r\n", HEAD + b"Content-Length: 1\r\n\r\na" + HEAD])
def test_a_connection_without_a_whole_head_was_kept_for_ever(stranger: socket.socket, begun: bytes) -> None:
    stranger.sendall(begun)

    heard = _heard(stranger)

    assert heard.count(b"HTTP/1.1 200 ") == begun.count(b"Content-Length")


def test_bodies_of_any_length_and_many_requests_on_one_connection_are_taken(stranger: socket.socket) -> None:
    large = b"x" * 3_000_000
    pieces = b"".join(b"10\r\n" + b"y" * 16 + b"\r\n" for _ in range(10_000)) + b"0\r\n\r\n"
    for _ in range(3):
        stranger.sendall(HEAD + b"Content-Length: 3000000\r\n\r\n" + large)
        stranger.sendall(HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + pieces)
    stranger.sendall(HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n")

    heard = _heard(stranger)

    assert heard.count(b"HTTP/1.1 200 ") == 7
    assert heard.count(b"x") >= 9_000_000


UPGRADE = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQCAAAAAAIAAAAA\r\n"
LAST = HEAD + b"Connection: close\r\nContent-Length: 4\r\n\r\nlast"


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize("asked", [UPGRADE, UPGRADE.replace(b"h2c", b"websocket"), b"Upgrade: h2c\r\n"])
def test_a_request_that_asked_for_another_protocol_came_without_its_body(
    stranger: socket.socket, asked: bytes, at_once: bool
) -> None:
    """Java's HTTP client asks for HTTP/2 with each connection's first request: its orders were refused as empty."""
    heads = [HEAD + asked + b"Content-Length: 3\r\n\r\n", HEAD + asked + b"Transfer-Encoding: chunked\r\n\r\n"]
    pieces = [heads[0], b"one", heads[1], b"3\r\ntwo\r\n0\r\n\r\n", LAST]
    if at_once:
        pieces = [b"".join(pieces)]
    for piece in pieces:
        stranger.sendall(piece)
        time.sleep(0.02)  # so that each arrives by itself

    heard = _heard(stranger)

    assert heard.count(b"HTTP/1.1 200 ") == 3
    assert [each.rpartition(b"\r\n\r\n")[2] for each in heard.split(b"HTTP/1.1 ")[1:]] == [b"one", b"two", b"last"]


def test_a_thousand_wishes_for_another_protocol_at_once_are_answered(stranger: socket.socket) -> None:
    stranger.sendall((HEAD + UPGRADE + b"Content-Length: 1\r\n\r\na") * 1_000 + LAST)

    assert _heard(stranger).count(b"HTTP/1.1 200 ") == 1_001


def test_a_tunnel_is_refused(stranger: socket.socket) -> None:
    stranger.sendall(b"CONNECT shop.example:443 HTTP/1.1\r\nHost: x\r\n\r\n")

    assert _heard(stranger).startswith(b"HTTP/1.1 400 ")


LARGE = 9_000_000
ASKS_FOR_MUCH = HEAD + b"Content-Length: %d\r\n\r\n" % LARGE + b"x" * LARGE


def test_an_answer_that_nobody_took_was_kept_for_ever(stranger: socket.socket) -> None:
    assert _answer(stranger).startswith(b"HTTP/1.1 200 ")
    before = open_files()

    stranger.sendall(ASKS_FOR_MUCH)
    eventually(lambda: open_files() < before, "the server closed its end")

    assert _heard(stranger).count(b"x") < LARGE


def test_who_takes_an_answer_slowly_gets_all_of_it(stranger: socket.socket) -> None:
    stranger.sendall(ASKS_FOR_MUCH)

    taken = 0
    while taken < LARGE:
        time.sleep(0.02)  # two seconds for all of it, four times as long as nothing may be taken
        taken += stranger.recv(100_000).count(b"x")


def test_more_connections_than_the_server_takes_are_told_so(
    place: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 30)
    monkeypatch.setattr(connections, "MOST_OPEN", 2)
    kept = [socket.create_connection(place, timeout=30) for _ in range(2)]
    for each in kept:
        assert _answer(each).startswith(b"HTTP/1.1 200 ")

    with socket.create_connection(place, timeout=30) as turned_away:
        assert _heard(turned_away).startswith(b"HTTP/1.1 503 ")
    assert _answer(kept[0]).startswith(b"HTTP/1.1 200 ")
    kept.pop().close()
    eventually(lambda: _lets_in(place), "the place of the one that left is free")

    kept.pop().close()


def _answer(connection: socket.socket) -> bytes:
    connection.sendall(HEAD + b"Content-Length: 0\r\n\r\n")
    return connection.recv(65_536)


def _lets_in(place: tuple[str, int]) -> bool:
    with socket.create_connection(place, timeout=30) as connection:
        try:
            return _answer(connection).startswith(b"HTTP/1.1 200 ")
        except (BrokenPipeError, ConnectionResetError):
            return False
