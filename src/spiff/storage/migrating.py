"""Brings a database up to the schema of this version. Knows the migrations' folder, not the tables.

All of it happens in one transaction, on SQLite too: a program that is killed meanwhile leaves the schema as it was.
"""

import sqlite3
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text

from spiff.settings import BadSettings
from spiff.storage.engines import write_ahead

_LOCK = text("SELECT pg_advisory_xact_lock(7365706967)")
WAITING_SECONDS = 60.0
"""How long a start waits for other programs that start."""


def migrate(url: str) -> None:
    """Apply every migration the database lacks. Safe at every start, also of many programs at once: one does it.

    Raises BadSettings where a newer version did that already.
    """
    address = make_url(url)
    if address.get_backend_name() == "sqlite" and address.database:
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    engine = _open(url)
    try:
        with engine.begin() as connection:
            _wait_for_others(connection)
            _upgrade(connection)
    finally:
        engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = alembic_config(connection)
    known = {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()}
    if (found := MigrationContext.configure(connection).get_current_revision()) not in {None, *known}:
        raise BadSettings(
            f"a newer version of Spiff has brought this database up to date (to {found}): start that version, "
            "or restore the backup from before"
        )
    command.upgrade(config, "head")


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
    # Python's sqlite3 would commit after every CREATE TABLE: we say BEGIN ourselves, and lock others out with it.
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None
    # Before anything is written: whoever opens the database from now on finds it as it stays.
    write_ahead(connection, WAITING_SECONDS)


def _wait_for_others(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK)
