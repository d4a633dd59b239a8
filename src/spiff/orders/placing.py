"""Places orders: many that came together in a handful of statements, each as if it were alone. Knows no HTTP.

One order is a batch of one; there is no other way to write an order. What makes two the same is in docs/decisions/007.
"""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from spiff.auth.caller import Caller, Scope
from spiff.errors import Invalid, NotFound, SpiffError, Unavailable
from spiff.orders import events, jobs, store, timeline_store
from spiff.orders.again import free_name, repeated
from spiff.orders.charging import PriceDiffers, charge
from spiff.orders.model import Order, OrderItem, PlacedOrder, PlaceOrder, Problem, WantedItem
from spiff.orders.moving import begun
from spiff.orders.refusing import item_problem, refusal
from spiff.orders.timeline import Entry
from spiff.pricing.model import Price
from spiff.storage.work import Work
from spiff.transactions.model import AlreadyOrdered, DesignUnfinished
from spiff.transactions.ordering import Orderable, find_orderables, mark_ordered, require_orderable


class _Draft(msgspec.Struct, frozen=True):
    """What a request comes to: an order with its items, each with the first entry of its timeline, or problems."""

    caller: Caller
    wanted: PlaceOrder
    order: Order
    items: tuple[OrderItem, ...]
    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]

    def names(self) -> set[tuple[str, str]]:
        """All that no two orders have in common."""
        order = self.order
        return {(order.integration_id, order.identity), *(("", each.transaction_id) for each in self.items)}


def place_order(caller: Caller, work: Work, wanted: PlaceOrder) -> PlacedOrder:
    """Record the order, mark its transactions and ask for the print files: all or nothing (contract/rest.md 4).

    The same order again is answered with the first. Raises Invalid, NotFound or ItemsUnavailable with every problem
    of every item, IdempotencyConflict where it was ordered before in another way.
    """
    (outcome,) = place_orders(work, [(caller, wanted)])
    if isinstance(outcome, SpiffError):
        raise outcome
    return outcome


def place_orders(work: Work, requests: Sequence[tuple[Caller, PlaceOrder]]) -> list[PlacedOrder | SpiffError]:
    """What `place_order` would return or raise for each, as if they had come one after the other.

    Those that nothing is wrong with come first, and are written together.
    """
    wanted_ids = {item.transaction_id for _, wanted in requests for item in wanted.items if item.transaction_id}
    designs = find_orderables(work, wanted_ids)
    drafts = [_draft(work, caller, wanted, designs) for caller, wanted in requests]
    written = _write(work, list(_unhindered(drafts)))
    return [
        PlacedOrder(draft.order, draft.items) if draft.order.id in written else _settled(work, draft)
        for draft in drafts
    ]


def _draft(work: Work, caller: Caller, wanted: PlaceOrder, designs: Mapping[str, Orderable]) -> _Draft:
    """Writes nothing."""
    order = _new_order(work, caller, wanted)
    begun_items, problems = [], list(wanted.problems)
    for item in wanted.items:
        if item.transaction_id:
            try:
                begun_items.append(_new_item(work, order, item, designs))
            except (NotFound, DesignUnfinished, AlreadyOrdered, PriceDiffers, Invalid) as failure:
                problems.append(item_problem(item.position, failure))
    items, entries = (tuple(each) for each in zip(*begun_items, strict=True)) if begun_items else ((), ())
    return _Draft(caller, wanted, order, items, entries, tuple(problems))


def _unhindered(drafts: Sequence[_Draft]) -> Iterator[_Draft]:
    """Those that are whole and share no name and no transaction with an earlier one of them."""
    taken: set[tuple[str, str]] = set()
    for draft in drafts:
        if not draft.problems and taken.isdisjoint(names := draft.names()):
            taken |= names
            yield draft


def _write(work: Work, drafts: Sequence[_Draft]) -> set[str]:
    """Write these orders with all that belongs to them; the ids of those that were: not of one whose name is taken."""
    # Everybody in one order: two processes may wait for each other's names, but never in a circle.
    sorted_orders = sorted((draft.order for draft in drafts), key=lambda each: (each.identity, each.integration_id))
    written = set(store.add_orders(work, sorted_orders))
    kept = [draft for draft in drafts if draft.order.id in written]
    items = [item for draft in kept for item in draft.items]
    store.add_items(work, items)
    mark_ordered(work, [item.transaction_id for item in items])
    for draft in kept:
        _promise(work, draft)
    return written


def _promise(work: Work, draft: _Draft) -> None:
    """What is only written before the commit, with that of all others."""
    for entry in draft.entries:
        timeline_store.add_entry(work, entry)
    for item in draft.items:
        if item.status == "received":
            jobs.render_print_files(work, item)
    events.order_received(work, draft.order, draft.items)


def _settled(work: Work, draft: _Draft) -> PlacedOrder | SpiffError:
    """The outcome of a request that was not written with the others."""
    try:
        decided = _placed_before(work, draft) or _anew(work, draft)
        if isinstance(decided, _Draft) and decided.problems:
            decided = _placed_before(work, decided) or _anew(work, decided)
    except SpiffError as refused:
        return refused
    if isinstance(decided, PlacedOrder):
        return decided
    if not _write(work, [decided]):  # somebody took the name between two looks at it
        raise Unavailable("the same order is being placed right now")
    return PlacedOrder(decided.order, decided.items)


def _placed_before(work: Work, draft: _Draft) -> PlacedOrder | None:
    """The earlier order. What could not be read is refused before anything is compared."""
    if draft.wanted.problems:
        return None
    return repeated(work, draft.order, draft.wanted, {problem.code for problem in draft.problems})


def _anew(work: Work, draft: _Draft) -> _Draft:
    """The request on what is there now: its name has become free, or what came with it was in its way."""
    if draft.problems:
        raise refusal(draft.problems)
    free_name(work, draft.order)
    designs = find_orderables(work, [item.transaction_id for item in draft.items])
    return _draft(work, draft.caller, draft.wanted, designs)


def _new_order(work: Work, caller: Caller, wanted: PlaceOrder) -> Order:
    partner_id, integration_id = caller.require(Scope.ORDERS_WRITE)
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
        test=caller.test,
    )


def _new_item(
    work: Work, order: Order, wanted: WantedItem, designs: Mapping[str, Orderable]
) -> tuple[OrderItem, Entry]:
    """The item and the first entry of its timeline. What is ordered already says so first: its price was settled."""
    design = require_orderable(designs, order.partner_id, wanted.transaction_id)
    if design.status == "ordered":
        raise _ordered_before(store.find_item_status(work, wanted.transaction_id))
    price = charge(work, design, wanted)
    item = _item(work.new_row_id(), order, wanted, design, price)
    return begun(work, item, actor=f"integration:{order.integration_id}", digest=design.digest)


def _item(item_id: str, order: Order, wanted: WantedItem, design: Orderable, price: Price) -> OrderItem:
    return OrderItem(
        id=item_id,
        order_id=order.id,
        partner_id=order.partner_id,
        position=wanted.position,
        transaction_id=wanted.transaction_id,
        design_id=design.design_id or "",
        amount=wanted.amount,
        status="received" if order.paid else "held",
        base_cost=design.base_cost,
        options_cost=design.options_cost,
        held_reason=None if order.paid else "unpaid",
        currency=design.pricing.currency,
        price_currency=price.currency,
        unit_amount=price.unit_amount,
        total_amount=price.total_amount,
        occurrence=wanted.occurrence,
    )


def _ordered_before(status: str | None) -> AlreadyOrdered:
    return AlreadyOrdered("this transaction is in an order already", currentState=status or "ordered")
