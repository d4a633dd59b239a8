"""Connections to SQLite and PostgreSQL, as the database wants them, and what their failures mean. Knows no table."""

from typing import Any

import msgspec
import structlog
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from spiff.errors import Unavailable

log = structlog.get_logger()

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
    # What a savepoint would restore is kept in memory: one order touches more pages than SQLite keeps there by
    # itself, and beyond them it writes a file that nobody ever reads. Nothing that must last goes that way.
    "temp_store=MEMORY",
    "cache_size=-32000",
)


def open_engine(url: str, *, begin: str, pool_size: int) -> Engine:
    """Connections that begin their transactions with `begin`, on SQLite."""
    common: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 0,
        "hide_parameters": True,
        # An order writes several documents: this takes a tenth of what Python's own module does.
        "json_serializer": lambda value: msgspec.json.encode(value).decode(),
        "json_deserializer": msgspec.json.decode,
    }
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **common)
    engine = create_engine(
        url,
        **common,
        connect_args={"check_same_thread": False, "timeout": 15},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    # Python's sqlite3 would open transactions by itself, and too late for a writer: we say BEGIN ourselves.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
    return engine


class translated:  # noqa: N801 - reads as an adverb where it is used
    """Turn a database that is away, or that chose us as a deadlock's victim, into our Unavailable; the rest passes."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, failure: BaseException | None, trace: Any) -> None:
        if isinstance(failure, DBAPIError) and failure.connection_invalidated:
            raise Unavailable("the database does not answer") from failure
        if isinstance(failure, SQLAlchemyError) and type(failure).__name__ in {"OperationalError", "TimeoutError"}:
            log.error("database_unavailable", reason=type(failure).__name__)
            raise Unavailable("the database does not answer") from failure


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()
