"""Opens an installation's database for a command, brought up to date first. Knows no domain."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url

from spiff.settings import BadSettings, Settings
from spiff.storage.database import Database
from spiff.storage.migrating import migrate


@contextmanager
def opened(settings: Settings, *, may_be_new: bool = False) -> Iterator[Database]:
    """The database these settings name, with the newest tables; closed afterwards.

    Raises BadSettings where there is none: who looks for orders in the wrong folder must not find an empty one there.
    """
    address = make_url(settings.database)
    path = address.database if address.get_backend_name() == "sqlite" else None
    if path and not may_be_new and not Path(path).exists():
        raise BadSettings(f"there is no database at {path}; `--data` or SPIFF_DATA_DIR names the installation's folder")
    migrate(settings.database)
    database = Database(settings.database)
    try:
        yield database
    finally:
        database.close()
