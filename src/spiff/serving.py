"""The long-running commands: the web server, with a worker inside unless told otherwise, and a worker alone."""

import errno
import gc
import math
import os
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, Any

import structlog
import typer
import uvicorn
from sqlalchemy import make_url

from spiff.app import close_services, create_app, make_worker, open_services
from spiff.assets.page_parts import keep_parts
from spiff.settings import BadSettings, Settings, load_settings
from spiff.web.connections import MOST_OPEN, Connection
from spiff.web.logs import configure_logs
from spiff.web.routing import Services

log = structlog.get_logger()

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)]
Data = Annotated[
    str | None, typer.Option("--data", help="Folder of the embedded database and files; SPIFF_DATA_DIR, if absent.")
]


BaseUrl = Annotated[
    str | None, typer.Option(help="Public address, without a slash at the end; SPIFF_BASE_URL, if absent.")
]


class _Server(uvicorn.Server):
    """Says that it serves once it does."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen. Raises SystemExit where that is not possible."""
        await super().startup(sockets)
        if self.started:
            log.info("serving", address=f"http://{self.config.host}:{self.config.port}")


def serve(host: Host = "127.0.0.1", port: Port = 8600, data: Data = None, base_url: BaseUrl = None) -> None:
    """Serve the platform over HTTP."""
    settings = _settings(data, base_url, f"http://{host}:{port}")
    _require_free(host, port)
    _let_connect()
    with _services(settings) as services:
        keep_parts(services)
        worker = make_worker(services) if settings.embedded_worker else None
        server = _Server(
            uvicorn.Config(
                create_app(services, worker=worker),
                host=host,
                port=port,
                loop="uvloop",
                http=Connection,
                access_log=False,
                log_level="warning",
                # Whose word is taken for the address of a caller is SPIFF_TRUSTED_PROXIES' to say, and nobody else's.
                proxy_headers=False,
                server_header=False,
                timeout_graceful_shutdown=10,
            )
        )
        # What is loaded now stays: the collector need not look through it again and again. Nor need it look every
        # few orders for what nearly always goes by itself: that took a thirtieth of a busy server's time.
        gc.freeze()
        gc.set_threshold(10_000)
        log.info("starting", database=make_url(settings.database).get_backend_name())
        server.run()


def _let_connect() -> None:
    """Have room for all connections and the files besides them; systems often begin with a thousand for both."""
    needed = MOST_OPEN + 1_000
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    now, most = (math.inf if each == resource.RLIM_INFINITY else each for each in (soft, hard))
    if now < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (int(min(needed, most)), hard))
    if most < needed:
        log.warning("few-open-files", limit=hard, wanted=needed)


def _require_free(host: str, port: int) -> None:
    """Raise BadSettings where nobody could listen, before anything else is begun."""
    try:
        for family, kind, protocol, _, address in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
            _try_out(family, kind, protocol, address)
    except OSError as failure:
        reason = "it is taken by another program" if failure.errno == errno.EADDRINUSE else failure.strerror
        raise BadSettings(
            f"{host}:{port} cannot be served at: {reason}; choose another with --host and --port"
        ) from None


def _try_out(family: int, kind: int, protocol: int, address: Any) -> None:
    """Listen as the server does: it leaves out what the kernel does not speak, and takes no IPv4 by IPv6."""
    try:
        probe = socket.socket(family, kind, protocol)
    except OSError:
        return
    with probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        probe.bind(address)


def work(data: Data = None) -> None:
    """Do the jobs that orders promised, until told to stop."""
    with _services(_settings(data)) as services:
        log.info("working", database=make_url(services.settings.database).get_backend_name())
        make_worker(services).run_forever()


@contextmanager
def _services(settings: Settings) -> Iterator[Services]:
    # The database holds secrets and shoppers' texts: what we make is ours alone to read.
    os.umask(0o077)
    services = open_services(settings)
    try:
        yield services
    finally:
        close_services(services)


def _settings(data: str | None, base_url: str | None = None, listens_at: str | None = None) -> Settings:
    usual = {"base_url": listens_at} if listens_at else None
    settings = load_settings(usual=usual, data_dir=data, base_url=base_url)
    configure_logs(log_format=settings.log_format, level=settings.log_level)
    return settings
