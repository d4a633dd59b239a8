"""Jobs are done once each, tried again, taken over; on both databases. Time is the test's, nothing sleeps."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from spiff.auth.caller import Caller
from spiff.errors import Invalid, Unavailable
from spiff.jobs import store
from spiff.jobs.handlers import DELAYS_SECONDS, Handler, JobFailed
from spiff.jobs.model import Job, enqueue, jobs
from spiff.jobs.run import MOST_ATTEMPTS, run_job
from spiff.jobs.worker import Worker
from spiff.storage.database import Database
from spiff.storage.work import random_id
from spiff.web.routing import Services
from tests.jobs.claiming import claimed

PARTNER = random_id()
LEASE = timedelta(seconds=30)


class Clock:
    """Stands still until it is told to move on."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def services(services: Services, database_url: str, clock: Clock) -> Iterator[Services]:
    database = Database(database_url, clock=clock)
    yield Services(services.settings, database, services.files, services.rendering, services.intake)
    database.close()


def _promise(services: Services, name: str = "test.job", **payload: Any) -> None:
    services.database.write_now(lambda work: enqueue(work, name, PARTNER, **payload))


def _claim(services: Services, most: int = 10) -> list[Job]:
    return claimed(services.database, "test.job", most=most, lease_for=LEASE)


def _rows(services: Services) -> list[dict[str, Any]]:
    rows = services.database.read_now(lambda work: work.connection.execute(select(jobs)).mappings().all())
    return [dict(row) for row in rows]


def _failing(failure: Exception) -> Callable[..., None]:
    def run(_services: Services, _caller: Caller, **_payload: str) -> None:
        raise failure

    return run


def test_a_job_is_done_for_its_partner_with_its_payload(services: Services) -> None:
    seen: list[Any] = []
    handler = Handler(lambda _, caller, **payload: seen.append((caller.partner_id, payload)))
    _promise(services, item_id="7")

    assert Worker(services, {"test.job": handler}).drain() == 1

    assert seen == [(PARTNER, {"item_id": "7"})]
    assert _rows(services)[0]["status"] == "done"


def test_a_claimed_job_is_nobody_elses(services: Services) -> None:
    _promise(services)

    assert len(_claim(services)) == 1
    assert _claim(services) == []


def test_many_workers_claim_every_job_once(services: Services, database_url: str, clock: Clock) -> None:
    for _ in range(30):
        _promise(services)
    databases = [Database(database_url, clock=clock) for _ in range(3)]
    taken: list[str] = []

    def take(database: Database) -> None:
        while found := claimed(database, "test.job", most=2, lease_for=LEASE):
            taken.extend(job.id for job in found)

    threads = [threading.Thread(target=take, args=(each,)) for each in databases]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    for database in databases:
        database.close()

    assert len(taken) == len(set(taken)) == 30


def test_a_job_whose_worker_died_is_taken_over_when_its_lease_ends(services: Services, clock: Clock) -> None:
    _promise(services)
    (dead,) = _claim(services)

    clock.now += timedelta(seconds=29)
    assert _claim(services) == []
    clock.now += timedelta(seconds=2)
    (taken,) = _claim(services)

    assert (taken.id, taken.attempts) == (dead.id, 2)
    assert taken.lease != dead.lease


def test_a_renewed_lease_is_not_taken_over(services: Services, clock: Clock) -> None:
    _promise(services)
    (job,) = _claim(services)

    clock.now += timedelta(seconds=20)
    services.database.write_now(lambda work: store.renew(work, [job.lease], LEASE))
    clock.now += timedelta(seconds=20)

    assert _claim(services) == []


def test_a_worker_that_lost_its_lease_changes_nothing_any_more(services: Services, clock: Clock) -> None:
    _promise(services)
    (slow,) = _claim(services)
    clock.now += timedelta(seconds=31)
    (quick,) = _claim(services)

    write = services.database.write_now
    assert not write(lambda work: store.finish(work, slow))
    assert not write(lambda work: store.give_up(work, slow, reason="late"))
    assert write(lambda work: store.finish(work, quick))
    assert _rows(services)[0]["status"] == "done"


def test_a_failed_job_is_tried_again_after_growing_waits_and_then_given_up(services: Services, clock: Clock) -> None:
    told: list[str] = []
    handler = Handler(_failing(ZeroDivisionError("no secret in here")), lambda *_, reason: told.append(reason))
    worker = Worker(services, {"test.job": handler})
    _promise(services)

    for delay in DELAYS_SECONDS:
        assert worker.drain() == 1
        assert worker.drain() == 0
        assert (_rows(services)[0]["status"], told) == ("waiting", [])
        clock.now += timedelta(seconds=delay)
    assert worker.drain() == 1

    assert told == ["unforeseen: ZeroDivisionError"]
    assert _rows(services)[0]["status"] == "failed"
    assert _rows(services)[0]["last_failure"] == "unforeseen: ZeroDivisionError"
    assert _rows(services)[0]["attempts"] == MOST_ATTEMPTS
    clock.now += timedelta(days=1)
    assert worker.drain() == 0


def test_a_job_that_cannot_be_done_is_given_up_at_once(services: Services) -> None:
    told: list[tuple[str, str]] = []
    handler = Handler(_failing(JobFailed("no ink")), lambda *_, reason, item_id: told.append((reason, item_id)))
    _promise(services, item_id="7")

    Worker(services, {"test.job": handler}).drain()

    assert told == [("no ink", "7")]
    assert _rows(services)[0]["status"] == "failed"


def test_an_outage_uses_up_no_attempt(services: Services, clock: Clock) -> None:
    worker = Worker(services, {"test.job": Handler(_failing(Unavailable("away")))})
    _promise(services)

    for _ in range(MOST_ATTEMPTS * 2):
        assert worker.drain() == 1
        clock.now += timedelta(seconds=60)

    assert (_rows(services)[0]["status"], _rows(services)[0]["attempts"]) == ("waiting", 0)


def test_a_job_that_kills_its_worker_each_time_is_given_up(services: Services, clock: Clock) -> None:
    ran: list[str] = []
    handler = Handler(lambda *_: ran.append("ran"))
    _promise(services)

    for _ in range(MOST_ATTEMPTS):
        _claim(services)
        clock.now += timedelta(seconds=31)
    Worker(services, {"test.job": handler}).drain()

    assert ran == []
    assert _rows(services)[0]["last_failure"] == "the worker stopped each time it did this job"


def test_a_job_of_a_newer_version_was_given_up_by_an_older_worker_and_is_left_to_a_newer_one(
    services: Services,
) -> None:
    _promise(services, "test.newer")
    _promise(services, "test.job")
    done = Handler(lambda *_: None)

    assert Worker(services, {"test.job": done}).drain() == 1
    assert sorted((row["name"], row["status"], row["attempts"]) for row in _rows(services)) == [
        ("test.job", "done", 1),
        ("test.newer", "waiting", 0),
    ]
    assert Worker(services, {"test.job": done, "test.newer": done}).drain() == 1


def test_a_worker_that_leaves_jobs_to_a_newer_version_says_so_once(services: Services) -> None:
    _promise(services, "test.newer")
    _promise(services, "test.job")
    worker = Worker(services, {"test.job": Handler(lambda *_: None)})

    with capture_logs() as logged:
        for _ in range(2):
            worker.look_around()

    left = [line for line in logged if line["event"] == "jobs_left_to_a_newer_version"]
    assert [line["names"] for line in left] == [["test.newer"]]


def test_a_chore_that_fails_keeps_no_job_from_being_done(services: Services) -> None:
    done = threading.Event()

    def fail(_services: Services) -> int:
        raise ZeroDivisionError

    worker = Worker(services, {"test.job": Handler(lambda *_: done.set())}, chores=[fail])
    _promise(services)

    worker.start()

    assert done.wait(30)
    worker.stop()


def test_a_worker_said_at_each_turn_that_the_database_was_away(services: Services) -> None:
    done, turns = threading.Event(), iter([Unavailable("the database does not answer")] * 20)

    def look(_services: Services) -> int:
        for away in turns:
            raise away
        return 0

    worker = Worker(services, {"test.job": Handler(lambda *_: done.set())}, chores=[look], poll_seconds=0.01)
    _promise(services)

    with capture_logs() as logged:
        worker.start()
        assert done.wait(30)
        worker.stop()

    assert [line["event"] for line in logged if line["event"].startswith("jobs_")] == [
        "jobs_wait_for_the_database",
        "jobs_go_on",
    ]


def test_of_several_kinds_the_job_that_is_due_longest_is_claimed_first(services: Services, clock: Clock) -> None:
    for name in ("test.b", "test.a", "test.b", "test.c"):
        _promise(services, name)
        clock.now += timedelta(seconds=1)

    first = claimed(services.database, "test.a", "test.b", "test.c", most=3, lease_for=LEASE)

    assert [job.name for job in first] == ["test.b", "test.a", "test.b"]
    assert services.database.read_now(store.list_waiting_names) == ["test.c"]


def test_what_the_domain_says_to_a_failure_is_undone_with_it(services: Services) -> None:
    def given_up(_caller: Caller, work: Any, *, reason: str) -> None:
        enqueue(work, "test.other", PARTNER, reason=reason)
        raise ZeroDivisionError

    _promise(services)
    (job,) = _claim(services)

    with pytest.raises(ZeroDivisionError):
        run_job(services, {"test.job": Handler(_failing(JobFailed("x")), given_up)}, job)

    assert [row["status"] for row in _rows(services)] == ["leased"]


def test_a_running_worker_is_woken_and_does_jobs_side_by_side(services: Services) -> None:
    together = threading.Barrier(2, timeout=30)

    def meet(_services: Services, _caller: Caller) -> None:
        together.wait()

    worker = Worker(services, {"test.job": Handler(meet)}, poll_seconds=3600)
    worker.start()
    _promise(services)
    _promise(services)

    worker.wake()

    together_done = threading.Event()
    while {row["status"] for row in _rows(services)} != {"done"}:
        assert not together_done.wait(0.02)
    worker.stop()


def test_a_handler_says_how_often_and_how_far_apart_its_job_is_tried(services: Services, clock: Clock) -> None:
    handler = Handler(_failing(Invalid("no")), delays_seconds=(10, 1000), jitter=0.5)
    worker = Worker(services, {"test.job": handler})
    _promise(services)
    waits = []
    for _ in range(2):
        worker.drain()
        waits.append((_rows(services)[0]["run_at"] - clock.now).total_seconds())
        clock.now += timedelta(seconds=1500)
    worker.drain()

    assert 10 <= waits[0] <= 15 and 1000 <= waits[1] <= 1500
    assert (_rows(services)[0]["status"], _rows(services)[0]["attempts"]) == ("failed", 3)


def test_chores_come_before_jobs_until_nothing_is_left(services: Services) -> None:
    left = ["a", "b"]

    def chore(services: Services) -> int:
        if not left:
            return 0
        _promise(services, item_id=left.pop())
        return 1

    assert Worker(services, {"test.job": Handler(lambda *_, **__: None)}, chores=[chore]).drain() == 2


def test_a_job_put_off_by_a_clock_that_was_ahead_is_done_soon_after_it_was_set_back(
    services: Services, clock: Clock
) -> None:
    right = clock.now
    clock.now += timedelta(days=1)
    _promise(services)
    Worker(services, {"test.job": Handler(_failing(Invalid("not now")))}).drain()
    clock.now = right + timedelta(seconds=1)

    assert Worker(services, {"test.job": Handler(lambda *_: None)}).drain() == 1


def test_a_lease_of_a_clock_that_was_ahead_ends_when_it_would_have(services: Services, clock: Clock) -> None:
    right = clock.now
    clock.now += timedelta(days=1)
    _promise(services)
    (job,) = _claim(services)
    clock.now = right
    worker = Worker(services, {"test.job": Handler(lambda *_: None)})

    assert worker.drain() == 0  # its worker may be alive, and would renew it now
    services.database.write_now(lambda work: store.renew(work, [job.lease], LEASE))
    clock.now = right + timedelta(seconds=29)
    assert worker.drain() == 0
    clock.now = right + LEASE
    assert worker.drain() == 1


def test_a_clock_a_little_behind_takes_nothing_from_another_machine(services: Services, clock: Clock) -> None:
    _promise(services)
    Worker(services, {"test.job": Handler(_failing(Invalid("not now")), delays_seconds=(900,))}).drain()
    clock.now -= timedelta(seconds=90)

    assert Worker(services, {"test.job": Handler(lambda *_: None)}).drain() == 0
