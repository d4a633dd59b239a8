"""Looks whether orders are what their timelines say. Reads only; knows no caller, for it is an operator's."""

from collections.abc import Iterator

import msgspec

from spiff.events import operations as events
from spiff.events.model import EventType
from spiff.fulfilment import operations as fulfilment
from spiff.orders import store, timeline_store
from spiff.orders.model import OrderItem
from spiff.orders.moving import facts_of
from spiff.orders.timeline import Entry, faults
from spiff.storage.work import Work

WITNESSES: tuple[EventType, ...] = ("order.received",)
"""Events that are kept for good, one for each order: they tell which orders there should be."""
_TOGETHER = 500


class Verified(msgspec.Struct):
    """What was looked at, and what is wrong: what it is about and a sentence each."""

    items: int = 0
    entries: int = 0
    files: int = 0
    faults: list[tuple[str, str]] = msgspec.field(default_factory=list)


def verify(work: Work, order_id: str | None = None) -> Verified:
    """Check all timelines, or those of one order: seals, states, what was ordered, and the digests of print files.

    Of all, also that no order or item is gone that events tell of.
    """
    found, after = Verified(), ""
    while items := store.list_items_after(work, after, order_id=order_id, most=_TOGETHER):
        entries = timeline_store.list_entries_of(work, [item.id for item in items])
        files = fulfilment.list_print_files(work, [item.id for item in items])
        for item in items:
            made = {f"{each.panel}.{each.format}": each.sha256 for each in files[item.id]}
            found.items += 1
            found.entries += len(entries[item.id])
            found.files += len(made)
            found.faults += [(f"item {item.id}", fault) for fault in _faults_of(item, entries[item.id], made)]
        after = items[-1].id
    if order_id is None:
        found.faults += [
            (f"item {each}", "a timeline without an item") for each in timeline_store.list_stray_timelines(work)
        ]
        found.faults += _missing_items(work)
    return found


def _missing_items(work: Work) -> Iterator[tuple[str, str]]:
    """Orders of which events tell, and that are gone or have fewer items by now."""
    after = 0
    while told := events.list_events(work, after=after, limit=_TOGETHER, types=WITNESSES):
        there = store.count_items(work, [event.subject_id for event in told])
        for event in told:
            if (count := there.get(event.subject_id, 0)) != event.payload["items"]:
                yield (
                    f"order {event.subject_id}",
                    f"it was received with {event.payload['items']} items and has {count}",
                )
        after = told[-1].id


def _faults_of(item: OrderItem, entries: list[Entry], made: dict[str, str]) -> Iterator[str]:
    yield from faults(entries, count=item.timeline_count, head=item.timeline_head)
    if not entries:
        return
    ordered = {name: entries[0].facts.get(name) for name in facts_of(item)}
    if ordered != facts_of(item):
        yield "the item is not what was ordered"
    if (item.status, item.turn) != (entries[-1].status, entries[-1].turn):
        yield f"the item is {item.status}, its timeline ends with {entries[-1].status}"
    said: dict[str, str] = next((each.facts["files"] for each in reversed(entries) if "files" in each.facts), {})
    if said != made:
        yield "its print files are not those that were made"
