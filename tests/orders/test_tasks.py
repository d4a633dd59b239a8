"""The making of print files: by way of the worker, with real render processes."""

import io

import pypdfium2
import pytest
from PIL import Image
from sqlalchemy import func, select
from starlette.testclient import TestClient

from spiff.auth.caller import Caller
from spiff.composing.scene import ImageElement, Scene, ScenePanel
from spiff.errors import NotFound
from spiff.fulfilment.store import print_files
from spiff.jobs.worker import Worker
from spiff.orders.operations import attach_print_files, begin_rendering, fail_item
from spiff.orders.tasks import on_render_print_files
from spiff.storage.work import random_id
from spiff.web.routing import Services
from tests.orders.shops import Shop


def _with_asset(asset: str) -> Scene:
    element = ImageElement(asset=asset, matrix=(100.0, 0.0, 0.0, 100.0, 0.0, 0.0))
    return Scene((ScenePanel("front", 100.0, 100.0, 0.0, "#ffffff", (element,)),))


def _count_files(services: Services) -> int:
    query = select(func.count()).select_from(print_files)
    return services.database.read_now(lambda work: int(work.connection.execute(query).scalar_one()))


@pytest.fixture
def item_id(client: TestClient, shop: Shop) -> str:
    return str(shop.order(client, shop.finished()).json()["orderItems"][0]["id"])


def test_another_merchants_item_is_not_found(services: Services, item_id: str) -> None:
    stranger = Caller(partner_id=random_id())

    for operation in (
        lambda work: begin_rendering(stranger, work, item_id),
        lambda work: attach_print_files(stranger, work, item_id, []),
        lambda work: fail_item(stranger, work, item_id, "because"),
    ):
        with pytest.raises(NotFound):
            services.database.write_now(operation)


def test_a_picture_that_cannot_be_drawn_fails_the_item_with_the_reason(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    asset = services.files.put(b"not a picture")
    order_id = shop.order(client, shop.finished(_with_asset(asset))).json()["id"]

    worker.drain()

    (item,) = shop.read(client, order_id).json()["orderItems"]
    assert (item["status"], item["printFiles"]) == ("failed", [])
    assert item["failure"].startswith("panel 'front' could not be made as pdf")


def test_a_picture_that_is_lost_fails_the_item_with_the_reason(client: TestClient, shop: Shop, worker: Worker) -> None:
    order_id = shop.order(client, shop.finished(_with_asset("0" * 64))).json()["id"]

    worker.drain()

    order = shop.read(client, order_id).json()
    assert (order["status"], order["orderItems"][0]["failure"]) == ("failed", f"there is no file {'0' * 64}")


def test_doing_the_job_again_changes_nothing(services: Services, shop: Shop, item_id: str) -> None:
    caller = Caller(partner_id=shop.partner.id)
    for _ in range(3):
        on_render_print_files(services, caller, turn="1", item_id=item_id)

    assert _count_files(services) == 4


def test_the_same_design_gives_the_same_bytes(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    answers = [shop.order(client, shop.finished(), externalId=number).json() for number in (1, 2)]
    worker.drain()

    first, second = (
        [each["sha256"] for each in shop.read(client, answer["id"]).json()["orderItems"][0]["printFiles"]]
        for answer in answers
    )
    assert first == second


def test_the_files_are_listed_in_the_order_of_the_workflows_panels(
    client: TestClient, shop: Shop, worker: Worker
) -> None:
    scene = Scene(tuple(ScenePanel(name, 100.0, 50.0, 0.0, "#ffffff") for name in ("wrap", "lid", "base")))
    order_id = shop.order(client, shop.finished(scene)).json()["id"]

    worker.drain()

    (item,) = shop.read(client, order_id).json()["orderItems"]
    assert [(each["panel"], each["format"]) for each in item["printFiles"]] == [
        (name, format_) for name in ("wrap", "lid", "base") for format_ in ("pdf", "png")
    ]


def test_the_files_have_the_size_of_the_panel(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    order_id = shop.order(client, shop.finished()).json()["id"]
    worker.drain()

    made = {
        (each["panel"], each["format"]): client.get(each["url"]).content
        for each in shop.read(client, order_id).json()["orderItems"][0]["printFiles"]
    }

    with Image.open(io.BytesIO(made["front", "png"])) as picture:
        assert picture.width == round(200 / 72 * 150)
        assert abs(picture.height - picture.width / 2) <= 0.5
    document = pypdfium2.PdfDocument(made["front", "pdf"])
    assert document[0].get_size() == (200, 100)
    document.close()
