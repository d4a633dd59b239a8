"""The peer of our orders: FastAPI and SQLAlchemy's async ORM, as one would write the same service without ado.

It reads and writes the platform's own tables and makes the same checks: signature, freshness, the same order again,
whose transaction it is, whether it is finished and free. One session and one commit a request, rows mapped to objects.
"""

import hashlib
import os
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import Depends, FastAPI, HTTPException, Request, Response
from pydantic import BaseModel, Field
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import registry

from spiff.auth import soa
from spiff.catalogue.store import products
from spiff.events.store import events
from spiff.jobs.model import jobs
from spiff.merchants.store import integration_secrets, integrations
from spiff.orders.store import order_items, orders
from spiff.orders.timeline_store import timeline
from spiff.transactions.store import designs, transactions


class _Row:
    def __init__(self, **values: Any) -> None:
        for name, value in values.items():
            setattr(self, name, value)


def _mapped(name: str, table: Any) -> Any:
    kind = type(name, (_Row,), {})
    registry().map_imperatively(kind, table)
    return kind


Integration, Secret, Transaction, Design = (
    _mapped("Integration", integrations),
    _mapped("Secret", integration_secrets),
    _mapped("Transaction", transactions),
    _mapped("Design", designs),
)
Product, Order, Item = _mapped("Product", products), _mapped("Order", orders), _mapped("Item", order_items)
Entry, Event, Job = _mapped("Entry", timeline), _mapped("Event", events), _mapped("Job", jobs)

_URL = os.environ["PEER_DATABASE_URL"]
engine = create_async_engine(_URL, pool_size=16, max_overflow=0)
sessions = async_sessionmaker(engine, expire_on_commit=False)
app = FastAPI()

if _URL.startswith("sqlite"):

    @event.listens_for(engine.sync_engine, "connect")
    def _durable(connection: Any, _record: Any) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()


class Line(BaseModel):
    """One design to be made."""

    transaction_id: uuid.UUID = Field(alias="transactionId")
    amount: int = Field(alias="amountToOrder", ge=1, le=1_000_000)


class PlaceOrder(BaseModel):
    """An order."""

    external_id: str | int | None = Field(None, alias="externalId")
    paid: bool = True
    lines: list[Line] = Field(alias="orderItems", min_length=1)


async def session() -> AsyncIterator[AsyncSession]:
    """A session of one request."""
    async with sessions() as opened:
        yield opened


Session = Annotated[AsyncSession, Depends(session)]


async def shop(request: Request, session: Session) -> Any:
    """The integration that signed."""
    body, headers = await request.body(), request.headers
    parts = soa.read_authorization(headers.get("authorization", ""))
    sent = soa.read_date(headers.get("date", ""))
    if parts is None or sent is None or abs((datetime.now(UTC) - sent).total_seconds()) > 900:
        raise HTTPException(401)
    keys = select(Integration, Secret).join_from(Integration, Secret, Secret.integration_id == Integration.id)
    found = (await session.execute(keys.where(Integration.access_key == parts[0]))).all()
    signed = soa.Signed("POST", request.url.path, headers.get("content-type", ""), headers.get("date", ""), body)
    if not found or not soa.verify([each.secret for _, each in found], signed, parts[1]):
        raise HTTPException(401)
    return found[0][0]


@app.post("/api/v2/orders", status_code=201)
async def place_order(
    wanted: PlaceOrder, response: Response, session: Session, by: Annotated[Any, Depends(shop)]
) -> dict[str, Any]:
    """Place an order, or answer the one there is."""
    identity = f"external:{wanted.external_id}"
    same = select(Order).where(Order.integration_id == by.id, Order.identity == identity)
    if known := (await session.execute(same)).scalar_one_or_none():
        response.headers["Idempotent-Replayed"] = "true"
        return _document(known, (await session.execute(select(Item).where(Item.order_id == known.id))).scalars())
    now = datetime.now(UTC)
    order = _order(by, wanted, identity, now)
    session.add(order)
    await session.flush()
    items = [await _item(session, order, position, line, now) for position, line in enumerate(wanted.lines)]
    session.add(_event(order, len(items), now))
    try:
        await session.commit()
    except IntegrityError:
        raise HTTPException(409) from None
    return _document(order, items)


async def _item(session: AsyncSession, order: Any, position: int, line: Line, now: datetime) -> Any:
    transaction = await session.get(Transaction, str(line.transaction_id), with_for_update=True)
    if transaction is None or transaction.partner_id != order.partner_id:
        raise HTTPException(404)
    if transaction.design_id is None or transaction.status != "completed":
        raise HTTPException(409)
    design = await session.get(Design, transaction.design_id)
    product = await session.get(Product, transaction.product_id)
    if design is None or product is None or line.amount < product.minimum_order_quantity:
        raise HTTPException(422)
    transaction.status, transaction.touched_at = "ordered", now
    item = _new_item(order, position, line, design)
    session.add(item)
    session.add(_entry(item, now))
    session.add(_job(item, now))
    return item


def _order(by: Any, wanted: PlaceOrder, identity: str, now: datetime) -> Any:
    return Order(
        id=str(uuid.uuid4()), partner_id=by.partner_id, integration_id=by.id, external_id=str(wanted.external_id),
        identity=identity, request_digest="0" * 64, signature=None, paid=wanted.paid, auto_print=False,
        external_data=None, raw_external_data=None, created_at=now, test=False,
    )  # fmt: skip


def _new_item(order: Any, position: int, line: Line, design: Any) -> Any:
    unit = design.base_cost + design.options_cost
    return Item(
        id=str(uuid.uuid4()), order_id=order.id, partner_id=order.partner_id, position=position,
        transaction_id=str(line.transaction_id), design_id=design.id, amount=line.amount, status="received",
        base_cost=design.base_cost, options_cost=design.options_cost, currency=design.currency,
        price_currency=design.currency, unit_amount=unit, total_amount=unit * line.amount, turn=1,
        timeline_count=1, timeline_head="0" * 64,
    )  # fmt: skip


def _entry(item: Any, now: datetime) -> Any:
    digest = hashlib.sha256(f"{item.id}{now}{item.total_amount}".encode()).hexdigest()
    return Entry(
        item_id=item.id, position=1, at=now, actor="shop", action="ordered", status="received", turn=1,
        facts={"totalAmount": item.total_amount}, previous="", digest=digest,
    )  # fmt: skip


def _job(item: Any, now: datetime) -> Any:
    return Job(
        id=str(uuid.uuid4()), name="render", partner_id=item.partner_id, payload={"item_id": item.id},
        status="waiting", run_at=now, attempts=0, created_at=now,
    )  # fmt: skip


def _event(order: Any, items: int, now: datetime) -> Any:
    return Event(
        partner_id=order.partner_id, integration_id=order.integration_id, type="order.received", subject_id=order.id,
        payload={"items": items}, created_at=now,
    )  # fmt: skip


def _document(order: Any, items: Any) -> dict[str, Any]:
    lines = [{"id": each.id, "transactionId": each.transaction_id, "amountToOrder": each.amount} for each in items]
    return {"id": order.id, "externalId": order.external_id, "paid": order.paid, "orderItems": lines}
