"""Whoever changes, removes or inserts something behind the platform's back is found out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Executable, Insert, delete, insert, select, update
from starlette.testclient import TestClient
from typer.testing import CliRunner

from spiff.app import create_app
from spiff.cli import commands
from spiff.events.store import events
from spiff.fulfilment.store import print_files
from spiff.jobs.worker import Worker
from spiff.orders import anchoring
from spiff.orders.anchoring import AnchorUnreadable, read_anchor
from spiff.orders.store import order_items, orders
from spiff.orders.timeline import Entry, digest_of, sealed
from spiff.orders.timeline_store import timeline
from spiff.orders.verifying import Verified, verify
from spiff.storage.database import Database
from spiff.storage.work import Work, random_id
from spiff.transactions.agreeing import Agreement
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
    assert {item for item, fault in faults if "without" not in fault} <= {f"item {made}"}


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
    agreed = Agreement("All sales are final.", None, "ab" * 32, datetime(2026, 5, 1, 12, tzinfo=UTC), "merchant")
    shop.order(client, shop.finished(agreement=agreed), shop.finished(), externalId="KC-7")
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
    assert "agreed to at 2026-05-01 12:00:00, as the merchant states:" in shown.output
    assert f"All sales are final., SHA-256 {agreed.digest}" in shown.output
    assert shown.output.count("    preflight, Photo: too few pixels: 90\n") == 2
    assert ["operator" in line for line in shown.output.splitlines() if "    20" in line] == [False, True, True] * 2
    assert "can be tried again after it failed" in str(again.exception)
    assert "there is no order 'KC-8'" in str(unknown.exception)


def _remove_item(work: Work, item_id: str) -> None:
    for table, column in (
        (timeline, timeline.c.item_id),
        (print_files, print_files.c.order_item_id),
        (order_items, order_items.c.id),
    ):
        work.connection.execute(delete(table).where(column == item_id))


def _forget_newest(work: Work, item_id: str) -> None:
    """The last entry goes, and the item says what it said before: nothing within the database contradicts it."""
    before = work.connection.execute(select(timeline).where(_of(timeline, item_id, 2))).mappings().one()
    work.connection.execute(delete(timeline).where(_of(timeline, item_id, 3)))
    work.connection.execute(delete(print_files).where(print_files.c.order_item_id == item_id))
    values = {"status": before["status"], "timeline_count": 2, "timeline_head": before["digest"]}
    work.connection.execute(update(order_items).where(order_items.c.id == item_id).values(values))


def _swap(work: Work, item_id: str) -> None:
    """Two items exchange their whole timelines."""
    other = work.connection.execute(select(order_items.c.id).where(order_items.c.id != item_id)).scalars().first()
    stand_in = random_id()
    for old, new in ((item_id, stand_in), (other, item_id), (stand_in, other)):
        work.connection.execute(update(timeline).where(timeline.c.item_id == old).values(item_id=new))


def test_an_item_that_is_gone_with_its_timeline_is_missed_by_the_event_of_its_order(
    services: Services, made: str
) -> None:
    services.database.write_now(lambda work: _remove_item(work, made))

    assert [fault for _, fault in _verified(services).faults] == ["it was received with 1 items and has 0"]


def test_an_order_that_is_gone_is_missed_as_well(services: Services, made: str) -> None:
    def remove(work: Work) -> None:
        order_id = work.connection.execute(select(order_items.c.order_id).where(order_items.c.id == made)).scalar_one()
        _remove_item(work, made)
        work.connection.execute(delete(orders).where(orders.c.id == order_id))

    services.database.write_now(remove)

    ((what, fault),) = _verified(services).faults
    assert what.startswith("order ")
    assert fault == "it was received with 1 items and has 0"


def test_two_timelines_that_were_exchanged_are_found(services: Services, made: str) -> None:
    services.database.write_now(lambda work: _swap(work, made))

    assert len({item for item, _ in _verified(services).faults}) == 2


@pytest.fixture
def anchored(services: Services, made: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file with the line that `spiff orders anchor` printed when all that is settled was."""
    monkeypatch.setattr(anchoring, "SETTLED", timedelta(seconds=-1))
    monkeypatch.setenv("SPIFF_DATABASE_URL", services.settings.database)
    path = tmp_path / "anchors.txt"
    path.write_text(CliRunner().invoke(commands, ["orders", "anchor"]).output)
    return path


def test_an_anchor_fits_as_long_as_things_only_happen(
    client: TestClient, shop: Shop, services: Services, worker: Worker, anchored: Path
) -> None:
    later = replace(services, database=Database(services.settings.database, clock=_in_an_hour))
    with TestClient(create_app(later)) as after:
        assert replace(shop, services=later).order(after, shop.finished()).status_code == 201
    Worker(later, worker._handlers).drain()
    later.database.close()

    result = CliRunner().invoke(commands, ["orders", "verify", "--anchors", str(anchored)])

    assert result.output == "4 items, 12 entries and 16 print files checked, 0 faults\n"


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (_remove_item, "there were 3 items, now 2"),
        (_forget_newest, "there were 9 entries, now 8"),
    ],
)
def test_what_is_gone_without_a_trace_does_not_fit_the_anchor(
    services: Services, made: str, anchored: Path, spoil: Callable[[Work, str], None], sentence: str
) -> None:
    def tamper(work: Work) -> None:
        spoil(work, made)
        work.connection.execute(delete(events))

    services.database.write_now(tamper)
    assert _verified(services).faults == []

    result = CliRunner().invoke(commands, ["orders", "verify", "--anchors", str(anchored)])

    assert result.exit_code == 1
    assert sentence in result.output


def test_a_story_that_was_sealed_anew_does_not_fit_the_anchor(services: Services, made: str, anchored: Path) -> None:
    def tell_anew(work: Work) -> None:
        last = work.connection.execute(select(timeline).where(_of(timeline, made, 3))).mappings().one()
        false = msgspec.structs.replace(Entry(**last), actor="nobody", digest="")
        digest = digest_of(false)
        work.connection.execute(update(timeline).where(_of(timeline, made, 3)).values(actor="nobody", digest=digest))
        work.connection.execute(update(order_items).where(order_items.c.id == made).values(timeline_head=digest))

    services.database.write_now(tell_anew)
    assert _verified(services).faults == []

    result = CliRunner().invoke(commands, ["orders", "verify", "--anchors", str(anchored)])

    assert "is not what it was" in result.output


@pytest.mark.parametrize(
    "line", ["", "spiff-anchor-1", "spiff-anchor-1 2020-13-01T00:00:00Z items=1 entries=1 sha256=" + "0" * 64]
)
def test_what_is_no_anchor_is_refused(line: str) -> None:
    with pytest.raises(AnchorUnreadable):
        read_anchor(line)


def _in_an_hour() -> datetime:
    return datetime.now(UTC) + timedelta(hours=1)
