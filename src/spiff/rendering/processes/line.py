"""The pipes to a child, which has a time to answer. Knows no job and starts no process."""

import contextlib
import fcntl
import os
import select
import time
from collections.abc import Callable
from typing import IO

from spiff.rendering.processes.messages import receive, send

_PIPE_BYTES = 1 << 20
"""Most jobs and files fit in, so that neither side waits for the other. Linux gives an ordinary user 64 such pipes."""


class Line:
    """Messages to and from one child. `late` is called when it is not ready in time, and has to end it.

    Waiting in the kernel instead of starting a thread with a timer for every job saves a third of what a job costs us.
    """

    def __init__(self, requests: IO[bytes], replies: IO[bytes], late: Callable[[], None]) -> None:
        self._requests, self._replies = requests, replies
        self._late = late
        os.set_blocking(requests.fileno(), False)
        self._writable, self._readable = select.poll(), select.poll()
        self._writable.register(requests, select.POLLOUT)
        self._readable.register(replies, select.POLLIN)
        for pipe in (requests, replies):
            _widen(pipe)

    def send(self, seconds: float, *frames: bytes) -> None:
        """Send a message, which the child reads in time. Raises OSError when it has ended."""
        until = time.monotonic() + seconds
        send(lambda frame: self._write(frame, until), *frames)

    def receive(self, seconds: float) -> list[bytes] | None:
        """The child's next message; None when it ended before it was there."""
        until = time.monotonic() + seconds
        return receive(lambda size: self._read(size, until))

    def close(self) -> None:
        """Let the child see that nothing more comes."""
        for pipe in (self._requests, self._replies):
            pipe.close()

    def _write(self, frame: bytes, until: float) -> None:
        left = memoryview(frame)
        while left:
            self._wait(self._writable, until)
            left = left[os.write(self._requests.fileno(), left) :]

    def _read(self, size: int, until: float) -> bytes:
        parts = []
        while size and (part := self._part(size, until)):
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _part(self, size: int, until: float) -> bytes:
        self._wait(self._readable, until)
        return os.read(self._replies.fileno(), min(size, _PIPE_BYTES))

    def _wait(self, ready: select.poll, until: float) -> None:
        if not ready.poll(max(0.0, until - time.monotonic()) * 1000):
            self._late()


def _widen(pipe: IO[bytes]) -> None:
    with contextlib.suppress(OSError, AttributeError):  # refused beyond the limit, unknown elsewhere than on Linux
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)
