"""Claims jobs as a worker does."""

from collections.abc import Collection
from datetime import timedelta

from spiff.jobs.model import Job
from spiff.jobs.store import claim, whose_turn
from spiff.storage.database import Database


def claimed(
    database: Database, *names: str, most: int = 10, lease_for: timedelta, at_hand: Collection[str] = ()
) -> list[Job]:
    """Up to `most` due jobs of these names, looked for in one transaction and leased in the next."""
    turns = database.read_now(lambda work: whose_turn(work, names, most=most, at_hand=at_hand))
    return [] if turns is None else database.write_now(lambda work: claim(work, turns, lease_for))
