"""Each way out against a real server of its kind: what arrives, and what is tried again."""

import asyncio
import email
import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import timedelta
from email import policy
from pathlib import Path
from typing import Any

import asyncssh
import msgspec
import obstore
import pytest
from aiosmtpd.controller import Controller
from obstore.store import S3Store
from standardwebhooks.webhooks import Webhook
from starlette.testclient import TestClient

from spiff.auth.caller import Caller
from spiff.catalogue.channels import EmailChannel, FolderChannel, S3Channel, SftpChannel, WebhookChannel
from spiff.delivery import operations
from spiff.delivery.channels import send
from spiff.delivery.jobs import SEND
from spiff.errors import Unavailable
from spiff.jobs.operations import list_jobs
from spiff.jobs.worker import Worker
from spiff.web.routing import Services
from spiff.webhooks.signing import new_secret
from tests.clock import Clock
from tests.delivery.conftest import GoesTo
from tests.delivery.items import item_now, ordered
from tests.orders.shops import Shop
from tests.receiver import answering, receiving
from tests.s3 import s3_server

# What the database sees of a delivery is the same for all channels: test_planning runs on both kinds.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
NAMES = "{product}/{order}-{panel}-{id}.{format}"


def _wanted(services: Services, item: Any) -> dict[str, bytes]:
    """What must arrive, by the last part of its name."""
    return {
        f"1001-{each['panel']}-{item['id']}.{each['format']}": services.files.get(each["sha256"])
        for each in item["printFiles"]
    }


def test_a_folder_gets_the_files_and_a_ticket(
    client: TestClient, shop: Shop, services: Services, worker: Worker, goes_to: GoesTo, tmp_path: Path
) -> None:
    goes_to(FolderChannel("hot", NAMES, ticket=True))
    order = ordered(client, shop, externalId="1001")

    worker.drain()

    item = item_now(client, shop, order)
    found = {path.name: path.read_bytes() for path in (tmp_path / "hot" / "Mug").iterdir()}
    (ticket_name,) = found.keys() - _wanted(services, item).keys()
    ticket = json.loads(found.pop(ticket_name))
    assert found == _wanted(services, item)
    assert (ticket["externalId"], ticket["quantity"], ticket["product"]) == ("1001", 1, "Mug")
    assert {each["sha256"] for each in ticket["files"]} == {each["sha256"] for each in item["printFiles"]}


def test_a_folder_that_takes_nothing_is_tried_again(
    client: TestClient, shop: Shop, clock: Clock, worker: Worker, goes_to: GoesTo, tmp_path: Path
) -> None:
    (tmp_path / "hot").write_bytes(b"a file where the folder should be")
    goes_to(FolderChannel("hot"))
    order = ordered(client, shop)
    worker.drain()
    before = item_now(client, shop, order)["status"]

    (tmp_path / "hot").unlink()
    clock.ahead += timedelta(hours=1)
    worker.drain()

    assert (before, item_now(client, shop, order)["status"]) == ("delivering", "delivered")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an S3 server with a bucket."""
    with s3_server("prints") as address:
        yield address


def test_a_bucket_gets_the_files(
    client: TestClient, shop: Shop, services: Services, worker: Worker, goes_to: GoesTo, s3: str
) -> None:
    goes_to(S3Channel("prints", "key", "secret", endpoint=s3, prefix="in", names=NAMES))
    order = ordered(client, shop, externalId="1001")

    worker.drain()

    item = item_now(client, shop, order)
    bucket = S3Store(
        "prints",
        access_key_id="key",
        secret_access_key="secret",
        region="us-east-1",
        endpoint=s3,
        client_options={"allow_http": True},
    )
    for name, data in _wanted(services, item).items():
        assert bytes(obstore.get(bucket, f"in/Mug/{name}").bytes()) == data
    assert item["status"] == "delivered"


def test_a_bucket_that_is_not_there_is_tried_again(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, s3: str
) -> None:
    goes_to(S3Channel("absent", "key", "secret", endpoint=s3))
    order = ordered(client, shop)

    worker.drain()

    assert item_now(client, shop, order)["status"] == "delivering"


def test_a_bucket_was_shown_how_the_installation_keeps_its_own_files(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a store's tools read from the environment is the installation's: its address, its token."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "of-the-installation")
    monkeypatch.setenv("AWS_SKIP_SIGNATURE", "true")
    with receiving(answering(403)) as theirs:
        goes_to(S3Channel("prints", "key", "secret", endpoint=theirs.url.removesuffix("/hook")))
        order = ordered(client, shop)
        worker.drain()
        came = theirs.came()

    assert item_now(client, shop, order)["status"] == "delivering"
    assert came and all("Credential=key/" in each.headers["authorization"] for each in came)
    assert "of-the-installation" not in str(came)


def test_a_bucket_of_amazon_itself_was_never_reached(
    client: TestClient,
    shop: Shop,
    services: Services,
    worker: Worker,
    goes_to: GoesTo,
    s3: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without an address of its own a channel leads to Amazon's for its region, wherever our own files are."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3)
    goes_to(S3Channel("prints", "key", "secret", region="nowhere-1"))
    ordered(client, shop)

    worker.drain()

    (waiting,) = services.database.read_now(lambda work: list_jobs(work, "waiting", 10))
    assert waiting["last_failure"].startswith("the bucket prints does not take files")


class _Mailbox:
    """Keeps what comes, for all but the `refused`; says `bye` at the end."""

    def __init__(self, refused: Mapping[str, str] | None = None, bye: str = "221 bye") -> None:
        self.messages: list[Any] = []
        self._refused, self._bye = refused or {}, bye

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if refusal := self._refused.get(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 here"

    async def handle_QUIT(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        return self._bye

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.messages.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 kept"


@contextmanager
def _mail_server(mailbox: _Mailbox | None = None) -> Iterator[tuple[_Mailbox, str]]:
    mailbox = mailbox or _Mailbox()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield mailbox, f"smtp+plain://127.0.0.1:{port}"
    finally:
        controller.stop()


def test_an_address_gets_the_files_by_mail(
    client: TestClient, shop: Shop, services: Services, goes_to: GoesTo, worker: Worker
) -> None:
    goes_to(EmailChannel(("print@shop.example",), names="{order}-{panel}-{id}.{format}"))
    order = ordered(client, shop, externalId="1001")
    with _mail_server() as (mailbox, url):
        settings = msgspec.structs.replace(services.settings, mail_url=url, mail_from="spiff@shop.example")
        Worker(replace(services, settings=settings), worker._handlers).drain()

    (message,) = mailbox.messages
    item = item_now(client, shop, order)
    found = {part.get_filename(): part.get_payload(decode=True) for part in message.iter_attachments()}
    assert found == _wanted(services, item)
    assert (message["To"], "1001" in message["Subject"]) == ("print@shop.example", True)
    assert item["status"] == "delivered"


def test_a_mail_whose_sender_was_killed_before_noting_it_says_that_it_may_have_come_before(
    client: TestClient, shop: Shop, services: Services, goes_to: GoesTo, clock: Clock, worker: Worker
) -> None:
    """It is sent again, for files that nobody prints are worse; who prints is told, so that nothing is made twice."""
    goes_to(EmailChannel(("print@shop.example",)))
    ordered(client, shop, externalId="1001")
    with _mail_server() as (mailbox, url):
        settings = msgspec.structs.replace(services.settings, mail_url=url, mail_from="spiff@shop.example")
        sending = replace(services, settings=settings)
        killed = {**worker._handlers, SEND: replace(worker._handlers[SEND], run=_killed_after_sending)}
        Worker(sending, killed).drain()
        clock.ahead += timedelta(minutes=1)
        Worker(sending, worker._handlers).drain()

    first, again = mailbox.messages
    assert first["Message-ID"] == again["Message-ID"]
    assert (first["Subject"], again["Subject"]) == (
        "Print files of order 1001: Mug",
        "Perhaps again: Print files of order 1001: Mug",
    )
    assert "do not print it twice" in again.get_body().get_content()


def _killed_after_sending(services: Services, caller: Caller, *, delivery_id: str) -> None:
    """Sends, and never comes to write that down."""
    base_url = services.settings.base_url
    opened = services.database.write_now(lambda work: operations.open_parcel(caller, work, delivery_id, base_url))
    assert opened is not None
    send(services, *opened)
    raise Unavailable("this is where it was killed")


def test_a_mail_that_was_surely_not_taken_comes_later_as_if_for_the_first_time(
    client: TestClient, shop: Shop, services: Services, goes_to: GoesTo, clock: Clock, worker: Worker
) -> None:
    goes_to(EmailChannel(("print@shop.example",)))
    ordered(client, shop, externalId="1001")
    with _mail_server() as (mailbox, url):
        settings = msgspec.structs.replace(services.settings, mail_url=url, mail_from="spiff@shop.example")
        away = msgspec.structs.replace(settings, mail_url="smtp+plain://127.0.0.1:1")
        Worker(replace(services, settings=away), worker._handlers).drain()
        clock.ahead += timedelta(minutes=1)
        Worker(replace(services, settings=settings), worker._handlers).drain()

    (message,) = mailbox.messages
    assert message["Subject"] == "Print files of order 1001: Mug"


@pytest.mark.parametrize(
    ("refusal", "status", "messages"), [("550 no such mailbox", "failed", 1), ("450 try later", "delivering", 2)]
)
def test_who_of_several_a_mail_server_refused_was_never_told_of(
    client: TestClient,
    shop: Shop,
    services: Services,
    goes_to: GoesTo,
    clock: Clock,
    worker: Worker,
    refusal: str,
    status: str,
    messages: int,
) -> None:
    """The others have the message: they get it again only where the refusal may be taken back."""
    goes_to(EmailChannel(("print@shop.example", "second@shop.example")))
    order = ordered(client, shop)
    with _mail_server(_Mailbox({"second@shop.example": refusal})) as (mailbox, url):
        settings = msgspec.structs.replace(services.settings, mail_url=url, mail_from="spiff@shop.example")
        for _ in range(2):
            Worker(replace(services, settings=settings), worker._handlers).drain()
            clock.ahead += timedelta(seconds=10)

    item = item_now(client, shop, order)
    assert (item["status"], len(mailbox.messages)) == (status, messages)
    assert ["Perhaps again" in each["Subject"] for each in mailbox.messages] == [False, True][:messages]
    assert status != "failed" or "second@shop.example" in item["failure"]


def test_a_mail_server_that_was_impolite_in_the_end_got_the_message_again(
    client: TestClient, shop: Shop, services: Services, goes_to: GoesTo, worker: Worker
) -> None:
    goes_to(EmailChannel(("print@shop.example",)))
    order = ordered(client, shop)
    with _mail_server(_Mailbox(bye="421 too busy for that")) as (mailbox, url):
        settings = msgspec.structs.replace(services.settings, mail_url=url, mail_from="spiff@shop.example")
        Worker(replace(services, settings=settings), worker._handlers).drain()

    assert (item_now(client, shop, order)["status"], len(mailbox.messages)) == ("delivered", 1)


def test_without_a_mail_server_the_item_says_what_to_set(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo
) -> None:
    goes_to(EmailChannel(("print@shop.example",)))
    order = ordered(client, shop)

    worker.drain()

    assert "SPIFF_MAIL_URL" in item_now(client, shop, order)["failure"]


def test_an_address_is_told_where_the_files_are(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo
) -> None:
    secret = new_secret()
    with receiving() as receiver:
        goes_to(WebhookChannel(receiver.url, secret, NAMES))
        order = ordered(client, shop, externalId="1001")
        worker.drain()
        (came,) = receiver.came()

    told: Any = Webhook(secret).verify(came.body, came.headers)
    item = item_now(client, shop, order)
    assert told["data"]["externalId"] == "1001"
    assert [each["url"] for each in told["data"]["files"]] == [each["url"] for each in item["printFiles"]]
    assert item["status"] == "delivered"


def test_a_receiver_that_refuses_is_told_again(client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo) -> None:
    with receiving(answering(500)) as receiver:
        goes_to(WebhookChannel(receiver.url, new_secret()))
        order = ordered(client, shop)
        worker.drain()

    assert item_now(client, shop, order)["status"] == "delivering"


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
    assert (item["status"], found) == ("delivered", _wanted(services, item))


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
    assert (before, item["status"], found) == ("delivered", "delivered", _wanted(services, item))
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
