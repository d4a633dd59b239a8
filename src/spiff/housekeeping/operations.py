"""One transaction's worth of tidying up: abandoned designs, unneeded files, old events. Knows no file store.

Each domain says which files and events it needs; what nobody needs may go.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from spiff.analytics import operations as analytics
from spiff.assets import operations as assets
from spiff.events import removing
from spiff.fulfilment import operations as fulfilment
from spiff.housekeeping.model import OldEvents
from spiff.orders import ordered
from spiff.orders.verifying import WITNESSES
from spiff.storage.work import Work
from spiff.transactions import expiring
from spiff.webhooks import forgetting

Needed = Callable[[Work, Collection[str]], set[str]]

_NEEDED: tuple[Needed, ...] = (
    assets.list_needed,
    expiring.list_needed_files,
    fulfilment.list_needed_files,
)


def list_abandoned(work: Work, untouched_since: datetime, most: int) -> list[str]:
    """Transactions that nobody ordered, or touched since that instant."""
    found = expiring.list_abandoned(work, untouched_since, most)
    kept = ordered.list_ordered(work, found)
    return [each for each in found if each not in kept]


def remove_abandoned(work: Work, transaction_ids: Collection[str], untouched_since: datetime) -> int:
    """Remove those of these transactions that still are abandoned; how many that were. Funnels go on counting them."""
    held = expiring.hold_abandoned(work, transaction_ids, untouched_since)
    kept = ordered.list_ordered(work, [each.id for each in held])
    going = [each for each in held if each.id not in kept]
    analytics.keep_counts(work, going)
    expiring.remove(work, going)
    return len(going)


def list_unneeded(work: Work, digests: Collection[str]) -> list[str]:
    """Which of these files nothing refers to."""
    needed = set().union(*(list_needed(work, digests) for list_needed in _NEEDED))
    return [digest for digest in digests if digest not in needed]


def forget_unneeded(work: Work, digests: Collection[str]) -> list[str]:
    """The same, and their records are removed. Nobody can record one of them in between."""
    assets.lock_records(work)
    unneeded = list_unneeded(work, digests)
    assets.remove_records(work, unneeded)
    return unneeded


def find_next_integration(work: Work, after: str | None) -> str | None:
    """The next integration that has events, in the order of ids."""
    return removing.find_next_integration(work, after)


def remove_old_events(
    work: Work, integration_id: str, before: datetime, *, above: int, most: int, pretend: bool
) -> OldEvents | None:
    """Remove the next events of an integration that happened before that instant, and what became of telling of them.

    Never one that an endpoint is still to be told of, nor any after it. Those that say which orders there should be
    stay in the table, and readers are told no more of them. None where nothing may go; `pretend` only counts.
    """
    listeners = forgetting.find_listeners(work, integration_id, hold=not pretend)
    old = removing.list_old(
        work, integration_id, before=before, needed_from=listeners.needed_from, after=above, most=most
    )
    if not old:
        return None
    up_to = old[-1].id
    told = forgetting.count_deliveries(work, listeners, above=above, up_to=up_to)
    if not pretend:
        forgetting.forget_deliveries(work, listeners, up_to=up_to)
        removing.remove(work, integration_id, old, kept=WITNESSES)
    return OldEvents(sum(each.type not in WITNESSES for each in old), told.total(), told["dead"], up_to)
