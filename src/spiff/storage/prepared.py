"""Statements compiled once, for the few that every order needs. Knows no table.

SQLAlchemy caches what it compiles, but finding a statement in its cache costs more than running a small one. Here the
driver's cursor is asked directly, in the connection's transaction; types and errors are those of SQLAlchemy.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Dialect, Executable, Insert, Select
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import TypeEngine

from spiff.storage.schema import Moment

_Convert = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement as one kind of database takes it; `conversions` are those of the values that need one."""

    sql: str
    names: list[str]
    conversions: list[tuple[int, Callable[[Any], Any]]]
    positional: bool
    columns: list[_Convert]
    failures: type[Exception]

    def parameters(self, values: Mapping[str, Any]) -> Any:
        converted = [values[name] for name in self.names]
        for position, convert in self.conversions:
            converted[position] = convert(converted[position])
        return converted if self.positional else dict(zip(self.names, converted, strict=True))


class Prepared:
    """A statement whose values are all bound by name: `bindparam("…")`, or an insert's columns."""

    def __init__(self, statement: Executable) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, connection: Connection) -> None:
        """Run a statement that has neither values nor rows."""
        self._run(connection, self._for(connection), {})

    def change(self, connection: Connection, values: Mapping[str, Any]) -> bool:
        """Run an insert or update; whether it changed anything."""
        return bool(self._run(connection, self._for(connection), values).rowcount > 0)

    def change_all(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run an insert or update once for each row, in as few trips to the database as its driver can."""
        ready = self._for(connection)
        self._run(connection, ready, rows)

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[list[Any]]:
        """Run a select; the values of its columns, row by row."""
        ready = self._for(connection)
        return [
            [convert(value) if convert else value for convert, value in zip(ready.columns, row, strict=True)]
            for row in self._run(connection, ready, values).fetchall()
        ]

    def _run(
        self, connection: Connection, ready: _Ready, values: Mapping[str, Any] | Sequence[Mapping[str, Any]]
    ) -> DBAPICursor:
        cursor = connection.connection.cursor()
        try:
            if isinstance(values, Mapping):
                cursor.execute(ready.sql, ready.parameters(values))
            else:
                cursor.executemany(ready.sql, [ready.parameters(each) for each in values])
        except ready.failures as failure:
            dialect: Any = connection.dialect
            away = bool(dialect.is_disconnect(failure, connection.connection, cursor))
            if away:
                connection.invalidate(failure)
            raise DBAPIError.instance(
                ready.sql, None, failure, ready.failures, connection_invalidated=away
            ) from failure
        return cursor

    def _for(self, connection: Connection) -> _Ready:
        return self._ready.get(connection.dialect.name) or self._prepare(connection.dialect)

    def _prepare(self, dialect: Dialect) -> _Ready:
        statement: Any = self._statement
        keys = _inserted(statement) if isinstance(statement, Insert) else None
        compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=keys)
        names = list(compiled.positiontup or compiled.binds)
        conversions = [_binding(compiled.binds[name].type, dialect) for name in names]
        ready = _Ready(
            sql=str(compiled),
            names=names,
            conversions=[(position, convert) for position, convert in enumerate(conversions) if convert],
            positional=bool(compiled.positional),
            columns=[_reading(each.type, dialect) for each in statement.selected_columns]
            if isinstance(statement, Select)
            else [],
            failures=dialect.loaded_dbapi.Error,
        )
        self._ready[dialect.name] = ready
        return ready


def _inserted(statement: Insert) -> list[str]:
    """All columns but one that the database counts by itself."""
    table: Any = statement.table
    return [column.name for column in table.columns if column is not table.autoincrement_column]


def _binding(kind: TypeEngine[Any], dialect: Dialect) -> _Convert:
    convert = kind.dialect_impl(dialect).bind_processor(dialect)
    # All rows of a commit carry the same instant, and writing one down is the dearest conversion of all.
    return lru_cache(maxsize=4)(convert) if convert and isinstance(kind, Moment) else convert


def _reading(kind: TypeEngine[Any], dialect: Dialect) -> _Convert:
    return kind.dialect_impl(dialect).result_processor(dialect, None)
