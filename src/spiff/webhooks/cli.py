"""The commands `spiff webhooks …`: an operator's hands on endpoints. Print to people; the work is done elsewhere."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, cast

import typer

from spiff.auth.caller import Caller, Scope
from spiff.errors import NotFound
from spiff.events.model import EVENT_TYPES, EventType
from spiff.merchants.cli import named as integration_named
from spiff.settings import load_settings
from spiff.storage.database import Database
from spiff.storage.opening import opened
from spiff.storage.work import Work
from spiff.web.routing import require_uuid
from spiff.webhooks import operations
from spiff.webhooks.model import Endpoint
from spiff.webhooks.naming import event_number
from spiff.webhooks.operations import WantedEndpoint

webhooks = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Who is told of events: add, look, rotate, switch, replay."
)

Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]
Id = Annotated[str, typer.Argument(help="Id of the endpoint.")]
Events = Annotated[list[str] | None, typer.Option("--event", help="A type of events, several times; all, if absent.")]
SecretEnv = Annotated[
    str | None, typer.Option(help="Name of the environment variable with a secret of yours; one is made, if absent.")
]
Moment = Annotated[str | None, typer.Option(help="A time such as 2026-11-24T13:00:00Z.")]


@webhooks.command("list")
def list_(data: Data = None) -> None:
    """List the endpoints of all integrations."""
    with opened(load_settings(data_dir=data)) as database:
        for each in database.read_now(operations.list_all):
            typer.echo(_line(each))


@webhooks.command()
def add(
    url: Annotated[str, typer.Argument(help="Where to send to.")],
    integration: Annotated[str, typer.Option(help="The shop's own id of the integration, its access key or its id.")],
    event: Events = None,
    description: Annotated[str, typer.Option(help="For people.")] = "",
    secret_env: SecretEnv = None,
    data: Data = None,
) -> None:
    """Tell an address of events from now on; prints the secret, once."""
    wanted = WantedEndpoint(url, _types(event), description[:200], _given(secret_env))
    settings = load_settings(data_dir=data)
    with opened(settings) as database:

        def do(work: Work) -> Endpoint:
            return operations.add_endpoint(
                _of_integration(work, integration), work, wanted, allow_private=settings.webhooks_allow_private
            )

        _tell_secret(database.write_now(do))


@webhooks.command()
def rotate(endpoint: Id, secret_env: SecretEnv = None, data: Data = None) -> None:
    """Sign with a new secret, for a day with the old one as well; prints the new one, once."""
    given = _given(secret_env)
    with opened(load_settings(data_dir=data)) as database:
        _tell_secret(
            database.write_now(lambda work: operations.rotate_secret(_caller(work, endpoint), work, endpoint, given))
        )


@webhooks.command()
def enable(endpoint: Id, data: Data = None) -> None:
    """Send there again, of what happens from now on."""
    _switch(operations.enable, endpoint, data)


@webhooks.command()
def disable(endpoint: Id, data: Data = None) -> None:
    """Send nothing there any more."""
    _switch(operations.disable, endpoint, data)


@webhooks.command()
def remove(endpoint: Id, data: Data = None) -> None:
    """Forget an endpoint and all that it was sent."""
    with opened(load_settings(data_dir=data)) as database:
        database.write_now(lambda work: operations.remove_endpoint(_caller(work, endpoint), work, endpoint))
    typer.echo(f"removed {endpoint}")


@webhooks.command()
def dead(endpoint: Id, limit: Annotated[int, typer.Option(min=1, max=1000)] = 100, data: Data = None) -> None:
    """List what an endpoint never accepted, the newest first."""
    settings = load_settings(data_dir=data)
    with opened(settings) as database:
        found = database.read_now(
            lambda work: operations.list_deliveries(_caller(work, endpoint), work, endpoint, "dead", limit=limit)
        )
    for each in found:
        typer.echo(f"evt_{each.event_id} {each.updated_at:%Y-%m-%d %H:%M} {each.attempts} tries: {each.failure}")
    if found and settings.event_days:
        typer.echo(
            f"each can be replayed until its event is {settings.event_days} days old (SPIFF_EVENT_DAYS)", err=True
        )


@webhooks.command()
def replay(
    endpoint: Id,
    event: Annotated[str | None, typer.Option(help="One event, such as evt_1042.")] = None,
    since: Moment = None,
    until: Moment = None,
    data: Data = None,
) -> None:
    """Send again, under the same ids: one event, or all of a span of time."""
    if (event is None) == (since is None):
        raise typer.BadParameter("give --event or --since")

    with opened(load_settings(data_dir=data)) as database:
        caller = database.read_now(lambda work: _caller(work, endpoint))
        if event is not None:
            number = event_number(_public(event))
            messages = database.write_now(lambda work: operations.replay_event(caller, work, endpoint, number))
        else:
            messages = _replay_span(database, caller, endpoint, _moment(since or ""), _moment(until) if until else None)
    typer.echo(f"{messages} messages are on their way again")


def _replay_span(database: Database, caller: Caller, endpoint: str, since: datetime, until: datetime | None) -> int:
    messages = 0
    begun = database.read_now(lambda work: operations.begin_replay(caller, work, endpoint, since, until))
    span: operations.Span | None = begun
    while span is not None:
        some, span = database.write_now(partial(operations.replay_some, caller, endpoint_id=endpoint, span=span))
        messages += some
    return messages


def _switch(change: Callable[[Caller, Work, str], Endpoint], endpoint: str, data: str | None) -> None:
    with opened(load_settings(data_dir=data)) as database:
        typer.echo(_line(database.write_now(lambda work: change(_caller(work, endpoint), work, endpoint))))


def _caller(work: Work, endpoint_id: str) -> Caller:
    """Who runs this on the machine of the installation may do what every integration of it may."""
    found = operations.find_any(work, require_uuid(endpoint_id, "webhook endpoint"))
    if found is None:
        raise NotFound(f"there is no webhook endpoint {endpoint_id}")
    return Caller(found.partner_id, found.integration_id, scopes=frozenset(Scope))


def _of_integration(work: Work, name: str) -> Caller:
    found = integration_named(work, name)
    return Caller(found.partner_id, found.id, scopes=frozenset(Scope))


def _public(event: str) -> str:
    """`spiff jobs list` shows the bare number."""
    return f"evt_{event}" if event.isdigit() else event


def _types(given: list[str] | None) -> tuple[EventType, ...]:
    for each in given or ():
        if each not in EVENT_TYPES:
            raise typer.BadParameter(f"there are {', '.join(EVENT_TYPES)}", param_hint="--event")
    return tuple(cast(EventType, each) for each in given or ())


def _given(name: str | None) -> str | None:
    if name is not None and not os.environ.get(name):
        raise typer.BadParameter("name a variable that is set", param_hint="--secret-env")
    return os.environ[name] if name else None


def _moment(given: str) -> datetime:
    """The time; without a zone it is UTC."""
    try:
        found = datetime.fromisoformat(given)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter("give a time such as 2026-11-24T13:00:00Z") from None


def _tell_secret(endpoint: Endpoint) -> None:
    typer.echo(_line(endpoint))
    typer.echo(f"secret {endpoint.secrets[0].value} (keep it, it is not shown again)")


def _line(endpoint: Endpoint) -> str:
    state = "enabled" if endpoint.enabled else f"disabled ({endpoint.disabled_reason})"
    return f"{endpoint.id} {endpoint.url} {', '.join(endpoint.events) or 'all events'}: {state}"
