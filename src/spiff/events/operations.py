"""What may be done with events: record one beside the change it tells of, list them. Knows nobody who listens."""

from collections.abc import Sequence
from typing import Any

from spiff.auth.caller import Caller, Scope
from spiff.events import store
from spiff.events.model import Event, EventType, Page
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
    caller: Caller, work: Work, *, after: int | None, limit: int, types: Sequence[EventType] | None = None
) -> Page:
    """Events of the caller's integration behind the cursor `after`; with None, none but the newest cursor.

    Where nothing more is to be had the cursor moves to the end of the log, past what others are told: so a listener
    for something rare does not look through the same events each time.
    """
    _, integration_id = caller.require(Scope.EVENTS_READ)
    newest = store.find_newest_id(work)
    if after is None:
        return Page([], newest, complete=True)
    # Events committed between the two queries lie above `newest`: they may be in the page, never below its cursor.
    found = store.list_events(work, after=after, limit=limit, integration_id=integration_id, types=types)
    complete = len(found) < limit
    last = found[-1].id if found else after
    return Page(found, max(last, newest) if complete else last, complete)
