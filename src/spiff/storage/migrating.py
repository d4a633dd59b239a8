"""Brings a database up to the schema of this version. Knows the migrations' folder, not the tables.

All of it happens in one transaction, on SQLite too: a program that is killed meanwhile leaves the schema as it was.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DatabaseError, OperationalError

from spiff.errors import Unavailable
from spiff.settings import BadSettings
from spiff.storage.engines import write_ahead

_LOCK = text("SELECT pg_advisory_xact_lock(7365706967)")
# A table that somebody reads for long (pg_dump does) cannot be changed meanwhile, and whoever wants to change it keeps
# all others out who come later: shoppers and orders would wait for as long as we do.
_WAIT_BRIEFLY = "SET LOCAL lock_timeout = '{seconds:.0f}s'"
_LOCK_NOT_AVAILABLE = "55P03"
_ALONE = "spiff_alone"
WAITING_SECONDS = 60.0
"""How long a start waits for other programs that start."""
TABLE_SECONDS = 5.0
"""How long it waits for a table, on PostgreSQL."""


def migrate(url: str) -> None:
    """Apply every migration the database lacks. Safe at every start, also of many programs at once: one does it.

    Where it lacks none, nothing but that is looked at, and nobody who writes is waited for. Raises BadSettings where a
    newer version was here, Unavailable where a table is in use for long.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        _make_folder(Path(address.database).parent)
    engine = _open(url)
    try:
        with _readable(url), engine.connect() as connection:
            if _is_up_to_date(connection):
                return
        with _locked(engine) as connection:
            # Others may have done it, whom we waited for.
            if not _is_up_to_date(connection):
                _upgrade(connection)
    finally:
        engine.dispose()


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as failure:
        raise BadSettings(
            f"the folder {folder} cannot be made for the database ({failure.strerror}); "
            "`--data` or SPIFF_DATA_DIR names another"
        ) from None


@contextmanager
def _readable(url: str) -> Iterator[None]:
    try:
        yield
    except (DatabaseError, sqlite3.DatabaseError) as failure:
        if "not a database" not in str(failure):
            raise
        raise BadSettings(
            f"{make_url(url).database} is there and is no database of SQLite: move it away, or bring back its backup"
        ) from None


def _is_up_to_date(connection: Connection) -> bool:
    scripts = ScriptDirectory.from_config(alembic_config(connection))
    found = MigrationContext.configure(connection).get_current_revision()
    if found not in {None, *(each.revision for each in scripts.walk_revisions())}:
        raise BadSettings(
            f"a newer version of Spiff has brought this database up to date (to {found}): start that version, "
            "or restore the backup from before"
        )
    return found == scripts.get_current_head()


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(alembic_config(connection), "head")
    except OperationalError as failure:
        if getattr(failure.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
            raise
        raise Unavailable(
            f"a table that is to be changed has been in use for {TABLE_SECONDS:.0f} seconds, perhaps by a backup: "
            "nothing was changed, start again when it is done"
        ) from failure


def alembic_config(connection: object) -> Config:
    """Alembic's settings for a connection that the caller opened and will commit."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _open(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, connect_args={"timeout": WAITING_SECONDS})
    event.listen(engine, "connect", _prepare_sqlite)
    # Python's sqlite3 would commit after every CREATE TABLE: we say BEGIN ourselves.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(_begin(connection)))
    return engine


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other program migrates beside: they wait, and on SQLite all who write do."""
    with engine.connect().execution_options(**{_ALONE: True}) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(_LOCK)
            connection.exec_driver_sql(_WAIT_BRIEFLY.format(seconds=TABLE_SECONDS))
        yield connection


def _begin(connection: Connection) -> str:
    return "BEGIN IMMEDIATE" if connection.get_execution_options().get(_ALONE) else "BEGIN"


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    # A table that is written anew is not there for a moment: a view of the operator's that reads it may stay.
    connection.execute("PRAGMA legacy_alter_table=ON")
    # Before anything is written: whoever opens the database from now on finds it as it stays.
    write_ahead(connection, WAITING_SECONDS)
