"""What may be done with events: record one beside the change it tells of, list them. Knows nobody who listens."""

from collections.abc import Sequence
from typing import Any

from spiff.events import store
from spiff.events.model import Event, EventType
from spiff.storage.work import Work


def record_event(
    work: Work, type_: EventType, subject_id: str, *, partner_id: str, integration_id: str, **payload: Any
) -> None:
    """Tell, in the transaction of the change itself, that something happened; `payload` in camelCase (docs/events.md).

    The row is written with those of all who share the commit: an operation cannot read its own events.
    """
    row = {
        "partner_id": partner_id,
        "integration_id": integration_id,
        "type": type_,
        "subject_id": subject_id,
        "payload": payload,
        "created_at": work.now,
    }
    work.add_at_commit(store.append, row)


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
