"""Jobs that nobody asks for and that come again: promised once a period, however many workers look. Knows no domain.

What such a job takes for the present is the instant of the promise before. A clock that is wrong for a while makes it
look back too little, never too far: it would have to be wrong at two promises in a row.
"""

from datetime import datetime, timedelta

from sqlalchemy import Column, String, Table, select, update
from sqlalchemy.dialects import postgresql, sqlite

from spiff.jobs.model import enqueue
from spiff.storage.schema import Moment, metadata
from spiff.storage.work import Work

OURS = "00000000-0000-0000-0000-000000000000"
"""For whom such jobs are done: the installation, which is no partner."""

periods = Table(
    "job_periods",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("promised_at", Moment, nullable=False),
)


def is_due(work: Work, name: str, every: timedelta) -> bool:
    """Whether there is anything to write: never seen, a period ago, or by a clock that was ahead."""
    seen = _find(work, name)
    return seen is None or not seen <= work.now < seen + every


def promise(work: Work, name: str, every: timedelta) -> bool:
    """Promise the job if a period has passed since the last time, and nobody else did. It gets `at`, see above."""
    seen = _find(work, name)
    if seen is None:
        made = postgresql.insert if work.connection.dialect.name == "postgresql" else sqlite.insert
        work.connection.execute(made(periods).values(name=name, promised_at=work.now).on_conflict_do_nothing())
        return False
    mine = update(periods).where(periods.c.name == name, periods.c.promised_at == seen)
    moved = work.connection.execute(mine.values(promised_at=work.now)).rowcount == 1
    if not moved or work.now < seen + every:
        return False
    enqueue(work, name, OURS, at=seen.isoformat())
    return True


def _find(work: Work, name: str) -> datetime | None:
    found: datetime | None = work.connection.execute(
        select(periods.c.promised_at).where(periods.c.name == name)
    ).scalar_one_or_none()
    return found
