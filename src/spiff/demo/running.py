"""One run of the demo: the catalogue applied, two programs started, the address told, then waiting for the end."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import NoReturn

import msgspec
import typer

from spiff.demo.children import Children, NotStarted, Program
from spiff.demo.installing import EXAMPLES, apply_catalogue, describe, read_catalogue, require_examples
from spiff.demo.ports import HOST, PortTaken, require_free
from spiff.demo.ready import Ready, for_people, for_programs
from spiff.demo.sampling import complete_samples

_START_SECONDS = 60.0


class Demo(msgspec.Struct, frozen=True, kw_only=True):
    """What was asked for."""

    port: int
    shop_port: int
    data: Path
    as_json: bool
    sample_transactions: int

    @property
    def base_url(self) -> str:
        """Where the platform will be."""
        return f"http://{HOST}:{self.port}"

    @property
    def shop_url(self) -> str:
        """Where the shop will be: another port, so another origin."""
        return f"http://{HOST}:{self.shop_port}"


def run_demo(demo: Demo) -> NoReturn:
    """Run until told to stop. Raises PortTaken and NotStarted, with nothing left running."""
    require_examples()
    _require_ports(demo)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    demo.data.mkdir(parents=True, exist_ok=True)
    with Children() as children:
        # The catalogue is read while the platform starts; it is applied once the platform has made its database.
        children.start(_platform(demo))
        catalogue = read_catalogue()
        ready = describe(catalogue, demo.base_url, demo.shop_url)
        children.start(_shop(demo, ready))
        children.wait_until_ready(_START_SECONDS)
        apply_catalogue(catalogue, demo.data, demo.shop_url)
        _tell(demo, _with_samples(demo, ready))
        ended = children.wait_until_one_ends()
        raise NotStarted(f"the {ended} has ended by itself; its messages are above")


def _stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(0)


def _require_ports(demo: Demo) -> None:
    if demo.port == demo.shop_port:
        raise PortTaken(f"platform and shop cannot share port {demo.port}; choose another with --shop-port")
    require_free(demo.port, "--port")
    require_free(demo.shop_port, "--shop-port")


def _platform(demo: Demo) -> Program:
    quiet = {"SPIFF_LOG_LEVEL": "warning", "SPIFF_LOG_FORMAT": "console"}
    command = [sys.executable, "-P", "-m", "spiff.cli", "serve", "--host", HOST, "--port", str(demo.port)]
    return Program(
        name="platform",
        arguments=[*command, "--base-url", demo.base_url, "--data", str(demo.data)],
        ready_url=f"{demo.base_url}/readyz",
        environment={name: os.environ.get(name, value) for name, value in quiet.items()},
        folder=Path.cwd(),
    )


def _shop(demo: Demo, ready: Ready) -> Program:
    products = [part for each in ready.products for part in ("--product", each.integration_product_id)]
    command = [sys.executable, "-m", "shop", "--platform", demo.base_url, "--host", HOST, "--port", str(demo.shop_port)]
    return Program(
        name="example shop",
        arguments=[*command, "--data", str(demo.data / "shop"), *products],
        ready_url=f"{demo.shop_url}/healthz",
        # In the environment, not among the arguments: those are seen by everybody on this machine.
        environment={"SHOP_ACCESS_KEY": ready.access_key, "SHOP_SECRET": ready.secret},
        folder=EXAMPLES,
    )


def _with_samples(demo: Demo, ready: Ready) -> Ready:
    if not demo.sample_transactions:
        return ready
    products = [each.integration_product_id for each in ready.products]
    samples = complete_samples(demo.base_url, products, demo.sample_transactions)
    return msgspec.structs.replace(ready, sample_transactions=tuple(samples))


def _tell(demo: Demo, ready: Ready) -> None:
    keep = demo.data / "demo.json"
    keep.touch(mode=0o600)
    keep.write_text(for_programs(ready) + "\n", "utf-8")
    typer.echo(for_programs(ready) if demo.as_json else for_people(ready, str(demo.data)))
