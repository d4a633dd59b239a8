"""Rows of one table written together, by a statement that is compiled once. Knows no table.

SQLite runs its insert row by row: that costs it less than reading one document. A trip to PostgreSQL costs more than
the rows it carries, so all of them go as one document of JSON, in one statement that stays the same for any number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import methodcaller
from typing import Any

import msgspec
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Dialect,
    Table,
    Text,
    Uuid,
    bindparam,
    cast,
    column,
    func,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.types import TypeEngine

from spiff.storage.prepared import Conversion, Ready, binding, executed
from spiff.storage.work import Row

_WITHOUT_DASHES = methodcaller("replace", "-", "")
"""How SQLite keeps a UUID; none of those that are inserted here is absent."""


@dataclass(frozen=True, slots=True)
class _Insert:
    """The statement as one kind of database takes it; `conversions` are those of the columns that need one."""

    ready: Ready
    conversions: list[tuple[int, Conversion]]
    document: bool


class Insert:
    """An insert of rows whose values come in the order of `columns`."""

    def __init__(self, table: Table, columns: Sequence[str], *, skip_conflicts: bool = False) -> None:
        self._table = table
        self._columns = [table.c[name] for name in columns]
        self._skip_conflicts = skip_conflicts
        self._prepared: dict[str, _Insert] = {}

    def run(self, connection: Connection, rows: Sequence[Row]) -> int:
        """Write the rows; how many were written: fewer where some met a unique constraint and that is no failure."""
        if not rows:
            return 0
        insert = self._prepared.get(connection.dialect.name) or self._prepare(connection.dialect)
        converted = _converted(rows, insert.conversions)
        if not insert.document:
            return executed(connection, insert.ready, converted, many=True).rowcount
        names = [each.name for each in self._columns]
        document = msgspec.json.encode([dict(zip(names, row, strict=True)) for row in converted])
        return executed(connection, insert.ready, {"rows": document.decode()}).rowcount

    def _prepare(self, dialect: Dialect) -> _Insert:
        document = dialect.name == "postgresql"
        statement = self._of_document() if document else sqlite.insert(self._table)
        if self._skip_conflicts:
            statement = statement.on_conflict_do_nothing()
        keys = None if document else [each.name for each in self._columns]
        ready = Ready.of(statement.compile(dialect=dialect, column_keys=keys), dialect)
        conversions = [_conversion(each.type, dialect) for each in self._columns]
        found = [(position, convert) for position, convert in enumerate(conversions) if convert is not None]
        self._prepared[dialect.name] = insert = _Insert(ready, found, document)
        return insert

    def _of_document(self) -> postgresql.Insert:
        # Documents within the document are text: so it holds no escape that PostgreSQL takes in JSON but not in text.
        kinds = [column(each.name, Text() if isinstance(each.type, JSON) else each.type) for each in self._columns]
        sent = func.json_to_recordset(cast(bindparam("rows", type_=Text()), JSON())).table_valued(*kinds)
        given = sent.render_derived("sent", with_types=True)
        values = [_from_text(each, given.c[each.name]) for each in self._columns]
        return postgresql.insert(self._table).from_select([each.name for each in self._columns], select(*values))


def _from_text(wanted: Column[Any], given: Any) -> Any:
    return cast(given, wanted.type) if isinstance(wanted.type, JSON) else given


def _converted(rows: Sequence[Row], conversions: Iterable[tuple[int, Conversion]]) -> Iterable[Row]:
    """Column by column: one loop for all values of a kind."""
    columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
    for position, convert in conversions:
        columns[position] = map(convert, columns[position])
    return zip(*columns, strict=True)


def _conversion(kind: TypeEngine[Any], dialect: Dialect) -> Conversion | None:
    if isinstance(kind, JSON):
        return _as_text
    if isinstance(kind, Boolean):
        return int if dialect.name == "sqlite" else None
    if isinstance(kind, Uuid):
        return _WITHOUT_DASHES if dialect.name == "sqlite" else None
    return binding(kind, dialect)


def _as_text(value: Any) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()
