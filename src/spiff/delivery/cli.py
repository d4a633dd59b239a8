"""The command `spiff agent`: a printer's machine fetches its files. Knows no database."""

import os
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from spiff.delivery.agent import Agent, AgentFailed


def agent(
    server: Annotated[str, typer.Option(help="Address of the installation, by https.")],
    folder: Annotated[Path, typer.Option(help="Folder for the files, such as a hot folder.")],
    key_env: Annotated[str, typer.Option(help="Environment variable with the channel's key.")] = "AGENT_KEY",
    poll: Annotated[float, typer.Option(min=0.1, help="Seconds between two looks.")] = 5.0,
    once: Annotated[bool, typer.Option("--once", help="Fetch what there is, then end.")] = False,
) -> None:
    """Fetch print files from a channel of the type `agent`, again and again (docs/delivery.md)."""
    if not (key := os.environ.get(key_env)):
        raise typer.BadParameter(f"the environment has no variable {key_env}", param_hint="--key-env")
    fetching, waiting = Agent(server, key, folder), threading.Event()
    first = 0.0
    while not waiting.wait(first):
        first = poll
        try:
            for delivery in fetching.fetch():
                typer.echo(f"{delivery.id} {len(delivery.files)} files")
        except (AgentFailed, OSError) as failure:
            if once:
                raise
            sys.stderr.write(f"spiff agent: {failure}; trying again\n")
        if once:
            return
