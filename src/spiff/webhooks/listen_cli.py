"""The command `spiff listen`: events of a running server for a program on this machine. Prints to people."""

import os
import time
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlsplit

import typer
from rich.console import Console

from spiff.web.outgoing import Outgoing
from spiff.webhooks.listening import Server
from spiff.webhooks.listening import listen as listen_on
from spiff.webhooks.signing import new_secret, require_secret

Forward = Annotated[str, typer.Option(help="Where your program listens, such as http://127.0.0.1:3000/hook.")]
Address = Annotated[str, typer.Option("--server", help="Address of the running platform.")]
Key = Annotated[str, typer.Option(help="The access key of the integration.")]
SecretEnv = Annotated[str, typer.Option(help="Name of the environment variable with the integration's secret key.")]
WebhookSecretEnv = Annotated[
    str | None, typer.Option(help="Name of the variable with the secret to sign with; one is made, if absent.")
]
Cursor = Annotated[
    str, typer.Option(help="Where to begin: `latest`, `earliest` that is kept, or behind an event such as evt_1042.")
]


def listen(
    forward: Forward,
    key: Key,
    secret_env: SecretEnv,
    server: Address = "http://127.0.0.1:8600",
    webhook_secret_env: WebhookSecretEnv = None,
    cursor: Cursor = "latest",
) -> None:
    """Forward the events of a running server to a program on this machine, as signed webhooks."""
    if not (forward.startswith(("http://", "https://")) and urlsplit(forward).hostname):
        raise typer.BadParameter("give an address such as http://127.0.0.1:3000/hook", param_hint="--forward")
    webhook_secret = require_secret(_named(webhook_secret_env)) if webhook_secret_env else new_secret()
    # Addresses that the person at the keyboard names may be nearby.
    asked = Server(server, key, _named(secret_env), Outgoing(allow_private=True), lambda: datetime.now(UTC))
    console = Console()

    def say(line: str) -> None:
        console.print(line, markup=False, soft_wrap=True)

    say(f"forwarding to {forward}, signed with {webhook_secret}")
    try:
        listen_on(asked, forward, webhook_secret, cursor=cursor, wait=_wait, say=say)
    except KeyboardInterrupt:
        raise typer.Exit from None


def _wait(seconds: float) -> bool:
    time.sleep(seconds)
    return True


def _named(variable: str) -> str:
    if value := os.environ.get(variable):
        return value
    raise typer.BadParameter(f"the environment has no variable {variable}")
