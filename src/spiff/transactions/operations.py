"""What may be done with transactions and designs. Knows no HTTP; composing and drawing happen before it, outside."""

from spiff.errors import NotFound
from spiff.storage.work import Work
from spiff.transactions import store
from spiff.transactions.model import Design, Transaction, require_move


def get_transaction(work: Work, transaction_id: str) -> Transaction:
    """The transaction with this id. Knowing the id is the right to read it. Raises NotFound."""
    if transaction := store.find_transaction(work, transaction_id):
        return transaction
    raise NotFound(f"there is no transaction {transaction_id}")


def get_finished(work: Work, partner_id: str, transaction_id: str) -> Design:
    """The design last finished in a partner's transaction.

    Raises NotFound (also for another partner's) or DesignUnfinished with `currentState`.
    """
    transaction = store.find_transaction(work, transaction_id)
    if transaction is None or transaction.partner_id != partner_id:
        raise NotFound(f"there is no transaction {transaction_id}")
    if transaction.design_id is None:
        require_move(transaction.status, "ordered")
        raise NotFound(f"transaction {transaction_id} has lost its design")
    return get_design(work, transaction.design_id)


def mark_ordered(work: Work, transaction_id: str) -> None:
    """Make a transaction read-only. Raises AlreadyOrdered, or DesignUnfinished, with `currentState`."""
    transaction = get_transaction(work, transaction_id)
    require_move(transaction.status, "ordered")
    if not store.move(work, transaction_id, transaction.status, "ordered"):
        require_move("ordered", "ordered")


def get_design(work: Work, design_id: str) -> Design:
    """The finished design with this id. Knowing the id is the right to read it. Raises NotFound."""
    if design := store.find_design(work, design_id):
        return design
    raise NotFound(f"there is no design {design_id}")
