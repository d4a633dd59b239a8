"""The tables of partners and integrations. Knows SQL and nothing of what the rows are for."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
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
    delete,
    func,
    insert,
    or_,
    select,
    update,
)

from spiff.merchants.model import ApplicationKey, Integration, Partner, Secret, Theme
from spiff.storage.schema import Id, Moment, metadata
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
    Column("enabled", Boolean, nullable=False),
    Column("shop_url", String(500)),
    Column("test", Boolean, nullable=False),
    Column("requires_message_signatures", Boolean, nullable=False),
    Column("theme", JSON(none_as_null=True)),
    Column("rotated_at", Moment),
)

integration_secrets = Table(
    "integration_secrets",
    metadata,
    Column("integration_id", Id, ForeignKey("integrations.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("secret", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("last_used_at", Moment),
)

application_keys = Table(
    "application_keys",
    metadata,
    Column("value", String(200), primary_key=True),
    Column("integration_id", Id, ForeignKey("integrations.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("orders", Boolean, nullable=False),
    Column("last_used_at", Moment),
)

_OWN = [column.name for column in integrations.columns]
_SECRETS = select(integration_secrets).order_by(integration_secrets.c.number)


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


def find_integration_by_application_key(work: Work, value: str) -> Integration | None:
    """The integration whose key without a secret this is."""
    owner = select(application_keys.c.integration_id).where(application_keys.c.value == value).scalar_subquery()
    return _integration_where(work, integrations.c.id == owner)


def list_integrations(work: Work) -> list[Integration]:
    """All integrations of the installation, by the shop's own ids."""
    rows = work.connection.execute(select(integrations).order_by(integrations.c.external_id)).mappings()
    return [_integration(work, row) for row in rows.all()]


def save_integration(work: Work, integration: Integration) -> None:
    """Write an integration, new or changed, with its keys."""
    values = {name: getattr(integration, name) for name in _OWN if name != "id"}
    values["theme"] = msgspec.to_builtins(integration.theme)
    change = update(integrations).where(integrations.c.id == integration.id).values(values)
    if not work.connection.execute(change).rowcount:
        work.connection.execute(insert(integrations).values(id=integration.id, **values))
    _save_secrets(work, integration.id, integration.secrets)
    _save_application_keys(work, integration.id, integration.application_keys)


def list_secrets(work: Work, integration_id: str) -> list[Secret]:
    """The live secrets, the oldest first, without their values."""
    rows = work.connection.execute(_SECRETS.where(integration_secrets.c.integration_id == integration_id)).mappings()
    return [Secret(row["number"], row["created_at"], row["last_used_at"]) for row in rows]


def add_secret(work: Work, integration_id: str, secret: str) -> int:
    """Make one more secret live; its number."""
    of_integration = integration_secrets.c.integration_id == integration_id
    newest = work.connection.execute(select(func.max(integration_secrets.c.number)).where(of_integration)).scalar()
    number = int(newest or 0) + 1
    row = {"integration_id": integration_id, "number": number, "secret": secret, "created_at": work.now}
    work.connection.execute(insert(integration_secrets).values(row))
    return number


def remove_secret(work: Work, integration_id: str, number: int) -> None:
    """Let a secret be live no more."""
    mine = integration_secrets.c.integration_id == integration_id
    work.connection.execute(delete(integration_secrets).where(mine, integration_secrets.c.number == number))


def list_application_key_uses(work: Work, integration_id: str) -> dict[str, datetime | None]:
    """When each application key was last used."""
    of_integration = application_keys.c.integration_id == integration_id
    query = select(application_keys.c.value, application_keys.c.last_used_at).where(of_integration)
    return {value: used for value, used in work.connection.execute(query)}


def note_use(work: Work, integration_id: str, key: str) -> None:
    """A secret or an application key, by its value, was used now."""
    for table, value in ((integration_secrets, "secret"), (application_keys, "value")):
        mine = (table.c.integration_id == integration_id, table.c[value] == key)
        older = or_(table.c.last_used_at.is_(None), table.c.last_used_at < work.now)
        work.connection.execute(update(table).where(*mine, older).values(last_used_at=work.now))


def _save_secrets(work: Work, integration_id: str, wanted: Sequence[str]) -> None:
    """Live are these and no others; those that stay keep their numbers and dates."""
    rows = work.connection.execute(_SECRETS.where(integration_secrets.c.integration_id == integration_id)).mappings()
    known = {row["secret"]: row["number"] for row in rows.all()}
    for secret in wanted:
        if secret not in known:
            add_secret(work, integration_id, secret)
    for secret, number in known.items():
        if secret not in wanted:
            remove_secret(work, integration_id, number)


def _save_application_keys(work: Work, integration_id: str, wanted: Sequence[ApplicationKey]) -> None:
    used = list_application_key_uses(work, integration_id)
    work.connection.execute(delete(application_keys).where(application_keys.c.integration_id == integration_id))
    for position, key in enumerate(wanted):
        row = {"integration_id": integration_id, "position": position, "last_used_at": used.get(key.value)}
        work.connection.execute(insert(application_keys).values(value=key.value, orders=key.orders, **row))


def _partner(row: RowMapping) -> Partner:
    return Partner(**{**row, "rates": {code: Decimal(rate) for code, rate in row["rates"].items()}})


def _integration_where(work: Work, condition: Any) -> Integration | None:
    row = work.connection.execute(select(integrations).where(condition)).mappings().one_or_none()
    return _integration(work, row) if row else None


def _integration(work: Work, row: RowMapping) -> Integration:
    mine = integration_secrets.c.integration_id == row["id"]
    secrets = work.connection.execute(_SECRETS.where(mine)).mappings().all()
    of_integration = application_keys.c.integration_id == row["id"]
    query = select(application_keys).where(of_integration).order_by(application_keys.c.position)
    keys = work.connection.execute(query).mappings().all()
    return Integration(
        **{**row, "theme": msgspec.convert(row["theme"], Theme | None)},
        secrets=tuple(each["secret"] for each in secrets),
        application_keys=tuple(ApplicationKey(each["value"], each["orders"]) for each in keys),
    )
