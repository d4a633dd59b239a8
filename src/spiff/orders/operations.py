"""What may be done with orders once they are placed: read them, print and send out their items. Knows no HTTP."""

from collections.abc import Sequence

from spiff.assets import operations as assets
from spiff.assets.model import File
from spiff.auth.caller import Caller, Scope
from spiff.catalogue import operations as catalogue
from spiff.catalogue.channels import Delivery
from spiff.errors import NotFound
from spiff.fulfilment import operations as fulfilment
from spiff.fulfilment.model import PrintFile
from spiff.orders import events, jobs, store
from spiff.orders.model import (
    Deliverable,
    OrderItem,
    PlacedOrder,
    PrintSpec,
)
from spiff.orders.moving import WORKER, moved
from spiff.storage.work import Work
from spiff.transactions import operations as transactions
from spiff.transactions.agreeing import Agreement


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
