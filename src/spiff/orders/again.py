"""An order that was placed before: finds it, and releases what waited for money. Knows no HTTP (docs/decisions/007)."""

from collections.abc import Collection, Sequence
from datetime import timedelta

import msgspec

from spiff.orders import events, jobs, store
from spiff.orders.model import IdempotencyConflict, Order, OrderItem, PlacedOrder, PlaceOrder
from spiff.orders.moving import moved
from spiff.orders.repeating import differences
from spiff.storage.work import Work
from spiff.transactions.model import AlreadyOrdered

_REMEMBERED = {"key": timedelta(days=30), "digest": timedelta(hours=24)}
"""How long an order keeps its name, by what the name is made of; a shop's own order number it keeps for good."""


def repeated(work: Work, order: Order, wanted: PlaceOrder, problems: Collection[str]) -> PlacedOrder | None:
    """The earlier order, where this is one that was placed before; `problems` are the codes of its items' problems.

    Raises IdempotencyConflict where it was ordered in another way.
    """
    first = _first_of(work, order, wanted) if set(problems) == {AlreadyOrdered.code} else None
    if first is not None and order.signature is not None and first.signature == order.signature:
        return _again(work, first, wanted)  # the very same request: a signature covers what is ordered, and not the key
    same = store.find_same_order(work, order.integration_id, order.identity)
    if same is not None and not _is_forgotten(work, same, order):
        return _again(work, same, wanted)
    return _under_another_name(work, first, wanted)


def free_name(work: Work, order: Order) -> None:
    """Where an order of long ago has the name of this one, it loses it."""
    if (lifetime := _lifetime(order)) is not None:
        store.forget_identity(work, order, placed_before=work.now - lifetime)


def _first_of(work: Work, order: Order, wanted: PlaceOrder) -> Order | None:
    return store.find_order_of(work, order.integration_id, wanted.items[0].transaction_id)


def _under_another_name(work: Work, first: Order | None, wanted: PlaceOrder) -> PlacedOrder | None:
    """The first order, where the shop's order number and the lines are its own and only the key is another.

    A client that makes a new Idempotency-Key for each try still means the same order.
    """
    if first is None or wanted.external_id is None or differences(first, store.list_items(work, first.id), wanted):
        return None
    return _again(work, first, wanted)


def _is_forgotten(work: Work, same: Order, order: Order) -> bool:
    """Whether an earlier order had its name for so long that another may have it."""
    lifetime = _lifetime(order)
    return lifetime is not None and same.created_at < work.now - lifetime


def _lifetime(order: Order) -> timedelta | None:
    return _REMEMBERED.get(order.identity.partition(":")[0])


def _again(work: Work, order: Order, wanted: PlaceOrder) -> PlacedOrder:
    """The earlier order, where this is the same; released, where all that changed is that it is paid now."""
    items = store.list_items(work, order.id)
    if different := differences(order, items, wanted):
        raise IdempotencyConflict(
            f"order {order.id} was placed before under the same name, and it differs: {different[0].detail}",
            errors=[each.as_error() for each in different],
            orderId=order.id,
        )
    if wanted.paid and store.mark_paid(work, order.id):
        return PlacedOrder(msgspec.structs.replace(order, paid=True), _release(work, order, items))
    return PlacedOrder(order, items, replayed=True)


def _release(work: Work, order: Order, items: Sequence[OrderItem]) -> tuple[OrderItem, ...]:
    """The items, of which those that waited for money are on their way; what is held for another reason stays held."""
    actor = f"integration:{order.integration_id}"
    held = [store.get_item(work, order.partner_id, each.id) for each in items]
    released = tuple(
        (each.held_reason == "unpaid" and moved(work, each, "received", "paid", actor=actor)) or each for each in held
    )
    changed = [after for before, after in zip(held, released, strict=True) if before is not after]
    for item in changed:
        jobs.render_print_files(work, item)
        events.item_released(work, order, item)
    return released
