"""Opens an installation's database for a command, brought up to date first. Knows no domain."""

from collections.abc import Iterator
from contextlib import contextmanager

from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.migrating import migrate


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """The database these settings name, with the newest tables; closed afterwards."""
    migrate(settings.database)
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()
