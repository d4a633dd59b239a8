"""The checker of the crash suite sees each kind of harm: a check that finds nothing wrong must be able to."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update
from starlette.testclient import TestClient

from spiff.fulfilment.store import print_files
from spiff.jobs.worker import Worker
from spiff.orders.store import order_items, orders
from spiff.orders.tasks import handlers
from spiff.orders.timeline_store import timeline
from spiff.storage.work import Work
from spiff.transactions.store import transactions
from spiff.web.routing import Services
from tests.crash.checking import Verdict, check
from tests.crash.merchant import Told
from tests.orders.shops import open_shop

Spoil = Callable[[Work], object]


@pytest.fixture
def told(client: TestClient, services: Services) -> Told:
    """What a shop was told of one order, whose files are made."""
    shop = open_shop(services)
    transaction = shop.finished()
    order_id = shop.order(client, transaction).json()["id"]
    Worker(services, handlers).drain()
    return Told(designs={transaction: 2}, ordered={"one": (transaction,)}, orders={"one": {order_id}})


def _spoiled(services: Services, told: Told, *spoils: Spoil) -> Verdict:
    for spoil in spoils:
        services.database.write_now(spoil)
    return check(told, services.database, services.files)


def test_an_order_with_all_its_files_is_as_promised(services: Services, told: Told) -> None:
    assert _spoiled(services, told).all == []


def test_a_lost_order_is_seen(services: Services, told: Told) -> None:
    verdict = _spoiled(
        services,
        told,
        lambda work: work.connection.execute(delete(order_items)),
        lambda work: work.connection.execute(delete(orders)),
    )

    assert verdict.lost


def test_a_lost_design_is_seen(services: Services, told: Told) -> None:
    assert _spoiled(
        services, told, lambda work: work.connection.execute(update(transactions).values(design_id=None))
    ).lost


def test_an_order_that_was_told_under_two_ids_is_seen(services: Services, told: Told) -> None:
    told.orders["one"].add("another")

    assert _spoiled(services, told).doubled


def test_an_order_that_nobody_was_told_of_is_seen(services: Services, told: Told) -> None:
    assert _spoiled(services, Told()).doubled


def test_a_missing_print_file_is_seen(services: Services, told: Told) -> None:
    panel = print_files.c.panel == "back"

    assert _spoiled(
        services, told, lambda work: work.connection.execute(delete(print_files).where(panel))
    ).missing_files


def test_bytes_that_are_gone_or_spoiled_are_seen(services: Services, told: Told, tmp_path: Path) -> None:
    first = services.database.read_now(
        lambda work: work.connection.execute(select(print_files.c.sha256)).scalars().first()
    )
    path = tmp_path / "files" / str(first)[:2] / str(first)

    path.write_bytes(b"")
    assert _spoiled(services, told).missing_files
    path.unlink()
    assert _spoiled(services, told).missing_files


def test_a_broken_timeline_is_seen(services: Services, told: Told) -> None:
    assert _spoiled(services, told, lambda work: work.connection.execute(delete(timeline))).other
