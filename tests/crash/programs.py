"""Starts the programs of an installation as an operator does, and ends them as a power cut does. Knows no order."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.journeys.running import eventually, free_port

START_SECONDS = 60.0


class Program:
    """One `spiff …` process and its children, in a process group of its own; may be started again and again."""

    def __init__(self, name: str, arguments: list[str], environment: Mapping[str, str], log: Path) -> None:
        self.name = name
        self.log = log
        self._arguments = [sys.executable, "-m", "spiff.cli", *arguments]
        self.environment: Mapping[str, str] = {**os.environ, **environment}
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it may not be ready yet."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._arguments, stdout=log, stderr=log, env=self.environment, start_new_session=True
            )

    def kill(self, *, children_too: bool = True) -> None:
        """End it at once, without a word: SIGKILL. Children that are left alone must notice by themselves."""
        assert self._process is not None
        if children_too:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.wait()

    def stop(self) -> int:
        """Ask it to end, as a service manager does; its exit code."""
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(30)

    @property
    def pid(self) -> int:
        """The id of the process that runs, or ran last."""
        assert self._process is not None
        return self._process.pid

    def is_running(self) -> bool:
        """Whether it is there."""
        return self._process is not None and self._process.poll() is None

    def messages(self) -> str:
        """All that it ever logged."""
        return self.log.read_text("utf-8", "replace") if self.log.exists() else ""


class Web(Program):
    """A `spiff serve` without a worker inside, on a port that it keeps."""

    def __init__(self, name: str, environment: Mapping[str, str], log: Path) -> None:
        self.port = free_port()
        super().__init__(name, ["serve", "--port", str(self.port)], environment, log)

    @property
    def url(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        """Whether it answers, and all that it needs does."""
        assert self.is_running(), self.messages()[-2000:]
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=5) as answer:  # noqa: S310 - this machine
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def wait_until_ready(self) -> None:
        """Return once it is ready."""
        eventually(self.is_ready, f"{self.name} is ready", START_SECONDS)


class Installation:
    """Web processes and worker processes that share a database and a file store, by settings alone."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        webs: int = 1,
        workers: int = 1,
        apart: bool = False,
    ) -> None:
        """With `apart` each program has a data folder of its own, as on a machine of its own."""
        folder.mkdir(parents=True, exist_ok=True)
        self.environment = {
            "SPIFF_EMBEDDED_WORKER": "false",
            "SPIFF_JOB_LEASE_SECONDS": "3",
            "SPIFF_RENDER_PROCESSES": "1",
            "SPIFF_RATE_LIMIT_PER_ADDRESS": "0",
            "SPIFF_DATA_DIR": str(folder),
            **environment,
        }

        def of(name: str) -> Mapping[str, str]:
            return self.environment | ({"SPIFF_DATA_DIR": str(folder / name)} if apart else {})

        self.webs = [Web(name, of(name), folder / f"{name}.log") for name in (f"web-{n}" for n in range(webs))]
        self.workers = [
            Program(name, ["worker"], of(name), folder / f"{name}.log")
            for name in (f"worker-{n}" for n in range(workers))
        ]

    @property
    def programs(self) -> list[Program]:
        """All of them."""
        return [*self.webs, *self.workers]

    def unforeseen(self) -> list[str]:
        """Lines of the logs that tell of a failure nobody foresaw."""
        lines = (line for program in self.programs for line in program.messages().splitlines())
        return [line for line in lines if "unforeseen" in line or "Traceback" in line]

    def __enter__(self) -> Self:
        """Start all and wait until they answer; where one does not, none is left."""
        try:
            for program in self.programs:
                program.start()
            for web in self.webs:
                web.wait_until_ready()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def end(self) -> None:
        """End what runs, at once."""
        for program in self.programs:
            if program.is_running():
                program.kill()
