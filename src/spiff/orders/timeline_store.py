"""The table of timelines: what happened to items, entry by entry. Knows SQL and nothing of what the entries say."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

import msgspec
from sqlalchemy import JSON, Column, Integer, String, Table, select

from spiff.orders.store import order_items
from spiff.orders.timeline import Entry
from spiff.storage.inserts import Insert
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work

timeline = Table(
    "order_timeline",
    metadata,
    Column("item_id", Id, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("action", String(32), nullable=False),
    Column("status", String(16), nullable=False),
    Column("turn", Integer, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
)

_ENTRY = [timeline.c[name] for name in Entry.__struct_fields__]
_ADD_ENTRIES = Insert(timeline, Entry.__struct_fields__)


def add_entry(work: Work, entry: Entry) -> None:
    """Write an entry of a timeline, with those of all who share the commit."""
    work.add_at_commit(_ADD_ENTRIES.run, msgspec.structs.astuple(entry))


def list_entries(work: Work, item_id: str) -> list[Entry]:
    """An item's timeline from its beginning."""
    query = select(*_ENTRY).where(timeline.c.item_id == item_id).order_by(timeline.c.position)
    return [Entry(**row) for row in work.connection.execute(query).mappings()]


def list_entries_of(work: Work, item_ids: Sequence[str]) -> dict[str, list[Entry]]:
    """The timelines of these items, by item."""
    query = select(*_ENTRY).where(timeline.c.item_id.in_(item_ids)).order_by(timeline.c.item_id, timeline.c.position)
    found: dict[str, list[Entry]] = {item_id: [] for item_id in item_ids}
    for row in work.connection.execute(query).mappings():
        found[row["item_id"]].append(Entry(**row))
    return found


def list_stray_timelines(work: Work) -> list[str]:
    """Ids of items that have a timeline and do not exist."""
    query = select(timeline.c.item_id).distinct().outerjoin(order_items, order_items.c.id == timeline.c.item_id)
    return list(work.connection.execute(query.where(order_items.c.id.is_(None))).scalars())


def list_heads(work: Work, until: datetime) -> Iterator[tuple[str, int, str]]:
    """Of each timeline, in the order of the items' ids: entries up to that instant, and the digest of the last."""
    query = select(timeline.c.item_id, timeline.c.digest).where(timeline.c.at <= until)
    ordered = query.order_by(timeline.c.item_id, timeline.c.position).execution_options(yield_per=1000)
    for item_id, rows in groupby(work.connection.execute(ordered), key=lambda row: row.item_id):
        digests = [row.digest for row in rows]
        yield item_id, len(digests), digests[-1]
