"""Jobs: work that was promised in a transaction and is done after it. Knows no domain.

The `jobs` row is written in the same transaction as what it is for, so a promise is never lost and never made for
something that was rolled back. A payload holds ids, never documents. A handler may run twice and must leave the same.
"""

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from spiff.storage.inserts import Insert
from spiff.storage.schema import Id, Moment, metadata
from spiff.storage.work import Work

jobs = Table(
    "jobs",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(64), nullable=False),
    Column("partner_id", Id, nullable=False),
    Column("payload", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease", Id),
    Column("leased_until", Moment),
    # When the row was last promised, leased or put off, by the clock of that moment: if that lies ahead, the clock was
    # wrong. Empty where the version before this one promised it.
    Column("moved_at", Moment),
    Column("last_failure", Text),
    Column("created_at", Moment, nullable=False),
    Index("ix_jobs_status_name_partner_id_run_at", "status", "name", "partner_id", "run_at"),
    Index("ix_jobs_status_moved_at", "status", "moved_at"),
)


_INSERT = Insert(
    jobs, ("id", "name", "partner_id", "payload", "status", "run_at", "attempts", "moved_at", "created_at")
)


class Job(msgspec.Struct, frozen=True):
    """One leased job."""

    id: str
    name: str
    partner_id: str
    payload: dict[str, Any]
    attempts: int
    lease: str


def enqueue(work: Work, name: str, partner_id: str, *, run_at: datetime | None = None, **payload: str) -> None:
    """Promise a job in this transaction; a worker acts for `partner_id` when it does it."""
    row = (work.new_row_id(), name, partner_id, payload, "waiting", run_at or work.now, 0, work.now, work.now)
    work.add_at_commit(_INSERT.run, row)
