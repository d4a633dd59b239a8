"""What the fields at the top of a GraphQL document call: the same operations as the REST doors. Decides nothing.

Runs in a plain thread, outside the event loop. Every other field is a member of what these return.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from graphql import GraphQLResolveInfo

from spiff.auth.caller import Caller
from spiff.catalogue import operations as catalogue
from spiff.errors import NotFound
from spiff.graphql.documents import order_document, transaction_document
from spiff.graphql.limits import QueryTooLarge
from spiff.orders.placing import place_order
from spiff.orders.reading import OrderLine, OrderRequest, read_order
from spiff.storage.work import Work
from spiff.transactions import operations as transactions
from spiff.web.routing import Services, require_uuid

MOST_IDS = 100
MOST_VALUES = 2000
"""Ids times fields of the document: what one request may have us put together."""


@dataclass(slots=True)
class Asked:
    """Who asks, and how much was asked for so far."""

    services: Services
    caller: Caller
    signature: str | None
    idempotency_key: str | None
    request_id: str
    fields: int = 1
    """Of the whole document."""
    ids: int = 0

    def count(self, ids: int) -> None:
        """Raise QueryTooLarge where these ids are too many, with those that came before."""
        self.ids += ids
        most = min(MOST_IDS, MOST_VALUES // self.fields)
        if self.ids > most:
            raise QueryTooLarge(f"at most {most} ids in a document of {self.fields} fields", limit=most)


def find_transactions(
    _root: Any, info: GraphQLResolveInfo[Asked], *, ids: list[str]
) -> list[dict[str, Any] | NotFound]:
    """`transactions`: each with its product, or with the reason why it is null."""
    asked = info.context
    asked.count(len(ids))
    return asked.services.database.read_now(lambda work: [_transaction(asked, work, each) for each in ids])


def create_order(_root: Any, info: GraphQLResolveInfo[Asked], **sent: Any) -> dict[str, Any]:
    """`orderCreate`: durable when it returns. Raises as `place_order`."""
    asked = info.context
    wanted = read_order(
        _order_request(sent),
        most_items=asked.services.settings.order_items_limit,
        idempotency_key=sent.get("idempotencyKey") or asked.idempotency_key,
        signature=asked.signature,
    )
    placed = asked.services.database.write_now(lambda work: place_order(asked.caller, work, wanted))
    document: dict[str, Any] = msgspec.to_builtins(order_document(placed))
    return document


def _transaction(asked: Asked, work: Work, transaction_id: str) -> dict[str, Any] | NotFound:
    try:
        begun, design = transactions.get_with_design(asked.caller, work, require_uuid(transaction_id, "transaction"))
    except NotFound as missing:
        return missing
    product = catalogue.get_product(work, begun.product_id)
    sold = catalogue.list_integration_products(work, product.id)
    base_url = asked.services.settings.base_url
    document: dict[str, Any] = msgspec.to_builtins(transaction_document(base_url, begun, design, product, sold))
    return document


def _order_request(sent: Mapping[str, Any]) -> OrderRequest:
    return OrderRequest(
        order_items=[msgspec.convert(each, OrderLine) for each in sent["orderItems"]],
        external_id=sent.get("externalId"),
        auto_print=sent.get("autoPrint"),
        paid=sent.get("paid"),
        raw_external_data=sent.get("rawExternalData"),
    )
