"""Whose job is done next: nobody waits for all that another has waiting, or waits for. On both databases."""

import threading
from datetime import timedelta

from sqlalchemy import func, select

from spiff.auth.caller import Caller
from spiff.jobs.handlers import Handler
from spiff.jobs.model import enqueue, jobs
from spiff.jobs.store import claim, whose_turn
from spiff.jobs.worker import Worker
from spiff.storage.database import Database
from spiff.storage.work import random_id
from spiff.web.routing import Services
from tests.jobs.claiming import claimed

PLACES = 8
"""In which a worker speaks with servers elsewhere."""


def _promise(database: Database, name: str, partner_id: str, count: int = 1) -> None:
    for _ in range(count):
        database.write_now(lambda work: enqueue(work, name, partner_id))


def _at_hand(database: Database) -> int:
    leased = select(func.count()).where(jobs.c.status == "leased")
    return int(database.read_now(lambda work: work.connection.execute(leased).scalar_one()))


def test_partners_take_turns_however_much_one_has_waiting(database: Database) -> None:
    many, few, none = sorted(random_id() for _ in range(3))
    for partner, count in ((many, 5), (few, 2), (none, 1)):
        _promise(database, "test.job", partner, count)

    first = claimed(database, "test.job", most=5, lease_for=timedelta(minutes=1), at_hand=[few, few, many])

    assert [job.partner_id for job in first] == [none, many, many, few, many]


def test_choosing_among_a_thousand_partners_kept_the_writer(database: Database) -> None:
    """It is chosen before: the writer looks at no more partners than there are places, however many wait."""
    for partner in (partners := sorted(random_id() for _ in range(5))):
        _promise(database, "test.job", partner, 2)

    turns = database.read_now(lambda work: whose_turn(work, ["test.job"], most=3))
    assert turns is not None
    first = database.write_now(lambda work: claim(work, turns, timedelta(minutes=1)))

    assert [partner for _, partner in turns.partners] == [job.partner_id for job in first] == partners[:3]


def test_slow_servers_elsewhere_keep_no_drawing_waiting(services: Services) -> None:
    drawn, over, partner = threading.Event(), threading.Event(), random_id()

    def wait(_services: Services, _caller: Caller) -> None:
        over.wait(30)

    waiting = Handler(wait, lane="network")
    worker = Worker(services, {"test.send": waiting, "test.draw": Handler(lambda *_, **__: drawn.set())})
    _promise(services.database, "test.send", partner, 20)
    _promise(services.database, "test.draw", partner)

    worker.start()
    was_drawn = drawn.wait(30)
    over.set()
    worker.stop()

    assert was_drawn


def test_one_merchants_slow_server_kept_the_messages_of_all_others_waiting(services: Services) -> None:
    slow, other = random_id(), random_id()
    told, over, one_at_a_time = threading.Event(), threading.Event(), threading.Semaphore(0)

    def send(_services: Services, caller: Caller) -> None:
        if caller.partner_id == other:
            told.set()
        elif not over.is_set():
            one_at_a_time.acquire(timeout=30)

    worker = Worker(services, {"test.send": Handler(send, lane="network")}, poll_seconds=0.05)
    _promise(services.database, "test.send", slow, 20)
    worker.start()
    while _at_hand(services.database) < PLACES:
        assert not told.wait(0.02)
    _promise(services.database, "test.send", other)

    one_at_a_time.release()
    was_told = told.wait(5)
    over.set()
    one_at_a_time.release(20)
    worker.stop()

    assert was_told
