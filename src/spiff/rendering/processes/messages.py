"""What the pool and a child say to each other. Knows no job and no pipe.

A message is a list of frames: eight bytes with their number, eight with the length of each, then the frames. Long ones
are in the area that both see, where there is one with room for them. The pool sends Limits once, then for each job its
name, its seconds of the processor and what its function is given. The child answers with an Outcome and, when that is
good, with the result.
"""

import struct
from collections.abc import Callable

import msgspec

from spiff.rendering.processes.area import Area, places

MAX_FRAMES = 100_000
MAX_BYTES = 1 << 31
_ALONE_BYTES = 1 << 18
"""So long a frame is written by itself: put together with others it would be copied once more."""


class Limits(msgspec.Struct, frozen=True):
    """What a child is told at its start. `functions` maps a job's name to `module:function`, bytes to bytes.

    `area` is the descriptor of the memory that both see.
    """

    functions: dict[str, str]
    memory_bytes: int
    seconds: float
    wall_seconds: float
    area: int | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What became of a job. `code` is empty when a result follows."""

    code: str = ""
    detail: str = ""


def send(write: Callable[[bytes], object], area: Area | None, *frames: bytes) -> None:
    """Write a message; `write` takes all it is given. Short frames go together, so that the reader wakes up once."""
    lengths = [len(frame) for frame in frames]
    together = [struct.pack(f">{1 + len(frames)}Q", len(frames), *lengths)]
    for frame, at in zip(frames, places(area, lengths), strict=True):
        if area is not None and at is not None:
            area.put(at, frame)
        elif len(frame) > _ALONE_BYTES:
            write(b"".join(together))
            write(frame)
            together = []
        else:
            together.append(frame)
    write(b"".join(together))


def receive(read: Callable[[int], bytes], area: Area | None) -> list[bytes] | None:
    """The next message; None when the other side closed, broke off in the middle, or sent nonsense.

    `read` gives as many bytes as it is asked for, or fewer at the end.
    """
    count = _integers(read, 1)
    lengths = _integers(read, count[0]) if count and count[0] <= MAX_FRAMES else None
    if lengths is None or sum(lengths) > MAX_BYTES:
        return None
    frames = [
        read(length) if area is None or at is None else area.get(at, length)
        for length, at in zip(lengths, places(area, lengths), strict=True)
    ]
    return frames if [len(frame) for frame in frames] == lengths else None


def _integers(read: Callable[[int], bytes], count: int) -> list[int] | None:
    data = read(8 * count)
    return list(struct.unpack(f">{count}Q", data)) if len(data) == 8 * count else None
