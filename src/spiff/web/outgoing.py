"""Sends HTTP requests to addresses that others choose, without being made to reach what is ours. Knows no domain.

The name is looked up once, every address it stands for is checked, and the connection goes to one of exactly those:
a name that changes its mind between check and use (DNS rebinding) gains nothing. TLS and `Host` still speak of the
name. Redirects and proxies are not followed, and one deadline holds for all of it.
"""

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address
from typing import Any

import httpcore2
from httpcore2 import NetworkBackend, NetworkStream, SyncBackend

from spiff.errors import SpiffError
from spiff.web.targets import IpAddress, Target, read_target, require_allowed

LIMIT_SECONDS = 15.0
MOST_ANSWER_BYTES = 64 * 1024

Resolve = Callable[[str], list[IpAddress]]
"""All addresses that a host name stands for. Raises OSError where there are none."""


class Unanswered(SpiffError):
    """No answer came: the host is unknown, does not accept, is not who it should be, is too slow, or talks nonsense."""

    status, code, title = 502, "unanswered", "The other server did not answer"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the head, and the body's beginning."""

    status: int
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes

    @property
    def accepted(self) -> bool:
        """Whether the status says that all is well (2xx). A redirect does not."""
        return 200 <= self.status < 300


class Outgoing:
    """An HTTP client for untrusted addresses; any thread may use it, and each request has a connection of its own."""

    def __init__(
        self, *, allow_private: bool = False, resolve: Resolve | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self.allow_private = allow_private
        self._resolve = resolve or look_up
        self._tls = tls or _as_the_system_trusts()

    def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        body: bytes,
        limit_seconds: float = LIMIT_SECONDS,
        most_bytes: int = MOST_ANSWER_BYTES,
    ) -> Answer:
        """The answer, whatever its status, with at most `most_bytes` of its body, within `limit_seconds` in all.

        Raises AddressRefused where the address leads somewhere we do not send to, and Unanswered.
        """
        target = read_target(url, allow_private=self.allow_private)
        checked = _Checked(self._resolve, self.allow_private, time.monotonic() + limit_seconds)
        fields = {"Host": target.authority, "Connection": "close", "Content-Length": str(len(body)), **headers}
        try:
            return self._exchange(checked, method, target, fields, body, most_bytes)
        except (httpcore2.TimeoutException, TimeoutError):
            raise Unanswered(f"no answer within {limit_seconds:g} seconds") from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError, OSError) as failure:
            raise Unanswered(_reason(failure)) from None

    def _exchange(
        self,
        checked: "_Checked",
        method: str,
        target: Target,
        fields: Mapping[str, str],
        body: bytes,
        most_bytes: int,
    ) -> Answer:
        url = httpcore2.URL(
            scheme=target.scheme.encode(), host=target.host.encode(), port=target.port, target=target.path.encode()
        )
        with (
            httpcore2.ConnectionPool(ssl_context=self._tls, network_backend=checked) as pool,
            pool.stream(method, url, headers=list(fields.items()), content=body) as reply,
        ):
            head = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in reply.headers}
            return Answer(reply.status, head, _beginning(reply.iter_stream(), most_bytes))


@cache
def _as_the_system_trusts() -> ssl.SSLContext:
    """Read once a process: the list of whom a system trusts is long."""
    return ssl.create_default_context()


def look_up(host: str) -> list[IpAddress]:
    """The addresses of a host by the system's resolver, in its order, each once. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(ip_address(str(entry[4][0])) for entry in found))


_lookups = ThreadPoolExecutor(64, thread_name_prefix="look-up")
"""The system's resolver knows no deadline: whoever waits for it does so elsewhere, and may leave.

It goes on for up to a minute where a name's servers are silent. There are places for all whom workers leave behind in
that time, so that nobody else waits for them.
"""


class _Checked(NetworkBackend):
    """Connections of one request: to checked addresses only, and none of their steps beyond its deadline."""

    def __init__(self, resolve: Resolve, allow_private: bool, deadline: float) -> None:
        self._resolve = resolve
        self._allow_private = allow_private
        self._deadline = deadline
        self._backend = SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> NetworkStream:
        looking_up = _lookups.submit(self._resolve, host)
        try:
            addresses = looking_up.result(_left(self._deadline))
        finally:
            looking_up.cancel()  # what was not begun is not begun for nobody
        for address in addresses:
            require_allowed(address, allow_private=self._allow_private)
        failure: Exception = OSError("the host has no address")
        for address in addresses:
            try:
                stream = self._backend.connect_tcp(str(address), port, _left(self._deadline), None, socket_options)
            except httpcore2.ConnectError as refused:
                failure = refused
            else:
                return _Bounded(stream, self._deadline)
        raise failure


class _Bounded(NetworkStream):
    """A connection whose every step ends at the deadline: a server that sends a byte a second is cut off, too."""

    def __init__(self, stream: NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _Bounded(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _beginning(chunks: Iterable[bytes], most_bytes: int) -> bytes:
    """What the body begins with; the rest is not waited for."""
    kept = bytearray()
    with closing(iter(chunks)) as reading:  # type: ignore[type-var]  # httpcore2 gives a generator
        for chunk in reading:
            kept += chunk
            if len(kept) >= most_bytes:
                break
    return bytes(kept[:most_bytes])


def _reason(failure: Exception) -> str:
    """A sentence for whoever reads why nothing arrived; the text of libraries may hold anything."""
    cause: BaseException | None = failure
    while cause is not None and not isinstance(cause, ssl.SSLCertVerificationError | socket.gaierror):
        cause = cause.__cause__ or cause.__context__
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate was not accepted: {cause.verify_message}"
    if isinstance(cause, socket.gaierror):
        return "its host name is unknown"
    if isinstance(failure, httpcore2.ProtocolError):
        return "what it answered is not HTTP"
    return "the connection was refused or broke off"
