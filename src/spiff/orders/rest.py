"""The HTTP door of orders. Knows messages and headers; what they mean is in operations."""

from typing import Any

import msgspec
from msgspec import structs

from spiff.auth.caller import Scope
from spiff.fulfilment.model import PrintFile
from spiff.orders import operations
from spiff.orders.model import OrderItem, PlacedOrder
from spiff.orders.placing import place_orders
from spiff.orders.reading import OrderRequest, read_order
from spiff.transactions.agreeing import Agreement
from spiff.transactions.documents import PreflightLine, PriceData
from spiff.web.routing import Access, Message, Reply, Request, Route, same_route


class PrintFileDocument(Message, frozen=True):
    """A file for the printer. `sha256` is its checksum."""

    panel: str
    format: str
    url: str
    sha256: str
    bytes: int


class AgreementDocument(Message, frozen=True):
    """Terms as they read when they were agreed to, their SHA-256, when that was, and who says so.

    `statedBy`: the `shopper` in the customiser, or the `merchant` in a signed request.
    """

    text: str
    link: str | None
    digest: str
    agreed_at: str
    stated_by: str


class OrderItemDocument(Message, frozen=True):
    """One design of an order. Costs of one piece are subunits of `currency`.

    `failure` says why an item failed, `heldReason` why it waits. Told where an order is read: `preflight`, what the
    product warned of when the design was finished, and `agreement`, to which terms it was finished.
    """

    id: str
    transaction_id: str
    amount_to_order: int
    status: str
    base_cost: int
    options_cost: int
    currency: str
    price: PriceData
    print_files: list[PrintFileDocument]
    failure: str | None
    held_reason: str | None
    preflight: list[PreflightLine] | msgspec.UnsetType = msgspec.UNSET
    agreement: AgreementDocument | msgspec.UnsetType | None = msgspec.UNSET


class OrderDocument(Message, frozen=True):
    """An order with the state of each item. A `test` order is delivered nowhere."""

    id: str
    external_id: str | None
    status: str
    paid: bool
    test: bool
    created_at: str
    order_items: list[OrderItemDocument]


async def place_order(request: Request[OrderRequest]) -> Reply:
    """`POST /api/v2/orders`: answered after the commit is durable (contract/rest.md 4)."""
    services = request.services
    wanted = read_order(
        request.body,
        most_items=services.settings.order_items_limit,
        idempotency_key=request.headers.get("idempotency-key"),
        signature=request.signature,
    )
    placed = await services.database.write_together(place_orders, (request.caller, wanted))
    files: dict[str, list[PrintFile]] = {}
    if placed.replayed and Scope.ORDERS_READ in request.caller.scopes:
        files = await _print_files(request, placed)
    headers = {"Location": f"{services.settings.base_url}/api/v2/orders/{placed.order.id}"}
    if placed.replayed:
        headers["Idempotent-Replayed"] = "true"
    return Reply(_document(placed, files, services.settings.base_url), 201, headers)


async def get_order(request: Request[Any]) -> Reply:
    """`GET /api/v2/orders/{orderId}`: the order, the state of its items, their print files."""
    database, order_id = request.services.database, request.path["orderId"]
    placed = await database.read(lambda work: operations.get_order(request.caller, work, order_id))
    files = await _print_files(request, placed)
    warned = await database.read(lambda work: operations.list_preflights(request.caller, work, placed))
    agreed = await database.read(lambda work: operations.list_agreements(request.caller, work, placed))
    document = _document(placed, files, request.services.settings.base_url)
    items = [
        structs.replace(
            item,
            preflight=msgspec.convert(warned[item.id], list[PreflightLine]),
            agreement=_agreement(agreed[item.id]),
        )
        for item in document.order_items
    ]
    return Reply(structs.replace(document, order_items=items), headers={"Cache-Control": "no-store"})


def _agreement(found: Agreement | None) -> AgreementDocument | None:
    if found is None:
        return None
    agreed_at = found.agreed_at.isoformat().replace("+00:00", "Z")
    return AgreementDocument(found.text, found.link, found.digest, agreed_at, found.stated_by)


async def _print_files(request: Request[Any], placed: PlacedOrder) -> dict[str, list[PrintFile]]:
    return await request.services.database.read(lambda work: operations.list_print_files(request.caller, work, placed))


def _document(placed: PlacedOrder, files: dict[str, list[PrintFile]], base_url: str) -> OrderDocument:
    order = placed.order
    return OrderDocument(
        id=order.id,
        external_id=order.external_id,
        status=placed.status,
        paid=order.paid,
        test=order.test,
        created_at=order.created_at.isoformat().replace("+00:00", "Z"),
        order_items=[item_document(item, files.get(item.id, []), base_url) for item in placed.items],
    )


def item_document(item: OrderItem, files: list[PrintFile], base_url: str) -> OrderItemDocument:
    """One item as it is answered."""
    return OrderItemDocument(
        id=item.id,
        transaction_id=item.transaction_id,
        amount_to_order=item.amount,
        status=item.status,
        base_cost=item.base_cost,
        options_cost=item.options_cost,
        currency=item.currency,
        price=PriceData(item.amount, item.price_currency, item.unit_amount, item.total_amount),
        print_files=[
            PrintFileDocument(each.panel, each.format, f"{base_url}/files/{each.sha256}", each.sha256, each.bytes)
            for each in files
        ],
        failure=item.failure,
        held_reason=item.held_reason,
    )


routes: list[Route] = [
    *same_route(
        "/api/v2/orders",
        "/api/orders",
        "/orders",
        method="POST",
        handler=place_order,
        summary="Order finished designs",
        tag="orders",
        access=Access.SIGNED,
        application_keys=True,
        body=OrderRequest,
        answer=OrderDocument,
        status=201,
        request_headers=("Idempotency-Key",),
        refusals=(404, 409, 422),
        body_limit=lambda settings: settings.order_body_limit_bytes,
    ),
    Route(
        method="GET",
        path="/api/v2/orders/{orderId}",
        handler=get_order,
        summary="Read an order, the state of its items and their print files",
        tag="orders",
        access=Access.SIGNED,
        answer=OrderDocument,
        refusals=(404,),
    ),
]
"""The doors of this domain."""
