"""An SQLite database that another program holds is waited for; where that takes too long a sentence says so."""

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text

from spiff.errors import Unavailable
from spiff.storage import engines, migrating
from spiff.storage.database import Database
from spiff.storage.migrating import migrate
from spiff.storage.work import Work


@contextmanager
def _held(path: Path, how: str, seconds: float | None = None) -> Iterator[None]:
    """Somebody else holds the database; until the end, or for so many seconds. A new one has a rollback journal."""
    with closing(sqlite3.connect(path, isolation_level=None, check_same_thread=False)) as other:
        other.execute("CREATE TABLE IF NOT EXISTS somebody (id INTEGER)")
        other.execute(how)
        other.execute("INSERT INTO somebody VALUES (1)")
        letting_go = threading.Timer(seconds or 0, other.execute, ["COMMIT"])
        if seconds is not None:
            letting_go.start()
        yield
        if seconds is not None:
            letting_go.join()


def _mode(path: Path) -> str:
    with closing(sqlite3.connect(path)) as looking:
        return str(looking.execute("PRAGMA journal_mode").fetchone()[0])


def _one(work: Work) -> int:
    return int(work.connection.execute(text("SELECT 1")).scalar_one())


def test_a_program_that_opens_a_new_database_while_another_writes_to_it_waits(tmp_path: Path) -> None:
    """SQLite refuses to switch the journal at once there, however long it was told to wait: a start ended with that."""
    path = tmp_path / "spiff.db"
    with _held(path, "BEGIN IMMEDIATE", 0.5):
        database = Database(f"sqlite:///{path}")
        try:
            assert database.read_now(_one) == 1
        finally:
            database.close()

    assert _mode(path) == "wal"


def test_a_start_beside_one_that_brings_the_database_up_to_date_waits_for_it(tmp_path: Path) -> None:
    path = tmp_path / "spiff.db"
    with _held(path, "BEGIN IMMEDIATE", 0.5):
        migrate(f"sqlite:///{path}")

    assert _mode(path) == "wal"


def test_every_command_took_the_lock_of_writers_to_look_for_migrations(tmp_path: Path) -> None:
    """Where nothing is to be migrated, whoever writes for long is not waited for."""
    path = tmp_path / "spiff.db"
    migrate(f"sqlite:///{path}")
    with _held(path, "BEGIN IMMEDIATE"):
        begun = time.monotonic()
        migrate(f"sqlite:///{path}")

    assert time.monotonic() - begun < migrating.WAITING_SECONDS / 3


def test_a_database_that_stays_locked_is_said_to_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "spiff.db"
    monkeypatch.setattr(migrating, "WAITING_SECONDS", 0.2)
    with (
        _held(path, "BEGIN IMMEDIATE"),
        pytest.raises(Unavailable, match="another program has kept the database locked"),
    ):
        migrate(f"sqlite:///{path}")


def test_one_that_is_locked_for_a_while_is_away_and_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "spiff.db"
    monkeypatch.setattr(engines, "LOCKED_SECONDS", 0.2)
    database = Database(f"sqlite:///{path}")
    try:
        with _held(path, "BEGIN EXCLUSIVE"), pytest.raises(Unavailable):
            database.read_now(_one)
        assert database.read_now(_one) == 1
    finally:
        database.close()


def test_who_only_reads_opens_and_closes_beside_another_program_that_writes_without_waiting(tmp_path: Path) -> None:
    path = tmp_path / "spiff.db"
    migrate(f"sqlite:///{path}")
    with _held(path, "BEGIN IMMEDIATE"):
        begun = time.monotonic()
        database = Database(f"sqlite:///{path}")
        database.read_now(_one)
        database.close()

    assert time.monotonic() - begun < engines.LOCKED_SECONDS / 3
