"""What a worker calls for a job, and how it may fail. Knows no domain; domains list theirs in `tasks.py`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from spiff.errors import SpiffError

Run = Callable[..., None]
"""`run(services, caller, **payload)`: does the job, acting for its partner. Called twice, it must leave the same."""

GivenUp = Callable[..., None]
"""`given_up(caller, work, reason=…, **payload)`: runs in the transaction that marks the job failed for good."""


Lane = Literal["drawing", "network"]
"""What a job mostly waits for. Each lane has places of its own: a slow server elsewhere keeps no print file waiting."""

DELAYS_SECONDS = (1, 5, 30, 180, 900)


@dataclass(frozen=True, slots=True)
class Handler:
    """A job's handler, and what to do when it is given up."""

    run: Run
    given_up: GivenUp | None = None
    delays_seconds: tuple[int, ...] = DELAYS_SECONDS
    """Waits after failed attempts; one attempt more than there are waits, and the job is given up."""
    jitter: float = 0.0
    """By which part of itself a wait may be longer, at random: what failed together does not come back together."""
    lane: Lane = "drawing"


Handlers = Mapping[str, Handler]


class JobFailed(SpiffError):
    """Trying again gives the same failure: the job is given up at once, with this reason."""

    status, code, title = 500, "job-failed", "The job cannot be done"
