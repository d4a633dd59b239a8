"""A shopper's way from the first question to the finished design."""

import hashlib
import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2 as httpx
import pytest
from starlette.testclient import TestClient

from spiff.catalogue.compiled import Compiled
from spiff.errors import NotFound
from spiff.rendering.printing import Printing
from spiff.transactions import operations
from spiff.transactions.model import AlreadyOrdered, Design, DesignUnfinished
from spiff.transactions.ordering import Orderable, find_orderables, mark_ordered, require_orderable
from spiff.web.routing import Services
from tests.catalogue import small
from tests.transactions.conftest import Shopper


def _result(answer: httpx.Response) -> dict[str, Any]:
    """What was finished, without the token that says until when its price holds: each has its own second."""
    return {name: value for name, value in answer.json().items() if name != "priceToken"}


def _design(services: Services, shopper: Shopper) -> Design:
    """The design that was finished last, as it is stored."""
    design_id = shopper.read().json()["links"][0]["href"].rpartition("/")[2]
    return services.database.read_now(lambda work: operations.get_design(work, design_id))


def test_a_new_transaction_tells_its_owner_token_once(shopper: Shopper, services: Services) -> None:
    answer = shopper.begin(presentmentCurrency="EUR", pageSessionId=str(uuid.uuid4()))

    assert answer.headers["etag"] == '"1"'
    document = answer.json()
    assert (document["status"], document["revision"], document["answers"]) == ("created", 1, {})
    assert document["price"] == {"baseCost": 1200, "optionsCost": 0, "currency": "AUD"}
    assert [each["code"] for each in document["findings"]] == ["mandatory-empty"]
    stored = services.database.read_now(lambda work: operations.get_transaction(work, shopper.id))
    assert shopper.token not in str(stored)
    assert "ownerToken" not in shopper.read(owner=True).text


def test_answers_are_replaced_step_by_step_and_priced_by_the_server(shopper: Shopper) -> None:
    name, box = shopper.step("Name"), shopper.step("Box")
    shopper.patch({name: {"text": "Grace", "variantId": shopper.variant("letters", "Swash")}})

    answer = shopper.patch({box: {"variantId": shopper.variant("box", "Box")}, **shopper.chosen()})

    assert answer.headers["etag"] == '"3"'
    assert answer.json()["price"]["optionsCost"] == 100 + 450 + 50
    assert set(answer.json()["answers"]) == {name, box, shopper.step("Pattern")}
    assert shopper.patch({name: None}).json()["price"]["optionsCost"] == 500
    assert name not in shopper.read(owner=True).json()["data"]["answers"]


def test_a_finished_design_is_frozen_with_price_picture_and_words(shopper: Shopper, services: Services) -> None:
    shopper.patch({**shopper.chosen(), shopper.step("Name"): {"text": "Grace"}})

    result = shopper.complete().json()

    assert result["transactionId"] == shopper.id
    assert (result["baseCost"], result["optionsCost"], result["currency"], result["revision"]) == (1200, 50, "AUD", 2)
    assert result["exportedData"]["Name text"] == {"value": "Grace", "priceModifier": 0}
    assert result["exportedData"]["Pattern selection"] == {"value": "More dots", "priceModifier": 50}
    image = shopper.client.get(f"/api/transactions/{shopper.id}/image", follow_redirects=False)
    assert (image.status_code, image.headers["location"]) == (302, result["previewImage"])
    picture = shopper.client.get(result["previewImage"])
    assert (picture.headers["content-type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    data = shopper.read().json()
    assert "answers" not in data["data"]
    assert (data["data"]["baseCost"], data["data"]["optionsCost"], data["data"]["status"]) == (1200, 50, "completed")
    design = shopper.client.get(data["links"][0]["href"]).json()
    assert design["data"]["metadata"]["Name text"] == "Grace"
    assert design["links"][0]["href"] == result["previewImage"]
    kept = _design(services, shopper)
    assert hashlib.sha256(services.files.get(kept.scene_digest)).hexdigest() == kept.scene_digest


def test_many_who_finish_one_revision_at_once_get_one_design(shopper: Shopper) -> None:
    shopper.patch(shopper.chosen())

    with ThreadPoolExecutor(4) as threads:
        answers = list(threads.map(lambda _: shopper.complete(), range(4)))

    assert [answer.status_code for answer in answers] == [200] * 4
    first, *others = (_result(answer) for answer in answers)
    assert others == [first] * 3


def test_a_text_with_characters_no_database_likes_is_kept_without_them(shopper: Shopper) -> None:
    answer = shopper.patch({**shopper.chosen(), shopper.step("Name"): {"text": "A\x00d\u2060a"}})

    assert answer.status_code == 200
    assert shopper.complete().json()["exportedData"]["Name text"]["value"] == "Ada"


def test_finishing_the_same_revision_again_gives_the_same_result(shopper: Shopper) -> None:
    shopper.patch(shopper.chosen())
    first = shopper.complete()

    again = shopper.complete()

    assert again.status_code == 200
    assert _result(again) == _result(first)
    assert shopper.read().json()["data"]["revision"] == 2


def test_a_browser_that_saw_another_scene_is_noted_and_not_refused(shopper: Shopper, services: Services) -> None:
    shopper.patch(shopper.chosen())

    assert shopper.complete({"sceneDigest": "AB" * 32}).status_code == 200

    design = _design(services, shopper)
    assert design.browser_scene_digest == "ab" * 32
    assert design.scene_digest != design.browser_scene_digest


def test_editing_a_finished_design_leaves_it_in_force_until_the_next_is_finished(
    shopper: Shopper, services: Services
) -> None:
    shopper.patch(shopper.chosen())
    first = shopper.complete().json()
    shopper.patch({shopper.step("Box"): {"variantId": shopper.variant("box", "Box")}})

    data = shopper.read().json()["data"]
    assert (data["status"], data["revision"], data["optionsCost"]) == ("completed", 3, 50)
    assert (
        shopper.client.get(f"/api/transactions/{shopper.id}/image", follow_redirects=False).headers["location"]
        == first["previewImage"]
    )

    assert shopper.complete().json()["optionsCost"] == 500
    assert shopper.read().json()["data"]["optionsCost"] == 500


def test_a_finished_design_keeps_its_workflow_version(shopper: Shopper, services: Services) -> None:
    changed = small.TEXT.replace("text: Ada", "text: Grace").replace("price: 1200", "price: 1500")
    small.apply(services, changed)

    answer = shopper.patch(shopper.chosen())

    assert answer.json()["workflow"]["version"] == 1
    assert answer.json()["price"]["baseCost"] == 1500
    assert shopper.complete().json()["exportedData"]["Name text"]["value"] == "Ada"
    assert shopper.begin().json()["workflow"]["version"] == 2


def test_panels_are_shown_as_svg_before_and_after_finishing(shopper: Shopper) -> None:
    address = f"/api/transactions/{shopper.id}/panels/front.svg"
    unfinished = shopper.client.get(address)
    shopper.patch({**shopper.chosen(), shopper.step("Name"): {"text": "Grace"}})
    shopper.complete()

    finished = shopper.client.get(address)

    assert finished.headers["content-type"].startswith("image/svg+xml")
    assert finished.text.startswith("<svg") and "/files/" in finished.text
    assert finished.text != unfinished.text
    assert shopper.client.get(f"/api/transactions/{shopper.id}/panels/back.svg").status_code == 200


def test_only_the_partner_and_only_a_finished_design_can_be_ordered_once(
    shopper: Shopper, services: Services, another: Callable[[], Shopper]
) -> None:
    database, partner = services.database, shopper.shop.partner.id

    def orderable(partner_id: str) -> Orderable:
        return database.read_now(
            lambda work: require_orderable(find_orderables(work, [shopper.id]), partner_id, shopper.id)
        )

    with pytest.raises(DesignUnfinished) as unfinished:
        orderable(partner)
    assert unfinished.value.extra == {"currentState": "created"}
    shopper.patch(shopper.chosen())
    shopper.complete()
    with pytest.raises(NotFound):
        orderable(str(uuid.uuid4()))

    assert orderable(partner).status == "completed"

    database.write_now(lambda work: mark_ordered(work, [shopper.id]))

    assert orderable(partner).status == "ordered"
    with pytest.raises(AlreadyOrdered):
        database.write_now(lambda work: mark_ordered(work, [shopper.id]))
    assert another().read().json()["data"]["status"] == "created"


def test_a_switched_off_product_cannot_be_started(client: TestClient, shop: Compiled, services: Services) -> None:
    small.apply(services, small.TEXT.replace("price: 1200", "price: 1200\n    enabled: false"))

    answer = Shopper(client, shop).begin()

    assert (answer.status_code, answer.json()["code"]) == (409, "product-not-ready")


def test_a_page_session_is_kept_once(client: TestClient, shop: Compiled) -> None:
    body = {"id": str(uuid.uuid4()), "integrationProductId": shop.integration_products[0].id}

    assert [client.post("/api/page-sessions", json=body).status_code for _ in range(2)] == [202, 202]


def test_a_design_keeps_how_its_product_was_printed_when_it_was_finished(shopper: Shopper, services: Services) -> None:
    shopper.patch(shopper.chosen())
    shopper.complete()
    before = _design(services, shopper).printing
    changed = small.TEXT.replace("    image: dots\n", "    image: dots\n    print: {formats: [svg, dxf]}\n")

    small.apply(services, changed)

    assert before == _design(services, shopper).printing == Printing()
    shopper.patch({shopper.step("Name"): {"text": "Grace"}})
    shopper.complete()
    assert _design(services, shopper).printing.formats == ("svg", "dxf")
