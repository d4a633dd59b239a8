"""The table of events. Knows SQL and nothing of what happened."""

from collections.abc import Sequence

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    String,
    Table,
    func,
    select,
    text,
)

from spiff.events.model import Event
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
    """The largest id; 0 without any."""
    return work.connection.execute(select(func.max(events.c.id))).scalar_one() or 0


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
