"""Runs render and intake jobs in child processes that can be killed: bytes in, bytes out. Knows no database, no file.

A child has limits on memory, processor time and wall time, no network where the kernel allows that, no secret in its
environment, and ends with its parent: its input ends then, and a timer in the kernel ends a job that nobody waits for.
Children are started as new programs, never forked, so that the pool is safe in a server with threads.
"""

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

import msgspec
from msgspec.structs import replace

from spiff.rendering.failures import RenderFailed
from spiff.rendering.job import RenderJob, encoded
from spiff.rendering.processes.area import Area
from spiff.rendering.processes.child import GRACE_SECONDS
from spiff.rendering.processes.line import Line
from spiff.rendering.processes.messages import Limits, Outcome

Answer = TypeVar("Answer")

RENDER = {"render": "spiff.rendering.making:render_encoded"}
DEFAULT_MEMORY_BYTES = 2 << 30
OF_LIBRARIES = {
    "LC_ALL": "C.UTF-8",
    "OPENBLAS_NUM_THREADS": "1",
    # Else the GNU C library gives a job's memory back to the kernel, which clears it for the next: a third of its time.
    "MALLOC_MMAP_THRESHOLD_": str(16 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(64 << 20),
    "MALLOC_ARENA_MAX": "1",  # a thread's own takes 128 MiB of the address space that a child may have
}
"""What libraries find in the environment of a process that draws."""
START_SECONDS = 60
"""A busy machine may take long to start a program; this time is not the job's."""


class RenderPool:
    """Children that render, and do what else `functions` allows: a job's name to `module:function`, bytes to bytes.

    `seconds` is the processor time of one job, `wall_seconds` how long it may take on a busy machine (as long, if it is
    not given), `memory_bytes` the memory of a child (Linux).
    Jobs wait while all children are busy; of those that nobody stands beside at most `most_waiting`.
    """

    def __init__(
        self,
        workers: int,
        *,
        seconds: float = 30,
        wall_seconds: float | None = None,
        memory_bytes: int = DEFAULT_MEMORY_BYTES,
        functions: Mapping[str, str] | None = None,
        most_waiting: int | None = None,
    ) -> None:
        self._limits = Limits({**RENDER, **(functions or {})}, memory_bytes, seconds, wall_seconds or seconds)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="render")
        self._idle: queue.SimpleQueue[_Child | None] = queue.SimpleQueue()
        self._workers = workers
        self._places = threading.Semaphore(sys.maxsize if most_waiting is None else workers + most_waiting)
        self._closed = threading.Event()
        for _ in range(workers):
            self._idle.put(_Child(self._limits))

    def render(self, job: RenderJob) -> bytes:
        """The file that `job` asks for. Raises RenderFailed."""
        return self.run("render", *encoded(job))

    def submit(self, job: RenderJob) -> Future[bytes]:
        """As `render`, without waiting."""
        return self.call_soon(lambda: self.render(job))

    def call_soon(self, use: Callable[[], Answer]) -> Future[Answer]:
        """Call what uses this pool in a thread of its own. Raises RenderFailed where too many wait already."""
        if self._closed.is_set():
            raise _closed()
        if not self._places.acquire(blocking=False):
            raise RenderFailed("busy", "too many jobs are waiting")
        called = self._threads.submit(use)
        called.add_done_callback(lambda _: self._places.release())
        return called

    def run(self, name: str, *frames: bytes, seconds: float | None = None) -> bytes:
        """What the function called `name` gives for `frames`, in so many seconds of the processor, if others than all.

        Raises RenderFailed, KeyError for an unknown name.
        """
        if name not in self._limits.functions:
            raise KeyError(name)
        child = self._idle.get()
        try:
            child = self._living(child)
            return child.call(name, frames, seconds or self._limits.seconds)
        finally:
            self._idle.put(child)

    def _living(self, child: "_Child | None") -> "_Child":
        if self._closed.is_set() or child is None:
            raise _closed()
        if child.is_usable():
            return child
        child.end()
        return _Child(self._limits)

    def close(self) -> None:
        """End all children, after the jobs they are at. Later jobs fail with the code `closed`."""
        if self._closed.is_set():
            return
        self._closed.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for _ in range(self._workers):
            child = self._idle.get()
            if child:
                child.end()
            self._idle.put(None)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _closed() -> RenderFailed:
    return RenderFailed("closed", "the render pool was closed")


class _Child:
    """One child process. Used by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._started = False
        self._killed = False
        area = Area.new()
        try:
            self._process = _begun(area)
        except OSError:
            if area:
                area.close()
            raise
        assert self._process.stdin and self._process.stdout
        self._line = Line(self._process.stdin, self._process.stdout, area, late=self._kill)
        self._exchange_limits(replace(limits, area=area.descriptor if area else None))

    def _exchange_limits(self, limits: Limits) -> None:
        try:
            self._line.send(START_SECONDS, msgspec.msgpack.encode(limits))
        except OSError:
            self._killed = True

    def is_usable(self) -> bool:
        """Whether it can take a job. A child that was killed is not, even while the kernel still has to do it."""
        return not self._killed and self._process.poll() is None

    def call(self, name: str, frames: tuple[bytes, ...], seconds: float) -> bytes:
        """Do one job. Raises RenderFailed; the child may be unusable afterwards."""
        if not self._started:
            self._started = self._line.receive(START_SECONDS) is not None
        answer = self._answer(name.encode(), b"%f" % seconds, *frames)
        if answer is None:
            raise self._failure(seconds)
        outcome, result = answer
        if outcome.code == "out-of-memory":
            self._kill()  # it ends by itself, but perhaps not before the next job comes
        if outcome.code:
            raise RenderFailed(outcome.code, outcome.detail)
        return result

    def _answer(self, *request: bytes) -> tuple[Outcome, bytes] | None:
        """What became of a job; None when the child ended, or was ended because the time was over."""
        try:
            self._line.send(self._limits.wall_seconds, *request)
        except OSError:
            return None
        reply = self._line.receive(self._limits.wall_seconds)
        return None if reply is None else (msgspec.msgpack.decode(reply[0], type=Outcome), b"".join(reply[1:]))

    def _kill(self) -> None:
        self._killed = True
        self._process.kill()

    def _failure(self, seconds: float) -> RenderFailed:
        overran = self._killed
        self._kill()
        code = self._process.wait()
        if overran or -code in {signal.SIGPROF, signal.SIGALRM}:  # the child's own limits were faster
            return RenderFailed("out-of-time", f"the job took longer than {seconds:g} s")
        return RenderFailed("crashed", f"the child process ended with status {code}")

    def end(self) -> None:
        """Close the line and wait; an idle child ends by itself, any other is killed."""
        self._line.close()
        if self._killed:
            self._process.kill()
        try:
            self._process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _begun(area: Area | None) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-s", "-P", "-B", "-m", "spiff.rendering.processes.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        pass_fds=[area.descriptor] if area else [],
        env=_environment(),
    )


def _environment() -> dict[str, str]:
    """What Python needs to find our code, and what libraries may do: settings and secrets stay here."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **OF_LIBRARIES}
