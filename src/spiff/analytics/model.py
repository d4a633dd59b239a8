"""A funnel: how many came, began, got how far, finished and ordered. Nothing in it is of one person. Knows no SQL."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import msgspec

MOST_DAYS = 400


@dataclass(frozen=True, slots=True)
class Period:
    """Whole days of UTC, both included."""

    first: date
    last: date

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
