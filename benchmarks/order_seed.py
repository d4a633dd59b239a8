"""Fills databases with finished designs of one shop, and writes the signed requests that order them."""

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from sqlalchemy import create_engine, insert, select

from spiff.auth import soa
from spiff.auth.caller import Caller, Scope
from spiff.catalogue.model import IntegrationProduct, Product
from spiff.catalogue.store import save
from spiff.merchants.model import Integration, Partner
from spiff.merchants.operations import save_integration, save_partner
from spiff.orders.model import PlaceOrder, WantedItem
from spiff.orders.placing import place_order
from spiff.rendering.printing import Printing
from spiff.storage.database import Database
from spiff.storage.migrating import migrate
from spiff.storage.work import Work, random_id
from spiff.transactions.model import Design, Transaction
from spiff.transactions.store import add_design, add_transaction, designs, transactions

PATH = "/api/v2/orders"


def seed(url: str, count: int, *, more: int = 0, ordered: int = 0) -> list[bytes]:
    """Finished transactions in a new database, and a signed request for each.

    `more` transactions stand beside them, `ordered` of which have been ordered.
    """
    migrate(url)
    database = Database(url)
    integration, offered = database.write_now(open_shop)
    database.write_now(lambda work: _finish_one(work, integration, offered))
    database.close()
    others = [(random_id(), random_id()) for _ in range(more)]
    _copy(url, others)
    if ordered:
        _order(url, integration, [each for each, _ in others[:ordered]])
    ids = [(random_id(), random_id()) for _ in range(count)]
    _copy(url, ids)
    os.sync()  # else what the seeding wrote goes to the disk beside the orders, for half a minute
    return [signed_request(integration, each, number) for number, (each, _) in enumerate(ids)]


def _order(url: str, integration: Integration, ids: Sequence[str]) -> None:
    """Order these transactions, a hundred in an order."""
    database, caller = Database(url), Caller(integration.partner_id, integration.id, scopes=frozenset(Scope))
    for start in range(0, len(ids), 100):
        lines = tuple(WantedItem(position, each, 1) for position, each in enumerate(ids[start : start + 100]))
        placing = partial(place_order, caller, wanted=PlaceOrder(lines, external_id=f"before-{start}"))
        database.write_now(placing)
    database.close()


def signed_request(integration: Integration, transaction_id: str, number: int) -> bytes:
    """The bytes of an order on the wire."""
    items = [{"transactionId": transaction_id, "amountToOrder": 1}]
    body = json.dumps({"externalId": number, "paid": True, "orderItems": items}).encode()
    date = datetime.now(UTC).strftime("%a, %d %b %Y %H:%M:%S GMT")
    signature = soa.sign(integration.secrets[0], soa.Signed("POST", PATH, "application/json", date, body), "md5")
    return (
        f"POST {PATH} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nDate: {date}\r\n"
        f"Authorization: SOA {integration.access_key}:{signature}\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


def open_shop(work: Work) -> tuple[Integration, IntegrationProduct]:
    """A merchant with one key, and the one product it sells."""
    partner = Partner(work.new_id(), "bench", "AUD")
    save_partner(work, partner)
    integration = Integration(work.new_id(), partner.id, "bench", "bench", "bench-key", ("bench-secret",), (), True)
    save_integration(work, integration)
    product = Product(work.new_id(), partner.id, "mug", "Mug", "", 1000, 1, None, True)
    save(work, product)
    offered = IntegrationProduct(work.new_id(), integration.id, product.id, "mug", None)
    save(work, offered)
    return integration, offered


def _finish_one(work: Work, integration: Integration, offered: IntegrationProduct) -> None:
    """A finished design, as the platform writes it."""
    same: dict[str, Any] = {
        "partner_id": integration.partner_id,
        "integration_id": integration.id,
        "product_name": "Mug",
        "workflow_id": offered.id,
        "workflow_version": 1,
        "revision": 2,
        "answers": _ANSWERS,
        "base_cost": 1000,
        "options_cost": 250,
        "currency": "AUD",
    }
    transaction = Transaction(
        id=work.new_id(),
        integration_product_id=offered.id,
        product_id=offered.product_id,
        status="completed",
        owner_token_hash="0" * 64,
        design_id=work.new_id(),
        **same,
    )
    design = Design(
        id=transaction.design_id or "",
        transaction_id=transaction.id,
        scene_digest="0" * 64,
        digest="0" * 64,
        exported_data={"Name": {"value": "Ada", "priceModifier": 250}},
        metadata={"Name text": "Ada"},
        preflight=[],
        printing=Printing(),
        **same,
    )
    add_transaction(work, transaction)
    add_design(work, design)


def _copy(url: str, ids: Sequence[tuple[str, str]]) -> None:
    """As many more of the one design there is, with these ids of transaction and design."""
    engine = create_engine(url)
    with engine.begin() as connection:
        for table, named in ((transactions, ("id", "design_id")), (designs, ("transaction_id", "id"))):
            row = dict(connection.execute(select(table).limit(1)).mappings().one())
            for start in range(0, len(ids), 10_000):
                copies = [row | dict(zip(named, each, strict=True)) for each in ids[start : start + 10_000]]
                connection.execute(insert(table), copies)
    engine.dispose()


_ANSWERS = {"name": {"text": "Ada", "variantId": "serif", "colorVariantId": "red"}, "wrapping": {"variantId": "gift"}}
