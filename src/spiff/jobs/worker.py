"""The worker: leases promised jobs, does them in parallel, keeps the leases while it does. Knows no domain.

It lives as threads inside the server (`start`, `stop`) or in a process of its own (`run_forever`); any number of
them share the work. A worker that dies keeps its leases until they run out; then others take its jobs over.
"""

import math
import signal
import threading
import time
from collections.abc import Callable, Collection, Sequence
from datetime import timedelta

import structlog

from spiff.errors import Unavailable
from spiff.jobs import store
from spiff.jobs.handlers import Handlers, Lane
from spiff.jobs.model import Job
from spiff.jobs.run import run_job
from spiff.web.routing import Services

log = structlog.get_logger()
_STOPPING_SECONDS = 15.0
_SENDING_AT_ONCE = 8
_LOOKING_AROUND_SECONDS = 10.0
"""How often it is looked for jobs that a clock left in the future, and for those that nobody here knows."""

Chore = Callable[[Services], int]
"""Done at each turn before jobs are looked for: promises what became due without anybody asking; how much it was."""


class Worker:
    """Does jobs by `handlers`; looks for new ones every `poll_seconds`.

    Of those that draw `settings.render_processes` at a time, of those that wait for the network a few more.
    """

    def __init__(
        self,
        services: Services,
        handlers: Handlers,
        *,
        chores: Sequence[Chore] = (),
        poll_seconds: float = 0.5,
        lease_seconds: float = 30.0,
    ) -> None:
        self._services = services
        self._handlers = handlers
        self._poll_seconds = poll_seconds
        self._lease_for = timedelta(seconds=lease_seconds)
        self._chores = chores
        drawing, network = (
            tuple(name for name, handler in handlers.items() if handler.lane == lane) for lane in ("drawing", "network")
        )
        self._lanes: dict[Lane, tuple[int, tuple[str, ...]]] = {
            "drawing": (max(1, services.settings.render_processes), drawing),
            "network": (_SENDING_AT_ONCE, network),
        }
        self._left: list[str] = []
        self._running: dict[str, Job] = {}
        self._changed = threading.Event()
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []
        self._looked_around = -math.inf
        self._database_away = False

    def start(self) -> None:
        """Begin, in threads of this process."""
        self._stopping.clear()
        self._ended.clear()
        for name, doing in (("job-worker", self._work_on), ("job-leases", self._renew_on)):
            thread = threading.Thread(target=doing, name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Take no more jobs, finish those at hand within reason. What is left is taken up by the next worker."""
        self._stopping.set()
        self._changed.set()
        for thread in self._threads:
            thread.join(_STOPPING_SECONDS)
        self._threads.clear()

    def wake(self) -> None:
        """Look for jobs now: one was promised. Safe from any thread, and cheap."""
        self._changed.set()

    def run_forever(self) -> None:
        """Work until SIGTERM or SIGINT. For the main thread of a process of its own."""
        told = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: told.set())
        self.start()
        told.wait()
        self.stop()

    def look_around(self) -> None:
        """Take up what a clock left in the future, and tell of what is left to newer workers."""
        self._mind_the_clock()
        self._mind_the_unknown()

    def drain(self) -> int:
        """Do what is due now, one job after the other, in this thread; how many there were. For tests and scripts."""
        count = 0
        self.look_around()
        while self._do_chores() + len(claimed := self._claim(1, tuple(self._handlers))):
            for job in claimed:
                run_job(self._services, self._handlers, job)
            count += len(claimed)
        return count

    def _work_on(self) -> None:
        while not self._stopping.is_set():
            self._changed.clear()
            for job in self._claim_safely():
                self._running[job.lease] = job
                # A program waits at its end for threads that are no daemons: a silent server would keep it for minutes.
                threading.Thread(target=self._do, args=(job,), name="job", daemon=True).start()
            self._changed.wait(self._poll_seconds)
        self._wait_for_running()
        self._ended.set()

    def _do(self, job: Job) -> None:
        try:
            run_job(self._services, self._handlers, job)
        except Exception as failure:  # noqa: BLE001 - nothing was written; the job comes back when its lease ends
            log.warning("job_unsettled", job=job.id, name=job.name, reason=type(failure).__name__)
        finally:
            self._running.pop(job.lease, None)
            self._changed.set()

    def _renew_on(self) -> None:
        """Keep the leases of running jobs, also of those that `stop` still waits for."""
        between = self._lease_for.total_seconds() / 3
        while not self._ended.wait(between):
            if leases := list(self._running):
                self._renew(leases)

    def _renew(self, leases: list[str]) -> None:
        try:
            self._services.database.write_now(lambda work: store.renew(work, leases, self._lease_for))
        except Exception as failure:  # noqa: BLE001 - tried again at the next turn
            log.warning("leases_not_renewed", reason=type(failure).__name__)

    def _claim_safely(self) -> list[Job]:
        """What is to be done next. The worker outlives whatever befalls the database, and says once that it is away."""
        try:
            for chore in self._chores:
                self._do_safely(chore)
            if time.monotonic() >= self._looked_around + _LOOKING_AROUND_SECONDS:
                self._looked_around = time.monotonic()
                self.look_around()
            jobs = [
                job
                for lane, (most, names) in self._lanes.items()
                for job in self._claim(most, names, self._at_hand(lane))
            ]
        except Unavailable:
            self._tell_of_database(away=True)
            return []
        except Exception as failure:  # noqa: BLE001 - as above
            log.warning("jobs_unreachable", reason=type(failure).__name__)
            return []
        self._tell_of_database(away=False)
        return jobs

    def _tell_of_database(self, *, away: bool) -> None:
        if away != self._database_away:
            self._database_away = away
            log.warning("jobs_wait_for_the_database" if away else "jobs_go_on")

    def _mind_the_clock(self) -> None:
        """Take up what was put off by a clock that was ahead, soon after it was set back."""
        database = self._services.database
        if database.read_now(store.is_any_ahead):
            count = database.write_now(lambda work: store.bring_back(work, self._lease_for))
            log.warning("clock_was_set_back", jobs=count)

    def _mind_the_unknown(self) -> None:
        """Tell of jobs that are left to a newer version, which promised them; once, until they are others."""
        waiting = self._services.database.read_now(store.list_waiting_names)
        left = [name for name in waiting if name not in self._handlers]
        if left and left != self._left:
            log.warning("jobs_left_to_a_newer_version", names=left)
        self._left = left

    def _do_safely(self, chore: Chore) -> None:
        try:
            chore(self._services)
        except Unavailable:  # there are no jobs either
            raise
        except Exception as failure:  # noqa: BLE001 - what is promised already is done all the same
            log.warning("chore_failed", chore=getattr(chore, "__name__", ""), reason=type(failure).__name__)

    def _do_chores(self) -> int:
        return sum(chore(self._services) for chore in self._chores)

    def _at_hand(self, lane: Lane) -> list[str]:
        """The partners of the jobs that are done now, each as often as it has one."""
        running = list(self._running.values())
        return [job.partner_id for job in running if self._handlers[job.name].lane == lane]

    def _claim(self, most: int, names: tuple[str, ...], at_hand: Collection[str] = ()) -> list[Job]:
        """Jobs of these names. What has no handler here is nobody's to give up: a newer worker knows it."""
        database, left = self._services.database, most - len(at_hand)
        if left <= 0:
            return []
        turns = database.read_now(lambda work: store.whose_turn(work, names, most=left, at_hand=at_hand))
        if turns is None:
            return []
        return database.write_now(lambda work: store.claim(work, turns, self._lease_for))

    def _wait_for_running(self) -> None:
        deadline = time.monotonic() + _STOPPING_SECONDS
        while self._running and time.monotonic() < deadline:
            time.sleep(0.05)
