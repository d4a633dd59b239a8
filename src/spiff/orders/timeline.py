"""An item's timeline: what happened, by whom and when, each entry sealed to the one before. Pure; knows no database.

An entry's digest covers all that it says and the digest of the entry before it; the item keeps the digest of its last.
So whoever changes, removes or inserts an entry, or an item beside its timeline, is found out (docs/decisions/014).
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import msgspec

from spiff.orders.states import Status

FIRST = ""
"""What stands before the first entry."""


class Entry(msgspec.Struct, frozen=True):
    """One thing that happened. `facts` are ids, amounts and SHA-256 digests, never documents."""

    item_id: str
    position: int
    at: datetime
    actor: str
    """`integration:{id}`, `worker` or `operator`."""
    action: str
    status: Status
    turn: int
    facts: dict[str, Any]
    previous: str
    digest: str


def sealed(
    item_id: str,
    position: int,
    previous: str,
    *,
    at: datetime,
    actor: str,
    action: str,
    status: Status,
    turn: int,
    facts: dict[str, Any],
) -> Entry:
    """The next entry, with its digest."""
    digest = _digest(item_id, position, at, actor, action, status, turn, facts, previous)
    return Entry(item_id, position, at, actor, action, status, turn, facts, previous, digest)


def digest_of(entry: Entry) -> str:
    """The SHA-256, in hexadecimal, of all that an entry says."""
    return _digest(*msgspec.structs.astuple(entry)[:-1])


def _digest(
    item_id: str,
    position: int,
    at: datetime,
    actor: str,
    action: str,
    status: Status,
    turn: int,
    facts: dict[str, Any],
    previous: str,
) -> str:
    said = [item_id, position, _written(at), actor, action, status, turn, facts, previous]
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()


@lru_cache(maxsize=4)
def _written(at: datetime) -> str:
    """All entries of a commit are of the same instant."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def faults(entries: Sequence[Entry], *, count: int, head: str) -> Iterator[str]:
    """What is wrong with a timeline whose item says that it has `count` entries and ends with `head`."""
    previous = FIRST
    for number, entry in enumerate(entries, 1):
        if entry.position != number:
            yield f"entry {number} is missing: the next has number {entry.position}"
            return
        if entry.previous != previous:
            yield f"entry {number} does not follow the one before it"
        if digest_of(entry) != entry.digest:
            yield f"entry {number} ({entry.action}) was changed"
        previous = entry.digest
    if len(entries) != count:
        yield f"there are {len(entries)} entries, the item says {count}"
    elif previous != head:
        yield "the item does not end with the last entry"
