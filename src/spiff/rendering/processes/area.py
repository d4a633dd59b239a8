"""Memory that the pool and one child both see: long frames pass through it. Knows no message.

A pipe copies what is long piece by piece, in pages that the kernel finds for each job, and wakes its reader at the
first of them; here a frame is there as a whole once its message comes. Two children make a tenth more files so.
"""

import fcntl
import os
import sys
from collections.abc import Iterable, Iterator
from mmap import mmap
from typing import Self

AREA_BYTES = 16 << 20
"""Most jobs and files fit in; what does not goes through the pipe. As much memory of each child stays in use."""
LONG_BYTES = 1 << 14


class Area:
    """One area; only one side at a time has something to say, so both begin at its start."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._memory = mmap(descriptor, AREA_BYTES)

    @classmethod
    def new(cls) -> Self | None:
        """A new area; None on systems that have no such memory, or refuse it: then all goes through the pipe."""
        if sys.platform != "linux":
            return None
        try:
            descriptor = os.memfd_create("area", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
        except OSError:
            return None
        os.ftruncate(descriptor, AREA_BYTES)
        # A child that made it smaller would end us: reading what is not there is a bus error.
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL)
        return cls(descriptor)

    def put(self, at: int, frame: bytes) -> None:
        """Keep a frame until the other side has read it."""
        self._memory[at : at + len(frame)] = frame

    def get(self, at: int, length: int) -> bytes:
        """A frame as the other side put it there, copied: what that side does to it later changes nothing here."""
        return self._memory[at : at + length]

    def close(self) -> None:
        """Let go of it, once: by the second time the number of its descriptor may be another file's."""
        if not self._memory.closed:
            self._memory.close()
            os.close(self.descriptor)


def places(area: Area | None, lengths: Iterable[int]) -> Iterator[int | None]:
    """Where each frame of a message is in the area; None for those in the pipe. Both sides count alike."""
    at = 0
    for length in lengths:
        fits = area is not None and length >= LONG_BYTES and at + length <= AREA_BYTES
        yield at if fits else None
        at += length if fits else 0
