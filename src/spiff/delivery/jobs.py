"""The jobs that deliveries promise. Knows their names and payloads, not how they are done."""

from spiff.delivery.model import Delivery
from spiff.jobs.model import enqueue
from spiff.storage.work import Work

SEND = "delivery.send"


def send(work: Work, delivery: Delivery) -> None:
    """Promise that a delivery is sent, in the transaction that plans it."""
    enqueue(work, SEND, delivery.partner_id, delivery_id=delivery.id)
