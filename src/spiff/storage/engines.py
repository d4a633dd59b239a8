"""Connections to SQLite and PostgreSQL, as the database wants them, and what their failures mean. Knows no table."""

import sqlite3
import time
from functools import lru_cache
from typing import Any

import msgspec
import structlog
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from spiff.errors import Unavailable

log = structlog.get_logger()

LOCKED_SECONDS = 15.0
"""How long others may hold an SQLite database before it counts as away."""
_LOOKING_EVERY_SECONDS = 0.05
_TOLD_EVERY_SECONDS = 10.0

_PRAGMAS = (
    "synchronous=FULL",
    "foreign_keys=ON",
    # What a savepoint would restore is kept in memory: one order touches more pages than SQLite keeps there by
    # itself, and beyond them it writes a file that nobody ever reads. Nothing that must last goes that way.
    "temp_store=MEMORY",
    "cache_size=-32000",
)


def open_engine(url: str, *, writes: bool, pool_size: int) -> Engine:
    """Connections for transactions that write, or that only read.

    On both databases all that a reading transaction sees is of one instant, however many statements it runs.
    """
    common: dict[str, Any] = {
        "pool_size": pool_size,
        "max_overflow": 0,
        "hide_parameters": True,
        # An order writes several documents: this takes a tenth of what Python's own module does.
        "json_serializer": lambda value: msgspec.json.encode(value).decode(),
        "json_deserializer": msgspec.json.decode,
    }
    if not url.startswith("sqlite"):
        isolation = "READ COMMITTED" if writes else "REPEATABLE READ"
        return create_engine(url, pool_pre_ping=True, isolation_level=isolation, **common)
    engine = create_engine(
        url,
        **common,
        connect_args={"check_same_thread": False, "timeout": LOCKED_SECONDS},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    # Python's sqlite3 would open transactions by itself, and too late for a writer: we say BEGIN ourselves.
    begin = "BEGIN IMMEDIATE" if writes else "BEGIN"
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
            _tell(type(failure).__name__, int(time.monotonic() / _TOLD_EVERY_SECONDS))
            raise Unavailable("the database does not answer") from failure


@lru_cache(maxsize=2)
def _tell(reason: str, _period: int) -> None:
    """Remembered, so that each of the two reasons is told once a period, however many ask meanwhile."""
    log.error("database_unavailable", reason=reason)


def write_ahead(connection: sqlite3.Connection, seconds: float) -> None:
    """Switch a database to the write-ahead log, for good, unless it was. Raises Unavailable after so many seconds.

    Only a database that was just made, or copied by VACUUM, needs it, and needs to be alone for it. While another
    program writes to such a one (it brings it up to date) SQLite refuses at once, whatever `timeout` says: so the mode
    is looked at first, and the switch tried again.
    """
    deadline = time.monotonic() + seconds
    while not _is_write_ahead(connection):
        if time.monotonic() > deadline:
            raise Unavailable(f"another program has kept the database locked for {seconds:.0f} seconds")
        time.sleep(_LOOKING_EVERY_SECONDS)


def _is_write_ahead(connection: sqlite3.Connection) -> bool:
    try:
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as failure:
        if failure.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY:  # the upper bits say more exactly what is locked
            return False
        raise
    return True


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    try:
        write_ahead(connection, LOCKED_SECONDS)
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
