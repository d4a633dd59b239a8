"""Files that are taken slowly, over many connections, are not held for each of them."""

import os
import socket
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

from spiff.app import create_app
from spiff.assets import operations as assets
from spiff.web.routing import Services
from tests.serving import serving

SIZE, READERS = 40_000_000, 8


def _held_bytes() -> int:
    return int(Path("/proc/self/statm").read_text("utf-8").split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_a_long_file_was_held_once_for_everybody_who_takes_it_slowly(services: Services) -> None:
    file = assets.put_file(services.files, os.urandom(SIZE), kind="video", mime_type="video/mp4", name="long.mp4")
    services.database.write_now(lambda work: assets.record_file(work, file))

    with serving(create_app(services)) as address, ExitStack() as taking:
        where = urlsplit(address)
        before = _held_bytes()
        for _ in range(READERS):
            reader = taking.enter_context(socket.create_connection((where.hostname, where.port)))
            reader.sendall(f"GET /files/{file.sha256} HTTP/1.1\r\nHost: {where.netloc}\r\n\r\n".encode())
            assert reader.recv(1000).startswith(b"HTTP/1.1 200")
        held = _held_bytes() - before

    assert held < 2 * SIZE
