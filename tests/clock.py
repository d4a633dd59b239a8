"""A clock that tests put forward."""

from datetime import UTC, datetime, timedelta


class Clock:
    """The real time, put forward by a test."""

    def __init__(self) -> None:
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead
