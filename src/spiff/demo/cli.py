"""The command `spiff demo`: the platform and the example shop, ready to try. Knows how to say what went wrong."""

from pathlib import Path
from typing import Annotated

import typer

from spiff.demo.children import NotStarted
from spiff.demo.installing import ExamplesMissing
from spiff.demo.ports import PortTaken
from spiff.demo.running import Demo, run_demo
from spiff.demo.sampling import SampleRefused

Port = Annotated[int, typer.Option(help="Port of the platform.", min=1, max=65535)]
ShopPort = Annotated[int, typer.Option(help="Port of the example shop.", min=1, max=65535)]
Data = Annotated[Path, typer.Option(help="Folder of all data; a second start continues with it.", file_okay=False)]
Json = Annotated[bool, typer.Option("--json", help="Write one line of JSON when ready, for scripts.")]
Samples = Annotated[int, typer.Option(help="Also finish this many designs through the public API.", min=0)]


def demo(
    port: Port = 8600,
    shop_port: ShopPort = 8601,
    data: Data = Path("demo-data"),
    as_json: Json = False,
    sample_transactions: Samples = 0,
) -> None:
    """Start the platform and the example shop with an example catalogue, until Ctrl-C."""
    wanted = Demo(
        port=port, shop_port=shop_port, data=data.resolve(), as_json=as_json, sample_transactions=sample_transactions
    )
    try:
        run_demo(wanted)
    except (NotStarted, PortTaken, ExamplesMissing, SampleRefused) as reason:
        typer.echo(f"spiff demo: {reason}", err=True)
        raise typer.Exit(1) from None
