"""What an order asks of a transaction: is it finished, what does it cost, and it is ordered now. Knows no order.

This is on the way of every order, so it is two prepared statements.
"""

import msgspec
from sqlalchemy import bindparam, select, update

from spiff.catalogue.store import products
from spiff.errors import NotFound
from spiff.pricing.model import PriceBreak, Pricing
from spiff.storage.prepared import Prepared
from spiff.storage.work import Work
from spiff.transactions.model import require_move
from spiff.transactions.quoting import rates_for
from spiff.transactions.store import designs, find_transaction, transactions


class Orderable(msgspec.Struct, frozen=True):
    """A finished design, as far as an order needs to know it. Its pricing has no rates yet (`with_rates`)."""

    partner_id: str
    transaction_id: str
    design_id: str
    digest: str
    base_cost: int
    options_cost: int
    pricing: Pricing


_FIND = Prepared(
    select(
        transactions.c.status,
        designs.c.id,
        designs.c.digest,
        designs.c.base_cost,
        designs.c.options_cost,
        designs.c.currency,
        products.c.minimum_order_quantity,
        products.c.price_breaks,
    )
    .select_from(
        transactions.outerjoin(designs, designs.c.id == transactions.c.design_id).outerjoin(
            products, products.c.id == transactions.c.product_id
        )
    )
    .where(transactions.c.id == bindparam("id"), transactions.c.partner_id == bindparam("partner_id"))
)
_MARK = Prepared(
    update(transactions)
    .where(transactions.c.id == bindparam("which"), transactions.c.status == bindparam("current"))
    .values(status=bindparam("wanted"), touched_at=bindparam("now"))
)


def get_orderable(work: Work, partner_id: str, transaction_id: str) -> Orderable:
    """The design last finished in a partner's transaction, ordered or not.

    Raises NotFound (also for another partner's) or DesignUnfinished with `currentState`.
    """
    found = _FIND.rows(work.connection, {"id": transaction_id, "partner_id": partner_id})
    if not found:
        raise NotFound(f"there is no transaction {transaction_id}")
    status, design_id, digest, base_cost, options_cost, currency, minimum, breaks = found[0]
    if design_id is None:
        require_move(status, "ordered")
        raise NotFound(f"transaction {transaction_id} has lost its design")
    pricing = Pricing(
        unit_cost=base_cost + options_cost,
        currency=currency,
        breaks=msgspec.convert(breaks, list[PriceBreak]) if breaks else (),
        minimum=minimum or 1,
    )
    return Orderable(partner_id, transaction_id, design_id, digest, base_cost, options_cost, pricing)


def with_rates(work: Work, design: Orderable) -> Pricing:
    """The pricing with the merchant's rates, for those orders that are in another currency."""
    rates = rates_for(work, design.partner_id, design.pricing.currency)
    return msgspec.structs.replace(design.pricing, rates=rates)


def mark_ordered(work: Work, transaction_id: str) -> None:
    """Make a transaction read-only. Raises AlreadyOrdered with `currentState`, NotFound where it expired meanwhile."""
    values = {"which": transaction_id, "current": "completed", "wanted": "ordered", "now": work.now}
    if not _MARK.change(work.connection, values):
        if find_transaction(work, transaction_id) is None:
            raise NotFound(f"there is no transaction {transaction_id}")
        require_move("ordered", "ordered")
