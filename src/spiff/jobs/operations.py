"""What an operator may ask of jobs: which wait and why, and that one is tried now. Knows no domain."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from spiff.errors import NotFound
from spiff.jobs import store
from spiff.storage.work import Work


def list_jobs(work: Work, status: str | None, limit: int) -> list[dict[str, Any]]:
    """Jobs as they stand, the next to be done first; without a status those that are not done."""
    return store.list_jobs(work, status, limit)


def hurry(work: Work, job_id: str) -> None:
    """Try a waiting job now instead of later. Raises NotFound."""
    if not store.hurry(work, job_id):
        raise NotFound(f"no job {job_id} waits; what was given up is begun again where it belongs: at its order")


def withdraw(work: Work, name: str, partner_id: str, **payload: str) -> None:
    """What these jobs were for is gone: they are not done any more, and not listed. One at hand finds nothing to do."""
    store.remove_promised(work, name, partner_id, **payload)


def list_done(work: Work, created_before: datetime, most: int) -> list[str]:
    """Jobs that were done long ago."""
    return store.list_ended(work, "done", created_before, most)


def list_given_up(work: Work, created_before: datetime, most: int) -> list[str]:
    """Jobs that were given up long ago: what they were for says so itself."""
    return store.list_ended(work, "failed", created_before, most)


def forget(work: Work, ids: Collection[str]) -> int:
    """Forget jobs that ended; how many that were."""
    return store.remove_ended(work, ids)
