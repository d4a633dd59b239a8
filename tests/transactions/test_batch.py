"""Batches of designs that a server has made: who may, what is refused as a whole, and what becomes of what is made."""

from contextlib import ExitStack
from typing import Any

import pytest

from spiff.errors import Unavailable
from spiff.jobs.worker import Worker
from spiff.orders.tasks import handlers
from spiff.storage.work import random_id
from spiff.transactions import batch_rest
from spiff.transactions.batch import MOST_TRANSACTIONS
from spiff.web.routing import Services
from tests.orders.shops import open_shop
from tests.transactions.batches import PATH, counted, step, variant, wanted
from tests.transactions.conftest import Shopper
from tests.transactions.servers import Server


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"secret": "another"}, "signature-wrong"),
        ({"key": "nobody"}, "signature-wrong"),
        ({"sent": b'{"transactions": []}'}, "signature-wrong"),
        ({"late_by_seconds": -3600}, "date-outside-window"),
        ({"late_by_seconds": 3600}, "date-outside-window"),
    ],
)
def test_a_batch_that_is_not_rightly_signed_makes_nothing(
    server: Server, services: Services, changed: dict[str, Any], code: str
) -> None:
    answer = server.post(PATH, {"transactions": [wanted(server.shop)]}, **changed)

    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert counted(services) == (0, 0)


def test_another_merchants_product_is_not_found(server: Server, services: Services) -> None:
    other = open_shop(services).integration_product.id

    answer = server.post(PATH, {"transactions": [wanted(server.shop, integrationProductId=other)]})

    problem = answer.json()["content"][0]["problem"]
    assert (problem["status"], problem["code"]) == (404, "not-found")
    assert problem["errors"][0]["pointer"] == "/transactions/0/integrationProductId"
    assert counted(services) == (0, 0)


def test_more_than_the_limit_is_refused_as_a_whole(server: Server, services: Services) -> None:
    answer = server.post(PATH, {"transactions": [wanted(server.shop)] * (MOST_TRANSACTIONS + 1)})

    assert (answer.status_code, answer.json()["code"]) == (422, "too-many-transactions")
    assert answer.json()["limit"] == MOST_TRANSACTIONS
    assert counted(services) == (0, 0)


def test_more_batches_than_there_is_room_for_are_to_be_sent_again(server: Server, services: Services) -> None:
    with ExitStack() as busy:
        for _ in range(batch_rest.MOST_BATCHES):
            busy.enter_context(batch_rest.ROOM.taken(random_id()))
        refused = server.post(PATH, {"transactions": [wanted(server.shop)]})
    made = server.post(PATH, {"transactions": [wanted(server.shop)]})

    assert (refused.status_code, refused.json()["code"]) == (503, "unavailable")
    assert "retry-after" in refused.headers
    assert "data" in made.json()["content"][0]
    assert counted(services) == (1, 1)


def test_one_merchant_took_the_room_for_the_batches_of_all(server: Server, services: Services) -> None:
    other = random_id()
    with ExitStack() as busy:
        with pytest.raises(Unavailable):
            for _ in range(batch_rest.MOST_BATCHES):
                busy.enter_context(batch_rest.ROOM.taken(other))
        made = server.post(PATH, {"transactions": [wanted(server.shop)]})

    assert made.status_code == 200
    assert counted(services) == (1, 1)


def test_a_body_without_transactions_cannot_be_read(server: Server) -> None:
    answer = server.post(PATH, {"designs": []})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


def test_an_empty_batch_makes_nothing(server: Server) -> None:
    answer = server.post(PATH, {"transactions": []})

    assert (answer.status_code, answer.json()) == (200, {"content": []})


def test_what_a_server_has_made_is_what_a_shopper_would_have_made(
    server: Server, shopper: Shopper, services: Services
) -> None:
    shop = server.shop
    shopper.patch(
        {
            step(shop, "Pattern"): {"variantId": variant(shop, "patterns", "More dots")},
            step(shop, "Name"): {
                "text": "Grace",
                "variantId": variant(shop, "letters", "Swash"),
                "colorVariantId": variant(shop, "inks", "Red"),
            },
        }
    )
    by_hand = shopper.complete().json()

    made = server.post(PATH, {"transactions": [wanted(shop)]}).json()["content"][0]["data"]

    resource = shopper.client.get(f"/api/transactions/{made['id']}").json()
    design = shopper.client.get(resource["links"][0]["href"]).json()
    same = ("baseCost", "optionsCost", "currency", "preflight", "price", "previewImage")
    assert {name: made[name] for name in same} == {name: by_hand[name] for name in same}
    assert resource["data"]["status"] == "completed"
    assert design["data"]["id"] == made["designId"]
    assert design["data"]["metadata"] == {"Name text": "Grace", "Name color": "Red"}
    assert [link["href"] for link in design["links"]] == [made["previewImage"]]


def test_designs_come_back_in_the_order_they_were_asked_for(server: Server) -> None:
    names = [f"Name {number}" for number in range(30)]

    answer = server.post(PATH, {"transactions": [wanted(server.shop, name) for name in names]})

    made = [each["data"] for each in answer.json()["content"]]
    assert [each["exportedData"][step(server.shop, "Name")]["text"] for each in made] == names
    assert len({each["id"] for each in made}) == len(names)


def test_what_was_not_begun_in_time_is_to_be_sent_again(
    server: Server, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch_rest, "LONGEST_SECONDS", 0.0)

    answer = server.post(PATH, {"transactions": [wanted(server.shop)] * 3})

    assert {each["problem"]["code"] for each in answer.json()["content"]} == {"unavailable"}
    assert counted(services) == (0, 0)


def test_what_was_made_is_ordered_with_its_price_and_printed_like_any_other(server: Server, services: Services) -> None:
    made = server.post(PATH, {"transactions": [wanted(server.shop)]}).json()["content"][0]["data"]
    line = {"transactionId": made["id"], "amountToOrder": 1, "priceToken": made["priceToken"]}

    ordered = server.post("/api/v2/orders", {"orderItems": [line]})

    assert ordered.status_code == 201
    assert ordered.json()["orderItems"][0]["price"] == made["price"]
    assert Worker(services, handlers).drain() == 1
    again = server.post("/api/v2/orders", {"orderItems": [line]}).json()
    assert (again["status"], {each["format"] for each in again["orderItems"][0]["printFiles"]}) == (
        "ready",
        {"pdf", "png"},
    )


def test_the_workflow_may_be_named_by_its_id_or_left_to_the_product(server: Server) -> None:
    by_id, none = wanted(server.shop, workflowSlug=server.shop.workflows[0].row.id), wanted(server.shop)
    del none["workflowSlug"]

    answer = server.post(PATH, {"transactions": [by_id, none]})

    assert all("data" in each for each in answer.json()["content"])


def test_the_path_of_the_first_draft_is_served_too(server: Server) -> None:
    answer = server.post("/transactions", {"transactions": [wanted(server.shop)]})

    assert "data" in answer.json()["content"][0]
