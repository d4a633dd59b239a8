"""Webhooks: addresses that want to be told, and what became of telling them. Knows no HTTP and no database."""

from datetime import datetime, timedelta
from typing import Literal

import msgspec

from spiff.errors import SpiffError
from spiff.events.model import EventType

DELAYS_SECONDS = (5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400)
"""The waits that Standard Webhooks suggests: ten tries in a little over three days."""
JITTER = 0.1
DISABLED_AFTER = timedelta(days=5)
"""So long nothing but failures, and an address is not asked any more."""
OLD_SECRET_LIFETIME = timedelta(hours=24)
"""So long messages are signed with the old secret beside the new one."""
MOST_ENDPOINTS = 20
"""Of one integration."""

DeliveryStatus = Literal["waiting", "delivered", "dead"]


class Secret(msgspec.Struct, frozen=True):
    """What messages are signed with, until then."""

    value: str
    until: datetime | None = None

    def __repr__(self) -> str:
        """Without the secret: this may end up in a log."""
        return f"Secret(until={self.until})"


class Endpoint(msgspec.Struct, frozen=True):
    """An address that is told of an integration's events."""

    id: str
    partner_id: str
    integration_id: str
    url: str
    description: str
    events: tuple[EventType, ...]
    """Which; all, where none is named."""
    secrets: tuple[Secret, ...]
    """The newest first."""
    enabled: bool
    disabled_reason: str | None
    cursor: int
    """Up to which event it was seen to."""
    failing_since: datetime | None
    created_at: datetime

    def wants(self, type_: EventType) -> bool:
        """Whether it is to be told of such an event."""
        return not self.events or type_ in self.events

    def live_secrets(self, now: datetime) -> list[str]:
        """What messages are signed with now."""
        return [each.value for each in self.secrets if each.until is None or now < each.until]


class Delivery(msgspec.Struct, frozen=True):
    """One event for one endpoint."""

    endpoint_id: str
    event_id: int
    status: DeliveryStatus
    attempts: int
    answered: int | None
    """The HTTP status of the last answer."""
    failure: str | None
    updated_at: datetime


class Message(msgspec.Struct, frozen=True):
    """A signed request, ready to be sent."""

    url: str
    headers: dict[str, str]
    body: bytes


class WebhookFailed(SpiffError):
    """The receiver did not accept a message; it is tried again."""

    status, code, title = 502, "webhook-failed", "The receiver did not accept the message"
