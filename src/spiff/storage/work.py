"""The unit of work: what an operation gets to read and write with. Only the database commits it."""

import uuid
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


def random_id() -> str:
    """A new unguessable UUID: knowing an id is the right to read what it names."""
    return str(uuid.uuid4())
