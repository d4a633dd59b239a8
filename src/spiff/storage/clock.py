"""Clocks: the system's, and one that is wrong on purpose. Knows no database."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The clock of an installation; tests hand in another."""
    return datetime.now(UTC)


def clock_beside(file: str) -> Clock:
    """The system's clock and as many seconds more as the file says at each look; none without a number in it.

    For rehearsing what a clock does that jumps while programs run.
    """
    path = Path(file)

    def now() -> datetime:
        with suppress(OSError, ValueError, OverflowError):
            return utc_now() + timedelta(seconds=float(path.read_text("ascii")))
        return utc_now()

    return now
