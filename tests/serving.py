"""Serves an application over real sockets, in a thread that ends with the test, however the test ends."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn

from tests.journeys.running import eventually


@contextmanager
def serving(app: Any, *, port: int = 0, **more: Any) -> Iterator[str]:
    """The address it is served at, by default on a free port; `more` goes to uvicorn."""
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error", access_log=False, **more))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        eventually(lambda: server.started, "the server listens")
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
