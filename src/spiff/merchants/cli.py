"""The commands `spiff keys …`: secrets are exchanged without an outage. Print to people; the work is done elsewhere."""

from datetime import datetime
from typing import Annotated

import typer

from spiff.errors import NotFound
from spiff.merchants import operations
from spiff.merchants.model import Integration
from spiff.settings import load_settings
from spiff.storage.opening import opened
from spiff.storage.work import Work
from spiff.web.routing import require_uuid

keys = typer.Typer(no_args_is_help=True, add_completion=False, help="What shops sign with: look, exchange, retire.")

Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]
Name = Annotated[str, typer.Argument(help="The shop's own id of the integration, its access key or its id.")]


@keys.command("list")
def list_(data: Data = None) -> None:
    """List integrations, their live secrets by number and their application keys, with when each was last used."""
    with opened(load_settings(data_dir=data)) as database:
        for line in database.read_now(_lines):
            typer.echo(line)


@keys.command()
def rotate(integration: Name, data: Data = None) -> None:
    """Make another secret live and print it, once. The old one stays live until it is retired."""
    with opened(load_settings(data_dir=data)) as database:
        made = database.write_now(lambda work: operations.rotate_secret(work, named(work, integration).id))
    typer.echo(f"secret {made} (keep it, it is not shown again)")


@keys.command()
def retire(
    integration: Name,
    number: Annotated[int, typer.Argument(help="Number of the secret, as `spiff keys list` shows it.")],
    force: Annotated[
        bool, typer.Option("--force", help="Also one that signed a request within the last hour.")
    ] = False,
    data: Data = None,
) -> None:
    """Let a secret be live no more."""
    with opened(load_settings(data_dir=data)) as database:
        database.write_now(
            lambda work: operations.retire_secret(work, named(work, integration).id, number, even_if_used=force)
        )
    typer.echo(f"secret {number} is not live any more")


def named(work: Work, name: str) -> Integration:
    """An integration by the shop's own id of it, by its access key, or by its id. Raises NotFound."""
    found = operations.find_integration_by_external_id(work, name)
    found = found or operations.find_integration_by_access_key(work, name)
    try:
        return found or operations.get_integration(work, require_uuid(name, "integration"))
    except NotFound:  # most likely its key in a catalogue file, which is nobody's name outside of it
        raise NotFound(f"there is no integration {name!r}; `spiff keys list` names them as shops do") from None


def _lines(work: Work) -> list[str]:
    return [line for each in operations.list_integrations(work) for line in _of(work, each)]


def _of(work: Work, integration: Integration) -> list[str]:
    marks = [word for word, is_so in (("test", integration.test), ("switched off", not integration.enabled)) if is_so]
    head = " ".join((integration.external_id, "access key", integration.access_key, *(f"({mark})" for mark in marks)))
    secrets = [
        f"  secret {each.number}, made {each.created_at:%Y-%m-%d}, {_used(each.last_used_at)}"
        for each in operations.list_secrets(work, integration.id)
    ]
    uses = operations.list_application_key_uses(work, integration.id)
    shown = [
        f"  application key {each.value}{', may order' if each.orders else ''}, {_used(uses[each.value])}"
        for each in integration.application_keys
    ]
    return [head, *secrets, *shown]


def _used(at: datetime | None) -> str:
    return f"last used {at:%Y-%m-%d %H:%M}" if at else "never used"
