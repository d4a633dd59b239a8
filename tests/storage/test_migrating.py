"""A new database becomes one of this version once, however many programs start on it, wherever they are killed."""

import os
import signal
import subprocess
import sys
import uuid
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.exc import IntegrityError

from spiff.errors import Unavailable
from spiff.settings import BadSettings
from spiff.storage import migrating
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


def test_a_table_that_a_backup_reads_is_not_waited_for_with_everybody_behind(
    postgres_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """PostgreSQL lets nobody read a table that somebody waits for to change it: orders would wait with us."""
    monkeypatch.setattr(migrating, "TABLE_SECONDS", 1.0)
    name = f"new_{uuid.uuid4().hex}"
    on_server(postgres_address, f'CREATE DATABASE "{name}"')
    engine = create_engine(named(postgres_address, name))
    with engine.begin() as connection:
        command.upgrade(migrating.alembic_config(connection), "0008")

    with engine.begin() as backup:
        backup.execute(text("LOCK TABLE order_items IN ACCESS SHARE MODE"))
        with pytest.raises(Unavailable, match="in use for 1 seconds, perhaps by a backup"):
            migrate(named(postgres_address, name))
    migrate(named(postgres_address, name))

    engine.dispose()
    on_server(postgres_address, f'DROP DATABASE "{name}" WITH (FORCE)')


REVISIONS = sorted(path.name[:4] for path in (Path(migrating.__file__).parent / "migrations/versions").glob("0*.py"))


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, list[Any]]]:
    """The columns of each table, after each migration."""
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('history') / 'spiff.db'}")
    found = {}
    for revision in REVISIONS:
        with engine.begin() as connection:
            command.upgrade(migrating.alembic_config(connection), revision)
            look = inspect(connection)
            found[revision] = {name: list(look.get_columns(name)) for name in look.get_table_names()}
    engine.dispose()
    return found


@pytest.mark.parametrize(("before", "after"), list(pairwise(REVISIONS)))
def test_programs_of_the_version_before_can_go_on_reading_and_writing(
    history: dict[str, dict[str, list[Any]]], before: str, after: str
) -> None:
    """While they are replaced one by one: nothing they name is gone, nothing new is asked of them."""
    for table, columns in history[before].items():
        now = {each["name"]: each for each in history[after].get(table, [])}

        assert {each["name"]: str(each["type"]) for each in columns} == {
            each["name"]: str(now.get(each["name"], {}).get("type")) for each in columns
        }
        new = [each for name, each in now.items() if name not in {each["name"] for each in columns}]
        assert [each["name"] for each in new if not each["nullable"] and each["default"] is None] == []


def test_an_order_of_before_keeps_its_items_when_the_tables_of_orders_are_written_anew(new_database: str) -> None:
    if new_database.startswith("sqlite"):
        Path(new_database.removeprefix("sqlite:///")).parent.mkdir()
    engine = create_engine(new_database)
    with engine.begin() as connection:
        command.upgrade(migrating.alembic_config(connection), "0008")
        connection.execute(text(ORDER))
        connection.execute(text(ITEM), {"id": "1" * 32})

    migrate(new_database)

    with engine.begin() as connection:
        assert connection.execute(text("SELECT amount, occurrence FROM order_items")).all() == [(7, 0)]
        assert connection.execute(text("SELECT count(*) FROM orders")).scalar_one() == 1
        assert [each["referred_table"] for each in inspect(connection).get_foreign_keys("order_items")] == ["orders"]
    with engine.begin() as connection, pytest.raises(IntegrityError):
        # As a program of the version before writes it, for a design that is ordered.
        connection.execute(text(ITEM), {"id": "2" * 32})
    engine.dispose()


def test_a_view_that_an_operator_made_is_there_after_a_table_was_written_anew(new_database: str) -> None:
    """SQLite refused to, and the new version did not start."""
    if new_database.startswith("sqlite"):
        Path(new_database.removeprefix("sqlite:///")).parent.mkdir()
    engine = create_engine(new_database)
    with engine.begin() as connection:
        command.upgrade(migrating.alembic_config(connection), "0008")
        connection.execute(text("CREATE VIEW sold AS SELECT sum(amount) AS pieces FROM order_items"))

    migrate(new_database)

    with engine.begin() as connection:
        connection.execute(text(ORDER))
        connection.execute(text(ITEM), {"id": "1" * 32})
        assert connection.execute(text("SELECT pieces FROM sold")).scalar_one() == 7
    engine.dispose()


ORDER = """
INSERT INTO orders (id, partner_id, integration_id, identity, request_digest, paid, auto_print, created_at, test)
VALUES ('00000000000000000000000000000001', '00000000000000000000000000000002', '00000000000000000000000000000003',
  'external:1', '', true, false, '2026-11-27 20:00:00', false)
"""
ITEM = """
INSERT INTO order_items (id, order_id, partner_id, position, transaction_id, design_id, amount, status, base_cost,
  options_cost, currency, price_currency, unit_amount, total_amount, turn, timeline_count, timeline_head)
VALUES (:id, '00000000000000000000000000000001', '00000000000000000000000000000002', 0,
  '00000000000000000000000000000004', '00000000000000000000000000000005', 7, 'received',
  1, 0, 'AUD', 'AUD', 1, 7, 1, 0, '')
"""
