"""Transactions that nobody ordered or touched for long are removed, with their designs and links. Knows no files.

What was ordered is never removed, nor what an order names although its own row says otherwise.
"""

from collections.abc import Collection
from datetime import datetime

from spiff.storage.work import Work
from spiff.transactions import store
from spiff.transactions.model import Abandoned


def list_abandoned(work: Work, untouched_since: datetime, most: int) -> list[str]:
    """Ids of transactions that may be removed."""
    return store.list_abandoned(work, untouched_since, most)


def hold_abandoned(work: Work, transaction_ids: Collection[str], untouched_since: datetime) -> list[Abandoned]:
    """Those of these that still may be removed; nobody else changes them until this transaction ends."""
    return store.hold_abandoned(work, transaction_ids, untouched_since)


def remove(work: Work, abandoned: Collection[Abandoned]) -> None:
    """Remove transactions that are held."""
    store.remove_transactions(work, [each.id for each in abandoned])


def list_page_sessions(work: Work, before: datetime, most: int) -> list[str]:
    """Views of pages that nobody counts any more."""
    return store.list_page_sessions(work, before, most)


def remove_page_sessions(work: Work, ids: Collection[str]) -> int:
    """Remove views of pages; how many that were."""
    return store.remove_page_sessions(work, ids)


def list_needed_files(work: Work, digests: Collection[str]) -> set[str]:
    """Which of these files a design or an upload needs."""
    return store.list_needed_files(work, digests)
