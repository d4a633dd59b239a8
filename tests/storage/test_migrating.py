"""A new database becomes one of this version once, however many programs start on it, wherever they are killed."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from spiff.settings import BadSettings
from spiff.storage.migrating import migrate
from tests.conftest import named, on_server

MIGRATE = "import sys; from spiff.storage.migrating import migrate; migrate(sys.argv[1])"

DYING = """
import os, signal, sys
from sqlalchemy import event
from sqlalchemy.engine import Engine
from spiff.storage.migrating import migrate

def die_in_the_middle(_connection, _cursor, statement, *_):
    if "CREATE TABLE orders" in statement:
        os.kill(os.getpid(), signal.SIGKILL)

event.listen(Engine, "before_cursor_execute", die_in_the_middle)
migrate(sys.argv[1])
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def new_database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """One that was never migrated."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new' / 'spiff.db'}"
        return
    address, name = request.getfixturevalue("postgres_address"), f"new_{uuid.uuid4().hex}"
    on_server(address, f'CREATE DATABASE "{name}"')
    yield named(address, name)
    on_server(address, f'DROP DATABASE "{name}" WITH (FORCE)')


def _tables(url: str) -> set[str]:
    engine = create_engine(url)
    try:
        return set(inspect(engine).get_table_names())
    finally:
        engine.dispose()


def test_web_and_worker_that_start_together_on_a_new_database_both_start(new_database: str) -> None:
    programs = [subprocess.Popen([sys.executable, "-c", MIGRATE, new_database]) for _ in range(3)]

    assert [program.wait(60) for program in programs] == [0, 0, 0]
    assert "orders" in _tables(new_database)


def test_a_program_killed_while_it_migrates_leaves_nothing_half_made(new_database: str) -> None:
    if new_database.startswith("sqlite"):
        Path(new_database.removeprefix("sqlite:///")).parent.mkdir()
    killed = subprocess.run([sys.executable, "-c", DYING, new_database], env=dict(os.environ), timeout=60, check=False)

    assert killed.returncode == -signal.SIGKILL
    assert _tables(new_database) == set()
    migrate(new_database)
    assert "orders" in _tables(new_database)


def test_a_database_of_a_newer_version_is_left_alone_and_said_to_be_one(new_database: str) -> None:
    migrate(new_database)
    engine = create_engine(new_database)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()

    with pytest.raises(BadSettings, match="a newer version of Spiff has brought this database up to date"):
        migrate(new_database)
