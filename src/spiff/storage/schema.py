"""The one metadata that all tables register with, and the column types both databases share. Knows no domain."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ARRAY, DateTime, Dialect, MetaData, Text, TypeDecorator, Uuid
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import NullType, TypeEngine

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = Uuid(as_uuid=False)
"""A UUID, as text in Python: native in PostgreSQL, 32 characters in SQLite."""


class Moment(TypeDecorator[datetime]):
    """An aware instant in UTC. SQLite keeps no zone, so it is put back on the way out."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive times; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no place in the database")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Ids(TypeDecorator[Iterable[str]]):
    """Any number of UUIDs as one value: an array, and on SQLite, which has none, a document of JSON."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """An array where there are arrays."""
        return dialect.type_descriptor(ARRAY(Id) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> Any:
        """As the columns keep them."""
        if dialect.name == "postgresql":
            return list(value or ())
        return msgspec.json.encode([each.replace("-", "") for each in value or ()]).decode()


class is_among(FunctionElement[Any]):  # noqa: N801 - reads as a function of SQL where it is used
    """Whether an id is one of `Ids`: one statement for any number of them, which finds each by its index."""

    # As a Boolean it would become `… = 1` on SQLite, which then looks through the whole table.
    type = NullType()
    inherit_cache = True


@compiles(is_among, "sqlite")
def _is_among_document(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 - both are compiled SQL


@compiles(is_among, "postgresql")
def _is_among_array(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column, ids = (compiler.process(each, **options) for each in element.clauses)
    return f"{column} = ANY ({ids})"
