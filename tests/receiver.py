"""A real HTTP server on loopback that answers as a test wants, and keeps what came. For whatever sends requests."""

import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue

MOST_SECONDS = 30.0
"""How long a test waits for what must come: only a broken one waits so long."""


@dataclass(frozen=True)
class Received:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    """Names in lower case."""
    body: bytes


Behaviour = Callable[["Exchange", Received], None]


class Exchange(BaseHTTPRequestHandler):
    """One request; a behaviour answers it."""

    server: "_Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", 0)))
        received = Received(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body)
        self.server.received.put(received)
        self.close_connection = True
        with suppress(OSError, ssl.SSLError):  # the sender left early, as some behaviours make it do
            self.server.behaviour(self, received)

    do_PUT = do_GET = do_POST  # noqa: N815 - the names that http.server calls

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer."""
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    behaviour: Behaviour
    received: "SimpleQueue[Received]"


class Receiver:
    """The server: its address, what came in order, and how it answers from now on."""

    def __init__(self, server: _Server, scheme: str) -> None:
        self._server = server
        self.port = server.server_port
        self.url = f"{scheme}://127.0.0.1:{self.port}/hook"

    def behave(self, behaviour: Behaviour) -> None:
        """Answer this way from now on."""
        self._server.behaviour = behaviour

    def next(self) -> Received:
        """The next request, waited for."""
        return self._server.received.get(timeout=MOST_SECONDS)

    def came(self) -> list[Received]:
        """All that came and was not taken yet, without waiting."""
        found = []
        while not self._server.received.empty():
            found.append(self._server.received.get())
        return found


def answering(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Answers always the same."""
    return lambda exchange, _: exchange.answer(status, body, **headers)


@contextmanager
def receiving(behaviour: Behaviour | None = None, *, tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """A receiver that answers 204 unless told otherwise."""
    server = _Server(("127.0.0.1", 0), Exchange)
    server.behaviour = behaviour or answering(204)
    server.received = SimpleQueue()
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield Receiver(server, "https" if tls else "http")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
