"""The moves of job rows: claimed under a lease, renewed, finished, put off. Knows SQL and no handler.

A lease is a new id per claim. Whoever finishes a job names its lease: where another worker has taken the job over in
the meantime nothing is changed and False comes back.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, case, delete, func, or_, select, update

from spiff.jobs.model import Job, jobs
from spiff.storage.work import Work


@dataclass(frozen=True, slots=True)
class Names:
    """Which jobs are meant: those of these names, or all but those."""

    names: tuple[str, ...] = ()
    excluded: bool = True


ANY = Names()
CLOCKS_DIFFER = timedelta(minutes=2)
"""By so much the clocks of an installation's machines may differ."""


def is_any_due(work: Work, which: Names = ANY) -> bool:
    """Whether there is something to claim. Cheap, and takes no lock."""
    return work.connection.execute(select(jobs.c.id).where(_due(work.now), _of(which)).limit(1)).first() is not None


def claim(work: Work, *, most: int, lease_for: timedelta, which: Names = ANY) -> list[Job]:
    """Take up to `most` due jobs, oldest first; also those whose worker let its lease run out."""
    query = (
        select(jobs.c.id, jobs.c.name, jobs.c.partner_id, jobs.c.payload, jobs.c.attempts)
        .where(_due(work.now), _of(which))
        .order_by(jobs.c.run_at, jobs.c.created_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [_lease(work, row._mapping, lease_for) for row in work.connection.execute(query).all()]


def renew(work: Work, leases: Collection[str], lease_for: timedelta) -> None:
    """Keep these leases for longer."""
    change = update(jobs).where(jobs.c.lease.in_(leases)).values(leased_until=work.now + lease_for, moved_at=work.now)
    work.connection.execute(change)


def is_any_ahead(work: Work) -> bool:
    """Whether a clock that was ahead left something that would wait for the time to come again."""
    return work.connection.execute(select(jobs.c.id).where(_ahead(work.now)).limit(1)).first() is not None


def bring_back(work: Work, lease_for: timedelta) -> int:
    """Make due what a clock put off that was ahead and was set back since, and end its leases as if begun now.

    Whoever is alive renews those. How many jobs it were.
    """
    waits = jobs.c.status == "waiting"
    values = {
        "moved_at": work.now,
        "run_at": case((waits, work.now), else_=jobs.c.run_at),
        "leased_until": case((waits, None), else_=work.now + lease_for),
    }
    return work.connection.execute(update(jobs).where(_ahead(work.now)).values(values)).rowcount


def finish(work: Work, job: Job) -> bool:
    """The job is done."""
    return _leave(work, job, status="done", last_failure=None)


def put_off(work: Work, job: Job, *, until: datetime, reason: str, attempts: int) -> bool:
    """The job failed and will be tried again."""
    return _leave(work, job, status="waiting", run_at=until, moved_at=work.now, last_failure=reason, attempts=attempts)


def give_up(work: Work, job: Job, *, reason: str) -> bool:
    """The job failed for good; it stays, so that the reason can be seen."""
    return _leave(work, job, status="failed", last_failure=reason)


def list_jobs(work: Work, status: str | None, limit: int) -> list[dict[str, Any]]:
    """Jobs as their rows stand, the next to be done first; without a status those that are not done."""
    wanted = jobs.c.status != "done" if status is None else jobs.c.status == status
    rows = work.connection.execute(select(jobs).where(wanted).order_by(jobs.c.run_at, jobs.c.id).limit(limit))
    return [dict(row) for row in rows.mappings()]


def hurry(work: Work, job_id: str) -> bool:
    """Make a waiting job due now; False where none of that id waits."""
    change = update(jobs).where(jobs.c.id == job_id, jobs.c.status == "waiting").values(run_at=work.now)
    return bool(work.connection.execute(change).rowcount)


def remove_ended(work: Work, status: Literal["done", "failed"], created_before: datetime, most: int) -> int:
    """Forget jobs that ended so, of those promised before that instant; how many that were."""
    old = select(jobs.c.id).where(jobs.c.status == status, jobs.c.created_at < created_before).limit(most)
    return work.connection.execute(delete(jobs).where(jobs.c.id.in_(old.scalar_subquery()))).rowcount


def _of(which: Names) -> ColumnElement[bool]:
    return jobs.c.name.not_in(which.names) if which.excluded else jobs.c.name.in_(which.names)


def _ahead(now: datetime) -> ColumnElement[bool]:
    """Clocks of several machines are never quite the same: a little ahead is none."""
    ahead = func.coalesce(jobs.c.moved_at, jobs.c.created_at) > now + CLOCKS_DIFFER
    return and_(jobs.c.status.in_(["waiting", "leased"]), ahead)


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = and_(jobs.c.status == "waiting", jobs.c.run_at <= now)
    return or_(waiting, and_(jobs.c.status == "leased", jobs.c.leased_until <= now))


def _lease(work: Work, row: Any, lease_for: timedelta) -> Job:
    job = Job(**{**row, "attempts": row["attempts"] + 1}, lease=work.new_id())
    work.connection.execute(
        update(jobs)
        .where(jobs.c.id == job.id)
        .values(
            status="leased",
            lease=job.lease,
            leased_until=work.now + lease_for,
            moved_at=work.now,
            attempts=job.attempts,
        )
    )
    return job


def _leave(work: Work, job: Job, **values: Any) -> bool:
    change = update(jobs).where(jobs.c.id == job.id, jobs.c.lease == job.lease)
    return bool(work.connection.execute(change.values(**values, lease=None, leased_until=None)).rowcount)
