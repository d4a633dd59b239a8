"""Old events are removed, an integration's oldest first, so that what is left has no gaps. Knows nobody who needs them.

How far that went is written in the same transaction: a cursor from before is told so (operations.py).
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import takewhile

from spiff.events import store
from spiff.events.model import Event, EventType, Removed
from spiff.storage.work import Work


def find_next_integration(work: Work, after: str | None) -> str | None:
    """The next integration that has events, in the order of ids."""
    return store.find_next_integration(work, after)


def list_old(
    work: Work, integration_id: str, *, before: datetime, needed_from: int | None, after: int = 0, most: int
) -> list[Event]:
    """The next events that may be removed, above `after` and what was removed already.

    They end at the first one that is younger or needed, whatever the clock said of those that follow.
    """
    start = max(after, store.find_removed(work, integration_id).up_to)
    oldest = store.list_events(work, after=start, limit=most, integration_id=integration_id, types=None)
    return list(
        takewhile(lambda each: each.created_at < before and (needed_from is None or each.id < needed_from), oldest)
    )


def remove(work: Work, integration_id: str, old: Sequence[Event], *, kept: Collection[EventType]) -> None:
    """Remove old events that were just listed; readers are told none of them any more, also not of the `kept` types."""
    going = [each.id for each in old if each.type not in kept]
    store.remove(work, integration_id, going, Removed(old[-1].id, max(each.created_at for each in old)))
