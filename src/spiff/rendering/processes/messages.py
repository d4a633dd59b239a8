"""What the pool and a child say to each other, in frames: eight bytes of length, then the bytes. Knows no job.

The pool sends Limits once, then for each job its name and what its function is given. The child answers with an
Outcome and, when that is good, with the result. Photos pass here: they are frames of their own, copied nowhere.
"""

from typing import IO

import msgspec

MAX_BYTES = 1 << 31


class Limits(msgspec.Struct, frozen=True):
    """What a child is told at its start. `functions` maps a job's name to `module:function`, bytes to bytes."""

    functions: dict[str, str]
    memory_bytes: int
    seconds: float
    wall_seconds: float


class Outcome(msgspec.Struct, frozen=True):
    """What became of a job. `code` is empty when a result follows."""

    code: str = ""
    detail: str = ""


def send(pipe: IO[bytes], *frames: bytes) -> None:
    """Write these frames. Raises OSError when the other side is gone."""
    for data in frames:
        pipe.write(len(data).to_bytes(8, "big"))
        pipe.write(data)
    pipe.flush()


def receive(pipe: IO[bytes]) -> bytes | None:
    """The next frame; None when the other side closed, broke off in the middle, or sent nonsense."""
    head = pipe.read(8)
    length = int.from_bytes(head, "big")
    if len(head) < 8 or length > MAX_BYTES:
        return None
    data = pipe.read(length)
    return data if len(data) == length else None
