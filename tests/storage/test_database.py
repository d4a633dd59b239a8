"""The database promises: durable before answered, all or nothing for each operation, many in one commit."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Integer, MetaData, Table, event, func, insert, select
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from spiff import app  # noqa: F401 - loading the app registers every table
from spiff.errors import Unavailable
from spiff.storage.database import Database
from spiff.storage.schema import metadata
from spiff.storage.work import Work

notes = Table("notes", MetaData(), Column("number", Integer, primary_key=True))


@pytest.fixture(autouse=True)
def _table(database: Database) -> None:
    database.write_now(lambda work: notes.create(work.connection))


def _adding(number: int) -> Callable[[Work], int]:
    def add(work: Work) -> int:
        work.connection.execute(insert(notes).values(number=number))
        return number

    return add


def _count(work: Work) -> int:
    return int(work.connection.execute(select(func.count()).select_from(notes)).scalar_one())


def test_an_operation_that_fails_leaves_nothing(database: Database) -> None:
    def half(work: Work) -> None:
        work.connection.execute(insert(notes).values(number=1))
        raise ValueError("after the first write")

    with pytest.raises(ValueError, match="after the first write"):
        database.write_now(half)

    assert database.read_now(_count) == 0


def test_one_failure_among_many_waiting_undoes_only_itself(database: Database) -> None:
    async def together() -> list[object]:
        wanted = [1, 2, 2, 3, 3, 4]
        return await asyncio.gather(*(database.write(_adding(number)) for number in wanted), return_exceptions=True)

    outcomes = asyncio.run(together())

    assert [isinstance(each, Exception) for each in outcomes] == [False, False, True, False, True, False]
    assert database.read_now(_count) == 4


def test_what_one_transaction_reads_is_of_one_instant(database: Database) -> None:
    """Otherwise a check of items against their timelines would find fault with whatever moves meanwhile."""

    def count_twice(work: Work) -> tuple[int, int]:
        before = _count(work)
        database.write_now(_adding(1))
        return before, _count(work)

    assert database.read_now(count_twice) == (0, 0)
    assert database.read_now(_count) == 1


def test_operations_that_wait_together_share_a_commit(database: Database) -> None:
    commits: list[object] = []
    event.listen(database.engine, "commit", commits.append)
    writing, gate = threading.Event(), threading.Event()

    def hold_the_writer(_work: Work) -> bool:
        writing.set()
        return gate.wait(10)

    with ThreadPoolExecutor(21) as pool:
        held = pool.submit(database.write_now, hold_the_writer)
        writing.wait(10)
        waiting = [pool.submit(database.write_now, _adding(number)) for number in range(20)]
        while database.waiting() < 20:
            writing.wait(0.001)
        gate.set()
        outcomes = [each.result() for each in waiting]

    assert held.result()
    assert outcomes == list(range(20))
    assert len(commits) == 2


def test_who_gives_up_before_the_commit_writes_nothing_and_stops_nobody_else(database: Database) -> None:
    writing, gate = threading.Event(), threading.Event()

    def hold_the_writer(_work: Work) -> bool:
        writing.set()
        return gate.wait(10)

    async def give_up() -> None:
        held = asyncio.ensure_future(database.write(hold_the_writer))
        await asyncio.to_thread(writing.wait, 10)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(database.write(_adding(1)), 0.01)
        gate.set()
        await held
        await database.write(_adding(2))

    asyncio.run(give_up())

    assert database.read_now(_count) == 1


def test_an_event_loop_that_ends_while_its_operation_runs_stops_nobody_else(database: Database) -> None:
    writing, gate = threading.Event(), threading.Event()

    def hold_the_writer(work: Work) -> int:
        writing.set()
        gate.wait(10)
        return _adding(1)(work)

    async def leave() -> None:
        held = asyncio.ensure_future(database.write(hold_the_writer))
        await asyncio.to_thread(writing.wait, 10)
        held.cancel()

    asyncio.run(leave())
    gate.set()

    assert database.write_now(_adding(2)) == 2
    assert database.read_now(_count) == 2


def test_nobody_waits_for_those_who_count(database: Database) -> None:
    over = threading.Event()

    def look_at_much(work: Work) -> int:
        over.wait(30)
        return _count(work)

    async def read_beside() -> tuple[int, list[int]]:
        counting = [asyncio.ensure_future(database.count(look_at_much)) for _ in range(8)]
        try:
            found = await asyncio.wait_for(database.read(_count), 5)
        finally:
            over.set()
        return found, await asyncio.gather(*counting)

    assert asyncio.run(read_beside()) == (0, [0] * 8)


def test_a_failure_of_the_database_inside_an_operation_is_unavailable(database: Database) -> None:
    def victim(_work: Work) -> None:
        raise OperationalError("UPDATE", {}, Exception("deadlock detected"))

    with pytest.raises(Unavailable):
        database.write_now(victim)
    assert database.write_now(_adding(1)) == 1


def test_what_was_answered_is_there_for_the_next_who_opens_the_database(database: Database, database_url: str) -> None:
    database.write_now(_adding(7))

    other = Database(database_url)
    try:
        assert other.read_now(_count) == 1
    finally:
        other.close()


def test_a_database_that_is_away_is_unavailable_not_an_unforeseen_failure() -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    try:
        with pytest.raises(Unavailable):
            away.ping()
        with pytest.raises(Unavailable):
            away.write_now(_count)
    finally:
        away.close()


def test_every_try_at_a_database_that_was_away_had_a_line_in_the_log() -> None:
    away = Database("postgresql+psycopg://nobody@127.0.0.1:1/none?connect_timeout=2")
    try:
        with capture_logs() as logged:
            for _ in range(20):
                with pytest.raises(Unavailable):
                    away.ping()
    finally:
        away.close()

    assert len(logged) <= 2  # one in ten seconds


def test_the_migrations_make_exactly_the_tables_that_the_code_uses(database: Database) -> None:
    def differences(work: Work) -> list[object]:
        found = compare_metadata(MigrationContext.configure(work.connection), metadata)
        return [each for each in found if "notes" not in str(each)]

    assert database.read_now(differences) == []
