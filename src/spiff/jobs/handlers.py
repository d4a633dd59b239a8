"""What a worker calls for a job, and how it may fail. Knows no domain; domains list theirs in `tasks.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from spiff.errors import SpiffError

Run = Callable[..., None]
"""`run(services, caller, **payload)`: does the job, acting for its partner. Called twice, it must leave the same."""

GivenUp = Callable[..., None]
"""`given_up(caller, work, reason=…, **payload)`: runs in the transaction that marks the job failed for good."""


@dataclass(frozen=True, slots=True)
class Handler:
    """A job's handler, and what to do when it is given up."""

    run: Run
    given_up: GivenUp | None = None


Handlers = Mapping[str, Handler]


class JobFailed(SpiffError):
    """Trying again gives the same failure: the job is given up at once, with this reason."""

    status, code, title = 500, "job-failed", "The job cannot be done"
