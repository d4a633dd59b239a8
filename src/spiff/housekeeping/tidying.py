"""Tidies up an installation: short transactions, and the file store in between. Knows no SQL.

Safe beside everything else, and beside itself. A file that nothing refers to may be about to be referred to: its bytes
are put before the commit that names them, and bytes that are there already are not put again. So it is first set
aside, where it can still be read, and only much later, when no such commit can be under way any more, removed or
brought back (docs/decisions/021-tidying-up.md).
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from spiff.housekeeping import operations
from spiff.housekeeping.model import OldEvents, Tidied
from spiff.jobs import operations as jobs
from spiff.orders import steering
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.transactions import expiring

T = TypeVar("T")

_DESIGNS_AT_ONCE = 100
_FILES_AT_ONCE = 400
_EVENTS_AT_ONCE = 200
_RECORDS_AT_ONCE = 1000
_JOBS_KEPT = timedelta(days=30)
_SIGNATURES_KEPT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Tidying:
    """Tidies up as of an instant; `pretend` only counts."""

    settings: Settings
    database: Database
    files: FileStore
    pretend: bool = False

    def tidy(self, at: datetime) -> Tidied:
        """Remove what is old enough at that instant. Cut off anywhere, it goes on from there the next time."""
        done = Tidied()
        if days := self.settings.design_days:
            done.designs = self._remove_designs(at - timedelta(days=days))
        if days := self.settings.unused_file_days:
            before = at - timedelta(days=days)
            # In this order: what is set aside now waits for its full time.
            done.removed, done.brought_back = self._settle_aside(before)
            done.set_aside = self._set_aside(before)
            if not self.pretend:
                self.files.remove_unfinished(before)
        if days := self.settings.event_days:
            self._remove_events(at - timedelta(days=days), done)
        if not self.pretend:
            done.jobs = self._forget(at)
        return done

    def _remove_designs(self, before: datetime) -> int:
        count = 0
        found = self._abandoned(before, 1_000_000_000) if self.pretend else self._abandoned(before, _DESIGNS_AT_ONCE)
        while found and not self.pretend:
            removed = self.database.write_now(
                partial(operations.remove_abandoned, transaction_ids=found, untouched_since=before)
            )
            count += removed
            # What somebody else holds just now is left for the next time.
            found = self._abandoned(before, _DESIGNS_AT_ONCE) if removed else []
        return len(found) if self.pretend else count

    def _abandoned(self, before: datetime, most: int) -> list[str]:
        return self.database.read_now(lambda work: operations.list_abandoned(work, before, most))

    def _settle_aside(self, before: datetime) -> tuple[int, int]:
        removed = brought_back = 0
        for some in _together(self.files.list_aside(before), _FILES_AT_ONCE):
            gone = set(self._looked_through([digest for digest, _ in some], forget=True))
            for digest, place in some if not self.pretend else ():
                if digest in gone:
                    self.files.remove_aside(place)
                else:
                    self.files.bring_back(digest, place)
            count = sum(digest in gone for digest, _ in some)
            removed, brought_back = removed + count, brought_back + len(some) - count
        return removed, brought_back

    def _set_aside(self, before: datetime) -> int:
        count = 0
        for some in _together(self.files.list_older(before), _FILES_AT_ONCE):
            unneeded = self._looked_through(some, forget=False)
            for digest in unneeded if not self.pretend else ():
                self.files.set_aside(digest)
            count += len(unneeded)
        return count

    def _looked_through(self, digests: list[str], *, forget: bool) -> list[str]:
        """Those that nothing refers to."""
        if forget and not self.pretend:
            return self.database.write_now(lambda work: operations.forget_unneeded(work, digests))
        return self.database.read_now(lambda work: operations.list_unneeded(work, digests))

    def _remove_events(self, before: datetime, done: Tidied) -> None:
        integration = None
        while integration := self.database.read_now(partial(operations.find_next_integration, after=integration)):
            above = 0
            while found := self._some_events(integration, before, above):
                done.events += found.events
                done.deliveries += found.deliveries
                done.dead_letters += found.dead_letters
                above = found.up_to

    def _some_events(self, integration: str, before: datetime, above: int) -> OldEvents | None:
        some = partial(
            operations.remove_old_events, integration_id=integration, before=before, above=above, most=_EVENTS_AT_ONCE
        )
        # Looked for first: most of the time there is nothing to write, and who places orders need not wait.
        found = self.database.read_now(partial(some, pretend=True))
        return found if self.pretend or not found else self.database.write_now(partial(some, pretend=False))

    def _forget(self, at: datetime) -> int:
        """Records that nobody reads any more; how many of jobs."""
        views = at - timedelta(days=self.settings.analytics_days)
        requests = at - timedelta(seconds=2 * self.settings.signature_window_seconds) - _SIGNATURES_KEPT
        self._forget_all(partial(expiring.list_page_sessions, before=views), expiring.remove_page_sessions)
        self._forget_all(partial(steering.list_requests, before=requests), steering.forget_requests)
        count = self._forget_all(partial(jobs.list_done, created_before=at - _JOBS_KEPT), jobs.forget)
        if days := self.settings.event_days:
            before = at - timedelta(days=days)
            count += self._forget_all(partial(jobs.list_given_up, created_before=before), jobs.forget)
        return count

    def _forget_all(self, look: Callable[..., Collection[Any]], forget: Callable[..., int]) -> int:
        """Looked for while others write: of these tables all is read to find what is old, or that nothing is."""
        count = 0
        while found := self.database.read_now(partial(look, most=_RECORDS_AT_ONCE)):
            count += self.database.write_now(partial(forget, ids=found))
        return count


def _together(found: Iterable[T], most: int) -> Iterator[list[T]]:
    left = iter(found)
    while some := list(islice(left, most)):
        yield some
