"""The command `spiff tidy`: what the worker does by itself, now. Prints to people; the work is done elsewhere."""

from typing import Annotated

import typer

from spiff.housekeeping.tidying import Tidying
from spiff.settings import load_settings
from spiff.storage.files import FileStore
from spiff.storage.opening import opened

Data = Annotated[str | None, typer.Option("--data", help="Folder of the embedded database and files.")]


def tidy(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be removed.")] = False,
    data: Data = None,
) -> None:
    """Remove designs that nobody ordered and files that nothing refers to, as workers do every six hours."""
    settings = load_settings(data_dir=data)
    with opened(settings) as database:
        done = Tidying(settings, database, FileStore(settings.files), pretend=dry_run).tidy(database.clock())
    would = "would be " if dry_run else ""
    typer.echo(f"{done.designs} designs that nobody ordered in {settings.design_days} days {would}removed")
    typer.echo(f"{done.set_aside} files that nothing refers to {would}set aside")
    typer.echo(f"{done.removed} files set aside before {would}removed, {done.brought_back} {would}brought back")
