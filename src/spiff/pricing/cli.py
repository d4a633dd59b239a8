"""The commands `spiff prices …`: the keys that prices are signed with. Know no token."""

from typing import Annotated

import typer

from spiff.pricing import operations
from spiff.settings import load_settings
from spiff.storage.opening import opened

prices = typer.Typer(no_args_is_help=True, add_completion=False, help="The keys that prices are signed with.")

Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]


@prices.command()
def keys(data: Data = None) -> None:
    """List the keys whose tokens may still be in force, the one that signs first."""
    with opened(load_settings(data_dir=data)) as database:
        for key in database.read_now(operations.list_public_keys):
            typer.echo(key["kid"])


@prices.command()
def rotate(data: Data = None) -> None:
    """Sign with a new key from now on. Tokens of the old one stay good until they expire."""
    with opened(load_settings(data_dir=data)) as database:
        typer.echo(database.write_now(operations.rotate_key))
