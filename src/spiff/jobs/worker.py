"""The worker: leases promised jobs, does them in parallel, keeps the leases while it does. Knows no domain.

It lives as threads inside the server (`start`, `stop`) or in a process of its own (`run_forever`); any number of
them share the work. A worker that dies keeps its leases until they run out; then others take its jobs over.
"""

import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import structlog

from spiff.jobs import store
from spiff.jobs.handlers import Handlers
from spiff.jobs.model import Job
from spiff.jobs.run import run_job
from spiff.web.routing import Services

log = structlog.get_logger()
_STOPPING_SECONDS = 15.0


class Worker:
    """Does jobs by `handlers`, `settings.render_processes` at a time; looks for new ones every `poll_seconds`."""

    def __init__(
        self, services: Services, handlers: Handlers, *, poll_seconds: float = 0.5, lease_seconds: float = 30.0
    ) -> None:
        self._services = services
        self._handlers = handlers
        self._poll_seconds = poll_seconds
        self._lease_for = timedelta(seconds=lease_seconds)
        self._most = max(1, services.settings.render_processes)
        self._running: dict[str, Job] = {}
        self._changed = threading.Event()
        self._stopping = threading.Event()
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

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

    def drain(self) -> int:
        """Do what is due now, one job after the other, in this thread; how many there were. For tests and scripts."""
        count = 0
        while claimed := self._claim(1):
            run_job(self._services, self._handlers, claimed[0])
            count += 1
        return count

    def _work_on(self) -> None:
        pool = ThreadPoolExecutor(self._most, thread_name_prefix="job")
        while not self._stopping.is_set():
            self._changed.clear()
            for job in self._claim_safely(self._most - len(self._running)):
                self._running[job.lease] = job
                pool.submit(self._do, job)
            self._changed.wait(self._poll_seconds)
        self._wait_for_running()
        pool.shutdown(wait=False, cancel_futures=True)
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

    def _claim_safely(self, most: int) -> list[Job]:
        try:
            return self._claim(most)
        except Exception as failure:  # noqa: BLE001 - the worker outlives whatever befalls the database
            log.warning("jobs_unreachable", reason=type(failure).__name__)
            return []

    def _claim(self, most: int) -> list[Job]:
        database = self._services.database
        if most <= 0 or not database.read_now(store.is_any_due):
            return []
        return database.write_now(lambda work: store.claim(work, most=most, lease_for=self._lease_for))

    def _wait_for_running(self) -> None:
        deadline = time.monotonic() + _STOPPING_SECONDS
        while self._running and time.monotonic() < deadline:
            time.sleep(0.05)
