"""Products with terms: nothing is finished without an agreement, which stands in the order for the merchant."""

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from spiff.auth import soa
from spiff.catalogue.compiled import Compiled
from spiff.web.routing import Services
from tests.catalogue import small
from tests.transactions.conftest import Shopper
from tests.transactions.servers import Server

SENTENCE, LINK = "I have the right to print this.", "https://shop.example/terms"
DIGEST = sha256(f"{SENTENCE}\n{LINK}".encode()).hexdigest()


def with_terms(sentence: str = SENTENCE) -> str:
    """The small catalogue, its card sold on terms."""
    return small.TEXT.replace(
        "    image: dots\n", f'    image: dots\n    terms: {{text: "{sentence}", link: "{LINK}"}}\n'
    )


@pytest.fixture
def shop(services: Services) -> Compiled:
    return small.apply(services, with_terms())[0]


@pytest.fixture
def server(client: TestClient, services: Services, shop: Compiled) -> Server:
    return Server(client, services, shop)


@pytest.fixture
def answered(shopper: Shopper) -> Shopper:
    """Somebody whose design lacks nothing but an agreement."""
    assert shopper.patch(shopper.chosen()).status_code == 200
    return shopper


def batch(shop: Compiled, **members: Any) -> Any:
    """One card with its mandatory pattern."""
    steps = {each.step_title: each.step_name for each in shop.workflows[0].workflow.steps}
    options = {each.name: each for each in shop.workflows[0].workflow.options}
    pattern = {"name": steps["Pattern"], "data": {"pictureVariantId": options["patterns"].variants[0].id}}
    return {"transactions": [{"integrationProductId": shop.integration_products[0].id, "steps": [pattern], **members}]}


def order(server: Server, transaction_id: str) -> Any:
    """The transaction ordered and read again, as a shop's server does."""
    body = json.dumps({"orderItems": [{"transactionId": transaction_id, "amountToOrder": 1}]}).encode()
    placed = server.post("/api/v2/orders", body)
    assert placed.status_code == 201, placed.text
    path = f"/api/v2/orders/{placed.json()['id']}"
    date = server.services.database.clock().strftime("%a, %d %b %Y %H:%M:%S GMT")
    signature = soa.sign(server.integration.secrets[0], soa.Signed("GET", path, "application/json", date, b""), "md5")
    headers = {
        "Authorization": f"SOA {server.integration.access_key}:{signature}",
        "Date": date,
        "Content-Type": "application/json",
    }
    return server.client.get(path, headers=headers).json()


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 422, "terms-not-agreed"),
        ({"termsDigest": None}, 422, "terms-not-agreed"),
        ({"termsDigest": ""}, 409, "terms-changed"),
        ({"termsDigest": DIGEST[:-1] + "x"}, 409, "terms-changed"),
        ({"termsDigest": sha256(SENTENCE.encode()).hexdigest()}, 409, "terms-changed"),
    ],
)
def test_a_design_is_not_finished_without_an_agreement_to_these_terms(
    answered: Shopper, body: Any, status: int, code: str
) -> None:
    answer = answered.complete(body)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert [(each["pointer"], each["code"]) for each in answer.json()["errors"]] == [("/termsDigest", code)]
    assert answered.read().json()["data"]["status"] == "created"


def test_terms_that_changed_while_the_page_was_open_are_not_taken_as_agreed_to(
    answered: Shopper, services: Services
) -> None:
    small.apply(services, with_terms("Something else."))

    answer = answered.complete({"termsDigest": DIGEST})

    assert (answer.status_code, answer.json()["code"]) == (409, "terms-changed")
    terms = answered.client.get(f"/api/integration-products/{answered.product}").json()["terms"]
    assert answer.json()["currentDigest"] == terms["digest"]
    assert answered.complete({"termsDigest": terms["digest"]}).status_code == 200


def test_what_a_shopper_agreed_to_stands_at_the_ordered_item_as_it_read_then(
    answered: Shopper, server: Server, services: Services
) -> None:
    before = services.database.clock()
    assert answered.complete({"termsDigest": DIGEST}).status_code == 200
    after = services.database.clock()
    small.apply(services, with_terms("Something else."))
    assert answered.complete().status_code == 200  # finished already, with an agreement

    (item,) = order(server, answered.id)["orderItems"]

    assert before <= datetime.fromisoformat(item["agreement"].pop("agreedAt")) <= after
    assert item["agreement"] == {"text": SENTENCE, "link": LINK, "digest": DIGEST, "statedBy": "shopper"}


@pytest.mark.parametrize("stated", [None, "", "0" * 64])
def test_a_batch_makes_nothing_of_a_product_with_terms_unless_it_states_the_agreement(
    server: Server, shop: Compiled, stated: str | None
) -> None:
    (made,) = server.post("/api/batchtransactions", batch(shop, termsDigest=stated)).json()["content"]

    expected = "terms-not-agreed" if stated is None else "terms-changed"
    assert made["problem"]["code"] == expected
    assert made["problem"]["errors"][0]["pointer"] == "/transactions/0/termsDigest"


def test_what_a_merchants_server_states_is_kept_as_the_merchants_word(server: Server, shop: Compiled) -> None:
    (made,) = server.post("/api/batchtransactions", batch(shop, termsDigest=DIGEST)).json()["content"]

    (item,) = order(server, made["data"]["id"])["orderItems"]

    assert (item["agreement"]["statedBy"], item["agreement"]["digest"]) == ("merchant", DIGEST)


def test_a_product_without_terms_asks_for_nothing_and_keeps_nothing(client: TestClient, services: Services) -> None:
    shop = small.apply(services)[0]
    shopper = Shopper(client, shop)
    shopper.begin()
    shopper.patch(shopper.chosen())
    assert shopper.complete({"termsDigest": DIGEST}).status_code == 200

    (item,) = order(Server(client, services, shop), shopper.id)["orderItems"]

    assert item["agreement"] is None


def test_a_product_without_terms_of_its_own_has_those_of_the_partner(tmp_path: Path) -> None:
    partner = 'partner: {name: Test & Sons, currency: AUD, terms: {text: "All sales are final."}}'
    text = small.TEXT.replace("partner: {name: Test & Sons, currency: AUD}", partner)

    (inherited,) = small.compiled(tmp_path / "partner", text).products
    (own,) = small.compiled(tmp_path / "own", text.replace("    image: dots\n", "    terms: {text: Mine.}\n")).products

    assert inherited.row.terms is not None
    assert own.row.terms is not None
    assert (inherited.row.terms.text, own.row.terms.text) == ("All sales are final.", "Mine.")
