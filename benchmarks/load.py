"""Starts servers on one core and sends them requests from another, as fast as they answer or at a steady rate."""

import asyncio
import gc
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

CONNECTIONS = 64


class Server:
    """A running server and how to ask it."""

    def __init__(self, pid: int, port: int) -> None:
        self._pid = pid
        self._port = port

    def memory_bytes(self) -> int:
        """How much of its memory is resident."""
        return int(Path(f"/proc/{self._pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def latencies(self, requests: Sequence[bytes], per_second: float) -> list[float]:
        """Send at a steady rate, whether or not earlier ones are answered; seconds from when each was due, sorted.

        Those of the first second only warm the connections up.
        """
        with _uncollected():
            waits = asyncio.run(_send_steadily(self._port, requests, per_second))
        return sorted(waits[int(per_second) :])

    def take(self, requests: Sequence[bytes]) -> tuple[float, float]:
        """Send all; seconds a request, on the clock and of the server's processor."""
        started, used = time.perf_counter(), _processor_seconds(self._pid)
        asyncio.run(_send(self._port, requests))
        seconds, used = time.perf_counter() - started, _processor_seconds(self._pid) - used
        return seconds / len(requests), used / len(requests)


@contextmanager
def server(module: Sequence[str], folder: str, **settings: str) -> Iterator[Server]:
    """Start a server on the first core, with these settings; while it runs, this process keeps to the last."""
    cores = sorted(range(os.cpu_count() or 1))
    command = ["taskset", "--cpu-list", str(cores[0]), sys.executable, "-m", *module]
    environment = os.environ | {
        "SPIFF_DATA_DIR": folder,
        "SPIFF_EMBEDDED_WORKER": "false",
        "SPIFF_RATE_LIMIT_PER_KEY": "0",
        **settings,
    }
    port = int(module[module.index("--port") + 1])
    with (Path(folder) / f"{port}.log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stderr=log)
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cores[-1]})
    try:
        asyncio.run(_wait(port))
        yield Server(server.pid, port)
    finally:
        os.sched_setaffinity(0, before)
        server.terminate()
        server.wait()


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection here: looking through all requests takes 60 ms, which would count as the server's."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _processor_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def _wait(port: int) -> None:
    for _ in range(200):
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            await asyncio.sleep(0.1)
        else:
            writer.close()
            return
    raise TimeoutError("the server did not start")


async def _send(port: int, requests: Sequence[bytes]) -> None:
    loop = asyncio.get_running_loop()
    left = iter(requests)
    clients = [_Client(left, loop.create_future()) for _ in range(CONNECTIONS)]
    for client in clients:
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
    await asyncio.gather(*(client.done for client in clients))


async def _send_steadily(port: int, requests: Sequence[bytes], per_second: float) -> list[float]:
    """Open loop: what has to wait for a connection waits on the clock of its request."""
    loop = asyncio.get_running_loop()
    free: asyncio.Queue[_Client] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        client = _Client(None, loop.create_future())
        await loop.create_connection(lambda client=client: client, "127.0.0.1", port)  # type: ignore[misc]
        free.put_nowait(client)

    async def one(request: bytes, due: float) -> float:
        client = await free.get()
        await client.ask(request)
        free.put_nowait(client)
        return loop.time() - due

    begin, asking = loop.time(), []
    for number, request in enumerate(requests):
        due = begin + number / per_second
        if (wait := due - loop.time()) > 0:
            await asyncio.sleep(wait)
        asking.append(asyncio.create_task(one(request, due)))
    waits = await asyncio.gather(*asking)
    while not free.empty():
        free.get_nowait().close()
    return waits


class _Client(asyncio.Protocol):
    """One connection: the next request as soon as the answer to the last is complete. Anything but 201 ends it all."""

    def __init__(self, left: "object", done: "asyncio.Future[None]") -> None:
        self._left = left
        self.done = done
        self._buffer = b""
        self._asked: asyncio.Future[None] | None = None
        """Who waits for the one answer; None where requests follow each other by themselves."""

    def ask(self, request: bytes) -> "asyncio.Future[None]":
        """Send one request; done when its answer is complete."""
        self._asked = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self._asked

    def close(self) -> None:
        """End the connection."""
        self.done.cancel()
        self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, separator, body = self._buffer.partition(b"\r\n\r\n")
        if not separator or len(body) < _content_length(head):
            return
        if not self._buffer.startswith(b"HTTP/1.1 201"):
            self._fail(self._buffer[:2000].decode("utf-8", "replace"))
            return
        self._buffer = b""
        if self._asked is not None:
            self._asked.set_result(None)
        else:
            self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("the connection was closed")

    def _next(self) -> None:
        if self._left is None:  # asked one by one
            return
        request = next(self._left, None)  # type: ignore[call-overload]
        if request is not None:
            self._transport.write(request)
            return
        if not self.done.done():
            self.done.set_result(None)
        self._transport.close()

    def _fail(self, reason: str) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_exception(RuntimeError(reason))
        if not self.done.done():
            self.done.set_exception(RuntimeError(reason))


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 :].split(b"\r\n", 1)[0])
