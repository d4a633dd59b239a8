"""What operations that share a commit may rely on, whether or not one of them fails."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from spiff.events.operations import list_events, record_event
from spiff.storage.database import Database
from spiff.storage.work import Work, random_id


class Refused(Exception):
    """An operation that says no."""


def _record(work: Work, number: int) -> int:
    record_event(work, "item.held", random_id(), partner_id=random_id(), integration_id=random_id(), number=number)
    if number % 5 == 4:
        raise Refused(number)
    return number


@pytest.mark.parametrize("count", [1, 4, 40])
def test_a_refused_operation_keeps_nothing_and_takes_nobody_with_it(database: Database, count: int) -> None:
    async def write_all() -> list[object]:
        writing = [database.write(partial(_record, number=number)) for number in range(count)]
        return await asyncio.gather(*writing, return_exceptions=True)

    outcomes = asyncio.run(write_all())

    kept = [event.payload["number"] for event in database.read_now(lambda work: list_events(work, limit=100))]
    assert [type(each) is Refused for each in outcomes] == [number % 5 == 4 for number in range(count)]
    assert sorted(kept) == [number for number in range(count) if number % 5 != 4]


def test_row_ids_grow_with_time_and_are_never_the_same(database_url: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    database = Database(database_url, clock=lambda: now)
    drawn = []
    for _ in range(3):
        drawn.append(database.write_now(lambda work: {work.new_row_id() for _ in range(100)}))
        now += timedelta(milliseconds=1)
    database.close()

    assert [len(each) for each in drawn] == [100] * 3
    assert max(drawn[0]) < min(drawn[1]) < max(drawn[1]) < min(drawn[2])
    assert {(each[14], each[19] in "89ab") for each in drawn[0]} == {("7", True)}


def test_an_operation_on_many_is_run_once_for_all_who_wait(database: Database) -> None:
    """Each gets its own outcome; a refusal among them keeps nobody from theirs."""
    lists: list[list[int]] = []

    def record_all(work: Work, numbers: Sequence[int]) -> list[int | Exception]:
        lists.append(list(numbers))
        return [Refused(number) if number % 5 == 4 else _record(work, number) for number in numbers]

    outcomes = asyncio.run(_write_together(database, record_all, 40))

    kept = [event.payload["number"] for event in database.read_now(lambda work: list_events(work, limit=100))]
    assert sorted(number for each in lists for number in each) == list(range(40))
    assert len(lists) < 40
    assert [type(each) is Refused for each in outcomes] == [number % 5 == 4 for number in range(40)]
    assert sorted(kept) == [number for number in range(40) if number % 5 != 4]


def test_an_operation_on_many_that_fails_is_run_for_each_alone(database: Database) -> None:
    def record_all(work: Work, numbers: Sequence[int]) -> list[int | Exception]:
        return [_record(work, number) for number in numbers]

    outcomes = asyncio.run(_write_together(database, record_all, 40))

    kept = [event.payload["number"] for event in database.read_now(lambda work: list_events(work, limit=100))]
    assert [type(each) is Refused for each in outcomes] == [number % 5 == 4 for number in range(40)]
    assert sorted(kept) == [number for number in range(40) if number % 5 != 4]


async def _write_together(
    database: Database, operation: Callable[[Work, Sequence[int]], Sequence[int | Exception]], count: int
) -> list[int | BaseException]:
    writing = [database.write_together(operation, number) for number in range(count)]
    return await asyncio.gather(*writing, return_exceptions=True)
