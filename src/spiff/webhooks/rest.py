"""The HTTP door to webhook endpoints: what a shop's server may do with its own. Decides nothing."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any, get_args

import msgspec

from spiff.errors import Invalid
from spiff.events.model import EventType
from spiff.web.routing import Access, Message, Reply, Request, Route
from spiff.webhooks import operations
from spiff.webhooks.model import Delivery, DeliveryStatus, Endpoint
from spiff.webhooks.naming import event_number
from spiff.webhooks.operations import WantedEndpoint

PATH = "/api/v2/webhook-endpoints"
_STATUSES: tuple[DeliveryStatus, ...] = get_args(DeliveryStatus)


class NewEndpoint(Message, frozen=True):
    """An address to be told of `events`, or of all where none is named. Without `secret` one is made."""

    url: str
    events: tuple[EventType, ...] = ()
    # PostgreSQL keeps no NUL.
    description: Annotated[str, msgspec.Meta(max_length=200, pattern="^[^\\x00]*$")] = ""
    secret: str | None = None


class GivenSecret(Message, frozen=True):
    """The next secret; without one, one is made."""

    secret: str | None = None


class Replay(Message, frozen=True):
    """What to send again: one event, or all of a span of time."""

    event_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None


class Replayed(Message, frozen=True):
    """How many messages are on their way again."""

    messages: int


class EndpointDocument(Message, frozen=True):
    """An endpoint. `secret` is told once: where it was made."""

    id: str
    url: str
    events: tuple[EventType, ...]
    description: str
    enabled: bool
    disabled_reason: str | None
    failing_since: datetime | None
    created_at: datetime
    secret: str | msgspec.UnsetType = msgspec.UNSET


class EndpointList(Message, frozen=True):
    """The endpoints of an integration, the oldest first."""

    endpoints: list[EndpointDocument]


class DeliveryDocument(Message, frozen=True):
    """What became of telling an endpoint of an event. `answered` is the HTTP status of its last answer."""

    event_id: str
    status: DeliveryStatus
    attempts: int
    answered: int | None
    failure: str | None
    updated_at: datetime


class DeliveryList(Message, frozen=True):
    """The newest hundred; send the last `eventId` as `before` to read on."""

    deliveries: list[DeliveryDocument]


async def add_endpoint(request: Request[NewEndpoint]) -> Reply:
    """`POST /api/v2/webhook-endpoints`: a new endpoint, and its secret."""
    sent, allow_private = request.body, request.services.settings.webhooks_allow_private
    wanted = WantedEndpoint(sent.url, sent.events, sent.description, sent.secret)
    endpoint = await request.services.database.write(
        lambda work: operations.add_endpoint(request.caller, work, wanted, allow_private=allow_private)
    )
    return Reply(_document(endpoint, secret=True), 201, {"Cache-Control": "no-store"})


async def list_endpoints(request: Request[None]) -> Reply:
    """`GET /api/v2/webhook-endpoints`."""
    found = await request.services.database.read(lambda work: operations.list_endpoints(request.caller, work))
    return Reply(EndpointList([_document(each) for each in found]), headers={"Cache-Control": "no-store"})


async def rotate(request: Request[GivenSecret]) -> Reply:
    """`POST …/rotate`: the next secret; for a day messages are signed with the old one as well."""
    caller, endpoint_id, given = request.caller, request.path["endpointId"], request.body.secret
    endpoint = await request.services.database.write(
        lambda work: operations.rotate_secret(caller, work, endpoint_id, given)
    )
    return Reply(_document(endpoint, secret=True), headers={"Cache-Control": "no-store"})


async def switch(request: Request[None], *, on: bool) -> Reply:
    """`POST …/enable` and `POST …/disable`."""
    do = operations.enable if on else operations.disable
    endpoint = await request.services.database.write(lambda work: do(request.caller, work, request.path["endpointId"]))
    return Reply(_document(endpoint))


async def remove_endpoint(request: Request[None]) -> Reply:
    """`DELETE /api/v2/webhook-endpoints/{endpointId}`."""
    await request.services.database.write(
        lambda work: operations.remove_endpoint(request.caller, work, request.path["endpointId"])
    )
    return Reply(b"", 204)


async def list_deliveries(request: Request[None]) -> Reply:
    """`GET …/deliveries?status=&before=`: what became of telling it, the newest events first."""
    status = next((each for each in _STATUSES if each == request.query.get("status")), None)
    if status is None and request.query.get("status"):
        raise Invalid(f"a status is one of {', '.join(_STATUSES)}").at("/status")
    before = request.query.get("before")
    found = await request.services.database.read(
        lambda work: operations.list_deliveries(
            request.caller,
            work,
            request.path["endpointId"],
            status,
            before=event_number(before) if before else None,
        )
    )
    return Reply(DeliveryList([_delivery(each) for each in found]), headers={"Cache-Control": "no-store"})


async def replay(request: Request[Replay]) -> Reply:
    """`POST …/replay`: send again, under the same ids."""
    caller, endpoint_id, sent = request.caller, request.path["endpointId"], request.body
    since, until, database = _in_utc("since", sent.since), _in_utc("until", sent.until), request.services.database
    if sent.event_id is not None:
        number = event_number(sent.event_id)
        once = await database.write(lambda work: operations.replay_event(caller, work, endpoint_id, number))
        return Reply(Replayed(once))
    if since is None:
        raise Invalid("say which event, by eventId, or since when").at("/since")
    messages = 0
    begun = await database.read(lambda work: operations.begin_replay(caller, work, endpoint_id, since, until))
    span: operations.Span | None = begun
    while span is not None:
        some, span = await database.write(partial(operations.replay_some, caller, endpoint_id=endpoint_id, span=span))
        messages += some
    return Reply(Replayed(messages))


def _in_utc(name: str, sent: datetime | None) -> datetime | None:
    if sent is None:
        return None
    if sent.tzinfo is None:
        raise Invalid("a time needs its zone, such as 2026-11-24T13:00:00Z").at(f"/{name}")
    try:
        return sent.astimezone(UTC)
    except OverflowError:
        raise Invalid("a time lies in the years 1 to 9999, of UTC").at(f"/{name}") from None


def _document(endpoint: Endpoint, *, secret: bool = False) -> EndpointDocument:
    return EndpointDocument(
        id=endpoint.id,
        url=endpoint.url,
        events=endpoint.events,
        description=endpoint.description,
        enabled=endpoint.enabled,
        disabled_reason=endpoint.disabled_reason,
        failing_since=endpoint.failing_since,
        created_at=endpoint.created_at,
        secret=endpoint.secrets[0].value if secret else msgspec.UNSET,
    )


def _delivery(delivery: Delivery) -> DeliveryDocument:
    return DeliveryDocument(
        event_id=f"evt_{delivery.event_id}",
        status=delivery.status,
        attempts=delivery.attempts,
        answered=delivery.answered,
        failure=delivery.failure,
        updated_at=delivery.updated_at,
    )


_signed: Any = partial(Route, tag="webhooks", access=Access.SIGNED)

routes: list[Route] = [
    _signed(
        method="POST",
        path=PATH,
        handler=add_endpoint,
        summary="Be told of events at an address",
        body=NewEndpoint,
        answer=EndpointDocument,
        status=201,
        refusals=(409, 422),
    ),
    _signed(method="GET", path=PATH, handler=list_endpoints, summary="List webhook endpoints", answer=EndpointList),
    _signed(
        method="DELETE",
        path=f"{PATH}/{{endpointId}}",
        handler=remove_endpoint,
        summary="Remove a webhook endpoint",
        status=204,
    ),
    _signed(
        method="POST",
        path=f"{PATH}/{{endpointId}}/rotate",
        handler=rotate,
        summary="Exchange the secret of a webhook endpoint",
        body=GivenSecret,
        answer=EndpointDocument,
        refusals=(422,),
    ),
    *(
        _signed(
            method="POST",
            path=f"{PATH}/{{endpointId}}/{verb}",
            handler=partial(switch, on=verb == "enable"),
            summary=summary,
            answer=EndpointDocument,
        )
        for verb, summary in (
            ("enable", "Send webhooks there again, of what happens from now on"),
            ("disable", "Send no webhooks there any more"),
        )
    ),
    _signed(
        method="GET",
        path=f"{PATH}/{{endpointId}}/deliveries",
        handler=list_deliveries,
        summary="What became of telling a webhook endpoint",
        answer=DeliveryList,
        query=("status", "before"),
        refusals=(422,),
    ),
    _signed(
        method="POST",
        path=f"{PATH}/{{endpointId}}/replay",
        handler=replay,
        summary="Send webhooks again: one event, or those of a span of time",
        body=Replay,
        answer=Replayed,
        refusals=(409, 410, 422),
    ),
]
"""The doors of this domain."""
