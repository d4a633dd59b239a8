"""What a merchant may do with an item that was ordered: hold, release, cancel, retry, regenerate, redeliver.

Knows neither the door it is asked through nor how files are made. Asked twice, each does its thing once.
"""

from collections.abc import Callable, Collection
from datetime import datetime
from typing import NoReturn

from spiff.auth.caller import Caller, Scope
from spiff.errors import NotFound
from spiff.fulfilment import operations as fulfilment
from spiff.orders import events, jobs, store, timeline_store
from spiff.orders.model import Order, OrderItem, WrongItemState
from spiff.orders.moving import begun_again, moved
from spiff.orders.states import HeldReason, Status
from spiff.orders.timeline import Entry
from spiff.storage.work import Work

Steer = Callable[[Caller, Work, str, str, str], OrderItem]
"""Takes the caller, the work, the ids of order and item, and who is at the wheel (timeline.py)."""


def hold(
    caller: Caller, work: Work, order_id: str, item_id: str, actor: str, *, reason: HeldReason = "merchant"
) -> OrderItem:
    """Keep an item from being made. Raises NotFound, or WrongItemState once it is being made."""
    order, item = _find(caller, work, order_id, item_id)
    if item.status == "held" and item.held_reason == reason:
        return item
    # What waits for money and is held by hand is held by hand: its payment does not release it.
    waiting = moved(work, item, "received", "released", actor=actor) if item.status == "held" else item
    return _held(work, order, waiting or item, actor, reason)


def release(caller: Caller, work: Work, order_id: str, item_id: str, actor: str) -> OrderItem:
    """Let a held item be made; one that was not paid for waits for that then, and is made when it is released again.

    Raises NotFound or WrongItemState.
    """
    order, item = _find(caller, work, order_id, item_id)
    if item.status == "received":
        return item
    released = moved(work, item, "received", "released", actor=actor)
    if not released:
        _refuse(item, "released while it is held")
    if not order.paid and item.held_reason != "unpaid":
        return _held(work, order, released, actor, "unpaid")
    jobs.render_print_files(work, released)
    events.item_released(work, order, released)
    return released


def cancel(caller: Caller, work: Work, order_id: str, item_id: str, actor: str) -> OrderItem:
    """Give an item up before anything was made. Raises NotFound or WrongItemState."""
    order, item = _find(caller, work, order_id, item_id)
    if item.status == "cancelled":
        return item
    cancelled = moved(work, item, "cancelled", "cancelled", actor=actor)
    if not cancelled:
        _refuse(item, "cancelled before it is being made")
    events.item_cancelled(work, order, cancelled)
    return cancelled


def retry(caller: Caller, work: Work, order_id: str, item_id: str, actor: str) -> OrderItem:
    """Make an item that failed once more. Raises NotFound or WrongItemState."""
    _, item = _find(caller, work, order_id, item_id)
    if item.status != "failed":
        _refuse(item, "tried again after it failed")
    return _remade(work, item, "retried", actor)


def regenerate(caller: Caller, work: Work, order_id: str, item_id: str, actor: str) -> OrderItem:
    """Make the files of an item anew; those there are stay until then. Raises NotFound or WrongItemState."""
    _, item = _find(caller, work, order_id, item_id)
    if item.status == "failed":
        _refuse(item, "made anew once its files are there")
    return _remade(work, item, "regenerated", actor)


def redeliver(caller: Caller, work: Work, order_id: str, item_id: str, actor: str) -> OrderItem:
    """Send the files there are out again, also where they wait for a person. Raises as `regenerate`."""
    order, item = _find(caller, work, order_id, item_id)
    files = fulfilment.list_print_files(work, [item.id])[item.id]
    again = begun_again(work, item, "ready", "redelivered", actor=actor) if files else None
    if again is None:
        _refuse(item, "delivered again once its files are there")
    events.print_files_ready(work, order, again, files)
    jobs.send_out(work, again, asked=True)
    return again


def confirm_delivered(caller: Caller, work: Work, order_id: str, item_id: str, actor: str) -> OrderItem:
    """The files reached whoever prints them. Raises NotFound or WrongItemState."""
    order, item = _find(caller, work, order_id, item_id)
    if item.status == "delivered":
        return item
    leaving = moved(work, item, "delivering", "delivering", actor=actor) or item
    delivered = moved(work, leaving, "delivered", "delivered", actor=actor)
    if not delivered:
        _refuse(item, "delivered once its files are there")
    events.item_delivered(work, order, delivered)
    return delivered


VERBS: dict[str, Steer] = {
    "hold": hold,
    "release": release,
    "cancel": cancel,
    "retry": retry,
    "regenerate": regenerate,
    "redeliver": redeliver,
    "delivered": confirm_delivered,
}
"""By the word in the address and on the command line."""


def arrived_before(caller: Caller, work: Work, signature: str) -> bool:
    """Whether this very request moved an item already, sent again by some program on the way."""
    _, integration_id = caller.require(Scope.ORDERS_WRITE)
    return not store.add_steered(work, integration_id, signature)


def get_item(caller: Caller, work: Work, order_id: str, item_id: str) -> OrderItem:
    """An item of an order. Raises NotFound."""
    return _find(caller, work, order_id, item_id)[1]


def list_requests(work: Work, before: datetime, most: int) -> list[tuple[str, str]]:
    """Which requests moved items before that instant: integrations and signatures."""
    return store.list_steered(work, before, most)


def forget_requests(work: Work, ids: Collection[tuple[str, str]]) -> int:
    """Forget that these requests moved items; how many that were."""
    return store.remove_steered(work, ids)


def list_timeline(caller: Caller, work: Work, order_id: str, item_id: str) -> list[Entry]:
    """What happened to an item. Raises NotFound."""
    _, integration_id = caller.require(Scope.ORDERS_READ)
    order = store.get_order(work, integration_id, order_id)
    if item_id not in {item.id for item in store.list_items(work, order.id)}:
        raise NotFound(f"order {order_id} has no item {item_id}")
    return timeline_store.list_entries(work, item_id)


def _find(caller: Caller, work: Work, order_id: str, item_id: str) -> tuple[Order, OrderItem]:
    partner_id, integration_id = caller.require(Scope.ORDERS_WRITE)
    # Before the item, as a payment does: whoever releases it knows whether it is paid for.
    order = store.get_order(work, integration_id, order_id, lock=True)
    item = store.get_item(work, partner_id, item_id)
    if item.order_id != order.id:
        raise NotFound(f"order {order_id} has no item {item_id}")
    return order, item


def _held(work: Work, order: Order, item: OrderItem, actor: str, reason: HeldReason) -> OrderItem:
    held = moved(work, item, "held", "held", actor=actor, reason=reason)
    if held is None:
        _refuse(item, "held before it is being made")
    events.item_held(work, order, held, reason)
    return held


def _remade(work: Work, item: OrderItem, action: str, actor: str) -> OrderItem:
    again = begun_again(work, item, "received", action, actor=actor)
    if again is None:
        _refuse(item, "made anew once its files are there")
    jobs.render_print_files(work, again)
    return again


def _refuse(item: OrderItem, when: str) -> NoReturn:
    current: Status = item.status
    raise WrongItemState(f"an item can be {when}; this one is {current}", currentState=current)
