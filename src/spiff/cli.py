"""The `spiff` command: joins the commands of the parts, and turns what an operator got wrong into a sentence."""

import re
import sys
from typing import Annotated

import typer
from obstore.exceptions import BaseError
from sqlalchemy.exc import SQLAlchemyError

from spiff import __version__
from spiff.analytics.cli import analytics
from spiff.assets.cli import assets
from spiff.auth.cli import sign, verify
from spiff.catalogue.cli import catalogue
from spiff.delivery.cli import agent
from spiff.demo.cli import demo
from spiff.errors import SpiffError
from spiff.fulfilment.cli import render
from spiff.housekeeping.cli import tidy
from spiff.jobs.cli import jobs
from spiff.merchants.cli import keys
from spiff.orders.cli import orders
from spiff.pricing.cli import prices
from spiff.serving import serve, work
from spiff.settings import BadSettings
from spiff.web.logs import configure_logs
from spiff.webhooks.cli import webhooks
from spiff.webhooks.listen_cli import listen

commands = typer.Typer(
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


commands.command()(serve)
commands.command(name="worker")(work)
commands.command()(demo)
commands.command()(render)
commands.command()(sign)
commands.command()(verify)
commands.command()(analytics)
commands.command()(tidy)
commands.add_typer(catalogue, name="catalogue")
commands.add_typer(assets, name="assets")
commands.add_typer(jobs, name="jobs")
commands.add_typer(keys, name="keys")
commands.add_typer(prices, name="prices")
commands.add_typer(orders, name="orders")
commands.add_typer(webhooks, name="webhooks")
commands.command()(listen)
commands.command()(agent)


def main() -> None:
    """Run the command. Mistakes of the operator end with one line and 2, others with their trace."""
    # What a command answers may be read by programs: what goes wrong beside it is told on standard error.
    configure_logs(log_format="console", level="warning")
    try:
        commands()
    except (SpiffError, BadSettings, OSError, SQLAlchemyError, BaseError, ModuleNotFoundError) as failure:
        sys.stderr.write(f"spiff: {_sentence(failure)}\n")
        raise SystemExit(2) from None


def _sentence(failure: Exception) -> str:
    if isinstance(failure, OSError) and failure.filename is not None and failure.strerror:
        return f"{failure.filename}: {failure.strerror}"
    # SQLAlchemy names its driver's class first.
    lines = re.sub(r"\A\(\w+\.\w+\) ", "the database: ", str(failure)).splitlines()
    return lines[0] if lines else type(failure).__name__


if __name__ == "__main__":
    main()
