"""Print files by e-mail, against a real mail server: who gets what, and what comes again."""

import email
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from email import policy
from typing import Any

import msgspec
import pytest
from aiosmtpd.controller import Controller
from starlette.testclient import TestClient

from spiff.auth.caller import Caller
from spiff.catalogue.channels import EmailChannel
from spiff.delivery import operations
from spiff.delivery.channels import send
from spiff.delivery.jobs import SEND
from spiff.errors import Unavailable
from spiff.jobs.worker import Worker
from spiff.web.routing import Services
from tests.clock import Clock
from tests.delivery.conftest import GoesTo
from tests.delivery.items import arriving, item_now, ordered
from tests.orders.shops import Shop

# What the database sees of a delivery is the same for all channels: test_planning runs on both kinds.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


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
    assert found == arriving(services, item)
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
