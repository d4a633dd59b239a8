"""ASGI: headers and body of a request in, an answer out. Knows no route.

Starlette's request and response do the same and more; this is on the way of every order, so it does only what we use.
"""

import asyncio
from collections.abc import Mapping

import msgspec
from starlette.types import Receive, Scope, Send

from spiff.errors import TooLarge, TooSlow
from spiff.web.routing import Reply

_READING_SECONDS = 30.0
_SLOWEST_BYTES_A_SECOND = 250_000
"""Of what is longer than can arrive in that time: a photo from a phone may take its time, a trickle may not."""


class Disconnected(Exception):
    """The client went away before its request was complete; nobody hears an answer."""


def read_headers(scope: Scope) -> dict[str, str]:
    """Values by lower-case name; of a header that came twice, the first.

    Blanks around a value are no part of it (RFC 9110, 5.5); the HTTP server leaves those behind it.
    """
    return {
        name.decode("latin-1"): value.rstrip(b" \t").decode("latin-1") for name, value in reversed(scope["headers"])
    }


async def read_body(receive: Receive, headers: Mapping[str, str], limit: int) -> bytes:
    """The body's bytes, refused as soon as they pass the limit. A body that dribbles in is given up on."""
    if int(headers.get("content-length") or 0) > limit:
        raise _too_large(limit)
    chunks: list[bytes] = []
    size = 0
    seconds = max(_READING_SECONDS, int(headers.get("content-length") or 0) / _SLOWEST_BYTES_A_SECOND)
    try:
        async with asyncio.timeout(seconds):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise Disconnected
                chunks.append(message.get("body", b""))
                size += len(chunks[-1])
                if size > limit:
                    raise _too_large(limit)
                if not message.get("more_body", False):
                    return b"".join(chunks)
    except TimeoutError:
        raise TooSlow(f"the body did not arrive within {seconds:.0f} seconds") from None


def content_of(reply: Reply) -> bytes:
    """The bytes of an answer's body."""
    if reply.body is None or isinstance(reply.body, bytes):
        return reply.body or b""
    return msgspec.json.encode(reply.body)


async def send_reply(send: Send, reply: Reply, request_id: str) -> None:
    """The whole answer, with the request's id. Of a long one the next part is fetched when the last was taken."""
    content = content_of(reply)
    headers = [
        (b"content-type", _content_type(reply.media_type)),
        (b"x-request-id", request_id.encode()),
        *((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in reply.headers.items()),
    ]
    if reply.status not in (204, 304):
        headers.append((b"content-length", b"%d" % (reply.length or len(content))))
    await send({"type": "http.response.start", "status": reply.status, "headers": headers})
    if reply.rest is not None:
        await send({"type": "http.response.body", "body": content, "more_body": True})
        async for content in reply.rest:
            await send({"type": "http.response.body", "body": content, "more_body": True})
        content = b""
    await send({"type": "http.response.body", "body": content})


def _content_type(media_type: str) -> bytes:
    bare = media_type.startswith("text/") and "charset=" not in media_type
    return (f"{media_type}; charset=utf-8" if bare else media_type).encode("latin-1")


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body may have at most {limit} bytes", limitBytes=limit)
