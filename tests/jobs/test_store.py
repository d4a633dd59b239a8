"""What workers ask again and again goes by an index, however many rows there are. On both databases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, event

from spiff.jobs.store import bring_back, is_any_ahead, renew
from spiff.storage.database import Database
from spiff.storage.work import Work, random_id

MINUTE = timedelta(minutes=1)


def _plan(database: Database, operation: Callable[[Work], Any]) -> str:
    """How the database would find what the operation asks for first."""
    return database.write_now(lambda work: _explained(work, operation))


def _explained(work: Work, operation: Callable[[Work], Any]) -> str:
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(work.connection, "before_cursor_execute", listen)
    operation(work)
    event.remove(work.connection, "before_cursor_execute", listen)
    explain = "EXPLAIN QUERY PLAN "
    if work.connection.dialect.name == "postgresql":
        # Of few rows PostgreSQL reads all, whatever indexes there are.
        work.connection.exec_driver_sql("SET LOCAL enable_seqscan = off")
        work.connection.exec_driver_sql("SET LOCAL enable_bitmapscan = off")
        explain = "EXPLAIN "
    statement, parameters = asked[0]
    return "\n".join(str(row) for row in work.connection.exec_driver_sql(explain + statement, parameters))


@pytest.mark.parametrize("operation", [is_any_ahead, lambda work: bring_back(work, MINUTE)], ids=["any", "all"])
def test_looking_for_jobs_of_a_wrong_clock_read_all_that_wait(
    database: Database, operation: Callable[[Work], Any]
) -> None:
    plan = _plan(database, operation)

    assert "ix_jobs_status_moved_at" in plan


def test_keeping_leases_read_all_jobs_that_there_ever_were(database: Database) -> None:
    plan = _plan(database, lambda work: renew(work, [random_id()], MINUTE))

    assert "ix_jobs_status_" in plan
