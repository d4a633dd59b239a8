"""Print files by SFTP, against a real server and the client of this machine: what arrives, and what is tried again."""

import asyncio
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import asyncssh
import pytest
from starlette.testclient import TestClient

from spiff.catalogue.channels import SftpChannel
from spiff.jobs.operations import list_jobs
from spiff.jobs.worker import Worker
from spiff.web.routing import Services
from tests.delivery.conftest import GoesTo
from tests.delivery.items import NAMES, arriving, item_now, ordered
from tests.orders.shops import Shop

# What the database sees of a delivery is the same for all channels: test_planning runs on both kinds.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class _Careful(asyncssh.SFTPServer):
    """Gives no file a name that is taken, as servers that know only the standard's rename."""

    def posix_rename(self, oldpath: bytes, newpath: bytes) -> None:
        if Path(os.fsdecode(self.map_path(newpath))).exists():
            raise asyncssh.SFTPFailure("there is such a file")
        super().posix_rename(oldpath, newpath)


async def _others_done() -> None:
    """All that connections were at."""
    if others := asyncio.all_tasks() - {asyncio.current_task()}:
        await asyncio.wait(others, timeout=10)


async def _listening(
    host_key: asyncssh.SSHKey, authorized: Path, root: Path, kind: type[asyncssh.SFTPServer]
) -> asyncssh.SSHAcceptor:
    return await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[host_key],
        authorized_client_keys=str(authorized),
        sftp_factory=lambda channel: kind(channel, chroot=str(root).encode()),
    )


class _SftpServer:
    """An SFTP server in a thread, whose root is a folder."""

    def __init__(self, folder: Path, root: Path, kind: type[asyncssh.SFTPServer] = asyncssh.SFTPServer) -> None:
        self.key_file, self.known_hosts = folder / "key", folder / "known_hosts"
        client_key, host_key = (asyncssh.generate_private_key("ssh-ed25519") for _ in range(2))
        client_key.write_private_key(str(self.key_file))
        self.key_file.chmod(0o600)
        authorized = folder / "authorized"
        authorized.write_bytes(client_key.export_public_key())
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listener = self._do(_listening(host_key, authorized, root, kind))
        self.port = self._listener.get_port()
        public = host_key.export_public_key().decode().strip()
        self.known_hosts.write_text(f"[127.0.0.1]:{self.port} {public}\n")

    def _do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def close(self) -> None:
        """End it."""
        self._listener.close()
        self._do(self._listener.wait_closed())
        self._do(_others_done())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()


@pytest.fixture
def sftp(tmp_path: Path) -> Iterator[tuple[_SftpServer, Path]]:
    root = tmp_path / "sftp-root"
    (root / "in").mkdir(parents=True)
    server = _SftpServer(tmp_path, root)
    yield server, root
    server.close()


def _sftp_channel(server: _SftpServer, **members: Any) -> SftpChannel:
    values = {"key_file": str(server.key_file), "known_hosts": str(server.known_hosts), "port": server.port}
    return SftpChannel(host="127.0.0.1", user="printer", path="/in", names=NAMES, **values | members)


def test_an_sftp_server_gets_the_files(
    client: TestClient, shop: Shop, services: Services, worker: Worker, goes_to: GoesTo, sftp: tuple[_SftpServer, Path]
) -> None:
    assert shutil.which("sftp"), "the OpenSSH client must be installed"
    server, root = sftp
    goes_to(_sftp_channel(server))
    order = ordered(client, shop, externalId="1001")

    worker.drain()

    item = item_now(client, shop, order)
    found = {path.name: path.read_bytes() for path in (root / "in" / "Mug").iterdir()}
    assert (item["status"], found) == ("delivered", arriving(services, item))


def test_an_sftp_server_that_renames_over_nothing_gets_the_files_again(
    client: TestClient, shop: Shop, services: Services, worker: Worker, goes_to: GoesTo, tmp_path: Path
) -> None:
    root = tmp_path / "careful-root"
    (root / "in").mkdir(parents=True)
    server = _SftpServer(tmp_path, root, _Careful)
    goes_to(_sftp_channel(server))
    order = ordered(client, shop, externalId="1001")
    worker.drain()
    before = item_now(client, shop, order)["status"]

    path = f"/api/v2/orders/{order['id']}/items/{order['orderItems'][0]['id']}/redeliver"
    assert shop.send(client, b"", path).status_code == 200
    worker.drain()

    item = item_now(client, shop, order)
    found = {path.name: path.read_bytes() for path in (root / "in" / "Mug").iterdir()}
    assert (before, item["status"], found) == ("delivered", "delivered", arriving(services, item))
    server.close()


class _Silent(asyncssh.SFTPServer):
    """Does not say that it has anything until it is over."""

    over = threading.Event()

    async def write(self, file_obj: object, offset: int, data: bytes) -> int:
        while not self.over.is_set():
            await asyncio.sleep(0.02)
        return len(data)


def test_the_connection_to_an_sftp_server_that_fell_silent_stayed(
    client: TestClient,
    shop: Shop,
    services: Services,
    worker: Worker,
    goes_to: GoesTo,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The client was ended after its time, but not the program that it had begun for the connection."""
    monkeypatch.setattr("spiff.delivery.channels.sftp._SECONDS", 2.0)
    root = tmp_path / "silent-root"
    (root / "in").mkdir(parents=True)
    server = _SftpServer(tmp_path, root, _Silent)
    goes_to(_sftp_channel(server))
    ordered(client, shop)

    worker.drain()

    (waiting,) = services.database.read_now(lambda work: list_jobs(work, "waiting", 10))
    assert "TimeoutExpired" in waiting["last_failure"]
    assert not _running_with(str(server.key_file))
    _Silent.over.set()
    server.close()


def _running_with(word: str) -> list[str]:
    """The commands of programs that were started with this word."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        with suppress(OSError):
            found.append(each.read_bytes().replace(b"\0", b" ").decode())
    return [each for each in found if word in each]


def test_an_sftp_server_with_another_host_key_gets_nothing(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, sftp: tuple[_SftpServer, Path], tmp_path: Path
) -> None:
    server, root = sftp
    other = asyncssh.generate_private_key("ssh-ed25519").export_public_key().decode().strip()
    known = tmp_path / "other_hosts"
    known.write_text(f"[127.0.0.1]:{server.port} {other}\n")
    goes_to(_sftp_channel(server, known_hosts=str(known)))
    order = ordered(client, shop)

    worker.drain()

    assert item_now(client, shop, order)["status"] == "delivering"
    assert not list((root / "in").iterdir())
