"""The pipes and the area to a child, which has a time to answer. Knows no job and starts no process."""

import os
import select
import time
from collections.abc import Callable
from typing import IO

from spiff.rendering.processes.area import Area
from spiff.rendering.processes.messages import receive, send

_MOST_AT_ONCE_BYTES = 1 << 20


class Line:
    """Messages to and from one child. `late` is called when it is not ready in time, and has to end it.

    Waiting in the kernel instead of starting a thread with a timer for every job saves a third of what a job costs us.
    """

    def __init__(self, requests: IO[bytes], replies: IO[bytes], area: Area | None, late: Callable[[], None]) -> None:
        self._area = area
        self._requests, self._replies = requests, replies
        self._late = late
        os.set_blocking(requests.fileno(), False)
        self._writable, self._readable = select.poll(), select.poll()
        self._writable.register(requests, select.POLLOUT)
        self._readable.register(replies, select.POLLIN)

    def send(self, seconds: float, *frames: bytes) -> None:
        """Send a message, which the child reads in time. Raises OSError when it has ended."""
        until = time.monotonic() + seconds
        send(lambda frame: self._write(frame, until), self._area, *frames)

    def receive(self, seconds: float) -> list[bytes] | None:
        """The child's next message; None when it ended before it was there."""
        until = time.monotonic() + seconds
        return receive(lambda size: self._read(size, until), self._area)

    def close(self) -> None:
        """Let the child see that nothing more comes."""
        for each in (self._requests, self._replies, self._area):
            if each is not None:
                each.close()

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
        return os.read(self._replies.fileno(), min(size, _MOST_AT_ONCE_BYTES))

    def _wait(self, ready: select.poll, until: float) -> None:
        if not ready.poll(max(0.0, until - time.monotonic()) * 1000):
            self._late()
