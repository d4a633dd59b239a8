"""Print agents: strangers get nothing; files arrive whole and once, whoever is killed, however many there are."""

import hashlib
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from typer.testing import CliRunner

from spiff.app import create_app
from spiff.catalogue.channels import AgentChannel, Channel
from spiff.cli import commands
from spiff.delivery import operations, store
from spiff.delivery.agent import Agent, AgentFailed
from spiff.delivery.hot_folder import STATE
from spiff.delivery.model import Delivery
from spiff.delivery.operations import LEASE
from spiff.delivery.staging import Staging
from spiff.jobs.worker import Worker
from spiff.storage.work import Work
from spiff.web.routing import Services
from tests.clock import Clock
from tests.crash.programs import Program
from tests.delivery.conftest import GoesTo
from tests.delivery.items import item_now, ordered
from tests.orders.shops import Shop
from tests.serving import serving

KEY = "the key of an agent's channel"
LEASES = "/api/v2/agent/leases"


@pytest.fixture
def channel(goes_to: GoesTo) -> Channel:
    """The shop's product goes to agents with KEY."""
    return goes_to(AgentChannel(hashlib.sha256(KEY.encode()).hexdigest(), "{order}-{panel}-{id}.{format}"))


@pytest.fixture
def server(services: Services) -> Iterator[str]:
    """The address of the installation, served over real sockets."""
    with serving(create_app(services)) as address:
        yield address


def _bearer(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


def _files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}


@pytest.mark.parametrize("headers", [{}, _bearer("another key"), {"Authorization": "SOA acme-key:AAAA"}])
def test_a_stranger_gets_nothing(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, headers: dict[str, str]
) -> None:
    order = ordered(client, shop)
    worker.drain()

    answer = client.post(LEASES, headers=headers)

    assert (answer.status_code, answer.json()["code"]) == (401, "agent-unknown")
    assert item_now(client, shop, order)["status"] == "delivering"


def test_a_lease_of_another_channel_or_of_nobody_is_lost(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, goes_to: GoesTo
) -> None:
    ordered(client, shop)
    worker.drain()
    goes_to(AgentChannel(hashlib.sha256(b"another agent's key").hexdigest()))
    lease = client.post(LEASES, headers=_bearer(KEY)).json()["leaseId"]

    for key, name in ((KEY, "0190d1a4-0000-7000-8000-000000000000"), ("another agent's key", lease)):
        answer = client.post(f"{LEASES}/{name}/delivered", headers=_bearer(key))
        assert (answer.status_code, answer.json()["code"]) == (409, "lease-lost")


def test_two_agents_never_hold_the_same_delivery(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel
) -> None:
    orders = [ordered(client, shop, externalId=str(number)) for number in range(3)]
    worker.drain()

    taken = [client.post(LEASES, headers=_bearer(KEY)) for _ in range(4)]

    assert [each.status_code for each in taken] == [200, 200, 200, 204]
    assert {each.json()["ticket"]["orderId"] for each in taken[:3]} == {each["id"] for each in orders}


def test_thousands_of_deliveries_that_were_made_anew_were_passed_over_in_one_commit(
    client: TestClient, shop: Shop, services: Services, worker: Worker, channel: Channel
) -> None:
    services.database.write_now(lambda work: _wait_for_nothing(work, channel))
    order = ordered(client, shop)
    worker.drain()

    first = services.database.write_now(lambda work: operations.lease(work, channel, "http://localhost"))
    passed = services.database.read_now(_count_outdated)
    answer = client.post(LEASES, headers=_bearer(KEY))

    assert first == "more" and passed == operations.MOST_PASSED_OVER
    assert answer.json()["ticket"]["orderId"] == order["id"]


def _wait_for_nothing(work: Work, channel: Channel) -> None:
    for _ in range(3 * operations.MOST_PASSED_OVER):
        store.add_delivery(work, Delivery(work.new_row_id(), channel.partner_id, work.new_id(), 1, channel.id))


def _count_outdated(work: Work) -> int:
    outdated = store.deliveries.c.status == "outdated"
    return int(work.connection.execute(select(func.count()).where(outdated)).scalar_one())


def test_a_lease_of_a_clock_that_was_ahead_keeps_no_file_from_the_printer(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, clock: Clock
) -> None:
    ordered(client, shop)
    worker.drain()
    clock.ahead = timedelta(days=1)
    assert client.post(LEASES, headers=_bearer(KEY)).status_code == 200

    clock.ahead = timedelta()

    assert client.post(LEASES, headers=_bearer(KEY)).status_code == 200


def test_a_lease_that_ended_is_given_to_the_next_and_refused_to_the_first(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, clock: Clock
) -> None:
    order = ordered(client, shop)
    worker.drain()
    first = client.post(LEASES, headers=_bearer(KEY)).json()
    clock.ahead += LEASE + timedelta(seconds=1)
    second = client.post(LEASES, headers=_bearer(KEY)).json()

    answers = [
        client.post(f"{LEASES}/{each['leaseId']}/delivered", headers=_bearer(KEY)).status_code
        for each in (first, second, second)
    ]

    assert first["id"] == second["id"]
    assert answers == [409, 204, 204]
    assert item_now(client, shop, order)["status"] == "delivered"


def test_an_agent_that_was_slow_may_still_deliver_where_nobody_else_came(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, clock: Clock
) -> None:
    ordered(client, shop)
    worker.drain()
    lease = client.post(LEASES, headers=_bearer(KEY)).json()["leaseId"]

    clock.ahead += 2 * LEASE

    assert client.post(f"{LEASES}/{lease}/delivered", headers=_bearer(KEY)).status_code == 204


def test_what_was_sent_out_anew_is_not_given_out_as_it_was(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel
) -> None:
    order = ordered(client, shop)
    worker.drain()
    path = f"/api/v2/orders/{order['id']}/items/{order['orderItems'][0]['id']}/redeliver"
    shop.send(client, b"{}", path)
    worker.drain()

    given = [client.post(LEASES, headers=_bearer(KEY)).status_code for _ in range(2)]

    assert given == [200, 204]


def test_an_agent_calls_no_server_in_the_clear(tmp_path: Path) -> None:
    with pytest.raises(AgentFailed, match="https"):
        Agent("http://print.example", KEY, tmp_path)


def test_an_agent_puts_the_files_and_says_so(
    client: TestClient, shop: Shop, services: Services, worker: Worker, channel: Channel, server: str, tmp_path: Path
) -> None:
    order = ordered(client, shop, externalId="1001")
    worker.drain()

    done = CliRunner().invoke(
        commands, ["agent", "--server", server, "--folder", str(tmp_path / "hot"), "--once"], env={"AGENT_KEY": KEY}
    )

    item = item_now(client, shop, order)
    assert done.exit_code == 0, done.output
    assert item["status"] == "delivered"
    assert _files(tmp_path / "hot") == {
        f"1001-{each['panel']}-{item['id']}.{each['format']}": services.files.get(each["sha256"])
        for each in item["printFiles"]
    }


def test_an_agent_finds_files_of_an_installation_below_a_path(
    client: TestClient, shop: Shop, services: Services, worker: Worker, channel: Channel, tmp_path: Path
) -> None:
    """A proxy takes the path away; the addresses of files have it, and so has the server's."""
    settings = msgspec.structs.replace(services.settings, base_url="http://testserver/print")
    app = create_app(replace(services, settings=settings))

    async def behind_proxy(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            assert scope["path"].startswith("/print/")
            scope = {**scope, "path": scope["path"].removeprefix("/print")}
        await app(scope, receive, send)

    order = ordered(client, shop)
    worker.drain()
    with serving(behind_proxy) as address:
        (fetched,) = Agent(f"{address}/print", KEY, tmp_path / "hot").fetch()

    assert len(fetched.files) == len(_files(tmp_path / "hot"))
    assert item_now(client, shop, order)["status"] == "delivered"


@pytest.mark.parametrize(("left", "told"), [(1, "did not arrive as it was sent"), (0.5, "503")], ids=["changed", "cut"])
def test_a_file_that_arrives_changed_is_not_put(
    client: TestClient,
    shop: Shop,
    worker: Worker,
    channel: Channel,
    server: str,
    tmp_path: Path,
    left: float,
    told: str,
) -> None:
    order = ordered(client, shop)
    worker.drain()
    made = item_now(client, shop, order)["printFiles"][0]
    digest = made["sha256"]
    (tmp_path / "files" / digest[:2] / digest).write_bytes(b"?" * int(made["bytes"] * left))

    with pytest.raises(AgentFailed, match=told):
        list(Agent(server, KEY, tmp_path / "hot").fetch())

    assert _files(tmp_path / "hot") == {}
    assert item_now(client, shop, order)["status"] == "delivering"


@pytest.mark.parametrize("told", [True, False])
def test_an_agent_that_was_cut_off_goes_on_where_it_was(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, server: str, tmp_path: Path, told: bool
) -> None:
    order = ordered(client, shop)
    worker.drain()
    lease = client.post(LEASES, headers=_bearer(KEY)).json()["leaseId"]
    Staging(tmp_path / "hot").keep(lease, {"a.pdf": b"data"})
    if told:
        client.post(f"{LEASES}/{lease}/delivered", headers=_bearer(KEY))

    list(Agent(server, KEY, tmp_path / "hot").fetch())

    assert _files(tmp_path / "hot") == {"a.pdf": b"data"}
    assert not list((tmp_path / "hot" / STATE).iterdir())
    assert item_now(client, shop, order)["status"] == "delivered"


def test_what_went_to_another_agent_is_forgotten(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, clock: Clock, server: str, tmp_path: Path
) -> None:
    ordered(client, shop)
    worker.drain()
    slow = client.post(LEASES, headers=_bearer(KEY)).json()["leaseId"]
    Staging(tmp_path / "hot").keep(slow, {"a.pdf": b"data"})
    clock.ahead += 2 * LEASE
    client.post(LEASES, headers=_bearer(KEY))

    list(Agent(server, KEY, tmp_path / "hot").fetch())

    assert _files(tmp_path / "hot") == {}
    assert not list((tmp_path / "hot" / STATE).iterdir())


ORDERS, MOST_ROUNDS = 12, 30
_TWO = ("one", "two")


@contextmanager
def _agents(server: str, folder: Path) -> Iterator[list[Program]]:
    words = ["agent", "--server", server, "--poll", "0.1", "--folder"]
    made = [Program(name, [*words, str(folder / name)], {"AGENT_KEY": KEY}, folder / f"{name}.log") for name in _TWO]
    try:
        yield made
    finally:
        for each in made:
            if each.is_running():
                each.kill()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_two_agents_that_are_killed_again_and_again_put_every_file_once(
    client: TestClient, shop: Shop, worker: Worker, channel: Channel, clock: Clock, server: str, tmp_path: Path
) -> None:
    orders = [ordered(client, shop, externalId=str(number)) for number in range(ORDERS)]
    worker.drain()
    chance = random.Random(7)  # noqa: S311 - when to kill is no secret
    folder = tmp_path / "agents"
    folder.mkdir()

    def open_orders() -> list[Any]:
        return [each for each in orders if item_now(client, shop, each)["status"] != "delivered"]

    with _agents(server, folder) as agents:
        for number in range(MOST_ROUNDS):
            for each in agents:
                each.start()
            # A busy machine may need longer than that for the first fetch: later rounds leave more time.
            threading.Event().wait(chance.uniform(0.8, 1.8) * (1 + number / 6))
            for each in agents:
                each.kill()
            clock.ahead += LEASE  # what the dead held is free for the others at once
            if not open_orders():
                break
        assert not open_orders()
        for each in agents:  # what the server was told of moves as soon as its agent runs again
            each.start()
        wanted = Counter(len(item_now(client, shop, each)["printFiles"]) for each in orders)
        total = sum(count * times for count, times in wanted.items())
        until = time.monotonic() + 30
        while len(_put(folder)) < total and time.monotonic() < until:
            threading.Event().wait(0.1)

    put = _put(folder)
    assert len(put) == len(set(put)) == total


def _put(folder: Path) -> list[str]:
    return [path.name for name in _TWO for path in (folder / name).glob("*") if path.is_file()]
