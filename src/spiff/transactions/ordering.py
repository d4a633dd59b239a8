"""What an order asks of a transaction: is it finished, what does it cost, and it is ordered now. Knows no order.

This is on the way of every order, so it is two prepared statements.
"""

import msgspec
from sqlalchemy import bindparam, select, update

from spiff.errors import NotFound
from spiff.storage.prepared import Prepared
from spiff.storage.work import Work
from spiff.transactions.model import require_move
from spiff.transactions.store import designs, transactions


class Orderable(msgspec.Struct, frozen=True):
    """A finished design, as far as an order needs to know it."""

    design_id: str
    base_cost: int
    options_cost: int
    currency: str


_FIND = Prepared(
    select(
        transactions.c.partner_id,
        transactions.c.status,
        designs.c.id,
        designs.c.base_cost,
        designs.c.options_cost,
        designs.c.currency,
    )
    .select_from(transactions.outerjoin(designs, designs.c.id == transactions.c.design_id))
    .where(transactions.c.id == bindparam("id"))
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
    found = _FIND.rows(work.connection, {"id": transaction_id})
    if not found or found[0][0] != partner_id:
        raise NotFound(f"there is no transaction {transaction_id}")
    _, status, design_id, base_cost, options_cost, currency = found[0]
    if design_id is None:
        require_move(status, "ordered")
        raise NotFound(f"transaction {transaction_id} has lost its design")
    return Orderable(design_id, base_cost, options_cost, currency)


def mark_ordered(work: Work, transaction_id: str) -> None:
    """Make a transaction read-only. Raises AlreadyOrdered with `currentState`."""
    values = {"which": transaction_id, "current": "completed", "wanted": "ordered", "now": work.now}
    if not _MARK.change(work.connection, values):
        require_move("ordered", "ordered")
