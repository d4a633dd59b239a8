"""A funnel: how many came, began, got how far, finished and ordered. Nothing in it is of one person. Knows no SQL."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Self

import msgspec

from spiff.errors import Invalid

MOST_DAYS = 400
_USUAL_DAYS = 30
_EARLIEST, _LATEST = date(2000, 1, 1), date(9999, 1, 1)
"""Calendars end a little further out, and there is nothing to count at their ends."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of UTC, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date | None, last: date) -> Self:
        """The days from `first` to `last`; thirty, where the first is not named. Raises Invalid."""
        if not _EARLIEST <= last <= _LATEST:
            raise Invalid(f"a period ends between {_EARLIEST} and {_LATEST}").at("/to")
        period = cls(last - timedelta(days=_USUAL_DAYS - 1) if first is None else first, last)
        if not 0 <= (period.last - period.first).days < MOST_DAYS:
            raise Invalid(f"a period begins before it ends, and has at most {MOST_DAYS} days").at("/from")
        return period

    @property
    def begin(self) -> datetime:
        """The instant it begins."""
        return datetime(self.first.year, self.first.month, self.first.day, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """The first instant after it."""
        return datetime(self.last.year, self.last.month, self.last.day, tzinfo=UTC) + timedelta(days=1)


class StepCount(msgspec.Struct, frozen=True):
    """In how many visits a step was reached."""

    step_name: str
    title: str
    reached: int


class Funnel(msgspec.Struct, frozen=True):
    """What happened with one integration product in a period: visits, designs and the steps in between."""

    integration_product_id: str
    product_name: str
    page_sessions: int
    created: int
    completed: int
    ordered: int
    steps: tuple[StepCount, ...]
