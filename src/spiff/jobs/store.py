"""The moves of job rows: claimed under a lease, renewed, finished, put off. Knows SQL and no handler.

A lease is a new id per claim. Whoever finishes a job names its lease: where another worker has taken the job over in
the meantime nothing is changed and False comes back.
"""

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, delete, func, select, update

from spiff.jobs.model import Job, jobs
from spiff.storage.work import Work

CLOCKS_DIFFER = timedelta(minutes=2)
"""By so much the clocks of an installation's machines may differ."""

_CLAIMED = [jobs.c[name] for name in ("id", "name", "partner_id", "payload", "attempts", "run_at")]


class Turns(msgspec.Struct, frozen=True):
    """Of whom how many jobs are to be claimed: `partners`, each with the name of jobs that it has due."""

    names: Collection[str]
    most: int
    at_hand: Counter[str]
    partners: list[tuple[str, str]]


def whose_turn(work: Work, names: Collection[str], *, most: int, at_hand: Collection[str] = ()) -> Turns | None:
    """Of whom up to `most` due jobs of these names may be claimed; None where nothing is due. Takes no lock.

    Partners take turns, beginning with those who have the fewest of the jobs `at_hand`, a partner for each: however
    much one has waiting, or waits for, others wait for a place and not for all of that.
    """
    having = Counter(at_hand)
    due = [(name, row) for name in names for row in work.connection.execute(_due_partners(name, work.now))]
    if not due and work.connection.execute(_left_behind(names, work.now).limit(1)).first() is None:
        return None
    due.sort(key=lambda found: (having[found[1].partner_id], found[1].oldest))
    next_ones = set(list(dict.fromkeys(row.partner_id for _, row in due))[:most])
    partners = [(name, row.partner_id) for name, row in due if row.partner_id in next_ones]
    return Turns(names, most, having, partners)


def claim(work: Work, turns: Turns, lease_for: timedelta) -> list[Job]:
    """Take the due jobs of these partners that others have not taken meanwhile, and those of expired leases.

    Of one partner the oldest come first.
    """
    queries = *(_due(work.now, *each) for each in turns.partners), _left_behind(turns.names, work.now)
    found = [
        row
        for query in queries
        for row in work.connection.execute(query.limit(turns.most).with_for_update(skip_locked=True))
    ]
    return [_lease(work, row, lease_for) for row in _in_turn(found, turns.at_hand)[: turns.most]]


def list_waiting_names(work: Work) -> list[str]:
    """The names of all jobs that wait. One step in the index for each, however many jobs there are."""
    found: list[str] = []
    while (name := _next_name(work, found[-1] if found else "")) is not None:
        found.append(name)
    return found


def renew(work: Work, leases: Collection[str], lease_for: timedelta) -> None:
    """Keep these leases for longer."""
    # The status says nothing new, but has an index: what waits or was done is not read.
    mine = jobs.c.status == "leased", jobs.c.lease.in_(leases)
    work.connection.execute(update(jobs).where(*mine).values(leased_until=work.now + lease_for, moved_at=work.now))


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


def list_ended(work: Work, status: Literal["done", "failed"], created_before: datetime, most: int) -> list[str]:
    """Jobs that ended so, of those promised before that instant."""
    query = select(jobs.c.id).where(jobs.c.status == status, jobs.c.created_at < created_before).limit(most)
    return list(work.connection.execute(query).scalars())


def remove_ended(work: Work, job_ids: Collection[str]) -> int:
    """Remove those of these jobs that ended and stayed so; how many that were."""
    ended = jobs.c.status.in_(["done", "failed"])
    return work.connection.execute(delete(jobs).where(jobs.c.id.in_(job_ids), ended)).rowcount


def _ahead(now: datetime) -> ColumnElement[bool]:
    """Clocks of several machines are never quite the same: a little ahead is none."""
    return and_(jobs.c.status.in_(["waiting", "leased"]), jobs.c.moved_at > now + CLOCKS_DIFFER)


def remove_promised(work: Work, name: str, partner_id: str, **payload: str) -> None:
    """Take promises back: a partner's jobs that wait or were given up, of this name and with this in their payload."""
    mine = jobs.c.status.in_(["waiting", "failed"]), jobs.c.name == name, jobs.c.partner_id == partner_id
    of_them = [jobs.c.payload[member].as_string() == value for member, value in payload.items()]
    work.connection.execute(delete(jobs).where(*mine, *of_them))


def _due(now: datetime, name: str, partner_id: str) -> Select[Any]:
    """A partner's due jobs of a name, the oldest first.

    Those of all in one query would be sorted anew each time, all that wait: 200,000 take a tenth of a second.
    """
    waiting = jobs.c.status == "waiting", jobs.c.name == name, jobs.c.partner_id == partner_id
    return select(*_CLAIMED).where(*waiting, jobs.c.run_at <= now).order_by(jobs.c.run_at)


def _due_partners(name: str, now: datetime) -> Select[Any]:
    """Who has due jobs of this name, and since when. A few steps in the index for each, however many jobs there are."""
    waiting = jobs.c.status == "waiting", jobs.c.name == name
    first = select(jobs.c.partner_id).where(*waiting).order_by(jobs.c.partner_id).limit(1)
    each = select(first.scalar_subquery().label("partner_id")).cte("each_partner", recursive=True)
    following = first.where(jobs.c.partner_id > each.c.partner_id).correlate(each)
    each = each.union_all(select(following.scalar_subquery()).where(each.c.partner_id.is_not(None)))
    oldest = select(func.min(jobs.c.run_at)).where(*waiting, jobs.c.partner_id == each.c.partner_id).correlate(each)
    dated = select(each.c.partner_id, oldest.scalar_subquery().label("oldest")).subquery()
    return select(dated).where(dated.c.oldest <= now)


def _left_behind(names: Collection[str], now: datetime) -> Select[Any]:
    """Jobs whose worker let its lease run out."""
    leased = jobs.c.status == "leased", jobs.c.name.in_(names), jobs.c.leased_until <= now
    return select(*_CLAIMED).where(*leased).order_by(jobs.c.run_at)


def _in_turn(found: Collection[Any], having: Counter[str]) -> list[Any]:
    """One of each partner, then the second of each, and so on; what is at hand counts as had."""
    had, turns = Counter(having), []
    for row in sorted(found, key=lambda row: row.run_at):
        turns.append((had[row.partner_id], row))
        had[row.partner_id] += 1
    return [row for _, row in sorted(turns, key=lambda turn: turn[0])]


def _next_name(work: Work, after: str) -> str | None:
    query = select(func.min(jobs.c.name)).where(jobs.c.status == "waiting", jobs.c.name > after)
    name: str | None = work.connection.execute(query).scalar_one()
    return name


def _lease(work: Work, row: Any, lease_for: timedelta) -> Job:
    job = Job(row.id, row.name, row.partner_id, row.payload, row.attempts + 1, lease=work.new_id())
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
