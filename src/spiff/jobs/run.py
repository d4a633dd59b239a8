"""One attempt at one job: called, then finished, put off or given up. Knows no thread and no queue.

What came of it is written only while the lease is still ours: a worker that was slow changes nothing any more.
"""

from datetime import timedelta

import structlog

from spiff.auth.caller import Caller
from spiff.errors import NotFound, SpiffError, Unavailable
from spiff.jobs import store
from spiff.jobs.handlers import DELAYS_SECONDS, Handler, Handlers, JobFailed
from spiff.jobs.model import Job
from spiff.storage.work import Work
from spiff.web.routing import Services

log = structlog.get_logger()

MOST_ATTEMPTS = len(DELAYS_SECONDS) + 1
"""Of a job whose handler says nothing else."""
_AWAY_SECONDS = 5


def run_job(services: Services, handlers: Handlers, job: Job) -> None:
    """Attempt a leased job. Never raises what the handler raised: that becomes the job's last failure."""
    failure = _attempt(services, handlers, job)
    if failure is None:
        kept = services.database.write_now(lambda work: store.finish(work, job))
    else:
        kept = services.database.write_now(lambda work: _settle(work, handlers[job.name], job, failure))
    log.info("job", job=job.id, name=job.name, attempt=job.attempts, failure=_reason(failure), lease_lost=not kept)


def _attempt(services: Services, handlers: Handlers, job: Job) -> Exception | None:
    handler = handlers[job.name]
    if job.attempts > len(handler.delays_seconds) + 1:
        return JobFailed("the worker stopped each time it did this job")
    try:
        handler.run(services, Caller(partner_id=job.partner_id), **job.payload)
    except Exception as failure:
        if not isinstance(failure, SpiffError):
            log.exception("job_unforeseen", job=job.id, name=job.name)
        return failure
    return None


def _settle(work: Work, handler: Handler, job: Job, failure: Exception) -> bool:
    reason = _reason(failure) or ""
    if isinstance(failure, Unavailable):  # an outage is not the job's fault and does not use up its attempts
        until = work.now + timedelta(seconds=_AWAY_SECONDS)
        return store.put_off(work, job, until=until, reason=reason, attempts=job.attempts - 1)
    delays = handler.delays_seconds
    if job.attempts <= len(delays) and not isinstance(failure, JobFailed | NotFound):
        until = work.now + timedelta(seconds=delays[job.attempts - 1] * (1 + handler.jitter * _chance(work)))
        return store.put_off(work, job, until=until, reason=reason, attempts=job.attempts)
    kept = store.give_up(work, job, reason=reason)
    if kept and handler.given_up is not None:
        handler.given_up(Caller(partner_id=job.partner_id), work, reason=reason, **job.payload)
    return kept


def _chance(work: Work) -> float:
    """A number from 0 to 1, of the random digits of a new id."""
    return int(work.new_id()[:8], 16) / 0xFFFF_FFFF


def _reason(failure: Exception | None) -> str | None:
    if failure is None:
        return None
    # What was not foreseen may hold anything in its message: people see its kind, the log holds the rest.
    return failure.detail if isinstance(failure, SpiffError) else f"unforeseen: {type(failure).__name__}"
