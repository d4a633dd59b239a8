"""The commands `spiff jobs …`: what waits, what failed and why. Print to people; the work is done elsewhere."""

from typing import Annotated, Any, Literal

import typer

from spiff.jobs import operations
from spiff.settings import load_settings
from spiff.storage.opening import opened
from spiff.web.routing import require_uuid

jobs = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Promised work: what waits, what failed, what is tried now."
)

Status = Literal["waiting", "leased", "done", "failed"]
Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]


@jobs.command("list")
def list_(
    status: Annotated[Status | None, typer.Option(help="Only those; all but done, if absent.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000)] = 50,
    data: Data = None,
) -> None:
    """List jobs, the next to be done first: id, status, when it is due (UTC), what it does, and why it failed last."""
    with opened(load_settings(data_dir=data)) as database:
        for row in database.read_now(lambda work: operations.list_jobs(work, status, limit)):
            typer.echo(_line(row))


@jobs.command()
def retry(job: Annotated[str, typer.Argument(help="Id of a job that waits.")], data: Data = None) -> None:
    """Try a waiting job now instead of at its time."""
    with opened(load_settings(data_dir=data)) as database:
        database.write_now(lambda work: operations.hurry(work, require_uuid(job, "job")))
    typer.echo(f"{job} is due now")


def _line(row: dict[str, Any]) -> str:
    payload = " ".join(f"{name}={value}" for name, value in row["payload"].items())
    failure = f": {row['last_failure']}" if row["last_failure"] else ""
    when = f"{row['run_at']:%Y-%m-%d %H:%M:%S}"
    return f"{row['id']} {row['status']:7} {when} {row['name']} {payload}, {row['attempts']} tries{failure}"
