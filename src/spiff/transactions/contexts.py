"""What composing must know of a transaction beside its answers: who it is, what it is of. Knows no composer."""

from spiff.composing.resources import Context
from spiff.transactions.model import Transaction


def context_of(transaction: Transaction) -> Context:
    """The context of a transaction. Its seed is as good as its own, and the same whenever it is composed."""
    return Context(seed=int(transaction.id[:8], 16))
