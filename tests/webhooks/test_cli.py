"""`spiff webhooks` and `spiff listen`, as an operator and a developer use them."""

from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from standardwebhooks import Webhook
from typer.testing import CliRunner, Result

from spiff.app import create_app
from spiff.housekeeping.tidying import Tidying
from spiff.jobs.worker import Worker
from spiff.settings import Settings
from spiff.web.outgoing import Outgoing
from spiff.web.routing import Services
from spiff.webhooks.cli import webhooks
from spiff.webhooks.listening import Server, ServerRefused, listen
from spiff.webhooks.signing import new_secret
from tests.clock import Clock
from tests.journeys.running import free_port
from tests.orders.shops import Shop
from tests.receiver import Receiver, answering
from tests.serving import serving
from tests.webhooks.endpoints import happen

GIVEN = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def _run(settings: Settings, *arguments: str, **environ: str) -> Result:
    places = {"SPIFF_DATABASE_URL": settings.database_url, "SPIFF_DATA_DIR": settings.data_dir}
    allowed = {"SPIFF_WEBHOOKS_ALLOW_PRIVATE": "true"}
    return CliRunner().invoke(webhooks, list(arguments), env={**places, **allowed, **environ})


def test_an_operator_adds_rotates_replays_and_removes(
    settings: Settings, shop: Shop, worker: Worker, receiver: Receiver
) -> None:
    added = _run(settings, "add", receiver.url, "--integration", shop.integration.external_id, "--event", "item.held")
    endpoint = added.stdout.split()[0]
    secret = added.stdout.splitlines()[1].split()[1]
    rotated = _run(settings, "rotate", endpoint, "--secret-env", "MY_SECRET", MY_SECRET=GIVEN)
    receiver.behave(answering(410))
    happen(shop, "item.held", "item.failed")
    worker.drain()
    listed, told = _run(settings, "list").stdout, _run(settings, "dead", endpoint)
    dead = told.stdout
    _run(settings, "enable", endpoint)
    receiver.behave(answering(204))
    replayed = _run(settings, "replay", endpoint, "--since", "2020-01-01")
    worker.drain()
    by_number = _run(settings, "replay", endpoint, "--event", dead.split()[0].removeprefix("evt_"))
    worker.drain()
    removed = _run(settings, "remove", endpoint)

    first, second, third = receiver.came()
    assert [Webhook(each).verify(second.body, second.headers)["type"] for each in (secret, GIVEN)] == ["item.held"] * 2
    assert GIVEN in rotated.stdout and secret not in rotated.stdout + listed
    assert "disabled (it answered 410 Gone)" in listed
    assert dead.startswith(first.headers["webhook-id"]) and "1 tries" in dead
    assert replayed.stdout == "1 messages are on their way again\n"
    assert "until its event is 90 days old" in told.stderr
    assert (by_number.exit_code, third.headers["webhook-id"]) == (0, first.headers["webhook-id"])
    assert (removed.exit_code, _run(settings, "list").stdout) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "https://shop.example/", "--integration", "nobody"),
        ("add", "https://shop.example/", "--integration", "acme.example", "--event", "order.gone"),
        ("add", "https://shop.example/", "--integration", "acme.example", "--secret-env", "NOT_SET"),
        ("enable", "nobody"),
        ("enable", "00000000-0000-4000-8000-000000000000"),
        ("replay", "00000000-0000-4000-8000-000000000000"),
        ("replay", "00000000-0000-4000-8000-000000000000", "--since", "yesterday"),
    ],
)
def test_mistakes_of_an_operator_end_the_command(settings: Settings, shop: Shop, arguments: tuple[str, ...]) -> None:
    assert _run(settings, *arguments).exit_code != 0
    assert _run(settings, "list").stdout == ""


def _server(shop: Shop, address: str, secret: str | None = None) -> Server:
    secret = secret or shop.integration.secrets[0]
    return Server(address, shop.integration.access_key, secret, Outgoing(allow_private=True), lambda: datetime.now(UTC))


def test_listening_forwards_what_happens_as_signed_webhooks(shop: Shop, services: Services, receiver: Receiver) -> None:
    secret, lines, turns = new_secret(), list[str](), iter([True, True, False])
    happen(shop, "item.held")

    def wait(_seconds: float) -> bool:
        happen(shop, "item.failed")
        return next(turns)

    with serving(create_app(services)) as address:
        listen(_server(shop, address), receiver.url, secret, cursor="latest", wait=wait, say=lines.append)

    came = receiver.came()
    assert [Webhook(secret).verify(each.body, each.headers)["type"] for each in came] == ["item.failed"] * 2
    assert [line.split()[2] for line in lines] == ["item.failed"] * 2
    assert all(line.endswith("-> 204") for line in lines)


def test_listening_goes_on_when_the_server_comes_back(shop: Shop, services: Services, receiver: Receiver) -> None:
    happen(shop, "item.held")
    port, lines, waits = free_port(), list[str](), list[float]()
    with ExitStack() as until_the_end:

        def wait(seconds: float) -> bool:
            waits.append(seconds)
            if len(waits) == 2:
                until_the_end.enter_context(serving(create_app(services), port=port))
            return len(waits) < 3

        server = _server(shop, f"http://127.0.0.1:{port}")
        listen(server, receiver.url, new_secret(), cursor="0", wait=wait, say=lines.append)

    assert waits == [1, 2, 1]
    assert ["asking again in" in line for line in lines] == [True, True, False]
    assert len(receiver.came()) == 1


def test_listening_ends_where_the_signature_is_wrong(shop: Shop, services: Services, receiver: Receiver) -> None:
    with serving(create_app(services)) as address, pytest.raises(ServerRefused, match="signature-wrong"):
        listen(
            _server(shop, address, "guessed"), receiver.url, new_secret(), cursor="0", wait=lambda _: True, say=print
        )


def test_listening_ends_where_events_were_removed_and_says_how_to_go_on(
    shop: Shop, services: Services, clock: Clock, receiver: Receiver
) -> None:
    happen(shop, "item.held", "item.held")
    clock.ahead = timedelta(days=91)
    Tidying(services.settings, services.database, services.files).tidy(clock())
    clock.ahead = timedelta()

    with (
        serving(create_app(services)) as address,
        pytest.raises(ServerRefused, match=r"answered 410: events up to evt_\d+, .*"),
    ):
        listen(_server(shop, address), receiver.url, new_secret(), cursor="1", wait=lambda _: True, say=print)


def test_the_pages_name_every_command() -> None:
    page = (Path(__file__).parents[2] / "docs" / "webhooks.md").read_text("utf-8")

    names = [command.name or getattr(command.callback, "__name__", "") for command in webhooks.registered_commands]
    assert [name for name in names if f"spiff webhooks {name}" not in page] == []
    assert "spiff listen" in page
