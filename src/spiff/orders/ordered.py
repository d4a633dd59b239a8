"""Which transactions are ordered, for whoever removes others. Reads only."""

from collections.abc import Collection

from spiff.orders import store
from spiff.storage.work import Work


def list_ordered(work: Work, transaction_ids: Collection[str]) -> set[str]:
    """Which of these transactions an order has, whatever they say of themselves."""
    return store.list_ordered(work, transaction_ids)
