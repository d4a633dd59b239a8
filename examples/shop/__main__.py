"""Starts the example shop: `python -m shop` in the folder `examples`. Its key and secret come from the environment."""

import argparse
import logging
import os
import sys
from pathlib import Path

import uvicorn

from .platform import Platform
from .shop import create_shop


def main() -> None:
    """Read what the shop needs to know, then serve."""
    arguments = _parser().parse_args()
    try:
        platform = Platform(arguments.platform.rstrip("/"), os.environ["SHOP_ACCESS_KEY"], os.environ["SHOP_SECRET"])
    except KeyError as missing:
        sys.exit(f"set {missing.args[0]}: the shop signs its orders with the integration's key and secret")
    logging.basicConfig(format="shop: %(message)s", stream=sys.stderr)
    app = create_shop(platform, tuple(arguments.product), arguments.data)
    uvicorn.run(
        app,
        host=arguments.host,
        port=arguments.port,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="shop", description=__doc__)
    parser.add_argument("--platform", required=True, metavar="URL", help="base URL of the Spiff platform")
    parser.add_argument(
        "--product", action="append", required=True, metavar="ID", help="integration product id; repeat"
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8601)
    parser.add_argument("--data", type=Path, default=Path("shop-data"), help="folder of the shop's own database")
    return parser


if __name__ == "__main__":
    main()
