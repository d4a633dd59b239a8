"""The jobs that webhooks promise. Knows their names and payloads, not how they are done."""

from collections.abc import Iterable

from spiff.jobs.model import enqueue
from spiff.jobs.operations import withdraw
from spiff.storage.work import Work
from spiff.webhooks.model import Endpoint

SEND = "webhooks.send"


def send(work: Work, endpoint: Endpoint, event_ids: Iterable[int]) -> None:
    """Promise to tell an endpoint of these events."""
    for event_id in event_ids:
        enqueue(work, SEND, endpoint.partner_id, endpoint_id=endpoint.id, event_id=str(event_id))


def forget(work: Work, endpoint: Endpoint) -> None:
    """The endpoint is told of nothing any more."""
    withdraw(work, SEND, endpoint.partner_id, endpoint_id=endpoint.id)
