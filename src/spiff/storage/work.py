"""The unit of work: what an operation gets to read and write with. Only the database commits it."""

import os
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction: its connection, the instant it counts as, and a source of new ids."""

    connection: Connection
    now: datetime
    new_id: Callable[[], str]


_AT_ONCE = 256
_drawn: deque[str] = deque()
# A forked child must not hand out the ids that its parent will.
os.register_at_fork(after_in_child=_drawn.clear)


def random_id() -> str:
    """A new unguessable UUID (version 4): knowing an id is the right to read what it names.

    Drawn from the system's random source many at once: an order needs several, and asking each time costs a call into
    the kernel that also lets go of the interpreter. Any thread may ask; a deque gives each id away once.
    """
    while True:
        try:
            return _drawn.pop()
        except IndexError:
            _drawn.extend(_draw())


def _draw() -> list[str]:
    digits = os.urandom(16 * _AT_ONCE).hex()
    return [_version_4(digits[at : at + 32]) for at in range(0, len(digits), 32)]


def _version_4(digits: str) -> str:
    """RFC 9562: six of the 128 bits say which kind of UUID it is."""
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"
