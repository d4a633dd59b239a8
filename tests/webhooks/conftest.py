"""A shop whose endpoint is a real receiver on loopback, and a worker whose clock the test moves."""

from collections.abc import Iterator

import pytest

from spiff.jobs.worker import Worker
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.web.outgoing import Outgoing
from spiff.web.routing import Services
from spiff.webhooks.tasks import chores, handlers
from tests.clock import Clock
from tests.orders.shops import Shop, open_shop
from tests.receiver import Receiver, receiving


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return Settings(
        base_url=settings.base_url,
        data_dir=settings.data_dir,
        database_url=settings.database_url,
        webhooks_allow_private=True,
    )


@pytest.fixture
def services(services: Services, settings: Settings, database_url: str, clock: Clock) -> Iterator[Services]:
    database, files = Database(database_url, clock=clock), FileStore(settings.files)
    outgoing = Outgoing(allow_private=True)
    yield Services(settings, database, files, services.rendering, services.intake, outgoing)
    database.close()


@pytest.fixture
def shop(services: Services) -> Shop:
    """A merchant's shop."""
    return open_shop(services)


@pytest.fixture
def worker(services: Services) -> Worker:
    """A worker that is not started: tests drain it."""
    return Worker(services, handlers, chores=chores)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A receiver that accepts everything unless told otherwise."""
    with receiving() as opened:
        yield opened
