"""Follows the events of a running server and hands each to a program nearby, as a signed webhook. Knows no database.

For whoever writes a receiver: no public address is needed. The server is asked by the signed API as any shop would.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from spiff.auth import soa
from spiff.errors import SpiffError
from spiff.events.rest import EventDocument, EventPage
from spiff.web.outgoing import Outgoing, Unanswered
from spiff.webhooks.signing import signed_headers

_PATH = "/api/v2/events"
_SHORTEST_SECONDS, _LONGEST_SECONDS = 1.0, 30.0

Wait = Callable[[float], bool]
"""Waits so many seconds; whether to go on after that."""
Say = Callable[[str], None]


class ServerRefused(SpiffError):
    """The server does not let us read events; asking again will not help."""

    code, title = "events-refused", "The server refuses to tell its events"


@dataclass(frozen=True, slots=True)
class Server:
    """A running installation, and whom we are to it."""

    address: str
    key: str
    secret: str
    outgoing: Outgoing
    clock: Callable[[], datetime]

    def page(self, cursor: str) -> EventPage:
        """The events behind a cursor. Raises Unanswered where it is worth asking again, and ServerRefused."""
        date = self.clock().strftime("%a, %d %b %Y %H:%M:%S GMT")
        path = urlsplit(self.address).path.rstrip("/") + _PATH
        signature = soa.sign(self.secret, soa.Signed("GET", path, "", date, b""))
        headers = {"Authorization": f"SOA {self.key}:{signature}", "Date": date}
        url = f"{self.address.rstrip('/')}{_PATH}?cursor={cursor}"
        answer = self.outgoing.send("GET", url, headers=headers, body=b"", most_bytes=16_000_000)
        if answer.status >= 500 or answer.status == 429:
            raise Unanswered(f"the server answered {answer.status}")
        if not answer.accepted:
            raise ServerRefused(f"the server answered {answer.status}: {_reason(answer.body)}")
        return msgspec.json.decode(answer.body, type=EventPage)


class _Problem(msgspec.Struct):
    detail: str
    code: str


def _reason(body: bytes) -> str:
    """What a refusal says to people; of what is none of our server's, its beginning."""
    try:
        problem = msgspec.json.decode(body, type=_Problem)
    except msgspec.MsgspecError:
        return body[:500].decode("utf-8", "replace")
    return f"{problem.detail} ({problem.code})"


def follow(server: Server, cursor: str, wait: Wait, say: Say) -> Iterator[EventDocument]:
    """Events from the cursor on, as they happen; the server may go away and come back. Raises ServerRefused."""
    pause, going = _SHORTEST_SECONDS, True
    while going:
        try:
            page = server.page(cursor)
        except Unanswered as failure:
            say(f"{failure.detail}; asking again in {pause:g} s")
            going, pause = wait(pause), min(2 * pause, _LONGEST_SECONDS)
            continue
        yield from page.events
        cursor, pause = page.cursor, _SHORTEST_SECONDS
        going = not page.complete or wait(pause)


def forward(event: EventDocument, url: str, secret: str, outgoing: Outgoing, now: datetime) -> str:
    """Send one event to the program nearby; what it answered, in a few words."""
    body = msgspec.json.encode(event)
    headers = {"Content-Type": "application/json", **signed_headers([secret], event.id, now, body)}
    try:
        return str(outgoing.send("POST", url, headers=headers, body=body).status)
    except Unanswered as failure:
        return failure.detail


def listen(server: Server, url: str, secret: str, *, cursor: str, wait: Wait, say: Say) -> None:
    """Forward events until `wait` says to stop, a line for each. One that the program does not accept is not repeated.

    It can be had again: the line names its id, and `--cursor` takes the number before it.
    """
    for event in follow(server, cursor, wait, say):
        answer = forward(event, url, secret, server.outgoing, server.clock())
        say(f"{event.timestamp:%H:%M:%S} {event.id} {event.type} {event.subject_id} -> {answer}")
