"""Events: what happened, for others to be told of. Knows no domain and nobody who listens."""

from datetime import datetime
from typing import Any, Literal, get_args

import msgspec

EventType = Literal[
    "transaction.completed", "order.received", "print_file.ready", "item.held", "item.failed", "item.delivered"
]
"""Public names: never renamed (docs/events.md)."""

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)


class Event(msgspec.Struct, frozen=True):
    """One thing that happened to the transaction, order or item `subject_id`. Ids grow in the order of commits."""

    id: int
    partner_id: str
    integration_id: str
    type: EventType
    subject_id: str
    payload: dict[str, Any]
    """Ids and a few facts, in camelCase; what is larger is read by its id."""
    created_at: datetime
