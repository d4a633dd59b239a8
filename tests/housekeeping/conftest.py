"""A shop whose clock the test moves: on SQLite with a folder of files, on PostgreSQL with an S3 server."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from spiff.app import chores, handlers
from spiff.jobs.worker import Worker
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.web.routing import Services
from tests.clock import Clock
from tests.orders.shops import Shop, open_shop
from tests.s3 import s3_server


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    with s3_server("kept") as address:
        yield address


@pytest.fixture
def files(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, files: FileStore, database_url: str
) -> FileStore:
    """An empty file store."""
    if database_url.startswith("sqlite"):
        return files
    monkeypatch.setenv("AWS_ENDPOINT_URL", request.getfixturevalue("s3_address"))
    for name in ("REGION", "ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.setenv(f"AWS_{name}", "x")
    return FileStore(f"s3://kept/{request.node.name}")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(services: Services, database_url: str, clock: Clock) -> Iterator[Services]:
    database = Database(database_url, clock=clock)
    yield replace(services, database=database)
    database.close()


@pytest.fixture
def shop(services: Services) -> Shop:
    return open_shop(services)


@pytest.fixture
def worker(services: Services) -> Worker:
    """A worker that is not started: tests drain it."""
    return Worker(services, handlers, chores=chores)
