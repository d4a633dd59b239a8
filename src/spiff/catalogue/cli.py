"""The commands `spiff catalogue apply|diff|lint`. Prints to people; the work is done elsewhere."""

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from spiff.catalogue import applying
from spiff.catalogue.applying import SOLD, Change
from spiff.catalogue.compiled import Compiled
from spiff.catalogue.compiling import compile_catalogue
from spiff.catalogue.mistakes import CatalogueMistaken
from spiff.errors import SpiffError
from spiff.settings import Settings, load_settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.storage.opening import opened

catalogue = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Partners, products and workflows from a YAML file."
)

File = Annotated[Path, typer.Argument(help="The catalogue file (docs/catalogue.md).")]
Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]


@catalogue.command()
def lint(file: File) -> None:
    """Check a catalogue file and name every mistake by its line, and what is hardly meant so."""
    compiled = _compiled(file)
    products, workflows = _counted(len(compiled.products), "product"), _counted(len(compiled.workflows), "workflow")
    notes = f", {_counted(len(compiled.notes), 'note')}" if compiled.notes else ""
    typer.echo(f"{file}: {products}, {workflows}, no mistakes{notes}")


@catalogue.command()
def diff(file: File, data: Data = None) -> None:
    """Say what applying a catalogue file would change, and change nothing."""
    compiled, settings = _compiled(file), _settings(data)
    _tell(_run(settings, lambda database: database.read_now(lambda work: applying.plan(work, compiled))))


@catalogue.command()
def apply(file: File, data: Data = None) -> None:
    """Apply a catalogue file, all of it or nothing; applying it again changes nothing."""
    compiled, settings = _compiled(file), _settings(data)
    _tell(apply_to(settings, compiled))


def apply_to(settings: Settings, compiled: Compiled) -> list[Change]:
    """Bring an installation's database up to date and apply a compiled file to it."""

    def run(database: Database) -> list[Change]:
        applying.put_files(FileStore(settings.files), compiled)
        return database.write_now(lambda work: applying.apply(work, compiled))

    return _run(settings, run)


def _run(settings: Settings, run: Callable[[Database], list[Change]]) -> list[Change]:
    try:
        with opened(settings, may_be_new=True) as database:
            return run(database)
    except SpiffError as refusal:
        typer.echo(refusal.detail, err=True)
        raise typer.Exit(1) from refusal


def _compiled(file: Path) -> Compiled:
    try:
        compiled = compile_catalogue(file)
    except CatalogueMistaken as mistaken:
        for line in mistaken.lines:
            typer.echo(line, err=True)
        typer.echo(f"{_counted(len(mistaken.lines), 'mistake')}; nothing was applied", err=True)
        raise typer.Exit(1) from mistaken
    for line in compiled.notes:
        typer.echo(line, err=True)
    return compiled


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _settings(data: str | None) -> Settings:
    return load_settings(data_dir=data)


def _tell(changes: list[Change]) -> None:
    for change in changes:
        if change.verb != "unchanged" or change.details or change.part == SOLD:  # whoever writes a page wants the ids
            typer.echo(str(change))
    same = sum(change.verb == "unchanged" for change in changes)
    typer.echo(f"{len(changes) - same} differ, {same} unchanged")
