"""Passes byte strings through a pipe: eight bytes of length, then the bytes. Knows nothing of what they mean."""

from typing import IO

MAX_BYTES = 1 << 31


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
