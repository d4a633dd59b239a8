"""Old events go with what became of telling of them; whoever might miss one is told so, and orders lose nothing."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import delete, func, select
from starlette.testclient import TestClient

from spiff.events.model import EventType
from spiff.events.store import events
from spiff.housekeeping import tidying as tidying_module
from spiff.housekeeping.model import Tidied
from spiff.housekeeping.tidying import Tidying
from spiff.jobs.model import jobs
from spiff.jobs.worker import Worker
from spiff.orders import steering
from spiff.orders.store import order_items, steered
from spiff.orders.verifying import verify
from spiff.storage.database import Database
from spiff.storage.work import Work
from spiff.transactions.store import add_page_session, page_sessions
from spiff.web.outgoing import Outgoing
from spiff.web.routing import Services
from spiff.webhooks import operations as webhooks
from spiff.webhooks.model import DELAYS_SECONDS
from spiff.webhooks.tasks import follow_events
from tests.clock import Clock
from tests.orders.shops import Shop, open_shop
from tests.receiver import Receiver, answering, receiving
from tests.webhooks.endpoints import add, deliveries, happen

Tidy = Callable[..., Tidied]
PATH = "/api/v2/events"
OLD = timedelta(days=91)
HELD: list[EventType] = ["item.held"]
FAILED: list[EventType] = ["item.failed"]


@pytest.fixture
def services(services: Services) -> Services:
    """Webhooks may go to the receiver on loopback."""
    return replace(services, outgoing=Outgoing(allow_private=True))


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as opened:
        yield opened


@pytest.fixture
def tidy(services: Services, monkeypatch: pytest.MonkeyPatch) -> Tidy:
    """Tidies up as of now, two events at a time."""
    monkeypatch.setattr(tidying_module, "_EVENTS_AT_ONCE", 2)
    monkeypatch.setattr(tidying_module, "_RECORDS_AT_ONCE", 2)

    def now(*, pretend: bool = False) -> Tidied:
        doing = Tidying(services.settings, services.database, services.files, pretend=pretend)
        return doing.tidy(services.database.clock())

    return now


def page(client: TestClient, shop: Shop, query: str = "") -> dict[str, object]:
    answer = client.get(PATH + query, headers=shop.headers(b"", PATH, "GET"))
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


def ids(found: dict[str, object]) -> list[int]:
    told = found["events"]
    assert isinstance(told, list)
    return [int(each["id"].removeprefix("evt_")) for each in told]


def count(services: Services, column: object = events.c.id) -> int:
    query = select(func.count(column))  # type: ignore[arg-type]  # any column will do
    return services.database.read_now(lambda work: work.connection.execute(query).scalar_one())


def test_old_events_go_and_young_ones_stay(client: TestClient, shop: Shop, clock: Clock, tidy: Tidy) -> None:
    happen(shop, *HELD * 5)
    clock.ahead = timedelta(days=89)
    happen(shop, "item.failed", "item.held", "item.held")
    assert tidy().events == 0

    clock.ahead = OLD
    assert (tidy(pretend=True).events, len(ids(page(client, shop)))) == (5, 8)
    assert (tidy().events, len(ids(page(client, shop)))) == (5, 3)
    assert tidy().events == 0


def test_a_cursor_from_before_what_was_removed_is_refused_and_says_how_to_go_on(
    client: TestClient, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    happen(shop, *HELD * 3)
    before = page(client, shop, "?limit=2")["cursor"]
    just_behind = page(client, shop)["cursor"]
    clock.ahead = OLD
    happen(shop, "item.failed")
    tidy()

    refused = client.get(f"{PATH}?cursor={before}", headers=shop.headers(b"", PATH, "GET"))

    assert (refused.status_code, refused.json()["code"]) == (410, "events-removed")
    assert refused.json()["earliestCursor"] == just_behind
    assert f"evt_{just_behind}" in refused.json()["detail"]
    kept = [ids(page(client, shop, query)) for query in ("", "?cursor=earliest", f"?cursor={just_behind}")]
    assert kept == [[int(str(just_behind)) + 1]] * 3
    # An empty log was once read up to 0: that reader missed all of them.
    assert client.get(f"{PATH}?cursor=0", headers=shop.headers(b"", PATH, "GET")).status_code == 410


def test_a_cursor_of_a_shop_that_missed_nothing_stays_good_whatever_was_removed_of_others(
    client: TestClient, shop: Shop, services: Services, clock: Clock, tidy: Tidy
) -> None:
    happen(shop, "item.held")
    cursor = page(client, shop)["cursor"]
    other = open_shop(services, "other")
    happen(other, *HELD * 3)
    clock.ahead = OLD
    assert tidy().events == 4
    happen(shop, "item.failed")

    assert len(ids(page(client, shop, f"?cursor={cursor}"))) == 1


def test_the_latest_cursor_stays_where_it_is_when_all_was_removed(
    client: TestClient, shop: Shop, clock: Clock, tidy: Tidy
) -> None:
    happen(shop, *HELD * 3)
    latest = page(client, shop, "?cursor=latest")["cursor"]
    clock.ahead = OLD
    assert tidy().events == 3

    assert page(client, shop, "?cursor=latest")["cursor"] == latest
    happen(shop)
    assert ids(page(client, shop, f"?cursor={latest}")) == [int(str(latest)) + 1]


def test_what_an_endpoint_is_still_to_be_told_of_stays_and_so_does_all_that_came_after(
    shop: Shop, services: Services, clock: Clock, tidy: Tidy, worker: Worker, receiver: Receiver
) -> None:
    happen(shop, "item.held")
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(503))
    happen(shop, "item.held", "item.failed", "item.held")
    clock.ahead = OLD  # no worker was there for three months
    assert (tidy().events, count(services)) == (1, 3)
    worker.drain()  # now they wait to be told once more
    assert (tidy().events, count(services)) == (0, 3)

    receiver.behave(answering(204))
    clock.ahead += timedelta(seconds=10)
    worker.drain()
    assert [each.status for each in deliveries(shop, endpoint)] == ["delivered"] * 3
    done = tidy()
    assert (done.events, done.deliveries, done.dead_letters, count(services)) == (3, 3, 0, 0)
    assert deliveries(shop, endpoint) == []


def test_dead_letters_can_be_replayed_until_their_events_are_old_and_are_counted_when_they_go(
    client: TestClient, shop: Shop, clock: Clock, tidy: Tidy, worker: Worker, receiver: Receiver
) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(500))
    happen(shop)
    worker.drain()
    for seconds in DELAYS_SECONDS:
        clock.ahead += timedelta(seconds=seconds * 1.1 + 1)
        worker.drain()
    (dead,) = deliveries(shop, endpoint)
    assert dead.status == "dead"
    clock.ahead = timedelta(days=89)
    assert tidy().dead_letters == 0
    clock.ahead = OLD
    assert tidy(pretend=True).dead_letters == 1
    assert tidy().dead_letters == 1

    replay = f"/api/v2/webhook-endpoints/{endpoint.id}/replay"
    sent = f'{{"eventId": "evt_{dead.event_id}"}}'.encode(), b'{"since": "2020-01-01T00:00:00Z"}'
    for body in sent:
        refused = shop.send(client, body, replay)
        assert (refused.status_code, refused.json()["code"]) == (410, "events-removed")
    since = f'{{"since": "{(clock() - timedelta(days=1)).isoformat()}"}}'
    assert shop.send(client, since.encode(), replay).json() == {"messages": 0}


def test_a_disabled_endpoint_keeps_no_event(
    shop: Shop, services: Services, clock: Clock, tidy: Tidy, receiver: Receiver
) -> None:
    endpoint = add(shop, receiver.url)
    services.database.write_now(lambda work: webhooks.disable(shop.caller, work, endpoint.id))
    happen(shop, *HELD * 3)

    clock.ahead = OLD
    assert tidy().events == 4


def test_orders_and_their_timelines_stay_whole_and_a_missing_order_is_still_found_after_years(
    client: TestClient, shop: Shop, services: Services, clock: Clock, tidy: Tidy, worker: Worker
) -> None:
    order = shop.order(client, shop.finished(), externalId="7").json()
    lost = shop.order(client, shop.finished(), externalId="8").json()
    worker.drain()
    before = services.database.read_now(verify)

    clock.ahead = timedelta(days=1000)
    done = tidy()

    assert done.events > 0 and ids(page(client, shop)) == []
    after = services.database.read_now(verify)
    assert (before, after.faults, after.entries > 0) == (after, [], True)
    assert shop.read(client, order["id"]).json()["orderItems"][0]["status"] == "ready"
    services.database.write_now(
        lambda work: work.connection.execute(delete(order_items).where(order_items.c.order_id == lost["id"]))
    )
    faults = services.database.read_now(verify).faults
    assert (f"order {lost['id']}", "it was received with 1 items and has 0") in faults


def test_a_clock_that_was_wrong_when_an_event_happened_neither_tears_a_gap_nor_loses_it(
    shop: Shop, services: Services, clock: Clock, tidy: Tidy
) -> None:
    happen(shop)
    clock.ahead = timedelta(days=-400)
    happen(shop)
    clock.ahead = timedelta()

    assert (tidy().events, count(services)) == (0, 2)


def test_several_tidy_up_beside_writers_readers_and_replays_and_no_reader_misses_an_event(
    client: TestClient, shop: Shop, services: Services, clock: Clock, tidy: Tidy, receiver: Receiver
) -> None:
    """The reader begins before all of it, and reads on in small pages; each gap in what it sees was a refusal."""
    add(shop, receiver.url, "item.delivered")
    another = Database(services.settings.database, clock=clock)
    happen(shop, *HELD * 60)
    clock.ahead = OLD
    happen(shop, *FAILED * 5)
    done = threading.Event()

    def remove(database: Database) -> int:
        return Tidying(services.settings, database, services.files).tidy(clock()).events

    def read() -> tuple[list[int], int]:
        seen, refused, cursor, last_turn = list[int](), 0, "earliest", False
        while True:
            answer = client.get(f"{PATH}?limit=3&cursor={cursor}", headers=shop.headers(b"", PATH, "GET"))
            if answer.status_code == 410:
                refused, cursor = refused + 1, answer.json()["earliestCursor"]
                seen.clear()
                continue
            seen += ids(answer.json())
            cursor = answer.json()["cursor"]
            if answer.json()["complete"] and last_turn:
                return seen, refused
            last_turn = done.is_set()

    with ThreadPoolExecutor(4) as pool:
        reading = pool.submit(read)
        # The endpoint's cursor moves only as the log is followed: nothing goes before.
        follow_events(services)
        removing = [pool.submit(remove, each) for each in (services.database, another)]
        removed = sum(each.result() for each in removing)
        done.set()
        seen, _ = reading.result()
    another.close()

    assert removed == 60
    assert seen == list(range(seen[0], seen[-1] + 1))
    assert len(seen) >= 5


def test_a_delivery_whose_event_is_gone_does_not_wait_for_ever(
    shop: Shop, services: Services, worker: Worker, receiver: Receiver
) -> None:
    """An endpoint may be added, and sent an old event again, in the moment in which that is removed."""
    endpoint = add(shop, receiver.url)
    happen(shop)
    follow_events(services)
    services.database.write_now(lambda work: work.connection.execute(delete(events)))
    worker.drain()

    (dead,) = deliveries(shop, endpoint)
    assert (dead.status, dead.failure) == ("dead", "the event was removed before it could be told of")
    assert receiver.came() == []


def test_all_records_that_nobody_reads_any_more_go_in_small_transactions(
    shop: Shop, services: Services, clock: Clock, tidy: Tidy
) -> None:
    def write(work: Work) -> None:
        for number in range(5):
            add_page_session(work, work.new_id(), shop.integration_product.id)
            steering.arrived_before(shop.caller, work, f"{number:064}")
            row = {"id": work.new_id(), "name": "x", "partner_id": shop.partner.id, "payload": {}, "attempts": 6}
            work.connection.execute(jobs.insert().values(**row, status="failed", run_at=work.now, created_at=work.now))

    services.database.write_now(write)
    clock.ahead = timedelta(days=89)
    assert (tidy().jobs, count(services, jobs.c.id)) == (0, 5)
    clock.ahead = timedelta(days=401)
    assert tidy().jobs == 5
    columns = (page_sessions.c.id, steered.c.signature, jobs.c.id)
    assert [count(services, each) for each in columns] == [0, 0, 0]


def test_where_days_are_0_events_stay_for_good(shop: Shop, services: Services, clock: Clock) -> None:
    happen(shop)
    kept = msgspec.structs.replace(services.settings, event_days=0)
    clock.ahead = timedelta(days=4000)

    assert Tidying(kept, services.database, services.files).tidy(clock()) == Tidied()
    assert count(services) == 1
