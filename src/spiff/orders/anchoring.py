"""Anchors: one line that holds all timelines up to an instant, to be kept where nobody can change it. Reads only.

Within the database whoever may write to all of it can take away an item with its timeline, or the newest entries with
what the item says of them. A line that was printed, sent or published before cannot be made to fit what is left.
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta

import msgspec

from spiff.errors import Invalid
from spiff.orders import timeline_store
from spiff.storage.work import Work

SETTLED = timedelta(minutes=1)
"""An anchor ends this long ago: what was under way then is written down now, by every program."""
_LINE = re.compile(
    r"spiff-anchor-1 (?P<at>\S+) items=(?P<items>[0-9]+) entries=(?P<entries>[0-9]+) sha256=(?P<sha256>[0-9a-f]{64})"
)


class AnchorUnreadable(Invalid):
    """The line is no anchor."""

    code, title = "anchor-unreadable", "This is no anchor"


class Anchor(msgspec.Struct, frozen=True):
    """All entries up to `at`: of how many items, how many they are, and the digest of each item's last."""

    at: datetime
    items: int
    entries: int
    sha256: str

    def __str__(self) -> str:
        """The line to keep."""
        at = self.at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        return f"spiff-anchor-1 {at} items={self.items} entries={self.entries} sha256={self.sha256}"


def read_anchor(line: str) -> Anchor:
    """The anchor of a line. Raises AnchorUnreadable."""
    found = _LINE.fullmatch(line.strip())
    try:
        at = datetime.fromisoformat(found["at"]) if found else None
    except ValueError:
        at = None
    if found is None or at is None or at.tzinfo is None:
        raise AnchorUnreadable(f"an anchor is a line that `spiff orders anchor` printed, not {line.strip()[:80]!r}")
    return Anchor(at, int(found["items"]), int(found["entries"]), found["sha256"])


def make_anchor(work: Work) -> Anchor:
    """The anchor of all that is settled now."""
    return _anchor(work, (work.now - SETTLED).replace(microsecond=0))


def faults(work: Work, anchor: Anchor) -> list[str]:
    """What differs from an anchor that was made before."""
    now, at = _anchor(work, anchor.at), f"{anchor.at:%Y-%m-%d %H:%M:%S}"
    counts = (("items", anchor.items, now.items), ("entries", anchor.entries, now.entries))
    fewer = [f"up to {at} there were {before} {what}, now {after}" for what, before, after in counts if before != after]
    return fewer or ([f"what happened up to {at} is not what it was"] if now != anchor else [])


def _anchor(work: Work, at: datetime) -> Anchor:
    """A line for each item in the order of their ids: how many entries it has, and the digest of the last."""
    items = entries = 0
    summed = hashlib.sha256()
    for item_id, count, head in timeline_store.list_heads(work, at):
        items, entries = items + 1, entries + count
        summed.update(f"{item_id} {count} {head}\n".encode())
    return Anchor(at, items, entries, summed.hexdigest())
