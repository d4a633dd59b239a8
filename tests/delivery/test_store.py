"""What agents ask all day long goes by an index, however many files wait for one that is away."""

from pathlib import Path
from typing import Any

from sqlalchemy import event

from spiff import app  # noqa: F401 - loading the app registers every table
from spiff.delivery import store
from spiff.delivery.operations import LEASE
from spiff.storage.database import Database
from spiff.storage.migrating import migrate


def test_all_that_waited_for_an_agent_was_sorted_whenever_it_asked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/spiff.db"
    migrate(url)
    database = Database(url)
    asked: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        asked.append((statement, parameters))

    event.listen(database.engine, "before_cursor_execute", note)
    database.write_now(lambda work: store.lease_next(work, work.new_id(), LEASE))
    ((statement, parameters),) = [each for each in asked if "FROM deliveries" in each[0]]
    plan = database.read_now(
        lambda work: work.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
    )
    database.close()

    (step,) = plan  # sorting would be another
    assert "USING INDEX ix_deliveries_channel_id_status_created_at" in step.detail
