"""The table of events. Knows SQL and nothing of what happened."""

from collections.abc import Collection, Sequence

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    delete,
    func,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from spiff.events.model import Event, Removed
from spiff.storage.inserts import Insert
from spiff.storage.prepared import Prepared
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Row, Work

events = Table(
    "events",
    metadata,
    Column("id", BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True),
    Column("partner_id", Id, nullable=False),
    Column("integration_id", Id, nullable=False),
    Column("type", String(64), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Index("ix_events_integration_id_id", "integration_id", "id"),
    # Without it SQLite would give the ids of removed events out again, below the cursors of those who listen.
    sqlite_autoincrement=True,
)

removed = Table(
    "events_removed",
    metadata,
    Column("integration_id", Id, primary_key=True),
    Column("up_to", BigInteger, nullable=False),
    Column("until", Moment, nullable=False),
)
"""How far each integration's log was removed: whoever reads on from below is told so."""

_LOCK = Prepared(text("SELECT pg_advisory_xact_lock(7365706966)"))
_COLUMNS = [events.c[name] for name in Event.__struct_fields__]
_INSERT = Insert(events, Event.__struct_fields__[1:])
"""All but the id, which the database counts."""


def append(connection: Connection, rows: Sequence[Row]) -> None:
    """Write events as the last thing before a commit.

    PostgreSQL draws ids when rows are written, not when they are committed: of two writers the later could commit
    first, and whoever had read on to its ids would never see the other's. So one writer at a time appends.
    """
    if connection.dialect.name == "postgresql":
        _LOCK.run(connection)
    _INSERT.run(connection, rows)


def find_newest_id(work: Work) -> int:
    """The largest id that there ever was; 0 without any."""
    largest = (select(func.max(each)) for each in (events.c.id, removed.c.up_to))
    return max(work.connection.execute(each).scalar_one() or 0 for each in largest)


def list_events(
    work: Work, *, after: int, limit: int, integration_id: str | None, types: Sequence[str] | None
) -> list[Event]:
    """Events with larger ids, oldest first."""
    query = select(*_COLUMNS).where(events.c.id > after).order_by(events.c.id).limit(limit)
    if integration_id is not None:
        query = query.where(events.c.integration_id == integration_id)
    if types is not None:
        query = query.where(events.c.type.in_(types))
    return [Event(**row) for row in work.connection.execute(query).mappings()]


def find_removed(work: Work, integration_id: str) -> Removed:
    """How far an integration's log was removed."""
    query = select(removed.c.up_to, removed.c.until).where(removed.c.integration_id == integration_id)
    row = work.connection.execute(query).one_or_none()
    return Removed(row.up_to, row.until) if row else Removed()


def find_next_integration(work: Work, after: str | None) -> str | None:
    """The next integration that has events, in the order of ids: one step in the index for each."""
    query = select(events.c.integration_id).order_by(events.c.integration_id).limit(1)
    if after is not None:
        query = query.where(events.c.integration_id > after)
    return work.connection.execute(query).scalar_one_or_none()


def remove(work: Work, integration_id: str, event_ids: Collection[int], now_removed: Removed) -> None:
    """Remove events, and write how far the log of their integration was removed."""
    work.connection.execute(delete(events).where(events.c.id.in_(event_ids)))
    values = {"integration_id": integration_id, "up_to": now_removed.up_to, "until": now_removed.until}
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    work.connection.execute(
        made(removed).values(values).on_conflict_do_update(index_elements=[removed.c.integration_id], set_=values)
    )
