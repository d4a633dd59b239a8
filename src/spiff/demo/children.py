"""Programs that the demo starts and that must never outlive it. Knows nothing of what they do."""

import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

_TETHER = str(Path(__file__).parent / "tether.py")
_ENDING_SECONDS = 10.0
_LOOKING_EVERY_SECONDS = 0.05


class NotStarted(Exception):
    """A program ended, or did not answer, before it was ready."""


class Program(msgspec.Struct, frozen=True):
    """What to start. It is ready once `ready_url` answers 200."""

    name: str
    arguments: Sequence[str]
    ready_url: str
    environment: Mapping[str, str]
    folder: Path


class Children:
    """Starts programs and ends them all when left, however it is left.

    Each has a process group of its own, so that Ctrl-C reaches only us and we end them in order. Where the kernel can
    (Linux), it ends them too if we are killed.
    """

    def __init__(self) -> None:
        self._running: list[tuple[Program, subprocess.Popen[bytes]]] = []

    def start(self, program: Program) -> None:
        """Start it; what it writes goes to our standard error."""
        tied = [sys.executable, "-S", _TETHER, str(os.getpid()), *program.arguments]
        process = subprocess.Popen(  # noqa: S603 - our own programs with our own arguments
            tied,
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr.fileno(),
            env={**os.environ, **program.environment},
            cwd=program.folder,
            start_new_session=True,
        )
        self._running.append((program, process))

    def wait_until_ready(self, seconds: float) -> None:
        """Return once all answer. Raises NotStarted."""
        deadline = time.monotonic() + seconds
        for program, process in self._running:
            while not _answers(program.ready_url):
                if process.poll() is not None:
                    raise NotStarted(f"the {program.name} ended while starting (status {process.returncode})")
                if time.monotonic() > deadline:
                    raise NotStarted(f"the {program.name} was not ready within {seconds:.0f} seconds")
                time.sleep(_LOOKING_EVERY_SECONDS)

    def wait_until_one_ends(self) -> str:
        """Return the name of the first program that ends."""
        while True:
            for program, process in self._running:
                if process.poll() is not None:
                    return program.name
            time.sleep(0.2)

    def end(self) -> None:
        """Ask all to end, wait, and end whatever is left of their groups."""
        for _, process in reversed(self._running):
            process.terminate()
        deadline = time.monotonic() + _ENDING_SECONDS
        for _, process in reversed(self._running):
            with suppress(subprocess.TimeoutExpired):
                process.wait(max(0.0, deadline - time.monotonic()))
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self._running.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave anything behind
        self.end()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310 - our own program on this machine
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
