"""The table of the keys that prices are signed with. Knows SQL and no token."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Column, Integer, String, Table, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from spiff.storage.schema import Moment, metadata
from spiff.storage.work import Work

price_keys = Table(
    "price_keys",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kid", String(64), nullable=False, unique=True),
    Column("private_jwk", JSON, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("retired_at", Moment),
)


def find_newest(work: Work) -> tuple[int, dict[str, Any]] | None:
    """The number and the key that signs now."""
    query = select(price_keys.c.number, price_keys.c.private_jwk).order_by(price_keys.c.number.desc()).limit(1)
    row = work.connection.execute(query).one_or_none()
    return (row.number, row.private_jwk) if row else None


def find_key(work: Work, kid: str, retired_after: datetime) -> dict[str, Any] | None:
    """The key with this id, if it signs now or was retired after that instant."""
    query = select(price_keys.c.private_jwk).where(price_keys.c.kid == kid, _in_use(retired_after))
    key: dict[str, Any] | None = work.connection.execute(query).scalar_one_or_none()
    return key


def list_keys(work: Work, retired_after: datetime) -> list[dict[str, Any]]:
    """The keys that sign now or were retired after that instant, the newest first."""
    query = select(price_keys.c.private_jwk).where(_in_use(retired_after)).order_by(price_keys.c.number.desc())
    return list(work.connection.execute(query).scalars())


def add_key(work: Work, number: int, key: dict[str, Any]) -> bool:
    """Write a key; False where another process has just written one of this number."""
    made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
    row = made(price_keys).values(number=number, kid=key["kid"], private_jwk=key, created_at=work.now)
    return bool(work.connection.execute(row.on_conflict_do_nothing()).rowcount)


def retire_before(work: Work, number: int) -> None:
    """Keys of lower numbers sign no more."""
    old = (price_keys.c.number < number) & price_keys.c.retired_at.is_(None)
    work.connection.execute(update(price_keys).where(old).values(retired_at=work.now))


def _in_use(retired_after: datetime) -> Any:
    return or_(price_keys.c.retired_at.is_(None), price_keys.c.retired_at > retired_after)
