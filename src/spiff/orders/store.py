"""The tables of orders and their items. Knows SQL and nothing of what the rows are for.

Their unique constraints have the last word on what is the same order and which design was ordered. An order that meets
one is skipped, not raised, so that a transaction goes on and looks again, also on PostgreSQL with several writers.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

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
    String,
    Table,
    Text,
    UniqueConstraint,
    bindparam,
    cast,
    delete,
    func,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from spiff.errors import NotFound
from spiff.orders.model import Order, OrderItem
from spiff.orders.states import Status
from spiff.storage.inserts import Insert
from spiff.storage.prepared import Prepared
from spiff.storage.schema import Id, Ids, Moment, is_among, metadata
from spiff.storage.work import Work

orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, nullable=False),
    Column("integration_id", Id, nullable=False),
    Column("external_id", String(200)),
    Column("identity", String(300), nullable=False),
    Column("request_digest", String(64), nullable=False),
    Column("signature", String(64)),
    Column("paid", Boolean, nullable=False),
    Column("auto_print", Boolean, nullable=False),
    Column("external_data", JSON(none_as_null=True)),
    Column("raw_external_data", Text),
    Column("created_at", Moment, nullable=False),
    Column("test", Boolean, nullable=False),
    UniqueConstraint("integration_id", "identity"),
)

order_items = Table(
    "order_items",
    metadata,
    Column("id", Id, primary_key=True),
    Column("order_id", Id, ForeignKey("orders.id"), nullable=False),
    Column("partner_id", Id, nullable=False),
    Column("position", Integer, nullable=False),
    Column("transaction_id", Id, nullable=False),
    Column("design_id", Id, nullable=False),
    Column("amount", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("base_cost", Integer, nullable=False),
    Column("options_cost", Integer, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("price_currency", String(3), nullable=False),
    Column("unit_amount", BigInteger, nullable=False),
    Column("total_amount", BigInteger, nullable=False),
    Column("failure", Text),
    Column("held_reason", String(16)),
    Column("turn", Integer, nullable=False),
    Column("timeline_count", Integer, nullable=False),
    Column("timeline_head", String(64), nullable=False),
    # With a default, as programs of versions that do not know it write items, too, while they are being replaced.
    Column("occurrence", Integer, nullable=False, server_default="0"),
    # The first items of a transaction in two orders are in each other's way, those of one order are not.
    UniqueConstraint("transaction_id", "occurrence"),
    Index("ix_order_items_order_id", "order_id"),
)

steered = Table(
    "steered",
    metadata,
    Column("integration_id", Id, primary_key=True),
    Column("signature", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)
"""Signatures of requests that moved an item: a request that arrives twice moves it once."""

_ORDER = [orders.c[name] for name in Order.__struct_fields__]
_ITEM = [order_items.c[name] for name in OrderItem.__struct_fields__]
_ADD_ORDERS = Insert(orders, Order.__struct_fields__, skip_conflicts=True)
_ADD_ITEMS = Insert(order_items, OrderItem.__struct_fields__)
_WRITTEN = Prepared(select(orders.c.id).where(is_among(orders.c.id, bindparam("ids", type_=Ids))))
_ORDERED = Prepared(
    select(order_items.c.transaction_id).where(is_among(order_items.c.transaction_id, bindparam("ids", type_=Ids)))
)
_ADD_STEERED = {
    dialect: Prepared(made(steered).on_conflict_do_nothing())
    for dialect, made in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}


def add_orders(work: Work, placed: Sequence[Order]) -> Collection[str]:
    """Write new orders; the ids of those that were: not of one whose identity is another's already."""
    ids = [order.id for order in placed]
    if _ADD_ORDERS.run(work.connection, [msgspec.structs.astuple(order) for order in placed]) == len(placed):
        return ids
    return [each for (each,) in _WRITTEN.rows(work.connection, {"ids": ids})]


def add_items(work: Work, items: Sequence[OrderItem]) -> None:
    """Write new items, of transactions that are not ordered yet."""
    _ADD_ITEMS.run(work.connection, [msgspec.structs.astuple(item) for item in items])


def forget_identity(work: Work, order: Order, *, placed_before: datetime) -> bool:
    """Free the name of this order, where one that was placed before then has it; it is found by its own id alone."""
    change = update(orders).where(
        orders.c.integration_id == order.integration_id,
        orders.c.identity == order.identity,
        orders.c.created_at < placed_before,
    )
    freed = change.values(identity=literal("order:") + cast(orders.c.id, String))
    return bool(work.connection.execute(freed).rowcount)


def find_same_order(work: Work, integration_id: str, identity: str) -> Order | None:
    """The order with this identity."""
    query = select(*_ORDER).where(orders.c.integration_id == integration_id, orders.c.identity == identity)
    row = work.connection.execute(query).mappings().one_or_none()
    return Order(**row) if row else None


def find_order_of(work: Work, integration_id: str, transaction_id: str) -> Order | None:
    """The integration's order that holds this transaction."""
    query = (
        select(*_ORDER)
        .join(order_items, order_items.c.order_id == orders.c.id)
        .where(*_first_of(transaction_id), orders.c.integration_id == integration_id)
    )
    row = work.connection.execute(query).mappings().one_or_none()
    return Order(**row) if row else None


def get_order(work: Work, integration_id: str, order_id: str, *, lock: bool = False) -> Order:
    """The order with this id; with `lock`, nobody else changes it until the commit.

    Raises NotFound, also for another integration's.
    """
    query = select(*_ORDER).where(orders.c.id == order_id, orders.c.integration_id == integration_id)
    if row := work.connection.execute(query.with_for_update() if lock else query).mappings().one_or_none():
        return Order(**row)
    raise NotFound(f"there is no order {order_id}")


def list_newest(work: Work, status: str | None, limit: int) -> list[Order]:
    """Orders of all partners, the newest first; with a status, those with such an item."""
    query = select(*_ORDER).order_by(orders.c.created_at.desc(), orders.c.id).limit(limit)
    if status is not None:
        query = query.where(orders.c.id.in_(select(order_items.c.order_id).where(order_items.c.status == status)))
    return [Order(**row) for row in work.connection.execute(query).mappings()]


def list_by_any_name(work: Work, name: str) -> list[Order]:
    """Orders of all partners with this id or this number of a shop."""
    named = orders.c.external_id == name
    if (order_id := _uuid(name)) is not None:
        named = or_(named, orders.c.id == order_id)
    return [Order(**row) for row in work.connection.execute(select(*_ORDER).where(named)).mappings()]


def get_order_of(work: Work, item: OrderItem) -> Order:
    """The order that an item is part of."""
    query = select(*_ORDER).where(orders.c.id == item.order_id)
    return Order(**work.connection.execute(query).mappings().one())


def list_items(work: Work, order_id: str) -> tuple[OrderItem, ...]:
    """The items of an order, in the order in which they were sent."""
    query = select(*_ITEM).where(order_items.c.order_id == order_id).order_by(order_items.c.position)
    return tuple(OrderItem(**row) for row in work.connection.execute(query).mappings())


def get_item(work: Work, partner_id: str | None, item_id: str) -> OrderItem:
    """The item with this id, to be changed: others wait until this is done. Raises NotFound, also for a stranger's."""
    query = select(*_ITEM).where(order_items.c.id == item_id, order_items.c.partner_id == partner_id).with_for_update()
    if row := work.connection.execute(query).mappings().one_or_none():
        return OrderItem(**row)
    raise NotFound(f"there is no order item {item_id}")


def find_item_status(work: Work, transaction_id: str) -> Status | None:
    """How far the item is that orders this transaction; of several, the first."""
    query = select(order_items.c.status).where(*_first_of(transaction_id))
    status: Status | None = work.connection.execute(query).scalar_one_or_none()
    return status


def list_ordered(work: Work, transaction_ids: Collection[str]) -> set[str]:
    """Which of these transactions, however many, an item orders."""
    return {each for (each,) in _ORDERED.rows(work.connection, {"ids": transaction_ids})}


def mark_paid(work: Work, order_id: str) -> bool:
    """The order is paid now; False where it was before."""
    change = update(orders).where(orders.c.id == order_id, orders.c.paid.is_(False)).values(paid=True)
    return bool(work.connection.execute(change).rowcount)


def save_item(work: Work, item: OrderItem) -> None:
    """Write where an item is now; the caller holds its row (`get_item`)."""
    changing = ("status", "failure", "held_reason", "turn", "timeline_count", "timeline_head")
    values = {name: getattr(item, name) for name in changing}
    work.connection.execute(update(order_items).where(order_items.c.id == item.id).values(values))


def list_items_after(work: Work, after: str, *, order_id: str | None, most: int) -> list[OrderItem]:
    """Items in the order of their ids, from the one that follows `after`, of one order or of all."""
    query = select(*_ITEM).order_by(order_items.c.id).limit(most)
    if after:
        query = query.where(order_items.c.id > after)
    if order_id is not None:
        query = query.where(order_items.c.order_id == order_id)
    return [OrderItem(**row) for row in work.connection.execute(query).mappings()]


def count_items(work: Work, order_ids: Collection[str]) -> dict[str, int]:
    """How many items these orders have; orders without any are left out."""
    query = select(order_items.c.order_id, func.count()).where(order_items.c.order_id.in_(order_ids))
    return {row[0]: row[1] for row in work.connection.execute(query.group_by(order_items.c.order_id))}


def add_steered(work: Work, integration_id: str, signature: str) -> bool:
    """Write down that a request moved an item; False where it is written already."""
    values = {"integration_id": integration_id, "signature": signature, "at": work.now}
    return bool(_ADD_STEERED[work.connection.dialect.name].change(work.connection, values))


def list_steered(work: Work, before: datetime, most: int) -> list[tuple[str, str]]:
    """Requests of before that instant, whose signatures are not accepted any more."""
    query = select(*steered.primary_key).where(steered.c.at < before).limit(most)
    return [(row[0], row[1]) for row in work.connection.execute(query)]


def remove_steered(work: Work, requests: Collection[tuple[str, str]]) -> int:
    """Forget these requests; how many there were."""
    return work.connection.execute(delete(steered).where(tuple_(*steered.primary_key).in_(requests))).rowcount


def _first_of(transaction_id: str) -> tuple[ColumnElement[bool], ...]:
    return order_items.c.transaction_id == transaction_id, order_items.c.occurrence == 0


def _uuid(name: str) -> str | None:
    try:
        return str(UUID(name))
    except ValueError:
        return None
