"""Whoever changes, removes or inserts something behind the platform's back is found out."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Executable, Insert, delete, insert, update
from starlette.testclient import TestClient
from typer.testing import CliRunner

from spiff.cli import commands
from spiff.fulfilment.store import print_files
from spiff.jobs.worker import Worker
from spiff.orders.store import order_items, timeline
from spiff.orders.timeline import digest_of, sealed
from spiff.orders.verifying import Verified, verify
from spiff.storage.work import Work, random_id
from spiff.web.routing import Services
from tests.orders.shops import Shop


@pytest.fixture
def made(client: TestClient, shop: Shop, worker: Worker) -> str:
    """The id of an item whose print files were made; others stand beside it."""
    shop.order(client, shop.finished(), shop.finished())
    item_id = str(shop.order(client, shop.finished()).json()["orderItems"][0]["id"])
    worker.drain()
    return item_id


def _verified(services: Services) -> Verified:
    return services.database.read_now(verify)


def test_what_nobody_touched_is_whole(services: Services, made: str) -> None:
    found = _verified(services)

    assert (found.items, found.entries, found.files, found.faults) == (3, 9, 12, [])


def _of(table: Any, item_id: str, position: int) -> Any:
    return (table.c.item_id == item_id) & (table.c.position == position)


def _resealed(item_id: str) -> Insert:
    """A fourth entry, sealed properly by somebody who knows how."""
    more = sealed(
        item_id,
        4,
        "0" * 64,
        at=datetime.now(UTC),
        actor="worker",
        action="delivered",
        status="delivered",
        turn=1,
        facts={},
    )
    assert digest_of(more) == more.digest
    return insert(timeline).values({name: getattr(more, name) for name in more.__struct_fields__})


TAMPERED: dict[str, tuple[Callable[[str], Executable], str]] = {
    "what it says": (
        lambda item: update(timeline).where(_of(timeline, item, 2)).values(actor="nobody"),
        "entry 2 (rendering) was changed",
    ),
    "when": (
        lambda item: update(timeline).where(_of(timeline, item, 3)).values(at=datetime(2020, 1, 1, tzinfo=UTC)),
        "entry 3 (print-files-made) was changed",
    ),
    "a price": (
        lambda item: update(timeline).where(_of(timeline, item, 1)).values(facts={"totalAmount": 1}),
        "entry 1 (ordered) was changed",
    ),
    "a seal": (
        lambda item: update(timeline).where(_of(timeline, item, 1)).values(digest="0" * 64),
        "entry 2 does not follow the one before it",
    ),
    "an entry less": (lambda item: delete(timeline).where(_of(timeline, item, 2)), "entry 2 is missing"),
    "the last less": (lambda item: delete(timeline).where(_of(timeline, item, 3)), "there are 2 entries"),
    "all less": (lambda item: delete(timeline).where(timeline.c.item_id == item), "there are 0 entries"),
    "an entry more": (_resealed, "entry 4 does not follow the one before it"),
    "a stray timeline": (lambda item: _resealed(random_id()), "a timeline without an item"),
    "an item's price": (
        lambda item: update(order_items).where(order_items.c.id == item).values(total_amount=1),
        "the item is not what was ordered",
    ),
    "an item's state": (
        lambda item: update(order_items).where(order_items.c.id == item).values(status="delivered"),
        "the item is delivered, its timeline ends with ready",
    ),
    "a print file": (
        lambda item: update(print_files).where(print_files.c.order_item_id == item).values(sha256="0" * 64),
        "its print files are not those that were made",
    ),
    "no print file": (
        lambda item: delete(print_files).where(print_files.c.order_item_id == item),
        "its print files are not those that were made",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_what_was_done_behind_its_back_is_found(services: Services, made: str, what: str) -> None:
    spoil, sentence = TAMPERED[what]

    def tamper(work: Work) -> None:
        work.connection.execute(spoil(made))

    services.database.write_now(tamper)

    faults = _verified(services).faults

    assert any(fault.startswith(sentence) for _, fault in faults), faults
    assert {item for item, fault in faults if "without" not in fault} <= {made}


def test_the_command_says_what_it_checked_and_fails_where_something_is_wrong(
    services: Services, made: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SPIFF_DATABASE_URL", services.settings.database)
    run = CliRunner()
    whole = run.invoke(commands, ["orders", "verify"])
    change = update(timeline).where(_of(timeline, made, 2)).values(actor="nobody")
    services.database.write_now(lambda work: work.connection.execute(change).rowcount)

    spoiled = run.invoke(commands, ["orders", "verify"])

    assert (whole.exit_code, whole.output) == (0, "3 items, 9 entries and 12 print files checked, 0 faults\n")
    assert spoiled.exit_code == 1
    assert f"item {made}: entry 2 (rendering) was changed" in spoiled.output


def test_an_operator_steers_orders_by_the_shops_number(
    client: TestClient, shop: Shop, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SPIFF_DATABASE_URL", services.settings.database)
    shop.order(client, shop.finished(), shop.finished(), externalId="KC-7")
    run = CliRunner()

    held = run.invoke(commands, ["orders", "hold", "KC-7", "--reason", "moderation"])
    listed = run.invoke(commands, ["orders", "list", "--status", "held"])
    cancelled = run.invoke(commands, ["orders", "cancel", "KC-7"])
    shown = run.invoke(commands, ["orders", "show", "KC-7"])
    again = run.invoke(commands, ["orders", "retry", "KC-7"])
    unknown = run.invoke(commands, ["orders", "show", "KC-8"])

    assert held.output.count("held (moderation)") == 2
    assert "KC-7" in listed.output
    assert cancelled.output.count("cancelled") == 2
    assert ["operator" in line for line in shown.output.splitlines() if "    20" in line] == [False, True, True] * 2
    assert "can be tried again after it failed" in str(again.exception)
    assert "there is no order 'KC-8'" in str(unknown.exception)
