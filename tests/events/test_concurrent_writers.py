"""A cursor skips nothing: an event that is seen has no unseen one below it, whoever commits first."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import create_engine, text

from spiff.events import store
from spiff.events.operations import list_events, record_event
from spiff.storage.clock import utc_now
from spiff.storage.database import Database
from spiff.storage.work import random_id

PARTNER, INTEGRATION = random_id(), random_id()


def _row(number: int) -> tuple[object, ...]:
    return PARTNER, INTEGRATION, "item.held", random_id(), {"number": number}, utc_now()


def _numbers(database: Database) -> list[int]:
    return [event.payload["number"] for event in database.read_now(list_events)]


def _wait_for_the_lock(address: str, written: "Future[None]") -> None:
    """Until the writer waits in line; or has written, where nothing made it wait."""
    engine = create_engine(address, isolation_level="AUTOCOMMIT")
    waiting = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with engine.connect() as connection:
        while not written.done() and not connection.execute(waiting).scalar_one():
            pass
    engine.dispose()


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_who_writes_later_does_not_commit_first(database: Database) -> None:
    early, late = (create_engine(database.url) for _ in range(2))

    def write_late() -> None:
        with late.begin() as connection:
            store.append(connection, [_row(2)])

    with ThreadPoolExecutor(1) as pool:
        with early.begin() as connection:
            store.append(connection, [_row(1)])
            written = pool.submit(write_late)
            _wait_for_the_lock(database.url, written)
            seen_meanwhile = _numbers(database)
        written.result()

    assert (seen_meanwhile, _numbers(database)) == ([], [1, 2])
    early.dispose()
    late.dispose()


def _follow(database: Database, done: threading.Event) -> list[str]:
    """What a cursor sees until the writers are done, and once more after that."""
    seen, cursor, over = list[str](), 0, False
    while not over:
        over = done.is_set()
        found = database.read_now(partial(list_events, after=cursor, limit=1000))
        seen += [event.subject_id for event in found]
        cursor = found[-1].id if found else cursor
    return seen


def _write(server: Database, times: int) -> None:
    for _ in range(times):
        server.write_now(
            lambda work: record_event(work, "item.held", random_id(), partner_id=PARTNER, integration_id=INTEGRATION)
        )


def test_a_reader_beside_many_writers_misses_nothing(database: Database) -> None:
    """Several servers write, each with commits of its own, while somebody follows the cursor."""
    servers, done = [Database(database.url) for _ in range(3)], threading.Event()

    with ThreadPoolExecutor(len(servers) * 2 + 1) as pool:
        following = pool.submit(_follow, database, done)
        for writing in [pool.submit(_write, server, 20) for server in servers * 2]:
            writing.result()
        done.set()
        seen = following.result()

    assert len(seen) == len(set(seen)) == len(servers) * 2 * 20
    for server in servers:
        server.close()
