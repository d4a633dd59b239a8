"""The table of deliveries. Knows SQL and no transport."""

from datetime import timedelta

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    insert,
    or_,
    select,
    update,
)

from spiff.delivery.model import Delivery, Status
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, nullable=False),
    Column("item_id", Id, nullable=False),
    Column("turn", Integer, nullable=False),
    Column("channel_id", Id, ForeignKey("channels.id"), nullable=False),
    Column("status", String(16), nullable=False),
    Column("failure", Text),
    Column("lease", Id, unique=True),
    Column("leased_until", Moment),
    Column("begun", Boolean, nullable=False, server_default=false()),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("item_id", "turn", "channel_id"),
    Index("ix_deliveries_channel_id_status_created_at", "channel_id", "status", "created_at", "id"),
)

_COLUMNS = [deliveries.c[name] for name in Delivery.__struct_fields__]


def add_delivery(work: Work, delivery: Delivery) -> None:
    """Write a new delivery."""
    values = {name: getattr(delivery, name) for name in delivery.__struct_fields__}
    work.connection.execute(insert(deliveries).values(**values, created_at=work.now))


def find_delivery(work: Work, delivery_id: str) -> Delivery | None:
    """The delivery with this id, to be changed: others wait until this is done."""
    query = select(*_COLUMNS).where(deliveries.c.id == delivery_id).with_for_update()
    row = work.connection.execute(query).mappings().one_or_none()
    return Delivery(**row) if row else None


def find_leased(work: Work, channel_id: str, lease: str) -> Delivery | None:
    """The delivery of a channel that was last leased under this name, to be changed."""
    query = (
        select(*_COLUMNS).where(deliveries.c.lease == lease, deliveries.c.channel_id == channel_id).with_for_update()
    )
    row = work.connection.execute(query).mappings().one_or_none()
    return Delivery(**row) if row else None


def lease_next(work: Work, channel_id: str, lasts: timedelta) -> Delivery | None:
    """The oldest delivery of a channel that waits and is nobody's, made the caller's for a while."""
    until = deliveries.c.leased_until
    # Longer than any lease lasts: it was given by a clock that was ahead.
    free = or_(until.is_(None), until <= work.now, until > work.now + 2 * lasts)
    waiting = (deliveries.c.channel_id == channel_id, deliveries.c.status == "waiting", free)
    oldest = deliveries.c.created_at, deliveries.c.id
    query = select(*_COLUMNS).where(*waiting).order_by(*oldest).limit(1).with_for_update(skip_locked=True)
    row = work.connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    lease = work.new_id()
    change = update(deliveries).where(deliveries.c.id == row["id"])
    work.connection.execute(change.values(lease=lease, leased_until=work.now + lasts))
    return Delivery(**{**row, "lease": lease})


def set_status(work: Work, delivery_id: str, status: Status, failure: str | None = None) -> None:
    """Say how a delivery ended."""
    change = update(deliveries).where(deliveries.c.id == delivery_id)
    work.connection.execute(change.values(status=status, failure=failure))


def set_begun(work: Work, delivery_id: str, *, begun: bool) -> None:
    """Sending was begun, or it is known that nothing came of it."""
    work.connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(begun=begun))


def outdate(work: Work, item_id: str, before_turn: int) -> None:
    """Give up the item's deliveries of earlier turns that still wait."""
    mine = (deliveries.c.item_id == item_id, deliveries.c.turn < before_turn, deliveries.c.status == "waiting")
    work.connection.execute(update(deliveries).where(*mine).values(status="outdated"))


def list_statuses(work: Work, item_id: str, turn: int) -> list[Status]:
    """How the deliveries of an item's turn stand."""
    query = select(deliveries.c.status).where(deliveries.c.item_id == item_id, deliveries.c.turn == turn)
    return list(work.connection.execute(query).scalars())
