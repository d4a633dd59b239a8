"""A shop whose product goes out through channels, and the worker that sends; the test moves their clock."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from spiff.app import handlers
from spiff.catalogue import channel_store
from spiff.catalogue.channels import Channel, Delivery, Rule, Settings
from spiff.catalogue.store import save
from spiff.jobs.worker import Worker
from spiff.storage.database import Database
from spiff.storage.work import Work, random_id
from spiff.web.outgoing import Outgoing
from spiff.web.routing import Services
from tests.clock import Clock
from tests.orders.shops import Shop, open_shop

GoesTo = Callable[..., Channel]
"""Makes a channel with these settings and sends the shop's product there; more members are the rule's."""


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(services: Services, database_url: str, clock: Clock) -> Iterator[Services]:
    """The installation, which may call the loopback."""
    database = Database(database_url, clock=clock)
    yield replace(services, database=database, outgoing=Outgoing(allow_private=True))
    database.close()


@pytest.fixture
def shop(services: Services) -> Shop:
    """A merchant's shop with a known key and secret."""
    return open_shop(services)


@pytest.fixture
def worker(services: Services) -> Worker:
    """A worker that is not started: tests drain it."""
    return Worker(services, handlers)


@pytest.fixture
def goes_to(services: Services, shop: Shop) -> GoesTo:
    rules: list[Rule] = []

    def add(settings: Settings, *, auto_print: bool = True, **rule: Any) -> Channel:
        channel = Channel(random_id(), shop.partner.id, f"way-{len(rules)}", settings)
        rules.append(Rule(channel.id, **rule))
        product = msgspec.structs.replace(shop.product, delivery=Delivery(tuple(rules), auto_print))

        def write(work: Work) -> None:
            channel_store.save_channel(work, channel)
            save(work, product)

        services.database.write_now(write)
        return channel

    return add
