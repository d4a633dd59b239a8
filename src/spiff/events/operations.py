"""What may be done with events: record one beside the change it tells of, list them. Knows nobody who listens."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal

from spiff.auth.caller import Caller, Scope
from spiff.events import store
from spiff.events.model import Event, EventsRemoved, EventType, Page, Removed
from spiff.storage.work import Work


def record_event(
    work: Work, type_: EventType, subject_id: str, *, partner_id: str, integration_id: str, **payload: Any
) -> None:
    """Tell, in the transaction of the change itself, that something happened; `payload` in camelCase (docs/events.md).

    The row is written with those of all who share the commit: an operation cannot read its own events.
    """
    work.add_at_commit(store.append, (partner_id, integration_id, type_, subject_id, payload, work.now))


def list_events(
    work: Work,
    *,
    after: int = 0,
    limit: int = 100,
    integration_id: str | None = None,
    types: Sequence[EventType] | None = None,
) -> list[Event]:
    """Up to `limit` events with ids above `after`, oldest first: of everybody, or of one integration and some types.

    The id of the last one is the next cursor. Nothing is ever committed below an id that was listed.
    """
    return store.list_events(work, after=after, limit=limit, integration_id=integration_id, types=types)


def find_newest_id(work: Work) -> int:
    """The id of the newest event, which is the cursor of whoever wants to hear of later ones only; 0 without any."""
    return store.find_newest_id(work)


def list_page(
    caller: Caller,
    work: Work,
    *,
    after: int | Literal["earliest", "latest"],
    limit: int,
    types: Sequence[EventType] | None = None,
) -> Page:
    """Events of the caller's integration behind the cursor `after`: the earliest that are kept, or none yet.

    Where nothing more is to be had the cursor moves to the end of the log, past what others are told: so a listener
    for something rare does not look through the same events each time. Raises EventsRemoved where some of what lies
    behind the cursor is not kept any more.
    """
    _, integration_id = caller.require(Scope.EVENTS_READ)
    newest = store.find_newest_id(work)
    if after == "latest":
        return Page([], newest, complete=True)
    start = store.find_removed(work, integration_id).up_to if after == "earliest" else after
    # Events committed between the two queries lie above `newest`: they may be in the page, never below its cursor.
    found = store.list_events(work, after=start, limit=limit, integration_id=integration_id, types=types)
    if after != "earliest":
        # Only now: what was removed meanwhile is not in the page.
        require_kept(work, integration_id, after)
    complete = len(found) < limit
    last = found[-1].id if found else start
    return Page(found, max(last, newest) if complete else last, complete)


def require_kept(work: Work, integration_id: str, after: int) -> None:
    """Refuse a cursor behind which events were removed. Raises EventsRemoved."""
    if after < (removed := store.find_removed(work, integration_id)).up_to:
        raise removed_until(removed)


def require_kept_since(work: Work, integration_id: str, since: datetime) -> None:
    """Refuse a span of time in which events were removed. Raises EventsRemoved."""
    if (removed := store.find_removed(work, integration_id)).up_to and since <= removed.until:
        raise removed_until(removed)


def removed_until(removed: Removed) -> EventsRemoved:
    """The refusal, and how to go on."""
    return EventsRemoved(
        f"events up to evt_{removed.up_to}, of {removed.until:%Y-%m-%dT%H:%M:%SZ} and before, were removed because "
        "they are old: ask for later ones, and look at the orders themselves for what these told",
        earliestCursor=str(removed.up_to),
    )
