"""The command `spiff tidy`: what the worker does by itself, now. Prints to people; the work is done elsewhere."""

from collections.abc import Iterator
from typing import Annotated

import typer

from spiff.housekeeping.model import Tidied
from spiff.housekeeping.tidying import Tidying
from spiff.settings import Settings, load_settings
from spiff.storage.files import FileStore
from spiff.storage.opening import opened

Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]


def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    data: Data = None,
) -> None:
    """Remove designs that nobody ordered, files that nothing refers to and old events, as workers do every six hours.

    How old is set by SPIFF_DESIGN_DAYS, SPIFF_UNUSED_FILE_DAYS and SPIFF_EVENT_DAYS; what an order needs stays.
    """
    settings = load_settings(data_dir=data)
    with opened(settings) as database:
        done = Tidying(settings, database, FileStore(settings.files), pretend=dry_run).tidy(database.clock())
    for line in _lines(settings, done, "would be " if dry_run else ""):
        typer.echo(line)
    if not dry_run:
        typer.echo(f"{done.jobs} records of jobs that ended long ago removed")


def _lines(settings: Settings, done: Tidied, would: str) -> Iterator[str]:
    if days := settings.design_days:
        yield f"{done.designs} designs that nobody ordered in {days} days {would}removed"
    else:
        yield "designs that nobody ordered are kept (SPIFF_DESIGN_DAYS=0)"
    if settings.unused_file_days:
        yield f"{done.set_aside} files that nothing refers to {would}set aside"
        yield f"{done.removed} files set aside before {would}removed, {done.brought_back} {would}brought back"
    else:
        yield "files that nothing refers to are kept (SPIFF_UNUSED_FILE_DAYS=0)"
    if days := settings.event_days:
        yield f"{done.events} events older than {days} days {would}removed"
        yield (
            f"{done.deliveries} records of webhooks that told of such events {would}removed, "
            f"{done.dead_letters} of them dead letters"
        )
    else:
        yield "events and records of webhooks are kept (SPIFF_EVENT_DAYS=0)"
