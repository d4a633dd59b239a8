"""Runs `spiff demo` as anybody would: a program, ports, one line of JSON, signals."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

START_SECONDS = 90.0
END_SECONDS = 20.0


def free_port() -> int:
    """A port that nobody has just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return cast(int, probe.getsockname()[1])


def read_json(url: str) -> Any:
    """What a GET answers."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the demo on this machine
        return json.load(answer)


def read_bytes(url: str) -> bytes:
    """The same without reading it as anything."""
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - the demo on this machine
        return cast(bytes, answer.read())


def eventually(holds: Any, what: str, seconds: float = END_SECONDS) -> None:
    """Return as soon as `holds()`; fail when it takes too long."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"not within {seconds:.0f} s: {what}"
        time.sleep(0.05)


def open_files() -> int:
    """How many files and sockets this process has open."""
    return len(os.listdir("/proc/self/fd"))


def is_living(process: int) -> bool:
    """Whether a process is there and has not ended."""
    return _status(process)[0] not in {"", "Z"}


def _family(process: int) -> list[int]:
    parents = {int(path.name): _status(int(path.name))[1] for path in Path("/proc").glob("[0-9]*")}
    family = [process]
    for member in family:
        family += [child for child, parent in parents.items() if parent == member]
    return family


def _status(process: int) -> tuple[str, int]:
    """State and parent, from the kernel."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return "", 0
    return fields[0], int(fields[1])


class RunningDemo:
    """A demo in a folder. `start` may be called again after `kill` or `stop`: same data, same ports."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port, self.shop_port = free_port(), free_port()
        self.ready: dict[str, Any] = {}
        self.line = ""
        self._process: subprocess.Popen[str] | None = None

    def start(self, *more: str) -> Self:
        """Start it and wait for its line."""
        self._process = self._open("--json", *more)
        assert self._process.stdout
        self.line = self._process.stdout.readline()
        assert self.line, f"the demo ended with {self._process.wait()}: {self.messages()}"
        self.ready = json.loads(self.line)
        return self

    def _open(self, *more: str) -> subprocess.Popen[str]:
        ports = ["--port", str(self.port), "--shop-port", str(self.shop_port)]
        command = [sys.executable, "-m", "spiff.cli", "demo", *ports, "--data", str(self.data), *more]
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with (self.data.parent / f"{self.data.name}.log").open("a") as log:
            return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True)

    def messages(self) -> str:
        """All that it wrote beside the line."""
        return (self.data.parent / f"{self.data.name}.log").read_text("utf-8")

    @property
    def shop(self) -> str:
        """The shop's address."""
        return cast(str, self.ready["shopUrl"])

    def product(self, word: str) -> dict[str, Any]:
        """The platform's description of the product whose name has this word."""
        found = next(each for each in self.ready["products"] if word in each["name"].lower())
        url = f"{self.ready['baseUrl']}/api/integration-products/{found['integrationProductId']}"
        return cast(dict[str, Any], read_json(url))

    def workflow(self, word: str) -> dict[str, Any]:
        """That product's workflow."""
        return cast(dict[str, Any], read_json(self.product(word)["workflows"][0]["href"])["workflow"])

    def processes(self) -> list[int]:
        """The ids of the demo and of all that it started."""
        assert self._process
        return _family(self._process.pid)

    def platform_processes(self) -> list[int]:
        """Those of the platform's server and its children."""
        (server,) = (each for each in self.processes() if b"\0serve\0" in Path(f"/proc/{each}/cmdline").read_bytes())
        return _family(server)

    def kill(self) -> None:
        """End everything at once, as a power cut would."""
        for process in self.processes():
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self._wait()

    def signal(self, number: int) -> int:
        """Send a signal to the demo alone and wait for its exit code."""
        assert self._process
        os.kill(self._process.pid, number)
        return self._wait()

    def _wait(self) -> int:
        assert self._process and self._process.stdout
        self._process.stdout.close()
        return self._process.wait(END_SECONDS)

    def refused(self, *more: str) -> tuple[int, str, str]:
        """Exit code, standard output and messages of a demo that is not expected to start."""
        with self._open(*more) as process:
            try:
                output, _ = process.communicate(timeout=START_SECONDS)
            finally:
                process.kill()  # nothing, where it has ended
        return process.returncode, output, self.messages()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process and self._process.poll() is None:
            self.kill()
        if self._process and self._process.stdout:
            self._process.stdout.close()
