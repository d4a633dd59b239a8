"""The types of schema.graphql that are answered, by their members. Knows no rule and no database."""

from collections.abc import Sequence

from spiff.assets.addresses import file_href
from spiff.catalogue.model import IntegrationProduct, Product
from spiff.orders.model import PlacedOrder
from spiff.transactions.model import Design
from spiff.transactions.model import Transaction as Begun
from spiff.web.routing import Message


class SoldThrough(Message, frozen=True):
    """`IntegrationProduct`."""

    id: str
    external_product_id: str
    external_variant_id: str | None


class ProductDocument(Message, frozen=True):
    """`Product`."""

    id: str
    name: str
    base_price: int
    minimum_order_quantity: int
    integration_products: list[SoldThrough]


class TransactionDocument(Message, frozen=True):
    """`Transaction`."""

    id: str
    integration_product_id: str
    workflow_id: str
    completed: bool
    is_ordered: bool
    price_modifier_total: int
    currency_code: str
    preview_image_link: str | None
    product: ProductDocument


class OrderItemDocument(Message, frozen=True):
    """`OrderItem`."""

    id: str
    transaction_id: str
    amount_to_order: int
    status: str


class OrderDocument(Message, frozen=True):
    """`Order`."""

    id: str
    external_id: str | None
    status: str
    paid: bool
    replayed: bool
    order_items: list[OrderItemDocument]
    internal_id: None = None


def transaction_document(
    base_url: str, begun: Begun, design: Design | None, product: Product, sold: Sequence[IntegrationProduct]
) -> TransactionDocument:
    """A transaction: the costs are those of its finished design, else of its answers, as in REST."""
    priced, picture = design or begun, design.preview_digest if design else None
    return TransactionDocument(
        id=begun.id,
        integration_product_id=begun.integration_product_id,
        workflow_id=begun.workflow_id,
        completed=design is not None,
        is_ordered=begun.status == "ordered",
        price_modifier_total=priced.options_cost,
        currency_code=priced.currency,
        preview_image_link=file_href(base_url, picture) if picture else None,
        product=ProductDocument(
            id=product.id,
            name=product.name,
            base_price=priced.base_cost,
            minimum_order_quantity=product.minimum_order_quantity,
            integration_products=[
                SoldThrough(each.id, each.external_product_id, each.external_variant_id) for each in sold
            ],
        ),
    )


def order_document(placed: PlacedOrder) -> OrderDocument:
    """An order."""
    return OrderDocument(
        id=placed.order.id,
        external_id=placed.order.external_id,
        status=placed.status,
        paid=placed.order.paid,
        replayed=placed.replayed,
        order_items=[
            OrderItemDocument(each.id, each.transaction_id, each.amount, each.status) for each in placed.items
        ],
    )
