"""How a database finds what is asked of it, for tests of what has to go by an index, however many rows there are."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, event

from spiff.storage.database import Database
from spiff.storage.work import Work


def plan_of(database: Database, operation: Callable[[Work], Any]) -> str:
    """The plan of the first statement of the operation, as the database tells it."""
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
        work.connection.exec_driver_sql("ANALYZE")  # which of two indexes it takes is for what is there to say
        explain = "EXPLAIN "
    statement, parameters = asked[0]
    return "\n".join(str(row) for row in work.connection.exec_driver_sql(explain + statement, parameters))
