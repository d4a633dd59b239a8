"""A shop, and the worker that makes its print files."""

import pytest

from spiff.app import handlers
from spiff.jobs.worker import Worker
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop


@pytest.fixture
def shop(services: Services) -> Shop:
    """A merchant's shop with a known key and secret."""
    return open_shop(services)


@pytest.fixture
def worker(services: Services) -> Worker:
    """A worker that is not started: tests drain it."""
    return Worker(services, handlers)
