"""What endpoints still need of the log of events, and forgetting what became of telling them of old ones.

Knows no HTTP and not when events are old.
"""

from collections import Counter

import msgspec

from spiff.storage.work import Work
from spiff.webhooks import store
from spiff.webhooks.model import DeliveryStatus


class Listeners(msgspec.Struct, frozen=True):
    """The endpoints of an integration, as far as the log of events concerns them."""

    endpoint_ids: list[str]
    needed_from: int | None
    """The first event that one of them is still to be told of, or was not seen to yet; None without endpoints."""


def find_listeners(work: Work, integration_id: str, *, hold: bool) -> Listeners:
    """The endpoints there are; with `hold` nothing is replayed to them until this transaction ends."""
    list_them = store.hold_endpoints if hold else store.list_endpoints
    endpoints = list_them(work, integration_id)
    waiting = (store.find_first_waiting(work, each.id) for each in endpoints)
    # An endpoint that is switched off goes on, if ever, with what happens after that.
    unseen = (each.cursor + 1 for each in endpoints if each.enabled)
    needed = [each for each in (*waiting, *unseen) if each is not None]
    return Listeners([each.id for each in endpoints], min(needed, default=None))


def count_deliveries(work: Work, listeners: Listeners, *, above: int, up_to: int) -> Counter[DeliveryStatus]:
    """How many deliveries of these events are remembered, by how they ended."""
    return store.count_deliveries(work, listeners.endpoint_ids, above, up_to)


def forget_deliveries(work: Work, listeners: Listeners, *, up_to: int) -> None:
    """Forget what became of telling of all events up to this one. Dead letters among them can be replayed no more."""
    store.remove_deliveries(work, listeners.endpoint_ids, up_to)
