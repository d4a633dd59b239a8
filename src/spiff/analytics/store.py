"""The table of steps reached, and counts over what other domains record anyway. Knows SQL, nothing of what it is for.

It reads the tables of transactions and orders and writes its own only: what is recorded there need not be counted
twice, and recording it costs nothing more.
"""

from collections import Counter
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Integer,
    Select,
    Table,
    delete,
    distinct,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from spiff.analytics.model import Period
from spiff.catalogue.store import integration_products, products
from spiff.orders.store import order_items, orders
from spiff.storage.schema import Id, metadata
from spiff.storage.work import Work
from spiff.transactions.store import designs, page_sessions, transactions

steps_reached = Table(
    "steps_reached",
    metadata,
    Column("day", Date, primary_key=True),
    Column("integration_product_id", Id, ForeignKey("integration_products.id"), primary_key=True),
    Column("step_name", Id, primary_key=True),
    Column("reached", Integer, nullable=False),
)

past_designs = Table(
    "past_designs",
    metadata,
    Column("day", Date, primary_key=True),
    Column("integration_product_id", Id, ForeignKey("integration_products.id"), primary_key=True),
    Column("begun", Integer, nullable=False),
    Column("finished", Integer, nullable=False),
)
"""Designs that were removed because nobody ordered them: what is left of them is that they count."""

Counts = Counter[str]


def add_reached(work: Work, day: date, integration_product_id: str, step_names: Collection[str]) -> None:
    """One more for each of these steps. In their order, so that two writers never wait for each other in a circle."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    for name in sorted(step_names):
        row = {"day": day, "integration_product_id": integration_product_id, "step_name": name, "reached": 1}
        added = made(steps_reached).values(row)
        more = {"reached": steps_reached.c.reached + 1}
        work.connection.execute(added.on_conflict_do_update(index_elements=list(steps_reached.primary_key), set_=more))


def add_past(work: Work, day: date, integration_product_id: str, *, begun: int, finished: int) -> None:
    """So many more designs of that day are counted here, and nowhere else any more."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    row = {"day": day, "integration_product_id": integration_product_id, "begun": begun, "finished": finished}
    added = made(past_designs).values(row)
    more = {name: past_designs.c[name] + added.excluded[name] for name in ("begun", "finished")}
    work.connection.execute(added.on_conflict_do_update(index_elements=list(past_designs.primary_key), set_=more))


def remove_before(work: Work, day: date) -> None:
    """Forget what was counted before that day."""
    work.connection.execute(delete(steps_reached).where(steps_reached.c.day < day))


def list_sold(work: Work, integration_id: str | None) -> dict[str, str]:
    """The names of the products of an integration, of all where none is named, by integration product."""
    joined = integration_products.join(products, products.c.id == integration_products.c.product_id)
    query = select(integration_products.c.id, products.c.name).select_from(joined)
    if integration_id is not None:
        query = query.where(integration_products.c.integration_id == integration_id)
    return {row.id: row.name for row in work.connection.execute(query.order_by(products.c.name))}


def count_steps(work: Work, period: Period, integration_product_id: str) -> Counts:
    """How often each step was reached."""
    table = steps_reached.c
    query = (
        select(table.step_name, func.sum(table.reached))
        .where(table.integration_product_id == integration_product_id)
        .where(table.day >= period.first, table.day <= period.last)
        .group_by(table.step_name)
    )
    return _counts(work, query)


def count_page_sessions(work: Work, period: Period) -> Counts:
    """Views of a product's page, by integration product."""
    sold, at = page_sessions.c.integration_product_id, page_sessions.c.created_at
    return _counts(work, select(sold, func.count()).where(at >= period.begin, at < period.end).group_by(sold))


def count_created(work: Work, period: Period) -> Counts:
    """Designs that were begun, by integration product."""
    sold, at = transactions.c.integration_product_id, transactions.c.created_at
    query = select(sold, func.count()).where(at >= period.begin, at < period.end).group_by(sold)
    return _counts(work, query) + _past(work, period, past_designs.c.begun)


def count_completed(work: Work, period: Period) -> Counts:
    """Transactions with a design that was finished, by integration product; finished again they count once."""
    joined = designs.join(transactions, transactions.c.id == designs.c.transaction_id)
    sold, at = transactions.c.integration_product_id, designs.c.created_at
    query = select(sold, func.count(distinct(transactions.c.id))).select_from(joined)
    counted = _counts(work, query.where(at >= period.begin, at < period.end).group_by(sold))
    return counted + _past(work, period, past_designs.c.finished)


def count_ordered(work: Work, period: Period) -> Counts:
    """Designs that were ordered, by integration product."""
    joined = order_items.join(orders, orders.c.id == order_items.c.order_id)
    joined = joined.join(transactions, transactions.c.id == order_items.c.transaction_id)
    sold, at = transactions.c.integration_product_id, orders.c.created_at
    # A design that an order has in two lines is one design.
    query = select(sold, func.count()).select_from(joined).where(order_items.c.occurrence == 0)
    return _counts(work, query.where(at >= period.begin, at < period.end).group_by(sold))


def _past(work: Work, period: Period, column: Column[int]) -> Counts:
    table = past_designs.c
    query = select(table.integration_product_id, func.sum(column)).group_by(table.integration_product_id)
    return _counts(work, query.where(table.day >= period.first, table.day <= period.last))


def _counts(work: Work, query: Select[Any]) -> Counts:
    return Counter({row[0]: int(row[1]) for row in work.connection.execute(query)})
