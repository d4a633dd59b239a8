"""What may be done with orders: place, read, print. Knows no HTTP and no drawing (docs/decisions/007)."""

from collections.abc import Sequence
from datetime import timedelta

import msgspec

from spiff.assets import operations as assets
from spiff.assets.model import File
from spiff.auth.caller import Caller, Scope
from spiff.catalogue import operations as catalogue
from spiff.catalogue.channels import Delivery
from spiff.errors import Invalid, NotFound, SpiffError, Unavailable
from spiff.fulfilment import operations as fulfilment
from spiff.fulfilment.model import PrintFile
from spiff.orders import events, jobs, store
from spiff.orders.charging import PriceDiffers, charge
from spiff.orders.model import (
    Deliverable,
    IdempotencyConflict,
    ItemsUnavailable,
    Order,
    OrderItem,
    PlacedOrder,
    PlaceOrder,
    PrintSpec,
    Problem,
    TooManyItems,
    WantedItem,
)
from spiff.orders.moving import WORKER, begun, moved
from spiff.orders.repeating import differences
from spiff.pricing.model import BelowMinimumQuantity, Price
from spiff.pricing.tokens import PriceTokenRefused
from spiff.storage.work import Work
from spiff.transactions import operations as transactions
from spiff.transactions.agreeing import Agreement
from spiff.transactions.model import AlreadyOrdered, DesignUnfinished
from spiff.transactions.ordering import Orderable, get_orderable, mark_ordered

_REMEMBERED = {"key": timedelta(days=30), "digest": timedelta(hours=24)}
"""How long an order keeps its name, by what the name is made of; a shop's own order number it keeps for good."""
_PRECEDENCE = (422, 404, 409)
_INVALID = {each.code: each for each in (TooManyItems, BelowMinimumQuantity, PriceTokenRefused)}
_MEMBERS = {BelowMinimumQuantity: "amountToOrder", PriceTokenRefused: "priceToken", PriceDiffers: "priceToken"}
"""The member of an item that a failure is about, where it is not the transaction."""


def place_order(caller: Caller, work: Work, wanted: PlaceOrder) -> PlacedOrder:
    """Record the order, mark its transactions and ask for the print files: all or nothing (contract/rest.md 4).

    The same order again is answered with the first. Raises Invalid, NotFound or ItemsUnavailable with every problem
    of every item, IdempotencyConflict where it was ordered before in another way.
    """
    partner_id, integration_id = caller.require(Scope.ORDERS_WRITE)
    order = _new_order(work, partner_id, integration_id, wanted, test=caller.test)
    if not wanted.problems and not _add_order(work, order):
        return _repeated(work, integration_id, wanted)
    problems = list(wanted.problems)
    items = [_place_item(work, order, item, problems) for item in wanted.items if item.transaction_id]
    if problems:
        if repeated := _under_another_name(work, order, wanted, problems):
            return repeated
        raise _refusal(problems)
    placed = tuple(item for item in items if item is not None)
    _ask_for_print_files(work, placed)
    events.order_received(work, order, placed)
    return PlacedOrder(order, placed)


def get_order(caller: Caller, work: Work, order_id: str) -> PlacedOrder:
    """An order of the caller's integration. Raises NotFound, also for somebody else's."""
    _, integration_id = caller.require(Scope.ORDERS_READ)
    order = store.get_order(work, integration_id, order_id)
    return PlacedOrder(order, store.list_items(work, order.id))


def list_newest(work: Work, status: str | None, limit: int) -> list[PlacedOrder]:
    """The newest orders of the installation, with an item in that state where one is named. For operators."""
    return [PlacedOrder(order, store.list_items(work, order.id)) for order in store.list_newest(work, status, limit)]


def find_by_any_name(work: Work, name: str) -> PlacedOrder:
    """An order by its id, or by a shop's own number that only one shop gave out. For operators. Raises NotFound."""
    found = store.list_by_any_name(work, name)
    if len(found) != 1:
        what = "no order" if not found else f"{len(found)} orders, of several shops,"
        raise NotFound(f"there is {what} {name!r}")
    return PlacedOrder(found[0], store.list_items(work, found[0].id))


def list_print_files(caller: Caller, work: Work, placed: PlacedOrder) -> dict[str, list[PrintFile]]:
    """The print files of an order's items, by item."""
    caller.require(Scope.ORDERS_READ)
    return fulfilment.list_print_files(work, [item.id for item in placed.items])


def list_preflights(caller: Caller, work: Work, placed: PlacedOrder) -> dict[str, list[dict[str, str]]]:
    """What each item's product warned of when its design was finished, by item."""
    caller.require(Scope.ORDERS_READ)
    reports = transactions.list_preflights(work, [item.design_id for item in placed.items])
    return {item.id: reports[item.design_id] for item in placed.items}


def list_agreements(caller: Caller, work: Work, placed: PlacedOrder) -> dict[str, Agreement | None]:
    """What was agreed to when each item's design was finished, by item; None where its product had no terms."""
    caller.require(Scope.ORDERS_READ)
    found = transactions.list_agreements(work, [item.design_id for item in placed.items])
    return {item.id: found[item.design_id] for item in placed.items}


def begin_rendering(caller: Caller, work: Work, item_id: str, turn: int = 1) -> PrintSpec | None:
    """What to draw for an item, which counts as rendering from now on; None where there is nothing to do any more."""
    item = store.get_item(work, caller.partner_id, item_id)
    if item.turn != turn:
        return None
    if not moved(work, item, "rendering", "rendering", actor=WORKER) and item.status != "rendering":
        return None
    design = transactions.get_design(work, item.design_id)
    return PrintSpec(item_id, design.scene_digest, design.product_name, design.printing)


def attach_print_files(
    caller: Caller, work: Work, item_id: str, made: Sequence[tuple[PrintFile, File]], turn: int = 1
) -> bool:
    """Record an item's print files and call it ready; False, and nothing written, where somebody did so before."""
    item = store.get_item(work, caller.partner_id, item_id)
    print_files = [print_file for print_file, _ in made]
    digests = {f"{each.panel}.{each.format}": each.sha256 for each in print_files}
    ready = moved(work, item, "ready", "print-files-made", actor=WORKER, files=digests) if item.turn == turn else None
    if ready is None:
        return False
    for _, file in made:
        assets.record_file(work, file)
    fulfilment.remove_print_files(work, item_id)
    fulfilment.attach_print_files(work, print_files)
    events.print_files_ready(work, store.get_order_of(work, item), ready, print_files)
    if _find_delivery(work, ready).rules:
        jobs.send_out(work, ready)
    return True


def fail_item(caller: Caller, work: Work, item_id: str, reason: str, turn: int = 1) -> None:
    """The item's print files cannot be made; the reason is for the merchant to read."""
    item = store.get_item(work, caller.partner_id, item_id)
    if item.turn == turn and (failed := moved(work, item, "failed", "failed", actor=WORKER, reason=reason)):
        events.item_failed(work, store.get_order_of(work, item), failed, reason)


def get_deliverable(caller: Caller, work: Work, item_id: str, turn: int) -> Deliverable:
    """An item, its order and its files, for whoever sends them out. Raises NotFound, also where the turn is over."""
    item = store.get_item(work, caller.partner_id, item_id)
    if item.turn != turn:
        raise NotFound(f"item {item_id} is in another turn")
    transaction = transactions.get_transaction(work, item.transaction_id)
    files = fulfilment.list_print_files(work, [item_id])[item_id]
    return Deliverable(store.get_order_of(work, item), item, transaction.product_id, transaction.product_name, files)


def begin_delivery(work: Work, found: Deliverable, channels: Sequence[str]) -> bool:
    """The item's files are on their way; False, and nothing written, where they are already."""
    return bool(moved(work, found.item, "delivering", "sent-out", actor=WORKER, channels=list(channels)))


def end_delivery(work: Work, found: Deliverable) -> None:
    """The item's files are everywhere they were sent to."""
    if delivered := moved(work, found.item, "delivered", "delivered", actor=WORKER):
        events.item_delivered(work, found.order, delivered)


def _find_delivery(work: Work, item: OrderItem) -> Delivery:
    product_id = transactions.get_transaction(work, item.transaction_id).product_id
    return catalogue.get_product(work, product_id).delivery


def _add_order(work: Work, order: Order) -> bool:
    """Write a new order; False where its name or signature is another's. One of long ago loses its name."""
    if store.add_order(work, order):
        return True
    lifetime = _REMEMBERED.get(order.identity.partition(":")[0])
    forgotten = lifetime is not None and store.forget_identity(work, order, placed_before=work.now - lifetime)
    return forgotten and store.add_order(work, order)


def _new_order(work: Work, partner_id: str, integration_id: str, wanted: PlaceOrder, *, test: bool) -> Order:
    return Order(
        id=work.new_row_id(),
        partner_id=partner_id,
        integration_id=integration_id,
        external_id=wanted.external_id,
        identity=wanted.identity,
        request_digest=wanted.digest,
        signature=wanted.signature,
        paid=wanted.paid,
        auto_print=wanted.auto_print,
        external_data=wanted.external_data,
        raw_external_data=wanted.raw_external_data,
        created_at=work.now,
        test=test,
    )


def _place_item(work: Work, order: Order, wanted: WantedItem, problems: list[Problem]) -> OrderItem | None:
    """The item, written; or None, and its problem among `problems`, which will undo whatever was written."""
    try:
        design = get_orderable(work, order.partner_id, wanted.transaction_id)
        item = _new_item(work, order, wanted, design, _charge(work, design, wanted))
        item, entry = begun(work, item, actor=f"integration:{order.integration_id}", digest=design.digest)
        if not _is_free(work, item, write=not problems):
            raise _ordered_before(store.find_item_status(work, item.transaction_id))
        if not problems:
            mark_ordered(work, wanted.transaction_id)
            store.add_entry(work, entry)
    except (NotFound, DesignUnfinished, AlreadyOrdered, PriceDiffers, Invalid) as failure:
        problems.append(_item_problem(wanted.position, failure))
        return None
    return item


def _charge(work: Work, design: Orderable, wanted: WantedItem) -> Price:
    """What the item costs. One that is ordered already says so first: its price was settled then."""
    try:
        return charge(work, design, wanted)
    except (PriceDiffers, Invalid):
        if status := store.find_item_status(work, wanted.transaction_id):
            raise _ordered_before(status) from None
        raise


def _is_free(work: Work, item: OrderItem, *, write: bool) -> bool:
    """Whether nobody ordered this transaction. Once there is a problem, items are looked at but not written."""
    return store.add_item(work, item) if write else store.find_item_status(work, item.transaction_id) is None


def _new_item(work: Work, order: Order, wanted: WantedItem, design: Orderable, price: Price) -> OrderItem:
    return OrderItem(
        id=work.new_row_id(),
        order_id=order.id,
        partner_id=order.partner_id,
        position=wanted.position,
        transaction_id=wanted.transaction_id,
        design_id=design.design_id,
        amount=wanted.amount,
        status="received" if order.paid else "held",
        base_cost=design.base_cost,
        options_cost=design.options_cost,
        held_reason=None if order.paid else "unpaid",
        currency=design.pricing.currency,
        price_currency=price.currency,
        unit_amount=price.unit_amount,
        total_amount=price.total_amount,
    )


def _repeated(work: Work, integration_id: str, wanted: PlaceOrder) -> PlacedOrder:
    order = store.find_same_order(work, integration_id, wanted.identity, wanted.signature)
    if order is None:
        raise Unavailable("the same order is being placed right now")
    return _again(work, order, wanted)


def _under_another_name(
    work: Work, order: Order, wanted: PlaceOrder, problems: Sequence[Problem]
) -> PlacedOrder | None:
    """The first order, where the shop's order number and the lines are its own and only the key is another.

    A client that makes a new Idempotency-Key for each try still means the same order.
    """
    if order.external_id is None or any(problem.code != AlreadyOrdered.code for problem in problems):
        return None
    first = store.find_order_of(work, order.integration_id, wanted.items[0].transaction_id)
    if first is None or differences(first, store.list_items(work, first.id), wanted):
        return None
    store.remove_order(work, order.id)
    return _again(work, first, wanted)


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
    _ask_for_print_files(work, changed)
    for item in changed:
        events.item_released(work, order, item)
    return released


def _ask_for_print_files(work: Work, items: Sequence[OrderItem]) -> None:
    for item in items:
        if item.status == "received":
            jobs.render_print_files(work, item)


def _ordered_before(status: str | None) -> AlreadyOrdered:
    return AlreadyOrdered("this transaction is in an order already", currentState=status or "ordered")


def _item_problem(position: int, failure: SpiffError) -> Problem:
    here = f"/orderItems/{position}/{_MEMBERS.get(type(failure), 'transactionId')}"
    extra = failure.extra
    return Problem(here, failure.code, failure.detail, failure.status, extra.get("currentState"), extra.get("prices"))


def _refusal(problems: Sequence[Problem]) -> SpiffError:
    """One refusal for all problems; what is wrong with the request itself weighs more than what it is about."""
    status = min((problem.status for problem in problems), key=_PRECEDENCE.index)
    worst = next(problem for problem in problems if problem.status == status)
    errors = [problem.as_error() for problem in problems]
    sentence = f"{len(problems)} problems, nothing was ordered: {worst.detail}" if len(problems) > 1 else worst.detail
    if status == 404:
        return NotFound(sentence, errors=errors)
    if status == 409:
        differ = [{"pointer": each.pointer, **each.prices} for each in problems if each.prices]
        more = {"prices": differ} if differ else {}
        return ItemsUnavailable(worst.code, sentence, errors=errors, currentState=worst.current_state, **more)
    return _INVALID.get(worst.code, Invalid)(sentence, errors=errors)
