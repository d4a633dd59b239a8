"""From an event to a message, and from an answer to what follows from it. Knows no HTTP: that is between the two.

Events are followed by a cursor for each endpoint, after their commits: whoever places an order does nothing more than
it would without webhooks. Deliveries, their jobs and the cursor move in one commit, so each is promised exactly once.
"""

from typing import Literal

import msgspec

from spiff.events import operations as events
from spiff.events.rest import event_document
from spiff.storage.work import Work
from spiff.webhooks import jobs, store
from spiff.webhooks.model import DISABLED_AFTER, Endpoint, Message
from spiff.webhooks.operations import switch_off
from spiff.webhooks.signing import signed_headers

GONE = 410
_MOST_EVENTS = 200
_MOST_ENDPOINTS = 50

Outcome = Literal["delivered", "again", "disabled"]


def list_behind(work: Work) -> list[str]:
    """Endpoints that have not been promised all that happened."""
    return store.list_behind(work, _MOST_ENDPOINTS)


def fan_out(work: Work, endpoint_id: str) -> int:
    """Promise an endpoint the next events that it wants; how many were looked at."""
    endpoint = store.find_endpoint(work, endpoint_id, lock=True)
    if endpoint is None or not endpoint.enabled:
        return 0
    found = events.list_events(work, after=endpoint.cursor, limit=_MOST_EVENTS, integration_id=endpoint.integration_id)
    if found:
        wanted = [event.id for event in found if endpoint.wants(event.type)]
        store.add_deliveries(work, endpoint.id, wanted)
        jobs.send(work, endpoint, wanted)
        store.move_cursor(work, endpoint.id, found[-1].id)
    return len(found)


def message(work: Work, endpoint_id: str, event_id: int) -> Message | None:
    """The request that tells an endpoint of an event; None where that need not or must not be told any more."""
    endpoint, event = store.find_endpoint(work, endpoint_id), store.find_event(work, event_id)
    delivery = store.find_delivery(work, endpoint_id, event_id)
    if endpoint is None or event is None or delivery is None or delivery.status != "waiting" or not endpoint.enabled:
        return None
    body = msgspec.json.encode(event_document(event))
    signed = signed_headers(endpoint.live_secrets(work.now), event.public_id, work.now, body)
    return Message(endpoint.url, {"Content-Type": "application/json", "User-Agent": "Spiff", **signed}, body)


def answered(work: Work, endpoint_id: str, event_id: int, status: int | None, failure: str | None) -> Outcome:
    """Write down what an endpoint answered: `status`, or why there is none in `failure`."""
    endpoint = store.find_endpoint(work, endpoint_id, lock=True)
    delivery = store.find_delivery(work, endpoint_id, event_id)
    if endpoint is None or delivery is None:
        return "delivered"
    well = failure is None
    store.change_delivery(
        work,
        endpoint_id,
        event_id,
        status="delivered" if well else "waiting",
        attempts=delivery.attempts + 1,
        answered=status,
        failure=failure,
    )
    if well:
        if endpoint.failing_since is not None:
            store.set_failing_since(work, endpoint.id, None)
        return "delivered"
    return _failed(work, endpoint, status)


def give_up(work: Work, endpoint_id: str, event_id: int, reason: str) -> None:
    """The message becomes a dead letter, which can be replayed."""
    store.change_delivery(work, endpoint_id, event_id, status="dead", failure=reason)


def settle_missing(work: Work, endpoint_id: str, event_id: int) -> None:
    """What waits to tell of an event that is not kept any more does not wait for ever."""
    if store.find_event(work, event_id) is None:
        give_up(work, endpoint_id, event_id, "the event was removed before it could be told of")


def _failed(work: Work, endpoint: Endpoint, status: int | None) -> Outcome:
    since = endpoint.failing_since or work.now
    if endpoint.enabled and status == GONE:
        switch_off(work, endpoint, "it answered 410 Gone")
        return "disabled"
    if endpoint.enabled and work.now - since >= DISABLED_AFTER:
        switch_off(work, endpoint, f"nothing but failures for {DISABLED_AFTER.days} days")
        return "disabled"
    if endpoint.failing_since is None:
        store.set_failing_since(work, endpoint.id, since)
    return "again"
