"""Where an item's files go, and when: by rules, never a test's, each channel once."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from spiff.catalogue.channels import FolderChannel
from spiff.jobs.worker import Worker
from spiff.merchants.operations import save_integration
from spiff.web.routing import Services
from tests.delivery.conftest import GoesTo
from tests.delivery.items import actions, item_now, ordered, steer
from tests.orders.shops import Shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "hot"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*") if path.is_file())


def test_a_product_without_rules_waits_to_be_fetched(client: TestClient, shop: Shop, worker: Worker) -> None:
    order = ordered(client, shop)

    worker.drain()

    assert item_now(client, shop, order)["status"] == "ready"


def test_a_test_order_goes_nowhere_not_even_when_asked(
    client: TestClient, shop: Shop, services: Services, worker: Worker, goes_to: GoesTo, folder: Path
) -> None:
    goes_to(FolderChannel(str(folder)))
    tried = msgspec.structs.replace(shop.integration, test=True)
    services.database.write_now(lambda work: save_integration(work, tried))
    order = ordered(client, shop, autoPrint=True)
    worker.drain()

    steer(client, shop, order, "redeliver")
    worker.drain()

    assert item_now(client, shop, order)["status"] == "ready"
    assert not folder.exists()


@pytest.mark.parametrize(
    ("rule", "members", "goes"),
    [
        ({"least": 2}, {}, False),
        ({"most": 1}, {}, True),
        ({"countries": ("AU",)}, {}, False),
        ({"countries": ("AU",)}, {"shippingAddress": {"countryCode": "DE"}}, False),
        ({"countries": ("AU",)}, {"shippingAddress": {"countryCode": "au"}}, True),
        ({"countries": ("AU",)}, {"shippingAddress": None}, False),
        ({"integration_ids": ("00000000-0000-4000-8000-000000000000",)}, {}, False),
    ],
)
def test_files_go_where_a_rule_fits(
    client: TestClient,
    shop: Shop,
    worker: Worker,
    goes_to: GoesTo,
    folder: Path,
    rule: dict[str, Any],
    members: dict[str, Any],
    goes: bool,
) -> None:
    goes_to(FolderChannel(str(folder)), **rule)
    order = ordered(client, shop, **({"externalData": members} if members else {}))

    worker.drain()

    assert item_now(client, shop, order)["status"] == ("delivered" if goes else "ready")
    assert bool(_names(folder)) is goes


@pytest.mark.parametrize(
    ("raw", "goes"),
    [
        ('{"order": {"id": 1007, "shipping": {"city": "Perth", "country": "AU"}}, "lineItems": []}', True),
        ('{"order": {"id": 1007, "shipping": {"city": "Paris", "country": "FR"}}, "lineItems": []}', False),
        ('{"order": {"shipping": {"country": ""}, "billing": {"country": "AU"}}}', False),
        ('{"order": {"shipping": []}}', False),
        ("[" * 5000, False),
        ("AU", False),
    ],
)
def test_the_country_of_an_order_of_woocommerce_is_in_its_own_record(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, folder: Path, raw: str, goes: bool
) -> None:
    goes_to(FolderChannel(str(folder)), countries=("AU",))
    order = ordered(client, shop, rawExternalData=raw)

    worker.drain()

    assert item_now(client, shop, order)["status"] == ("delivered" if goes else "ready")


def test_files_go_to_every_channel_and_are_delivered_when_they_are_everywhere(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, tmp_path: Path
) -> None:
    for name in ("one", "two"):
        goes_to(FolderChannel(str(tmp_path / name)))
    order = ordered(client, shop, externalId="1001")

    worker.drain()

    assert item_now(client, shop, order)["status"] == "delivered"
    assert _names(tmp_path / "one") == _names(tmp_path / "two")
    assert actions(client, shop, order)[-2:] == ["sent-out", "delivered"]


def test_without_auto_print_files_wait_for_a_person(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, folder: Path
) -> None:
    goes_to(FolderChannel(str(folder)), auto_print=False)
    order = ordered(client, shop)
    worker.drain()
    waiting = item_now(client, shop, order)["status"]

    steer(client, shop, order, "redeliver")
    worker.drain()

    assert (waiting, item_now(client, shop, order)["status"]) == ("ready", "delivered")


def test_an_order_that_asks_for_auto_print_does_not_wait(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, folder: Path
) -> None:
    goes_to(FolderChannel(str(folder)), auto_print=False)
    order = ordered(client, shop, autoPrint=True)

    worker.drain()

    assert item_now(client, shop, order)["status"] == "delivered"


def test_what_cannot_be_delivered_fails_the_item_with_channel_and_reason_and_goes_out_again_when_mended(
    client: TestClient, shop: Shop, worker: Worker, goes_to: GoesTo, folder: Path
) -> None:
    folder.mkdir()
    channel = goes_to(FolderChannel(str(folder), names="../{panel}-{id}.{format}"))
    order = ordered(client, shop)
    worker.drain()
    failed = item_now(client, shop, order)

    goes_to(FolderChannel(str(folder)))  # the product now has a second way, and the first still fails
    steer(client, shop, order, "redeliver")
    worker.drain()

    assert failed["status"] == "failed"
    assert failed["failure"].startswith(f"its files did not get to {channel.key}: ")
    assert item_now(client, shop, order)["status"] == "failed"
    assert len(_names(folder)) == len(failed["printFiles"])


def test_an_item_that_could_not_be_made_is_not_delivered_again(
    client: TestClient, shop: Shop, services: Services, worker: Worker
) -> None:
    from spiff.composing.scene import ImageElement, Scene, ScenePanel

    asset = services.files.put(b"not a picture")
    element = ImageElement(asset=asset, matrix=(100.0, 0.0, 0.0, 100.0, 0.0, 0.0))
    scene = Scene((ScenePanel("front", 100.0, 100.0, 0.0, "#ffffff", (element,)),))
    order = shop.order(client, shop.finished(scene)).json()
    worker.drain()

    answer = steer(client, shop, order, "redeliver")

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong-item-state")
