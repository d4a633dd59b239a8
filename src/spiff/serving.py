"""The long-running commands: the web server, with a worker inside unless told otherwise, and a worker alone."""

from typing import Annotated

import typer
import uvicorn

from spiff.app import close_services, create_app, make_worker, open_services
from spiff.settings import Settings, load_settings
from spiff.web.logs import configure_logs

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]
Data = Annotated[str | None, typer.Option("--data", help="Folder of the embedded database and files.")]


def serve(host: Host = "127.0.0.1", port: Port = 8600, data: Data = None, base_url: str | None = None) -> None:
    """Serve the platform over HTTP."""
    settings = _settings(data, base_url or f"http://{host}:{port}")
    services = open_services(settings)
    worker = make_worker(services) if settings.embedded_worker else None
    try:
        uvicorn.run(
            create_app(services, worker=worker),
            host=host,
            port=port,
            loop="uvloop",
            http="httptools",
            access_log=False,
            log_level="warning",
            timeout_graceful_shutdown=10,
        )
    finally:
        close_services(services)


def work(data: Data = None) -> None:
    """Do the jobs that orders promised, until told to stop."""
    services = open_services(_settings(data, None))
    try:
        make_worker(services).run_forever()
    finally:
        close_services(services)


def _settings(data: str | None, base_url: str | None) -> Settings:
    import os

    explicit = None if "SPIFF_BASE_URL" in os.environ else base_url
    settings = load_settings(data_dir=data, base_url=explicit)
    configure_logs(log_format=settings.log_format, level=settings.log_level)
    return settings
