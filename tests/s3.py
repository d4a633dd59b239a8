"""A real S3 server from a package, on loopback, for tests of everything that keeps files in one."""

import logging
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from moto.server import ThreadedMotoServer

logging.getLogger("werkzeug").setLevel(logging.ERROR)  # it would write a line for every request


class S3Server:
    """A server that may be away for a while: what it holds outlives it, as on a disk."""

    def __init__(self, port: int = 0) -> None:
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=port, verbose=False)

    def start(self) -> str:
        """Serve; the address."""
        self._server.start()
        host, port = self._server.get_host_and_port()
        self._port = port
        return f"http://{host}:{port}"

    def stop(self) -> None:
        """Serve no more."""
        self._server.stop()

    def again(self) -> None:
        """Serve what there was, at the same address."""
        self._server = ThreadedMotoServer(ip_address="127.0.0.1", port=self._port, verbose=False)
        self._server.start()


@contextmanager
def s3_server(bucket: str) -> Iterator[str]:
    """The address of a server that has this bucket; any key and secret are right."""
    with s3_that_may_go(bucket) as (_, address):
        yield address


@contextmanager
def s3_that_may_go(bucket: str) -> Iterator[tuple[S3Server, str]]:
    """The same with the server itself."""
    server = S3Server()
    address = server.start()
    try:
        made = urllib.request.Request(f"{address}/{bucket}", method="PUT")  # noqa: S310 - this machine
        urllib.request.urlopen(made, timeout=10).close()  # noqa: S310 - this machine
        yield server, address
    finally:
        server.stop()
