"""Orders that share a commit: each is decided as if the others had come before or after it, never halfway."""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Event
from typing import Any

import msgspec
import pytest
from sqlalchemy import create_engine, func, select, text

from spiff.errors import NotFound, SpiffError
from spiff.events.store import events
from spiff.jobs.model import jobs
from spiff.orders import steering
from spiff.orders.model import IdempotencyConflict, ItemsUnavailable, PlacedOrder, PlaceOrder
from spiff.orders.placing import place_order, place_orders
from spiff.orders.reading import OrderRequest, read_order
from spiff.orders.store import order_items, orders
from spiff.orders.timeline_store import timeline
from spiff.storage.database import Database
from spiff.transactions.operations import get_transaction
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop, order_body


def _wanted(*transaction_ids: str, signature: str | None = None, key: str | None = None, **members: Any) -> PlaceOrder:
    sent = msgspec.json.decode(order_body(*transaction_ids, **members), type=OrderRequest)
    return read_order(sent, most_items=10, idempotency_key=key, signature=signature)


def _together(services: Services, shop: Shop, *wanted: PlaceOrder) -> list[PlacedOrder | SpiffError]:
    return services.database.write_now(lambda work: place_orders(work, [(shop.caller, each) for each in wanted]))


def _counts(services: Services) -> list[int]:
    return services.database.read_now(
        lambda work: [
            work.connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (orders, order_items, timeline, jobs, events)
        ]
    )


def test_each_of_many_gets_what_it_would_get_alone(shop: Shop, services: Services) -> None:
    one, two, three = (shop.finished() for _ in range(3))

    placed, twin, taken, unfinished, other, conflict = _together(
        services,
        shop,
        _wanted(one, externalId="1"),
        _wanted(one, externalId="1"),
        _wanted(one, externalId="2"),
        _wanted(shop.unfinished(), two, externalId="3"),
        _wanted(two, three, externalId="4"),
        _wanted(three, externalId="1"),
    )

    assert isinstance(placed, PlacedOrder) and isinstance(twin, PlacedOrder) and isinstance(other, PlacedOrder)
    assert (placed.replayed, twin.replayed, twin.order.id) == (False, True, placed.order.id)
    assert isinstance(taken, ItemsUnavailable) and taken.extra["currentState"] == "received"
    assert isinstance(unfinished, ItemsUnavailable) and unfinished.code == "design-unfinished"
    assert [item.transaction_id for item in other.items] == [two, three]
    assert isinstance(conflict, IdempotencyConflict)
    assert _counts(services) == [2, 3, 3, 3, 2]


def test_what_was_placed_before_is_found_among_many(shop: Shop, services: Services) -> None:
    before, now = shop.finished(), shop.finished()
    (first,) = _together(services, shop, _wanted(before, signature="captured"))

    again, captured, new = _together(
        services,
        shop,
        _wanted(before),
        _wanted(before, signature="captured", key="attacker"),
        _wanted(now, externalId="2"),
    )

    assert isinstance(first, PlacedOrder) and isinstance(again, PlacedOrder) and isinstance(new, PlacedOrder)
    assert (again.order.id, again.replayed, new.replayed) == (first.order.id, True, False)
    assert isinstance(captured, PlacedOrder) and (captured.order.id, captured.replayed) == (first.order.id, True)
    assert _counts(services) == [2, 2, 2, 2, 2]


def test_an_unpaid_order_is_released_by_the_paid_one_that_came_with_it(shop: Shop, services: Services) -> None:
    once = shop.finished()

    held, released = _together(
        services, shop, _wanted(once, externalId="1", paid=False), _wanted(once, externalId="1", paid=True)
    )

    assert isinstance(held, PlacedOrder) and isinstance(released, PlacedOrder)
    assert (held.status, released.status) == ("held", "received")
    assert _counts(services)[:4] == [1, 1, 2, 1]


def test_two_shops_that_order_together_keep_to_their_own(shop: Shop, services: Services) -> None:
    other = open_shop(services, "other")
    mine, theirs = shop.finished(), other.finished()
    wanted = [(shop.caller, mine), (other.caller, mine), (other.caller, theirs)]
    asked = [(caller, _wanted(each, externalId=number)) for number, (caller, each) in enumerate(wanted)]

    outcomes = services.database.write_now(lambda work: place_orders(work, asked))

    assert [type(each) for each in outcomes] == [PlacedOrder, NotFound, PlacedOrder]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_design_that_another_process_orders_meanwhile_is_refused_and_leaves_nothing(
    shop: Shop, services: Services, database_url: str
) -> None:
    """Both read that the design is free; the database lets the second write wait, and it finds the first."""
    once, free = shop.finished(), shop.finished()
    elsewhere, written, go_on = Database(database_url), Event(), Event()

    def place_slowly(work: Any) -> None:
        place_order(shop.caller, work, _wanted(once, externalId="elsewhere"))
        written.set()
        go_on.wait(30)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(elsewhere.write_now, place_slowly)
        written.wait(30)
        later = pool.submit(_together, services, shop, _wanted(once, free, externalId="1"), _wanted(free))
        _wait_for_the_second(database_url)
        go_on.set()
        first.result()
        refused, placed = later.result()

    elsewhere.close()
    assert isinstance(refused, ItemsUnavailable)
    assert refused.errors[0] | {"detail": ""} == {
        "pointer": "/orderItems/0/transactionId",
        "code": "already-ordered",
        "detail": "",
        "currentState": "received",
    }
    assert isinstance(placed, PlacedOrder)
    assert _counts(services) == [2, 2, 2, 2, 2]


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_was_released_while_its_payment_came_waited_for_money_for_ever(
    shop: Shop, services: Services, database_url: str
) -> None:
    """Whoever released it had read before that the order was not paid, and kept the item for that."""
    design = shop.finished()
    (order,) = _placed(_together(services, shop, _wanted(design, externalId="1", paid=False)))
    names = order.order.id, order.items[0].id, "operator"
    services.database.write_now(lambda work: steering.hold(shop.caller, work, *names))
    elsewhere, written, go_on = Database(database_url), Event(), Event()

    def pay_slowly(work: Any) -> None:
        place_order(shop.caller, work, _wanted(design, externalId="1", paid=True))
        written.set()
        go_on.wait(30)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(elsewhere.write_now, pay_slowly)
        written.wait(30)
        later = pool.submit(services.database.write_now, lambda work: steering.release(shop.caller, work, *names))
        _wait_for_the_second(database_url)
        go_on.set()
        first.result()
        released = later.result()

    elsewhere.close()
    assert (released.status, released.held_reason) == ("received", None)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_what_was_finished_once_more_as_its_order_came_had_lost_its_design(
    shop: Shop, services: Services, database_url: str
) -> None:
    """The order waited for the transaction, and then looked for its new design among those there were before."""
    once = shop.finished()
    elsewhere, written, go_on = Database(database_url), Event(), Event()

    def finish_slowly(work: Any) -> None:
        shop.finish_again(work, once)
        written.set()
        go_on.wait(30)

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(elsewhere.write_now, finish_slowly)
        written.wait(30)
        later = pool.submit(_together, services, shop, _wanted(once))
        _wait_for_the_second(database_url)
        go_on.set()
        first.result()
        (placed,) = later.result()

    elsewhere.close()
    assert isinstance(placed, PlacedOrder), placed
    now = services.database.read_now(lambda work: get_transaction(work, once))
    assert placed.items[0].design_id == now.design_id


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_two_shops_that_count_from_one_kept_two_servers_waiting_for_each_other(
    shop: Shop, services: Services, database_url: str
) -> None:
    """Names are taken in one order by everybody: whoever waits for the first has not taken the second yet."""
    first, second = sorted((shop, open_shop(services, "other")), key=lambda each: each.integration.id)
    asked = [(each.caller, _wanted(each.finished(), externalId="1")) for each in (second, first, first, second)]
    holding, third, written, go_on = Database(database_url), Database(database_url), Event(), Event()

    def place_slowly(work: Any) -> None:
        place_orders(work, asked[2:3])
        written.set()
        go_on.wait(30)

    with ThreadPoolExecutor(3) as pool:
        held = pool.submit(holding.write_now, place_slowly)
        written.wait(30)
        both = pool.submit(services.database.write_now, lambda work: place_orders(work, asked[:2]))
        _wait_for_the_second(database_url)
        free = pool.submit(third.write_now, lambda work: place_orders(work, asked[3:]))
        wait([free], timeout=10)
        done_meanwhile = free.done()
        go_on.set()
        begun: list[Future[Any]] = [held, both, free]
        wait(begun)

    holding.close()
    third.close()
    assert done_meanwhile


def _placed(outcomes: list[PlacedOrder | SpiffError]) -> list[PlacedOrder]:
    return [each for each in outcomes if isinstance(each, PlacedOrder)]


def _wait_for_the_second(address: str) -> None:
    """Until somebody waits for somebody else's transaction."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted")
    with engine.connect() as connection:
        while not connection.execute(waiting).scalar_one():
            pass
    engine.dispose()
