"""Statements compiled once, for the few that every order needs. Knows no table.

SQLAlchemy caches what it compiles, but finding a statement in its cache costs more than running a small one. Here the
driver's cursor is asked directly, in the connection's transaction; types and errors are those of SQLAlchemy.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Select, Uuid
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from spiff.storage.schema import Moment

Conversion = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Ready:
    """A statement as one kind of database takes it; `conversions` are those of the values that need one."""

    sql: str
    names: list[str]
    conversions: list[tuple[int, Conversion]]
    positional: bool
    failures: type[Exception]

    @classmethod
    def of(cls, compiled: SQLCompiler, dialect: Dialect) -> "Ready":
        """The compiled statement, ready to be run as often as wanted."""
        names = list(compiled.positiontup or compiled.binds)
        conversions = [binding(compiled.binds[name].type, dialect) for name in names]
        return cls(
            sql=str(compiled),
            names=names,
            conversions=[(position, convert) for position, convert in enumerate(conversions) if convert],
            positional=bool(compiled.positional),
            failures=dialect.loaded_dbapi.Error,
        )

    def parameters(self, values: Mapping[str, Any]) -> Any:
        """The values as the driver takes them."""
        converted = [values[name] for name in self.names]
        for position, convert in self.conversions:
            converted[position] = convert(converted[position])
        return converted if self.positional else dict(zip(self.names, converted, strict=True))


class Prepared:
    """A statement whose values are all bound by name: `bindparam("…")`."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._ready: dict[str, tuple[Ready, list[Conversion | None]]] = {}

    def run(self, connection: Connection) -> None:
        """Run a statement that has neither values nor rows."""
        self._run(connection, {})

    def change(self, connection: Connection, values: Mapping[str, Any]) -> int:
        """Run an update; how many rows it changed."""
        return self._run(connection, values)[0].rowcount

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[list[Any]]:
        """Run a select; the values of its columns, row by row."""
        cursor, columns = self._run(connection, values)
        return [
            [convert(value) if convert else value for convert, value in zip(columns, row, strict=True)]
            for row in cursor.fetchall()
        ]

    def _run(self, connection: Connection, values: Mapping[str, Any]) -> tuple[DBAPICursor, list[Conversion | None]]:
        ready, columns = self._ready.get(connection.dialect.name) or self._prepare(connection.dialect)
        return executed(connection, ready, ready.parameters(values)), columns

    def _prepare(self, dialect: Dialect) -> tuple[Ready, list[Conversion | None]]:
        statement: Any = self._statement
        selected = statement.selected_columns if isinstance(statement, Select) else ()
        columns = [_reading(each.type, dialect) for each in selected]
        self._ready[dialect.name] = prepared = Ready.of(statement.compile(dialect=dialect), dialect), columns
        return prepared


def executed(connection: Connection, ready: Ready, parameters: Any, *, many: bool = False) -> DBAPICursor:
    """The driver's cursor behind a statement, run once or for each of many parameters. Raises as SQLAlchemy does."""
    cursor = connection.connection.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(ready.sql, parameters)
    except ready.failures as failure:
        dialect: Any = connection.dialect
        away = bool(dialect.is_disconnect(failure, connection.connection, cursor))
        if away:
            connection.invalidate(failure)
        raise DBAPIError.instance(ready.sql, None, failure, ready.failures, connection_invalidated=away) from failure
    return cursor


def binding(kind: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    """What a value of this type goes through before the driver takes it."""
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    # All rows of a commit carry the same instant, and writing one down is the dearest conversion of all.
    return lru_cache(maxsize=4)(convert) if convert and isinstance(kind, Moment) else convert


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    convert = kind.dialect_impl(dialect).result_processor(dialect, None)
    return _with_dashes if isinstance(kind, Uuid) and dialect.name == "sqlite" else convert


def _with_dashes(digits: str | None) -> str | None:
    """A UUID that was kept as 32 digits. Reading it as a number first, as SQLAlchemy does, takes five times as long."""
    if digits is None:
        return None
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
