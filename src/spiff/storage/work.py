"""The unit of work: what an operation gets to read and write with. Only the database commits it."""

import os
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

from sqlalchemy import Connection

Row = Sequence[Any]
"""The values of a row, in the order that its writer expects."""

WriteRows = Callable[[Connection, list[Row]], object]
"""Writes rows of one table at once."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Work:
    """One transaction: its connection, the instant it counts as, and a source of new ids."""

    connection: Connection
    now: datetime
    new_id: Callable[[], str]
    rows_at_commit: list[tuple[WriteRows, Row]] = field(default_factory=list)

    def new_row_id(self) -> str:
        """A new UUID, larger than those of earlier instants (version 7), for rows that nobody may read by id alone.

        A table and its indexes then grow at their end; with random ids each row changes a page of its own in each.
        """
        return f"{_milliseconds(self.now)}-7{self.new_id()[15:]}"

    def add_at_commit(self, write: WriteRows, row: Row) -> None:
        """Have `write` called with this row just before the commit, once for all rows of all who share the commit.

        For rows that the operation itself does not read again and that cannot be refused: jobs, events, timelines.
        """
        self.rows_at_commit.append((write, row))


class Commit:
    """One transaction that several operations share, at one instant: each has a unit of work of its own."""

    def __init__(self, connection: Connection, now: datetime, new_id: Callable[[], str]) -> None:
        self.connection = connection
        self._now = now
        self._new_id = new_id
        self._rows: dict[WriteRows, list[Row]] = {}

    def run(self, operation: Callable[[Work], T]) -> T:
        """Run an operation; what it left to be written at the end is kept, unless it raises."""
        work = Work(self.connection, self._now, self._new_id)
        result = operation(work)
        for write, row in work.rows_at_commit:
            self._rows.setdefault(write, []).append(row)
        return result

    def finish(self) -> None:
        """Write what the operations left to be written at the end."""
        for write, rows in self._rows.items():
            write(self.connection, rows)


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


@lru_cache(maxsize=1)
def _milliseconds(now: datetime) -> str:
    """RFC 9562: a UUID of version 7 begins with 48 bits of milliseconds since 1970."""
    digits = f"{int(now.timestamp() * 1000):012x}"
    return f"{digits[:8]}-{digits[8:]}"
