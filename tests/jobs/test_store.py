"""What workers ask again and again goes by an index, however many rows there are. On both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from spiff.jobs.model import enqueue
from spiff.jobs.store import bring_back, is_any_ahead, remove_promised, renew, whose_turn
from spiff.storage.database import Database
from spiff.storage.work import Work, random_id
from tests.storage.plans import plan_of

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("operation", [is_any_ahead, lambda work: bring_back(work, MINUTE)], ids=["any", "all"])
def test_looking_for_jobs_of_a_wrong_clock_read_all_that_wait(
    database: Database, operation: Callable[[Work], Any]
) -> None:
    database.write_now(_promise_many)

    plan = plan_of(database, operation)

    assert "ix_jobs_status_moved_at" in plan


def _promise_many(work: Work) -> None:
    for _ in range(1_000):
        enqueue(work, "test.job", work.new_id())


def test_keeping_leases_read_all_jobs_that_there_ever_were(database: Database) -> None:
    plan = plan_of(database, lambda work: renew(work, [random_id()], MINUTE))

    assert "ix_jobs_status_" in plan


def test_taking_promises_back_read_those_made_to_everybody(database: Database) -> None:
    plan = plan_of(database, lambda work: remove_promised(work, "test.job", random_id(), item_id="7"))

    assert "ix_jobs_status_name_partner_id_run_at" in plan


def test_looking_for_due_jobs_goes_from_partner_to_partner(database: Database) -> None:
    database.write_now(_promise_many)

    plan = plan_of(database, lambda work: whose_turn(work, ["test.job"], most=8))

    assert "ix_jobs_status_name_partner_id_run_at" in plan
    assert "SCAN jobs" not in plan and "Seq Scan on jobs" not in plan
