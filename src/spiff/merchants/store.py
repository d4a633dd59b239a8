"""The tables of partners and integrations. Knows SQL and nothing of what the rows are for."""

from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, Boolean, Column, ForeignKey, RowMapping, String, Table, insert, select, update

from spiff.merchants.model import Integration, Partner
from spiff.storage.schema import Id, metadata
from spiff.storage.work import Work

partners = Table(
    "partners",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(200), nullable=False, unique=True),
    Column("currency", String(3), nullable=False),
    Column("rates", JSON, nullable=False),
)

integrations = Table(
    "integrations",
    metadata,
    Column("id", Id, primary_key=True),
    Column("partner_id", Id, ForeignKey("partners.id"), nullable=False, index=True),
    Column("name", String(200), nullable=False),
    Column("external_id", String(200), nullable=False, unique=True),
    Column("access_key", String(200), nullable=False, unique=True),
    Column("secrets", JSON, nullable=False),
    Column("application_keys", JSON, nullable=False),
    Column("enabled", Boolean, nullable=False),
    Column("shop_url", String(500)),
)


def find_partner(work: Work, partner_id: str) -> Partner | None:
    """The partner with this id."""
    row = work.connection.execute(select(partners).where(partners.c.id == partner_id)).mappings().one_or_none()
    return _partner(row) if row else None


def find_partner_by_name(work: Work, name: str) -> Partner | None:
    """The partner with this name."""
    row = work.connection.execute(select(partners).where(partners.c.name == name)).mappings().one_or_none()
    return _partner(row) if row else None


def save_partner(work: Work, partner: Partner) -> None:
    """Write a partner, new or changed."""
    rates = {code: str(rate) for code, rate in partner.rates.items()}
    values = {"name": partner.name, "currency": partner.currency, "rates": rates}
    if not work.connection.execute(update(partners).where(partners.c.id == partner.id).values(values)).rowcount:
        work.connection.execute(insert(partners).values(id=partner.id, **values))


def find_integration(work: Work, integration_id: str) -> Integration | None:
    """The integration with this id."""
    return _integration_where(work, integrations.c.id == integration_id)


def find_integration_by_access_key(work: Work, access_key: str) -> Integration | None:
    """The integration with this access key."""
    return _integration_where(work, integrations.c.access_key == access_key)


def find_integration_by_external_id(work: Work, external_id: str) -> Integration | None:
    """The integration that the shop knows by this id."""
    return _integration_where(work, integrations.c.external_id == external_id)


def save_integration(work: Work, integration: Integration) -> None:
    """Write an integration, new or changed."""
    values = {
        "partner_id": integration.partner_id,
        "name": integration.name,
        "external_id": integration.external_id,
        "access_key": integration.access_key,
        "secrets": list(integration.secrets),
        "application_keys": list(integration.application_keys),
        "enabled": integration.enabled,
        "shop_url": integration.shop_url,
    }
    change = update(integrations).where(integrations.c.id == integration.id).values(values)
    if not work.connection.execute(change).rowcount:
        work.connection.execute(insert(integrations).values(id=integration.id, **values))


def _partner(row: RowMapping) -> Partner:
    return Partner(**{**row, "rates": {code: Decimal(rate) for code, rate in row["rates"].items()}})


def _integration_where(work: Work, condition: Any) -> Integration | None:
    row = work.connection.execute(select(integrations).where(condition)).mappings().one_or_none()
    return _integration(row) if row else None


def _integration(row: RowMapping) -> Integration:
    lists = {"secrets": tuple(row["secrets"]), "application_keys": tuple(row["application_keys"])}
    return Integration(**{**row, **lists})
