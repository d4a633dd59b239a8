"""What orders tell those who listen (docs/events.md). Knows no listener, and not when things happen."""

from typing import Any

from spiff.events.model import EventType
from spiff.events.operations import record_event
from spiff.fulfilment.model import PrintFile
from spiff.orders.model import Order, OrderItem
from spiff.storage.work import Work


def order_received(work: Work, order: Order, items: tuple[OrderItem, ...]) -> None:
    """A shop ordered; items that wait for something are told of one by one."""
    record_event(
        work,
        "order.received",
        order.id,
        partner_id=order.partner_id,
        integration_id=order.integration_id,
        orderId=order.id,
        externalId=order.external_id,
        paid=order.paid,
        items=len(items),
    )
    for item in items:
        if item.status == "held":
            item_held(work, order, item, "unpaid")


def item_held(work: Work, order: Order, item: OrderItem, reason: str) -> None:
    """An item waits for somebody."""
    _of_item(work, "item.held", order, item, reason=reason)


def item_released(work: Work, order: Order, item: OrderItem) -> None:
    """An item that waited is on its way."""
    _of_item(work, "item.released", order, item)


def item_cancelled(work: Work, order: Order, item: OrderItem) -> None:
    """An item was given up."""
    _of_item(work, "item.cancelled", order, item)


def item_failed(work: Work, order: Order, item: OrderItem, reason: str) -> None:
    """An item cannot go on by itself."""
    _of_item(work, "item.failed", order, item, reason=reason)


def print_files_ready(work: Work, order: Order, item: OrderItem, made: list[PrintFile]) -> None:
    """All print files of an item are there."""
    files = [{"panel": each.panel, "format": each.format, "sha256": each.sha256, "bytes": each.bytes} for each in made]
    _of_item(work, "print_file.ready", order, item, files=files)


def item_delivered(work: Work, order: Order, item: OrderItem) -> None:
    """An item's files reached whoever prints them."""
    _of_item(work, "item.delivered", order, item)


def _of_item(work: Work, type_: EventType, order: Order, item: OrderItem, **facts: Any) -> None:
    record_event(
        work,
        type_,
        item.id,
        partner_id=order.partner_id,
        integration_id=order.integration_id,
        orderId=order.id,
        externalId=order.external_id,
        itemId=item.id,
        transactionId=item.transaction_id,
        **facts,
    )
