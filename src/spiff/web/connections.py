"""A connection that a stranger may open: what it may send before it is a request, and how slowly it may hear an answer.

The HTTP server waits for the end of a request's head for ever, and keeps all of it meanwhile: one connection could
fill the memory, and some thousand that say nothing could take all there are. It keeps an answer that nobody takes just
as long. Knows no request.
"""

import asyncio
from typing import Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

MOST_HEAD_BYTES = 65_536
"""Of a request's line and headers, or of what follows a body in pieces: eight times what most servers take."""
HEAD_SECONDS = 30.0
"""So long a head may be on its way."""
TAKING_SECONDS = 30.0
LEAST_TAKEN_BYTES = 65_536
"""In so long at least so much of an answer is taken, or all that is left: 2 kB a second, less than any phone takes."""
MOST_OPEN = 4_000
"""Connections at once. Heads that never end take a quarter of a gigabyte of them."""
_TOO_MANY = (
    b"HTTP/1.1 503 Service Unavailable\r\ncontent-type: text/plain; charset=utf-8\r\nretry-after: 30\r\n"
    b"content-length: 47\r\nconnection: close\r\n\r\nToo many connections are open; try again later."
)
_TOO_LARGE = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-type: text/plain; charset=utf-8\r\n"
    b"content-length: 37\r\nconnection: close\r\n\r\nThe headers have at most 65536 bytes."
)


class Connection(HttpToolsProtocol):
    """One connection, closed where it brings too much or too little of a head, or hears too little of an answer.

    What asks to go on in another protocol is answered in this one, as servers may that speak no other (RFC 9110, 7.8).
    Java's HTTP client asks so with the first request of each connection, and sends its body all the same.
    """

    _asks_for_another_protocol = False
    _in_head = False
    _unused_bytes = 0
    """What came since there was last a request, a head or a piece of a body."""
    _closing: asyncio.TimerHandle | None = None
    _untaken_bytes = 0
    """What was left of an answer when it was last looked."""
    _looking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn
        """Somebody is there, and says nothing yet."""
        super().connection_made(transport)
        self.parser = _PlainParser(self)  # type: ignore[assignment]  # in all that is used of one it is like it
        if len(self.connections) > MOST_OPEN:
            transport.write(_TOO_MANY)
            transport.close()
        else:
            self._give_time()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._take_time_back()
        self._look_no_more()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """More of an answer is there than the other side takes at once."""
        super().pause_writing()
        self._look_later()

    def resume_writing(self) -> None:
        """Nearly all of it was taken."""
        super().resume_writing()
        self._look_later()

    def data_received(self, data: bytes) -> None:
        """Something came; most often a whole request at once."""
        self._unused_bytes += len(data)
        super().data_received(data)
        if self.transport.is_closing():
            return
        if self._unused_bytes > MOST_HEAD_BYTES:
            self.transport.write(_TOO_LARGE)
            self.transport.close()
        elif self._in_head or self._is_idle():
            self._give_time()

    def on_message_begin(self) -> None:
        """The first letter of a request."""
        self._in_head, self._unused_bytes = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is there."""
        self._asks_for_another_protocol = self.parser.should_upgrade()
        if self._asks_for_another_protocol:  # it comes once more, without that wish
            return
        self._in_head, self._unused_bytes = False, 0
        self._take_time_back()
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A piece of the body, which the request itself limits."""
        self._unused_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of a request is there."""
        if not self._asks_for_another_protocol:
            super().on_message_complete()

    def head_in_this_protocol(self, method: bytes, version: str) -> bytes:
        """The head that just came, without the wish for another protocol."""
        lines = [b"%s %s HTTP/%s" % (method, self.url, version.encode())]
        lines += [b"%s: %s" % header for header in self.headers if header[0] != b"upgrade"]
        return b"\r\n".join(lines) + b"\r\n\r\n"

    def _is_idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _give_time(self) -> None:
        if self._closing is None:
            self._closing = self.loop.call_later(HEAD_SECONDS, self._give_up)

    def _take_time_back(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _give_up(self) -> None:
        self._closing = None
        if self._is_idle():
            self.transport.close()
        else:  # an earlier request is still being answered
            self._give_time()

    def _look_later(self) -> None:
        self._look_no_more()
        self._untaken_bytes = self.transport.get_write_buffer_size()
        if self._untaken_bytes:
            self._looking = self.loop.call_later(TAKING_SECONDS, self._require_taken)

    def _look_no_more(self) -> None:
        if self._looking is not None:
            self._looking.cancel()
            self._looking = None

    def _require_taken(self) -> None:
        if self.transport.get_write_buffer_size() > max(0, self._untaken_bytes - LEAST_TAKEN_BYTES):
            self.transport.abort()  # closing would wait for the rest to be taken
        else:
            self._look_later()


class _PlainParser:
    """The parser of a connection's requests; reads on where it would stop because another protocol is asked for.

    It passes over the body of such a request, too. So the head is read once more without the wish, and then the rest.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._parser = self._new()

    def __getattr__(self, name: str) -> Any:
        """What else a parser is asked."""
        return getattr(self._parser, name)

    def feed_data(self, data: bytes) -> None:
        """Read what came. Raises HttpParserError where it is not HTTP, or wants a tunnel."""
        rest = memoryview(data)
        while True:
            try:
                self._parser.feed_data(rest)
            except httptools.HttpParserUpgrade as asked:
                rest = rest[asked.args[0] :]
                method, version = self._parser.get_method(), self._parser.get_http_version()
                if method == b"CONNECT":
                    raise httptools.HttpParserError("there is no tunnel here") from None
                self._parser = self._new()
                self._parser.feed_data(self._connection.head_in_this_protocol(method, version))
            else:
                return

    def _new(self) -> Any:
        parser = httptools.HttpRequestParser(self._connection)
        parser.set_dangerous_leniencies(lenient_data_after_close=True)  # as uvicorn
        return parser
