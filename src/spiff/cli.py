"""The `spiff` command: joins the commands of the parts, and turns what an operator got wrong into a sentence."""

import re
import sys
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from spiff import __version__
from spiff.errors import SpiffError
from spiff.known_types import learn_types
from spiff.settings import BadSettings
from spiff.web.logs import configure_logs

_PARTS = {
    "serve": "spiff.serving:serve",
    "worker": "spiff.serving:work",
    "demo": "spiff.demo.cli:demo",
    "render": "spiff.fulfilment.cli:render",
    "sign": "spiff.auth.cli:sign",
    "verify": "spiff.auth.cli:verify",
    "analytics": "spiff.analytics.cli:analytics",
    "tidy": "spiff.housekeeping.cli:tidy",
    "listen": "spiff.webhooks.listen_cli:listen",
    "agent": "spiff.delivery.cli:agent",
    "catalogue": "spiff.catalogue.cli:catalogue",
    "assets": "spiff.assets.cli:assets",
    "jobs": "spiff.jobs.cli:jobs",
    "keys": "spiff.merchants.cli:keys",
    "prices": "spiff.pricing.cli:prices",
    "orders": "spiff.orders.cli:orders",
    "webhooks": "spiff.webhooks.cli:webhooks",
}
"""Where each command is."""


class _Parts(TyperGroup):
    """Imports the part that is asked for and no other: all of them take more than a second, a signature a tenth."""

    def list_commands(self, ctx: Any) -> list[str]:
        """All names, in the order of the help."""
        return list(_PARTS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, which may be a group of them; None where there is none."""
        if cmd_name not in _PARTS:
            return None
        module, _, name = _PARTS[cmd_name].partition(":")
        part = getattr(import_module(module), name)
        learn_types()  # all that this command needs is imported, and nothing of it runs in a thread yet
        if not isinstance(part, typer.Typer):
            alone = typer.Typer(add_completion=False)
            alone.command()(part)
            part = alone
        command = get_command(part)
        command.name = cmd_name
        return command


commands = typer.Typer(
    cls=_Parts,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
)


def _tell_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"spiff {__version__}")
        raise typer.Exit


@commands.callback()
def _any(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """The open, self-hosted platform for customised products."""


def main() -> None:
    """Run the command. Mistakes of the operator end with one line and 2, others with their trace."""
    # What a command answers may be read by programs: what goes wrong beside it is told on standard error.
    configure_logs(log_format="console", level="warning")
    try:
        commands()
    except Exception as failure:
        if not isinstance(failure, _told_in_a_sentence()):
            raise
        sys.stderr.write(f"spiff: {_sentence(failure)}\n")
        raise SystemExit(2) from None


def _told_in_a_sentence() -> tuple[type[Exception], ...]:
    # Imported only now: a command that goes well may need neither a database nor an object store.
    from obstore.exceptions import BaseError
    from sqlalchemy.exc import SQLAlchemyError

    return SpiffError, BadSettings, OSError, SQLAlchemyError, BaseError, ModuleNotFoundError


def _sentence(failure: Exception) -> str:
    if isinstance(failure, OSError) and failure.filename is not None and failure.strerror:
        return f"{failure.filename}: {failure.strerror}"
    # SQLAlchemy names its driver's class first.
    lines = re.sub(r"\A\(\w+\.\w+\) ", "the database: ", str(failure)).splitlines()
    return lines[0] if lines else type(failure).__name__


if __name__ == "__main__":
    main()
