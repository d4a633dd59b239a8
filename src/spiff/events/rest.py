"""The HTTP door of events: what happened to an integration, page by page. Decides nothing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal, cast

from spiff.errors import Invalid
from spiff.events import operations
from spiff.events.model import EVENT_TYPES, Event, EventType
from spiff.web.routing import Access, Message, Reply, Request, Route

MOST_AT_ONCE = 500
_USUAL = 100
_LONGEST_CURSOR = 18


class EventDocument(Message, frozen=True):
    """One thing that happened; a webhook's body is the same (docs/events.md)."""

    id: str
    type: EventType
    timestamp: datetime
    subject_id: str
    data: dict[str, Any]


class EventPage(Message, frozen=True):
    """Events, oldest first. Send `cursor` to read on; `complete` says that these are all for now."""

    events: list[EventDocument]
    cursor: str
    complete: bool


def event_document(event: Event) -> EventDocument:
    """An event as it is told."""
    return EventDocument(event.public_id, event.type, event.created_at, event.subject_id, event.payload)


async def list_events(request: Request[None]) -> Reply:
    """`GET /api/v2/events?cursor=&limit=&type=`: what happened behind the cursor, or all that is kept."""
    after, limit, types = _cursor(request.query), _limit(request.query), _types(request.query)
    page = await request.services.database.read(
        lambda work: operations.list_page(request.caller, work, after=after, limit=limit, types=types)
    )
    document = EventPage([event_document(each) for each in page.events], str(page.cursor), page.complete)
    return Reply(document, headers={"Cache-Control": "no-store"})


def _cursor(query: Mapping[str, str]) -> int | Literal["earliest", "latest"]:
    sent = query.get("cursor", "earliest")
    if sent in ("earliest", "latest"):
        return cast(Literal["earliest", "latest"], sent)
    digits = sent.removeprefix("evt_")
    if not (digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST_CURSOR):
        raise Invalid("a cursor is what an earlier page said, the id of an event, `earliest` or `latest`").at("/cursor")
    return int(digits)


def _limit(query: Mapping[str, str]) -> int:
    sent = query.get("limit", str(_USUAL))
    if not (sent.isascii() and sent.isdigit() and len(sent) <= 3 and 1 <= int(sent) <= MOST_AT_ONCE):
        raise Invalid(f"a limit is a whole number from 1 to {MOST_AT_ONCE}").at("/limit")
    return int(sent)


def _types(query: Mapping[str, str]) -> list[EventType] | None:
    wanted = query.get("type", "").split(",")
    if wanted == [""]:
        return None
    for each in wanted:
        if each not in EVENT_TYPES:
            raise Invalid(f"there is no event {each[:40]!r}; there are {', '.join(EVENT_TYPES)}").at("/type")
    return [cast(EventType, each) for each in wanted]


routes: list[Route] = [
    Route(
        method="GET",
        path="/api/v2/events",
        handler=list_events,
        summary="What happened, from a cursor on; several types with commas between them",
        tag="events",
        access=Access.SIGNED,
        answer=EventPage,
        query=("cursor", "limit", "type"),
        refusals=(410, 422),
    ),
]
"""The doors of this domain."""
