"""What may be done with webhook endpoints: add, look, rotate, switch, remove, replay. Knows no HTTP and no sending."""

from collections.abc import Collection
from datetime import datetime

import msgspec

from spiff.auth.caller import Caller, Scope
from spiff.errors import Conflict, NotFound
from spiff.events import operations as events
from spiff.events.model import EventType
from spiff.storage.work import Work
from spiff.web.targets import AddressRefused, read_target
from spiff.webhooks import jobs, store
from spiff.webhooks.model import (
    MOST_ENDPOINTS,
    OLD_SECRET_LIFETIME,
    Delivery,
    DeliveryStatus,
    Endpoint,
    Secret,
)
from spiff.webhooks.signing import new_secret, require_secret

_AT_ONCE = 200
_MOST_SECRETS = 3


class WantedEndpoint(msgspec.Struct, frozen=True):
    """An endpoint to be. Without `secret` one is made; without `id` it gets one; without `events` it is told of all."""

    url: str
    events: tuple[EventType, ...] = ()
    description: str = ""
    secret: str | None = None
    id: str | None = None

    def each_event_once(self) -> tuple[EventType, ...]:
        """What is named twice is told of once all the same."""
        return tuple(dict.fromkeys(self.events))


def add_endpoint(caller: Caller, work: Work, wanted: WantedEndpoint, *, allow_private: bool) -> Endpoint:
    """A new endpoint, told of what happens from now on. Raises AddressRefused, SecretRefused or Conflict."""
    partner_id, integration_id = caller.require(Scope.WEBHOOKS_WRITE)
    _require_target(wanted.url, allow_private=allow_private)
    if len(store.list_endpoints(work, integration_id)) >= MOST_ENDPOINTS:
        raise Conflict(f"an integration has at most {MOST_ENDPOINTS} webhook endpoints", currentState="full")
    secret = new_secret() if wanted.secret is None else require_secret(wanted.secret)
    endpoint = Endpoint(
        id=wanted.id or work.new_id(),
        partner_id=partner_id,
        integration_id=integration_id,
        url=wanted.url,
        description=wanted.description,
        events=wanted.each_event_once(),
        secrets=(Secret(secret),),
        enabled=True,
        disabled_reason=None,
        cursor=events.find_newest_id(work),
        failing_since=None,
        created_at=work.now,
    )
    store.add_endpoint(work, endpoint)
    return endpoint


def get_endpoint(caller: Caller, work: Work, endpoint_id: str) -> Endpoint:
    """An endpoint of the caller's integration. Raises NotFound, also for somebody else's."""
    return _get(caller, work, endpoint_id, lock=False)


def list_endpoints(caller: Caller, work: Work) -> list[Endpoint]:
    """The endpoints of the caller's integration, the oldest first."""
    _, integration_id = caller.require(Scope.WEBHOOKS_WRITE)
    return store.list_endpoints(work, integration_id)


def list_all(work: Work) -> list[Endpoint]:
    """The endpoints of everybody. For operators."""
    return store.list_endpoints(work, None)


def find_any(work: Work, endpoint_id: str) -> Endpoint | None:
    """The endpoint with this id, whosever it is. For operators and the catalogue."""
    return store.find_endpoint(work, endpoint_id)


def change_endpoint(
    caller: Caller, work: Work, endpoint_id: str, wanted: WantedEndpoint, *, allow_private: bool
) -> Endpoint:
    """Another address, other events, another description; the secret stays. Raises NotFound or AddressRefused."""
    _require_target(wanted.url, allow_private=allow_private)
    endpoint = _get(caller, work, endpoint_id, lock=True)
    changed = msgspec.structs.replace(
        endpoint, url=wanted.url, events=wanted.each_event_once(), description=wanted.description
    )
    return _saved(work, changed)


def rotate_secret(caller: Caller, work: Work, endpoint_id: str, given: str | None = None) -> Endpoint:
    """Sign with a new secret, and for a day with the old one as well. Raises NotFound or SecretRefused."""
    endpoint = _get(caller, work, endpoint_id, lock=True)
    secret = Secret(new_secret() if given is None else require_secret(given))
    until = work.now + OLD_SECRET_LIFETIME
    old = (Secret(each, until) for each in endpoint.live_secrets(work.now) if each != secret.value)
    return _saved(work, msgspec.structs.replace(endpoint, secrets=(secret, *old)[:_MOST_SECRETS]))


def enable(caller: Caller, work: Work, endpoint_id: str) -> Endpoint:
    """Tell the endpoint of what happens from now on; what happened meanwhile can be replayed. Raises NotFound."""
    endpoint = _get(caller, work, endpoint_id, lock=True)
    if endpoint.enabled:
        return endpoint
    newest = events.find_newest_id(work)
    changed = msgspec.structs.replace(endpoint, enabled=True, disabled_reason=None, failing_since=None, cursor=newest)
    return _saved(work, changed)


def disable(caller: Caller, work: Work, endpoint_id: str) -> Endpoint:
    """Send nothing there any more; what still waited becomes dead letters. Raises NotFound."""
    endpoint = _get(caller, work, endpoint_id, lock=True)
    return switch_off(work, endpoint, "switched off") if endpoint.enabled else endpoint


def switch_off(work: Work, endpoint: Endpoint, reason: str) -> Endpoint:
    """The endpoint is sent nothing any more, and its integration is told so."""
    store.give_up_waiting(work, endpoint.id, f"the endpoint was disabled: {reason}")
    jobs.forget(work, endpoint)
    events.record_event(
        work,
        "webhook_endpoint.disabled",
        endpoint.id,
        partner_id=endpoint.partner_id,
        integration_id=endpoint.integration_id,
        endpointId=endpoint.id,
        url=endpoint.url,
        reason=reason,
    )
    return _saved(work, msgspec.structs.replace(endpoint, enabled=False, disabled_reason=reason))


def remove_endpoint(caller: Caller, work: Work, endpoint_id: str) -> None:
    """Forget an endpoint and all that it was sent. Raises NotFound."""
    endpoint = _get(caller, work, endpoint_id, lock=True)
    jobs.forget(work, endpoint)
    store.remove_endpoint(work, endpoint.id)


def list_deliveries(
    caller: Caller,
    work: Work,
    endpoint_id: str,
    status: DeliveryStatus | None = None,
    *,
    before: int | None = None,
    limit: int = 100,
) -> list[Delivery]:
    """What became of telling an endpoint, the newest events first. Raises NotFound."""
    endpoint = _get(caller, work, endpoint_id, lock=False)
    return store.list_deliveries(work, endpoint.id, status, before=before, limit=limit)


def replay_event(caller: Caller, work: Work, endpoint_id: str, event_id: int) -> int:
    """Send one event again, under the same id; 0 where it waits already. Raises NotFound, Conflict or EventsRemoved."""
    endpoint = _replayable(caller, work, endpoint_id)
    events.require_kept(work, endpoint.integration_id, event_id - 1)
    event = store.find_event(work, event_id)
    if event is None or event.integration_id != endpoint.integration_id:
        raise NotFound(f"there is no event evt_{event_id}")
    return _send_again(work, endpoint, [event.id])


class Span(msgspec.Struct, frozen=True):
    """Events to be sent again: of a span of time those above `after`, up to the newest when that was asked for."""

    since: datetime
    until: datetime | None
    after: int
    up_to: int


def begin_replay(caller: Caller, work: Work, endpoint_id: str, since: datetime, until: datetime | None = None) -> Span:
    """What happened in a span of time, also what the endpoint was never sent. Writes nothing; `replay_some` does.

    Raises NotFound or Conflict, and EventsRemoved where not all are kept.
    """
    endpoint = _replayable(caller, work, endpoint_id, lock=False)
    events.require_kept_since(work, endpoint.integration_id, since)
    # What the endpoint was not seen to yet is sent without being asked for.
    return Span(since, until, after=0, up_to=endpoint.cursor)


def replay_some(caller: Caller, work: Work, endpoint_id: str, span: Span) -> tuple[int, Span | None]:
    """Send the first of these events again, of the types that the endpoint wants now; how many that are, and the rest.

    A commit holds so many that orders wait for it a few hundredths of a second, however long the span is.
    Raises NotFound or Conflict.
    """
    endpoint = _replayable(caller, work, endpoint_id)
    found = store.list_events_between(
        work, endpoint.integration_id, span.since, span.until, above=span.after, up_to=span.up_to, limit=_AT_ONCE
    )
    if not found:
        return 0, None
    sent = _send_again(work, endpoint, [each.id for each in found if endpoint.wants(each.type)])
    return sent, msgspec.structs.replace(span, after=found[-1].id)


def _send_again(work: Work, endpoint: Endpoint, event_ids: Collection[int]) -> int:
    known = store.find_delivered(work, endpoint.id, event_ids)
    ended = [event_id for event_id, status in known.items() if status != "waiting"]
    never_sent = [event_id for event_id in event_ids if event_id not in known]
    store.begin_again(work, endpoint.id, ended)
    store.add_deliveries(work, endpoint.id, never_sent)
    jobs.send(work, endpoint, [*ended, *never_sent])
    return len(ended) + len(never_sent)


def _require_target(url: str, *, allow_private: bool) -> None:
    try:
        read_target(url, allow_private=allow_private)
    except AddressRefused as refusal:
        raise refusal.at("/url") from None


def _replayable(caller: Caller, work: Work, endpoint_id: str, *, lock: bool = True) -> Endpoint:
    endpoint = _get(caller, work, endpoint_id, lock=lock)
    if not endpoint.enabled:
        raise Conflict("enable the endpoint first", currentState="disabled")
    return endpoint


def _get(caller: Caller, work: Work, endpoint_id: str, *, lock: bool) -> Endpoint:
    _, integration_id = caller.require(Scope.WEBHOOKS_WRITE)
    endpoint = store.find_endpoint(work, endpoint_id, lock=lock)
    if endpoint is None or endpoint.integration_id != integration_id:
        raise NotFound(f"there is no webhook endpoint {endpoint_id}")
    return endpoint


def _saved(work: Work, endpoint: Endpoint) -> Endpoint:
    store.save_endpoint(work, endpoint)
    return endpoint
