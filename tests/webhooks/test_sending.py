"""Webhooks arrive signed, at least once, are tried again for three days, and are given up in words."""

import itertools
import os
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy import update
from standardwebhooks import Webhook, WebhookVerificationError

from spiff.events.model import EVENT_TYPES
from spiff.events.operations import list_events
from spiff.jobs import store as job_store
from spiff.jobs.worker import Worker
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.web.outgoing import Outgoing
from spiff.web.routing import Services
from spiff.webhooks import operations, sending
from spiff.webhooks.jobs import SEND
from spiff.webhooks.model import DELAYS_SECONDS, DISABLED_AFTER, Endpoint
from spiff.webhooks.store import list_behind, webhook_endpoints
from spiff.webhooks.tasks import chores, handlers
from tests.clock import Clock
from tests.jobs.claiming import claimed
from tests.orders.shops import Shop, open_shop
from tests.receiver import Exchange, Received, Receiver, answering
from tests.webhooks.endpoints import add, deliveries, endpoint_of, happen


def _verify(endpoint: Endpoint, received: Received) -> object:
    return Webhook(endpoint.secrets[0].value).verify(received.body, received.headers)


def test_a_webhook_is_verified_by_the_standards_own_library(shop: Shop, worker: Worker, receiver: Receiver) -> None:
    endpoint = add(shop, receiver.url)
    happen(shop, "order.received")
    worker.drain()

    received = receiver.next()

    (event,) = shop.services.database.read_now(list_events)
    assert received.headers["webhook-id"] == f"evt_{event.id}"
    assert _verify(endpoint, received) == {
        "id": f"evt_{event.id}",
        "type": "order.received",
        "timestamp": event.created_at.isoformat().replace("+00:00", "Z"),
        "subjectId": event.subject_id,
        "data": {"number": 0},
    }
    spoiled = Received("POST", "/", received.headers, received.body.replace(b"received", b"recieved"))
    with pytest.raises(WebhookVerificationError):
        _verify(endpoint, spoiled)


def test_an_endpoint_is_told_what_it_wants_since_it_exists(shop: Shop, worker: Worker, receiver: Receiver) -> None:
    happen(shop, "item.failed")
    endpoint = add(shop, receiver.url, "item.failed", "item.held")
    happen(shop, "item.held", "order.received", "item.failed")
    worker.drain()

    told = [_verify(endpoint, received) for received in receiver.came()]

    assert {event["type"] for event in told if isinstance(event, dict)} == {"item.held", "item.failed"}
    assert len(told) == 2


def test_another_integrations_events_are_not_told(
    shop: Shop, services: Services, worker: Worker, receiver: Receiver
) -> None:
    add(shop, receiver.url)
    happen(open_shop(services, "other"))
    worker.drain()

    assert receiver.came() == []


def test_every_endpoint_is_told(shop: Shop, worker: Worker, receiver: Receiver) -> None:
    endpoints = [add(shop, receiver.url) for _ in range(3)]
    happen(shop, "item.held", "item.failed")
    worker.drain()

    assert len(receiver.came()) == 6
    assert [each.status for endpoint in endpoints for each in deliveries(shop, endpoint)] == ["delivered"] * 6


def test_what_is_not_accepted_is_tried_ten_times_in_three_days(
    shop: Shop, worker: Worker, receiver: Receiver, clock: Clock
) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(500))
    happen(shop)
    begun = clock.ahead
    worker.drain()
    for seconds in DELAYS_SECONDS:
        clock.ahead += timedelta(seconds=seconds * 1.1 + 1)
        worker.drain()
    clock.ahead += timedelta(days=9)
    worker.drain()

    came = receiver.came()

    (dead,) = deliveries(shop, endpoint)
    assert (len(came), len({each.headers["webhook-id"] for each in came})) == (10, 1)
    assert sum(DELAYS_SECONDS) > timedelta(days=3).total_seconds()
    assert (dead.status, dead.attempts, dead.answered) == ("dead", 10, 500)
    assert dead.failure == "the receiver answered 500"
    assert clock.ahead - begun > timedelta(days=12)


def test_a_receiver_that_comes_back_is_told(shop: Shop, worker: Worker, receiver: Receiver, clock: Clock) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(503))
    happen(shop)
    worker.drain()
    failing = endpoint_of(shop, endpoint).failing_since
    receiver.behave(answering(204))
    clock.ahead += timedelta(seconds=6)
    worker.drain()

    assert failing is not None
    assert endpoint_of(shop, endpoint).failing_since is None
    assert [(each.status, each.attempts, each.answered) for each in deliveries(shop, endpoint)] == [
        ("delivered", 2, 204)
    ]


def test_a_redirect_is_no_success_and_goes_nowhere(shop: Shop, worker: Worker, receiver: Receiver) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(307, Location=receiver.url + "/elsewhere"))
    happen(shop)
    worker.drain()

    assert [received.path for received in receiver.came()] == ["/hook"]
    assert deliveries(shop, endpoint)[0].failure == "the receiver answered 307"


def test_an_answer_without_end_is_a_success_of_bounded_size(shop: Shop, worker: Worker, receiver: Receiver) -> None:
    def endless(exchange: Exchange, _: Received) -> None:
        exchange.send_response(200)
        exchange.end_headers()
        while True:
            exchange.wfile.write(b"x" * 65536)

    endpoint = add(shop, receiver.url)
    receiver.behave(endless)
    happen(shop)
    worker.drain()

    assert deliveries(shop, endpoint)[0].status == "delivered"


def test_gone_disables_the_endpoint_at_once_and_is_told_to_others(
    shop: Shop, worker: Worker, receiver: Receiver
) -> None:
    gone, other = add(shop, receiver.url), add(shop, receiver.url, "webhook_endpoint.disabled")
    receiver.behave(lambda exchange, came: exchange.answer(204 if b"endpointId" in came.body else 410))
    happen(shop, "item.held", "item.failed")
    worker.drain()

    disabled = endpoint_of(shop, gone)
    assert (disabled.enabled, disabled.disabled_reason) == (False, "it answered 410 Gone")
    assert [each.status for each in deliveries(shop, gone)] == ["dead", "dead"]
    assert [each.status for each in deliveries(shop, other)] == ["delivered"]
    assert len(receiver.came()) == 2


def test_five_days_of_failures_disable_an_endpoint(
    shop: Shop, worker: Worker, receiver: Receiver, clock: Clock
) -> None:
    endpoint = add(shop, receiver.url)
    receiver.behave(answering(500))
    happen(shop)
    worker.drain()
    clock.ahead += DISABLED_AFTER - timedelta(minutes=1)
    worker.drain()
    still_enabled = endpoint_of(shop, endpoint).enabled
    clock.ahead += timedelta(days=1)
    worker.drain()

    assert still_enabled
    assert endpoint_of(shop, endpoint).disabled_reason == "nothing but failures for 5 days"


def test_killed_between_sending_and_noting_it_sends_again_under_the_same_id(
    shop: Shop, settings: Settings, worker: Worker, receiver: Receiver, clock: Clock
) -> None:
    """The receiver has it all and its answer never arrives: the worker's process is killed at that moment."""
    endpoint = add(shop, receiver.url)
    happen(shop)
    over = threading.Event()

    def hold(_exchange: Exchange, _: Received) -> None:
        over.wait(30)

    receiver.behave(hold)
    first = _received_by_a_worker_that_is_killed(settings, receiver)
    over.set()
    before = deliveries(shop, endpoint)[0].status
    receiver.behave(answering(204))
    clock.ahead += timedelta(minutes=1)
    worker.drain()

    second = receiver.next()
    assert (before, deliveries(shop, endpoint)[0].status) == ("waiting", "delivered")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.body == second.body


def _received_by_a_worker_that_is_killed(settings: Settings, receiver: Receiver) -> Received:
    environ = os.environ | {
        "SPIFF_DATABASE_URL": settings.database_url,
        "SPIFF_DATA_DIR": settings.data_dir,
        "SPIFF_WEBHOOKS_ALLOW_PRIVATE": "true",
    }
    with subprocess.Popen([sys.executable, "-m", "spiff.cli", "worker"], env=environ) as process:
        try:
            return receiver.next()
        finally:
            process.kill()


def test_two_workers_promise_each_event_once(shop: Shop, services: Services, database_url: str) -> None:
    endpoint = add(shop, "http://127.0.0.1:9/")
    happen(shop, *itertools.repeat(EVENT_TYPES[0], 50))
    databases = [Database(database_url) for _ in range(2)]

    def follow(database: Database) -> None:
        while database.write_now(lambda work: sending.fan_out(work, endpoint.id)):
            pass

    threads = [threading.Thread(target=follow, args=(each,)) for each in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for database in databases:
        database.close()

    jobs = claimed(services.database, SEND, most=100, lease_for=timedelta(seconds=1))
    assert len(jobs) == len({job.payload["event_id"] for job in jobs}) == 50
    assert len(deliveries(shop, endpoint)) == 50


def test_jobs_of_an_endpoint_that_was_removed_or_disabled_do_not_stay_listed(
    shop: Shop, services: Services, receiver: Receiver, worker: Worker
) -> None:
    receiver.behave(answering(500))
    removed, disabled, kept = (add(shop, receiver.url) for _ in range(3))
    happen(shop)
    worker.drain()

    services.database.write_now(lambda work: operations.remove_endpoint(shop.caller, work, removed.id))
    services.database.write_now(lambda work: operations.disable(shop.caller, work, disabled.id))

    listed = services.database.read_now(lambda work: job_store.list_jobs(work, None, 100))
    assert [row["payload"]["endpoint_id"] for row in listed] == [kept.id]


def test_a_kind_of_event_that_only_a_newer_version_knows_keeps_no_endpoint_from_being_told(
    shop: Shop, services: Services, receiver: Receiver, worker: Worker
) -> None:
    """An older worker could not read such an endpoint, and did nothing else any more either."""
    endpoint = add(shop, receiver.url)
    newer = update(webhook_endpoints).where(webhook_endpoints.c.id == endpoint.id)
    services.database.write_now(
        lambda work: work.connection.execute(newer.values(events=["item.held", "item.mended"])).rowcount
    )

    happen(shop)
    worker.drain()

    assert [each.status for each in deliveries(shop, endpoint)] == ["delivered"]


def test_a_name_that_now_leads_inwards_is_not_followed(
    shop: Shop, services: Services, receiver: Receiver, worker: Worker
) -> None:
    """Added while private networks were allowed, or while the name led elsewhere: each sending checks anew."""
    endpoint = add(shop, f"https://localhost:{receiver.port}/hook")
    happen(shop)
    strict = Services(
        services.settings, services.database, services.files, services.rendering, services.intake, Outgoing()
    )
    Worker(strict, handlers, chores=chores).drain()

    assert receiver.came() == []
    assert "not a public address" in (deliveries(shop, endpoint)[0].failure or "")


def test_a_rotated_secret_and_the_old_one_both_sign_for_a_day(
    shop: Shop, worker: Worker, receiver: Receiver, clock: Clock
) -> None:
    old = add(shop, receiver.url)
    new = shop.services.database.write_now(lambda work: operations.rotate_secret(shop.caller, work, old.id))
    happen(shop)
    worker.drain()
    received = receiver.next()

    assert _verify(old, received) == _verify(new, received)
    assert len(received.headers["webhook-signature"].split()) == 2

    clock.ahead += timedelta(hours=25)
    happen(shop)
    worker.drain()
    assert len(receiver.next().headers["webhook-signature"].split()) == 1


def test_of_more_endpoints_than_are_seen_to_at_once_the_same_were_left_out_each_time(
    shop: Shop, services: Services
) -> None:
    endpoints = {add(shop, "https://shop.example/").id for _ in range(3)}
    happen(shop)

    seen_to = {each for _ in range(200) for each in services.database.read_now(lambda work: list_behind(work, 1))}

    assert seen_to == endpoints
