"""The tables of products and workflows. Knows SQL and nothing of what the rows are for."""

from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Integer,
    RowMapping,
    String,
    Table,
    Text,
    UniqueConstraint,
    delete,
    func,
    insert,
    select,
    update,
)

from spiff.catalogue.channels import Delivery
from spiff.catalogue.model import IntegrationProduct, Product, Terms, WorkflowName, WorkflowVersion
from spiff.errors import NotFound
from spiff.pricing.model import PriceBreak
from spiff.rendering.printing import Printing
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work

products = Table(
    "products",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, ForeignKey("partners.id"), nullable=False),
    Column("key", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    Column("description", Text, nullable=False),
    Column("base_price", Integer, nullable=False),
    Column("minimum_order_quantity", Integer, nullable=False),
    Column("image", String(64)),
    Column("enabled", Boolean, nullable=False),
    Column("overlay", String(64)),
    Column("model", String(64)),
    Column("profanities", JSON, nullable=False),
    Column("preflight", JSON, nullable=False),
    Column("price_breaks", JSON, nullable=False),
    Column("printing", JSON, nullable=False),
    Column("terms", JSON(none_as_null=True)),
    Column("delivery", JSON, nullable=False),
    UniqueConstraint("partner_id", "key"),
)

integration_products = Table(
    "integration_products",
    metadata,
    Column("id", Id, primary_key=True),
    Column("integration_id", Id, ForeignKey("integrations.id"), nullable=False),
    Column("product_id", Id, ForeignKey("products.id"), nullable=False),
    Column("external_product_id", String(200), nullable=False),
    Column("external_variant_id", String(200)),
    # Named by hand: PostgreSQL allows 63 characters, the convention would make more.
    UniqueConstraint(
        "integration_id", "external_product_id", "external_variant_id", name="uq_integration_products_external_ids"
    ),
)

workflows = Table(
    "workflows",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, ForeignKey("partners.id"), nullable=False),
    Column("key", String(100), nullable=False),
    Column("name", String(200), nullable=False),
    UniqueConstraint("partner_id", "key"),
)

workflow_versions = Table(
    "workflow_versions",
    metadata,
    Column("workflow_id", Id, ForeignKey("workflows.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("document", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
)

product_workflows = Table(
    "product_workflows",
    metadata,
    Column("product_id", Id, ForeignKey("products.id"), primary_key=True),
    Column("workflow_id", Id, ForeignKey("workflows.id"), primary_key=True),
    Column("position", Integer, nullable=False),
)

Row = Product | IntegrationProduct | WorkflowName
_TABLES: dict[type[Any], Table] = {
    Product: products,
    IntegrationProduct: integration_products,
    WorkflowName: workflows,
}
_DOCUMENTS = ("price_breaks", "printing", "terms", "delivery")
"""Columns of products that hold JSON."""


def save(work: Work, row: Row) -> None:
    """Write a product, integration product or workflow, new or changed."""
    table = _TABLES[type(row)]
    values = {name: getattr(row, name) for name in row.__struct_fields__}
    if isinstance(row, Product):
        values |= msgspec.to_builtins({name: values[name] for name in _DOCUMENTS})
    if not work.connection.execute(update(table).where(table.c.id == row.id).values(values)).rowcount:
        work.connection.execute(insert(table).values(values))


def find_product(work: Work, product_id: str) -> Product | None:
    """The product with this id."""
    row = work.connection.execute(select(products).where(products.c.id == product_id)).mappings().one_or_none()
    return _product(row) if row else None


def get_product(work: Work, product_id: str) -> Product:
    """The product with this id. Raises NotFound."""
    if product := find_product(work, product_id):
        return product
    raise NotFound(f"there is no product {product_id}")


def find_product_by_key(work: Work, partner_id: str, key: str) -> Product | None:
    """The product that a partner's catalogue file knows by this key."""
    query = select(products).where(products.c.partner_id == partner_id, products.c.key == key)
    row = work.connection.execute(query).mappings().one_or_none()
    return _product(row) if row else None


def find_integration_product(work: Work, integration_product_id: str) -> IntegrationProduct | None:
    """The integration product with this id."""
    query = select(integration_products).where(integration_products.c.id == integration_product_id)
    row = work.connection.execute(query).mappings().one_or_none()
    return IntegrationProduct(**row) if row else None


def find_integration_product_by_external_ids(
    work: Work, integration_id: str, external_product_id: str
) -> IntegrationProduct | None:
    """The integration product by the shop's own product id (or variant id)."""
    table = integration_products.c
    query = (
        select(integration_products)
        .where(
            table.integration_id == integration_id,
            (table.external_product_id == external_product_id) | (table.external_variant_id == external_product_id),
        )
        .order_by(table.external_product_id != external_product_id, table.external_variant_id, table.id)
        .limit(1)
    )
    row = work.connection.execute(query).mappings().one_or_none()
    return IntegrationProduct(**row) if row else None


def list_integration_products(work: Work, product_id: str) -> list[IntegrationProduct]:
    """All integration products of a product, always in the same order."""
    query = select(integration_products).where(integration_products.c.product_id == product_id)
    rows = work.connection.execute(query.order_by(integration_products.c.id)).mappings()
    return [IntegrationProduct(**row) for row in rows]


def find_workflow(work: Work, workflow_id: str) -> WorkflowName | None:
    """The workflow with this id."""
    row = work.connection.execute(select(workflows).where(workflows.c.id == workflow_id)).mappings().one_or_none()
    return WorkflowName(**row) if row else None


def find_workflow_by_key(work: Work, partner_id: str, key: str) -> WorkflowName | None:
    """The workflow that a partner's catalogue file knows by this key."""
    query = select(workflows).where(workflows.c.partner_id == partner_id, workflows.c.key == key)
    row = work.connection.execute(query).mappings().one_or_none()
    return WorkflowName(**row) if row else None


def find_sale(work: Work, sold: IntegrationProduct) -> IntegrationProduct | None:
    """The integration product with the same shop ids in the same integration."""
    table = integration_products.c
    query = select(integration_products).where(
        table.integration_id == sold.integration_id,
        table.external_product_id == sold.external_product_id,
        table.external_variant_id == sold.external_variant_id,
    )
    row = work.connection.execute(query).mappings().first()
    return IntegrationProduct(**row) if row else None


def find_version(work: Work, workflow_id: str, number: int | None = None) -> WorkflowVersion | None:
    """A version of a workflow, the newest where no number is given."""
    table = workflow_versions.c
    query = select(table.workflow_id, table.number, table.digest).where(table.workflow_id == workflow_id)
    query = query.where(table.number == number) if number is not None else query.order_by(table.number.desc()).limit(1)
    row = work.connection.execute(query).mappings().one_or_none()
    return WorkflowVersion(**row) if row else None


def get_document(work: Work, version: WorkflowVersion) -> str:
    """The exact text of a version."""
    table = workflow_versions.c
    query = select(table.document).where(table.workflow_id == version.workflow_id, table.number == version.number)
    return str(work.connection.execute(query).scalar_one())


def add_version(work: Work, version: WorkflowVersion, document: str) -> None:
    """Publish a version. Versions are never changed."""
    values = {name: getattr(version, name) for name in version.__struct_fields__}
    work.connection.execute(insert(workflow_versions).values(**values, document=document, created_at=work.now))


def list_product_workflows(work: Work, product_id: str) -> list[WorkflowName]:
    """The workflows of a product in their order."""
    query = (
        select(workflows)
        .join(product_workflows, product_workflows.c.workflow_id == workflows.c.id)
        .where(product_workflows.c.product_id == product_id)
        .order_by(product_workflows.c.position)
    )
    return [WorkflowName(**row) for row in work.connection.execute(query).mappings()]


def list_newest_versions(work: Work, workflow_ids: list[str]) -> dict[str, WorkflowVersion]:
    """The newest version of each of these workflows."""
    table = workflow_versions.c
    newest = (
        select(table.workflow_id, func.max(table.number).label("number"))
        .where(table.workflow_id.in_(workflow_ids))
        .group_by(table.workflow_id)
        .subquery()
    )
    query = select(table.workflow_id, table.number, table.digest).join(
        newest, (newest.c.workflow_id == table.workflow_id) & (newest.c.number == table.number)
    )
    return {row["workflow_id"]: WorkflowVersion(**row) for row in work.connection.execute(query).mappings()}


def set_product_workflows(work: Work, product_id: str, workflow_ids: list[str]) -> None:
    """Say which workflows a product has, in which order."""
    work.connection.execute(delete(product_workflows).where(product_workflows.c.product_id == product_id))
    for position, workflow_id in enumerate(workflow_ids):
        work.connection.execute(
            insert(product_workflows).values(product_id=product_id, workflow_id=workflow_id, position=position)
        )


def _product(row: RowMapping) -> Product:
    breaks = msgspec.convert(row["price_breaks"], tuple[PriceBreak, ...])
    printing, terms = msgspec.convert(row["printing"], Printing), msgspec.convert(row["terms"], Terms | None)
    delivery = msgspec.convert(row["delivery"], Delivery)
    return Product(**{**row, "price_breaks": breaks, "printing": printing, "terms": terms, "delivery": delivery})
