"""What an order asks of a transaction: is it finished, what does it cost, and it is ordered now. Knows no order.

This is on the way of every order, so it is two prepared statements for all that are placed together.
"""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from sqlalchemy import bindparam, select, update

from spiff.catalogue.store import products
from spiff.errors import NotFound
from spiff.pricing.model import PriceBreak, Pricing
from spiff.storage.prepared import Prepared
from spiff.storage.schema import Ids, is_among
from spiff.storage.work import Work
from spiff.transactions.model import Status, require_move
from spiff.transactions.quoting import rates_for
from spiff.transactions.store import designs, transactions


class Orderable(msgspec.Struct, frozen=True):
    """The design last finished in a transaction, as far as an order needs to know it. Costs are those of one piece.

    Nothing of it is there where nothing was finished. Its pricing has no rates yet (`with_rates`).
    """

    transaction_id: str
    partner_id: str
    status: Status
    design_id: str | None
    digest: str
    base_cost: int
    options_cost: int
    pricing: Pricing


_FIND = Prepared(
    select(
        transactions.c.id,
        transactions.c.partner_id,
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
    .where(is_among(transactions.c.id, bindparam("ids", type_=Ids)))
    # Held until the commit, on PostgreSQL, and in one order by everybody: what is decided on them stays true.
    .order_by(transactions.c.id)
    .with_for_update(of=transactions)
)
_MARK = Prepared(
    update(transactions)
    .where(is_among(transactions.c.id, bindparam("ids", type_=Ids)), transactions.c.status == bindparam("current"))
    .values(status=bindparam("wanted"), touched_at=bindparam("now"))
)


def find_orderables(work: Work, transaction_ids: Collection[str]) -> dict[str, Orderable]:
    """What these transactions hold, of whichever partner, ordered or not; what does not exist is missing.

    Others who want to order, change or remove one of them wait until this is done.
    """
    rows = _FIND.rows(work.connection, {"ids": transaction_ids})
    if any(design_id is None and status != "created" for _, _, status, design_id, *_ in rows):
        # Finished while PostgreSQL waited for the lock: it then reads the transaction anew, and the designs there were
        # before. From now on nobody changes it, and a new statement sees all.
        rows = _FIND.rows(work.connection, {"ids": transaction_ids})
    return {row[0]: _orderable(*row) for row in rows}


def require_orderable(found: Mapping[str, Orderable], partner_id: str, transaction_id: str) -> Orderable:
    """What a partner's transaction holds, ordered or not.

    Raises NotFound (also for another partner's) or DesignUnfinished with `currentState`.
    """
    orderable = found.get(transaction_id)
    if orderable is None or orderable.partner_id != partner_id:
        raise NotFound(f"there is no transaction {transaction_id}")
    if orderable.design_id is None:
        require_move(orderable.status, "ordered")
        raise NotFound(f"transaction {transaction_id} has lost its design")
    return orderable


def with_rates(work: Work, design: Orderable) -> Pricing:
    """The pricing with the merchant's rates, for those orders that are in another currency."""
    rates = rates_for(work, design.partner_id, design.pricing.currency)
    return msgspec.structs.replace(design.pricing, rates=rates)


def mark_ordered(work: Work, transaction_ids: Collection[str]) -> None:
    """Make finished transactions read-only. Raises AlreadyOrdered where one of them is not to be had."""
    ids = set(transaction_ids)
    if not ids:
        return
    values = {"ids": ids, "current": "completed", "wanted": "ordered", "now": work.now}
    if _MARK.change(work.connection, values) != len(ids):
        require_move("ordered", "ordered")


def _orderable(
    transaction_id: str,
    partner_id: str,
    status: Status,
    design_id: str | None,
    digest: str | None,
    base_cost: int | None,
    options_cost: int | None,
    currency: str | None,
    minimum: int | None,
    breaks: Any,
) -> Orderable:
    base, options = base_cost or 0, options_cost or 0
    pricing = Pricing(
        unit_cost=base + options,
        currency=currency or "",
        breaks=msgspec.convert(breaks, list[PriceBreak]) if breaks else (),
        minimum=minimum or 1,
    )
    return Orderable(transaction_id, partner_id, status, design_id, digest or "", base, options, pricing)
