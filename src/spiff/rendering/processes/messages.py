"""What the pool and a child say to each other, in frames: eight bytes of length, then the bytes. Knows no job."""

from typing import IO

import msgspec

MAX_BYTES = 1 << 31


class Limits(msgspec.Struct, frozen=True):
    """What a child is told at its start. `functions` maps a job's name to `module:function`, bytes to bytes."""

    functions: dict[str, str]
    memory_bytes: int
    seconds: float


class Call(msgspec.Struct, frozen=True):
    """One job: a name from the list and what the function is given."""

    name: str
    payload: bytes


class Reply(msgspec.Struct, frozen=True):
    """What became of it. `code` is empty when `result` is the answer."""

    result: bytes = b""
    code: str = ""
    detail: str = ""


def send(pipe: IO[bytes], data: bytes) -> None:
    """Write one frame. Raises OSError when the other side is gone."""
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
