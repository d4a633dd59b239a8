"""Moves an item and writes it down, both or neither: the one place where an item's state changes. Knows no caller."""

from typing import Any

import msgspec

from spiff.orders import store, timeline_store
from spiff.orders.model import OrderItem
from spiff.orders.states import HeldReason, Status, may_begin_again, may_move
from spiff.orders.timeline import Entry, sealed
from spiff.storage.work import Work

WORKER = "worker"


def begun(work: Work, item: OrderItem, *, actor: str, digest: str) -> tuple[OrderItem, Entry]:
    """A new item and the first entry of its timeline, still to be written: which design, at what price."""
    return _entered(work, item, "ordered", actor, facts_of(item) | {"designDigest": digest})


def facts_of(item: OrderItem) -> dict[str, Any]:
    """What of an item never changes; its first entry holds it."""
    return {
        "orderId": item.order_id,
        "transactionId": item.transaction_id,
        "designId": item.design_id,
        "amount": item.amount,
        "currency": item.price_currency,
        "unitAmount": item.unit_amount,
        "totalAmount": item.total_amount,
    }


def moved(work: Work, item: OrderItem, wanted: Status, action: str, *, actor: str, **facts: Any) -> OrderItem | None:
    """The item after a move forward, written; None, and nothing written, where its state has no such move."""
    if not may_move(item.status, wanted):
        return None
    reason: HeldReason | None = facts.get("reason") if wanted == "held" else None
    failure = facts.get("reason") if wanted == "failed" else None
    changed = msgspec.structs.replace(item, status=wanted, held_reason=reason, failure=failure)
    return _saved(work, *_entered(work, changed, action, actor, facts))


def begun_again(work: Work, item: OrderItem, wanted: Status, action: str, *, actor: str) -> OrderItem | None:
    """The item at the beginning of its next turn, written; None where a person may not send it there."""
    if not may_begin_again(item.status, wanted):
        return None
    changed = msgspec.structs.replace(item, status=wanted, held_reason=None, failure=None, turn=item.turn + 1)
    return _saved(work, *_entered(work, changed, action, actor, {}))


def _entered(work: Work, item: OrderItem, action: str, actor: str, facts: dict[str, Any]) -> tuple[OrderItem, Entry]:
    entry = sealed(
        item.id,
        item.timeline_count + 1,
        item.timeline_head,
        at=work.now,
        actor=actor,
        action=action,
        status=item.status,
        turn=item.turn,
        facts=facts,
    )
    return msgspec.structs.replace(item, timeline_count=entry.position, timeline_head=entry.digest), entry


def _saved(work: Work, item: OrderItem, entry: Entry) -> OrderItem:
    store.save_item(work, item)
    timeline_store.add_entry(work, entry)
    return item
