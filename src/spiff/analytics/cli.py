"""The command `spiff analytics`: funnels for people. Prints; counting is done elsewhere."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import typer

from spiff.analytics import operations
from spiff.analytics.model import Funnel, Period
from spiff.settings import load_settings
from spiff.storage.opening import opened

_DAY = ["%Y-%m-%d"]


def analytics(
    product: Annotated[str | None, typer.Argument(help="Id of an integration product; all, if absent.")] = None,
    first: Annotated[datetime | None, typer.Option("--from", formats=_DAY, help="First day, of UTC.")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=_DAY, help="Last day; today, if absent.")] = None,
    data: Annotated[
        str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
    ] = None,
) -> None:
    """Show how many came, began, got how far, finished and ordered, by product."""
    settings = load_settings(data_dir=data)
    with opened(settings) as database:
        end = last.date() if last else database.clock().date()
        period = Period.of(first.date() if first else None, end)
        found = database.read_now(lambda work: operations.list_all_funnels(work, period, product))
    typer.echo(f"{period.first} to {period.last}")
    for funnel in found:
        for line in _lines(funnel):
            typer.echo(line)


def _lines(funnel: Funnel) -> Iterator[str]:
    yield f"{funnel.product_name} ({funnel.integration_product_id})"
    yield f"{funnel.page_sessions:8} page views"
    yield f"{funnel.created:8} designs begun"
    yield from (f"{step.reached:8}   reached {step.title}" for step in funnel.steps)
    yield f"{funnel.completed:8} designs finished"
    yield f"{funnel.ordered:8} designs ordered"
