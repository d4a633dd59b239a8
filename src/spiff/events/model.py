"""Events: what happened, for others to be told of. Knows no domain and nobody who listens."""

from datetime import UTC, datetime
from typing import Any, Literal, get_args

import msgspec

from spiff.errors import SpiffError

EventType = Literal[
    "transaction.completed",
    "order.received",
    "item.held",
    "item.released",
    "item.cancelled",
    "print_file.ready",
    "item.failed",
    "item.delivered",
    "webhook_endpoint.disabled",
]
"""Public names: never renamed (docs/events.md)."""

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)


class Event(msgspec.Struct, frozen=True):
    """One thing that happened to `subject_id`, which its type begins with. Ids grow in the order of commits."""

    id: int
    partner_id: str
    integration_id: str
    type: EventType
    subject_id: str
    payload: dict[str, Any]
    """Ids and a few facts, in camelCase; what is larger is read by its id."""
    created_at: datetime

    @property
    def public_id(self) -> str:
        """Its name outside, the same wherever and however often it is told."""
        return f"evt_{self.id}"


class Removed(msgspec.Struct, frozen=True):
    """How far an integration's log was removed, because it was old: what is left above has no gaps."""

    up_to: int = 0
    """The largest id that was removed; where nothing was, 0."""
    until: datetime = datetime.min.replace(tzinfo=UTC)
    """When the newest of them happened."""


class EventsRemoved(SpiffError):
    """Events that are asked for are not kept any more; `earliestCursor` is the cursor behind the last of them."""

    status, code, title = 410, "events-removed", "These events are not kept any more"


class Page(msgspec.Struct, frozen=True):
    """Some events, and the cursor behind them: what is listed from there is new."""

    events: list[Event]
    cursor: int
    complete: bool
    """Whether these are all that there are now."""
