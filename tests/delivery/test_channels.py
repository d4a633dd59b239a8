"""Folders, buckets and receivers of webhooks, each a real one: what arrives, and what is tried again."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import obstore
import pytest
from obstore.store import S3Store
from standardwebhooks.webhooks import Webhook
from starlette.testclient import TestClient

from spiff.catalogue.channels import FolderChannel, S3Channel, WebhookChannel
from spiff.jobs.operations import list_jobs
from spiff.jobs.worker import Worker
from spiff.web.routing import Services
from spiff.webhooks.signing import new_secret
from tests.clock import Clock
from tests.delivery.conftest import GoesTo
from tests.delivery.items import NAMES, arriving, item_now, ordered
from tests.orders.shops import Shop
from tests.receiver import answering, receiving
from tests.s3 import s3_server

# What the database sees of a delivery is the same for all channels: test_planning runs on both kinds.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def test_a_folder_gets_the_files_and_a_ticket(
    client: TestClient, shop: Shop, services: Services, worker: Worker, goes_to: GoesTo, tmp_path: Path
) -> None:
    goes_to(FolderChannel("hot", NAMES, ticket=True))
    order = ordered(client, shop, externalId="1001")

    worker.drain()

    item = item_now(client, shop, order)
    found = {path.name: path.read_bytes() for path in (tmp_path / "hot" / "Mug").iterdir()}
    (ticket_name,) = found.keys() - arriving(services, item).keys()
    ticket = json.loads(found.pop(ticket_name))
    assert found == arriving(services, item)
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
    for name, data in arriving(services, item).items():
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
