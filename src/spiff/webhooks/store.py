"""The tables of webhooks. Knows SQL, and neither HTTP nor when to send what."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    exists,
    func,
    insert,
    select,
    update,
)

from spiff.events.model import Event
from spiff.events.store import events
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work
from spiff.webhooks.model import Delivery, DeliveryStatus, Endpoint, Secret

webhook_endpoints = Table(
    "webhook_endpoints",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, nullable=False),
    Column("integration_id", Id, ForeignKey("integrations.id"), nullable=False, index=True),
    Column("url", String(2000), nullable=False),
    Column("description", String(200), nullable=False),
    Column("events", JSON, nullable=False),
    Column("secrets", JSON, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("disabled_reason", Text),
    Column("cursor", BigInteger, nullable=False),
    Column("failing_since", Moment),
    Column("created_at", Moment, nullable=False),
)

webhook_deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("endpoint_id", Id, ForeignKey("webhook_endpoints.id"), primary_key=True),
    Column("event_id", BigInteger, primary_key=True, autoincrement=False),
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("answered", Integer),
    Column("failure", Text),
    Column("updated_at", Moment, nullable=False),
    Index("ix_webhook_deliveries_endpoint_id_status_event_id", "endpoint_id", "status", "event_id"),
)

# Of events any word is read: a newer version may have written one that this one does not know.
_LISTS: dict[str, Any] = {"events": tuple[str, ...], "secrets": tuple[Secret, ...]}
_EVENT_COLUMNS = [events.c[name] for name in Event.__struct_fields__]


def add_endpoint(work: Work, endpoint: Endpoint) -> None:
    """Write a new endpoint."""
    work.connection.execute(insert(webhook_endpoints).values(_row(endpoint)))


def save_endpoint(work: Work, endpoint: Endpoint) -> None:
    """Write a changed endpoint."""
    change = update(webhook_endpoints).where(webhook_endpoints.c.id == endpoint.id)
    work.connection.execute(change.values(_row(endpoint)))


def remove_endpoint(work: Work, endpoint_id: str) -> None:
    """Remove an endpoint and all that is known of what it was sent."""
    work.connection.execute(delete(webhook_deliveries).where(webhook_deliveries.c.endpoint_id == endpoint_id))
    work.connection.execute(delete(webhook_endpoints).where(webhook_endpoints.c.id == endpoint_id))


def find_endpoint(work: Work, endpoint_id: str, *, lock: bool = False) -> Endpoint | None:
    """The endpoint with this id; with `lock`, nobody else changes it until the commit."""
    query = select(webhook_endpoints).where(webhook_endpoints.c.id == endpoint_id)
    row = work.connection.execute(query.with_for_update() if lock else query).mappings().one_or_none()
    return _endpoint(row) if row else None


def list_endpoints(work: Work, integration_id: str | None) -> list[Endpoint]:
    """The endpoints of an integration, or of all."""
    query = select(webhook_endpoints).order_by(webhook_endpoints.c.created_at, webhook_endpoints.c.id)
    if integration_id is not None:
        query = query.where(webhook_endpoints.c.integration_id == integration_id)
    return [_endpoint(row) for row in work.connection.execute(query).mappings()]


def list_behind(work: Work, most: int) -> list[str]:
    """Ids of enabled endpoints whose integration has events that they were not seen to yet.

    Drawn by chance: of more than `most` that always are, none is always left out.
    """
    newer = exists().where(
        events.c.integration_id == webhook_endpoints.c.integration_id, events.c.id > webhook_endpoints.c.cursor
    )
    query = select(webhook_endpoints.c.id).where(webhook_endpoints.c.enabled, newer)
    query = query.order_by(func.random()).limit(most)
    return list(work.connection.execute(query).scalars())


def move_cursor(work: Work, endpoint_id: str, cursor: int) -> None:
    """The endpoint was seen to up to this event."""
    change = update(webhook_endpoints).where(webhook_endpoints.c.id == endpoint_id)
    work.connection.execute(change.values(cursor=cursor))


def set_failing_since(work: Work, endpoint_id: str, moment: datetime | None) -> None:
    """Since when the endpoint only fails; None where it does not."""
    change = update(webhook_endpoints).where(webhook_endpoints.c.id == endpoint_id)
    work.connection.execute(change.values(failing_since=moment))


def find_event(work: Work, event_id: int) -> Event | None:
    """The event with this id."""
    row = work.connection.execute(select(*_EVENT_COLUMNS).where(events.c.id == event_id)).mappings().one_or_none()
    return Event(**row) if row else None


def list_events_between(
    work: Work, integration_id: str, since: datetime, until: datetime | None, *, above: int, up_to: int, limit: int
) -> list[Event]:
    """Events of an integration in a span of time and of ids, oldest first."""
    query = (
        select(*_EVENT_COLUMNS)
        .where(events.c.integration_id == integration_id, events.c.id > above, events.c.id <= up_to)
        .where(events.c.created_at >= since)
        .order_by(events.c.id)
        .limit(limit)
    )
    if until is not None:
        query = query.where(events.c.created_at < until)
    return [Event(**row) for row in work.connection.execute(query).mappings()]


def list_deliveries(
    work: Work, endpoint_id: str, status: DeliveryStatus | None, *, before: int | None, limit: int
) -> list[Delivery]:
    """What became of telling an endpoint, the newest events first."""
    columns = webhook_deliveries.c
    query = select(webhook_deliveries).where(columns.endpoint_id == endpoint_id)
    if status is not None:
        query = query.where(columns.status == status)
    if before is not None:
        query = query.where(columns.event_id < before)
    rows = work.connection.execute(query.order_by(columns.event_id.desc()).limit(limit)).mappings()
    return [Delivery(**row) for row in rows]


def find_delivery(work: Work, endpoint_id: str, event_id: int) -> Delivery | None:
    """What became of telling an endpoint of one event."""
    columns = webhook_deliveries.c
    query = select(webhook_deliveries).where(columns.endpoint_id == endpoint_id, columns.event_id == event_id)
    row = work.connection.execute(query).mappings().one_or_none()
    return Delivery(**row) if row else None


def find_delivered(work: Work, endpoint_id: str, event_ids: Collection[int]) -> dict[int, DeliveryStatus]:
    """The states of those of these events that the endpoint was ever to be told of."""
    columns = webhook_deliveries.c
    query = select(columns.event_id, columns.status).where(
        columns.endpoint_id == endpoint_id, columns.event_id.in_(event_ids)
    )
    return {row.event_id: row.status for row in work.connection.execute(query)}


def add_deliveries(work: Work, endpoint_id: str, event_ids: Sequence[int]) -> None:
    """Write that an endpoint is to be told of these events."""
    empty = {"status": "waiting", "attempts": 0, "answered": None, "failure": None, "updated_at": work.now}
    rows = [{"endpoint_id": endpoint_id, "event_id": event_id, **empty} for event_id in event_ids]
    if rows:
        work.connection.execute(insert(webhook_deliveries), rows)


def change_delivery(work: Work, endpoint_id: str, event_id: int, **values: Any) -> bool:
    """Write what became of a delivery that waits; False where it does not."""
    return _change(work, endpoint_id, values, webhook_deliveries.c.event_id == event_id)


def give_up_waiting(work: Work, endpoint_id: str, reason: str) -> None:
    """Nothing that waits is sent any more."""
    _change(work, endpoint_id, {"status": "dead", "failure": reason})


def begin_again(work: Work, endpoint_id: str, event_ids: Collection[int]) -> None:
    """Deliveries that came to their end wait once more."""
    columns = webhook_deliveries.c
    work.connection.execute(
        update(webhook_deliveries)
        .where(columns.endpoint_id == endpoint_id, columns.event_id.in_(event_ids))
        .values(status="waiting", updated_at=work.now)
    )


def hold_endpoints(work: Work, integration_id: str) -> list[Endpoint]:
    """The endpoints of an integration, which nobody else changes until the commit. In one order, for all who do."""
    query = select(webhook_endpoints).where(webhook_endpoints.c.integration_id == integration_id)
    rows = work.connection.execute(query.order_by(webhook_endpoints.c.id).with_for_update()).mappings()
    return [_endpoint(row) for row in rows]


def find_first_waiting(work: Work, endpoint_id: str) -> int | None:
    """The first event that an endpoint is still to be told of."""
    columns = webhook_deliveries.c
    query = select(func.min(columns.event_id)).where(columns.endpoint_id == endpoint_id, columns.status == "waiting")
    first: int | None = work.connection.execute(query).scalar_one()
    return first


def count_deliveries(work: Work, endpoint_ids: Collection[str], above: int, up_to: int) -> Counter[DeliveryStatus]:
    """How many deliveries of events above the one and up to the other there are, by their states."""
    columns = webhook_deliveries.c
    of_them = (columns.endpoint_id.in_(endpoint_ids), columns.event_id > above, columns.event_id <= up_to)
    query = select(columns.status, func.count()).where(*of_them).group_by(columns.status)
    return Counter({row[0]: row[1] for row in work.connection.execute(query)})


def remove_deliveries(work: Work, endpoint_ids: Collection[str], up_to: int) -> None:
    """Remove what became of telling these endpoints of events up to this one."""
    columns = webhook_deliveries.c
    of_them = (columns.endpoint_id.in_(endpoint_ids), columns.event_id <= up_to)
    work.connection.execute(delete(webhook_deliveries).where(*of_them))


def _change(work: Work, endpoint_id: str, values: dict[str, Any], *which: ColumnElement[bool]) -> bool:
    columns = webhook_deliveries.c
    change = update(webhook_deliveries).where(columns.endpoint_id == endpoint_id, columns.status == "waiting", *which)
    return bool(work.connection.execute(change.values(updated_at=work.now, **values)).rowcount)


def _row(endpoint: Endpoint) -> dict[str, Any]:
    plain = {"events": list(endpoint.events), "secrets": msgspec.to_builtins(endpoint.secrets)}
    return msgspec.structs.asdict(endpoint) | plain


def _endpoint(row: RowMapping) -> Endpoint:
    read = {name: msgspec.convert(row[name], kind) for name, kind in _LISTS.items()}
    return Endpoint(**dict(row) | read)
