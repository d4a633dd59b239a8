"""GraphQL: who may ask what, what is refused, and that it orders and prices as REST does."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, get_introspection_query, parse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema
from sqlalchemy import update
from starlette.testclient import TestClient

from spiff.catalogue.store import products
from spiff.errors import SpiffError
from spiff.graphql import documents
from spiff.graphql.executing import SCHEMA, SDL
from spiff.graphql.limits import MOST_ALIASES, MOST_CHARACTERS, MOST_FIELDS, QueryTooLarge, require_small
from spiff.jobs.worker import Worker
from spiff.orders.tasks import handlers
from spiff.web.routing import Services
from tests.catalogue import small
from tests.orders.shops import Shop, open_shop
from tests.transactions.conftest import Shopper

ROOT = Path(__file__).parents[2]
PATH = "/graphql"
NOBODY = "00000000-0000-4000-8000-000000000000"
ORDER = """
mutation Order($items: [OrderItemInput!]!, $number: String, $paid: Boolean, $key: String) {
  orderCreate(orderItems: $items, externalId: $number, paid: $paid, idempotencyKey: $key) {
    id internalId externalId status paid replayed orderItems { transactionId amountToOrder status }
  }
}
"""


@pytest.fixture
def shop(services: Services) -> Shop:
    """A shop whose server signs."""
    return open_shop(services)


@pytest.fixture
def finished(client: TestClient, services: Services) -> Shopper:
    """A shopper who has finished a card."""
    shopper = Shopper(client, small.apply(services)[0])
    shopper.begin()
    shopper.patch(shopper.chosen())
    shopper.complete()
    return shopper


def lines(*transaction_ids: str, amount: int = 1, **more: Any) -> list[dict[str, Any]]:
    """Order items."""
    return [{"transactionId": each, "amountToOrder": amount, **more} for each in transaction_ids]


def post(client: TestClient, shop: Shop | None, query: str, variables: Any = None, **changed: Any) -> Any:
    """Send a document, signed where there is a shop."""
    path, headers = changed.pop("path", PATH), changed.pop("headers", {})
    body = json.dumps({"query": query, "variables": variables}).encode()
    signed = shop.headers(body, path, digest="md5", **changed) if shop else {}
    return client.post(path, content=changed.get("sent", body), headers={**signed, **headers})


def code(answer: Any) -> str:
    """The code of the one error of an answer."""
    assert answer.status_code == 200
    (error,) = answer.json()["errors"]
    assert error["extensions"]["requestId"] == answer.headers["x-request-id"]
    return str(error["extensions"]["code"])


def jobs(services: Services) -> int:
    """How many jobs the orders promised."""
    return Worker(services, handlers).drain()


@pytest.mark.parametrize(
    "changed",
    [{"secret": "another"}, {"key": "nobody"}, {"sent": b"{}"}, {"late_by_seconds": -3600}, {"late_by_seconds": 3600}],
)
def test_a_wrong_signature_is_refused_before_the_document_is_read(
    client: TestClient, shop: Shop, services: Services, changed: dict[str, Any]
) -> None:
    answer = post(client, shop, ORDER, {"items": lines(shop.finished())}, **changed)

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert jobs(services) == 0


def test_an_order_that_is_not_signed_is_refused_and_leaves_nothing(
    client: TestClient, shop: Shop, services: Services
) -> None:
    answer = post(client, None, ORDER, {"items": lines(shop.finished())})

    assert code(answer) == "unauthorized"
    assert answer.json()["data"] is None
    assert jobs(services) == 0


def test_another_merchants_design_is_not_found(client: TestClient, shop: Shop, services: Services) -> None:
    other = open_shop(services, "other")

    answer = post(client, shop, ORDER, {"items": lines(other.finished())})

    assert code(answer) == "not-found"
    assert jobs(services) == 0


def test_an_order_is_all_or_nothing_and_tells_every_problem(client: TestClient, shop: Shop, services: Services) -> None:
    good, unfinished = shop.finished(), shop.unfinished()

    answer = post(client, shop, ORDER, {"items": lines(good, unfinished)})

    assert code(answer) == "design-unfinished"
    extensions = answer.json()["errors"][0]["extensions"]
    assert [each["pointer"] for each in extensions["errors"]] == ["/orderItems/1/transactionId"]
    assert extensions["currentState"] == "created"
    assert jobs(services) == 0
    assert shop.order(client, good).status_code == 201


def test_a_design_is_not_ordered_twice(client: TestClient, shop: Shop) -> None:
    transaction = shop.finished()
    post(client, shop, ORDER, {"items": lines(transaction), "number": "1"})

    answer = post(client, shop, ORDER, {"items": lines(transaction), "number": "2"})

    assert code(answer) == "already-ordered"


def test_an_amount_that_is_none_is_refused(client: TestClient, shop: Shop) -> None:
    answer = post(client, shop, ORDER, {"items": lines(shop.finished(), amount=0)})

    assert code(answer) == "invalid"


def test_a_signed_order_is_placed_once_and_makes_its_files(client: TestClient, shop: Shop, services: Services) -> None:
    transaction = shop.finished()
    variables = {"items": lines(transaction, amount=3), "number": "1007"}

    first = post(client, shop, ORDER, variables).json()["data"]["orderCreate"]
    again = post(client, shop, ORDER, variables).json()["data"]["orderCreate"]

    assert first == {
        "id": first["id"],
        "internalId": None,
        "externalId": "1007",
        "status": "received",
        "paid": True,
        "replayed": False,
        "orderItems": [{"transactionId": transaction, "amountToOrder": 3, "status": "received"}],
    }
    assert again == {**first, "replayed": True}
    assert jobs(services) == 1
    assert shop.read(client, first["id"]).json()["status"] == "ready"


def test_one_order_sent_often_at_once_is_placed_once(client: TestClient, shop: Shop, services: Services) -> None:
    variables = {"items": lines(shop.finished()), "number": "1"}

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: post(client, shop, ORDER, variables).json(), range(20)))

    placed = [each["data"]["orderCreate"] for each in answers]
    assert len({each["id"] for each in placed}) == 1
    assert [each["replayed"] for each in placed].count(False) == 1
    assert jobs(services) == 1


def test_the_same_order_through_rest_is_the_same_order(client: TestClient, shop: Shop) -> None:
    transaction = shop.finished()
    placed = post(client, shop, ORDER, {"items": lines(transaction), "number": "7"}).json()["data"]["orderCreate"]

    again = shop.order(client, transaction, externalId="7")

    assert (again.json()["id"], again.headers["idempotent-replayed"]) == (placed["id"], "true")


@pytest.mark.parametrize("by_header", [True, False])
def test_a_key_names_an_order(client: TestClient, shop: Shop, by_header: bool) -> None:
    headers, variables = ({"Idempotency-Key": "k1"}, {}) if by_header else ({}, {"key": "k1"})
    post(client, shop, ORDER, {"items": lines(shop.finished()), **variables}, headers=headers)

    other = post(client, shop, ORDER, {"items": lines(shop.finished()), **variables}, headers=headers)

    assert code(other) == "idempotency-conflict"


def test_what_is_not_paid_is_held_until_it_is(client: TestClient, shop: Shop) -> None:
    variables = {"items": lines(shop.finished()), "number": "9"}

    held = post(client, shop, ORDER, {**variables, "paid": False}).json()["data"]["orderCreate"]
    paid = post(client, shop, ORDER, {**variables, "paid": True}).json()["data"]["orderCreate"]

    assert (held["status"], held["paid"]) == ("held", False)
    assert (paid["status"], paid["paid"], paid["id"]) == ("received", True, held["id"])


@pytest.mark.parametrize("path", ["/graphql", "/2026-09/graphql"])
def test_a_plugin_prices_a_cart_line_as_it_always_did(
    client: TestClient, shop: Shop, finished: Shopper, path: str
) -> None:
    query = (
        f'query GetTransaction {{ transactions(ids: ["{finished.id}"]) '
        "{ priceModifierTotal product { basePrice integrationProducts { id } } } }"
    )
    body = json.dumps({"operationName": "GetTransaction", "query": query}).encode()

    answer = client.post(path, content=body, headers=shop.headers(body, path, digest="md5"))

    (read,) = answer.json()["data"]["transactions"]
    rest = finished.read().json()["data"]
    assert answer.status_code == 200
    assert (read["product"]["basePrice"], read["priceModifierTotal"]) == (rest["baseCost"], rest["optionsCost"])
    assert [each["id"] for each in read["product"]["integrationProducts"]] == [finished.product]


def test_the_version_with_a_variable_reads_the_picture_without_a_signature(
    client: TestClient, finished: Shopper
) -> None:
    query = "query GetTransaction($transactionId: String!) { transactions(ids: [$transactionId]) { previewImageLink } }"

    answer = post(client, None, query, {"transactionId": finished.id})

    link = answer.json()["data"]["transactions"][0]["previewImageLink"]
    assert client.get(link).headers["content-type"] == "image/png"


def test_everything_about_a_transaction_can_be_read(client: TestClient, finished: Shopper) -> None:
    query = """query ($ids: [String!]!) { transactions(ids: $ids) {
      id integrationProductId workflowId completed isOrdered currencyCode
      product { id name minimumOrderQuantity integrationProducts { externalProductId externalVariantId } } } }"""

    answer = post(client, None, query, {"ids": [finished.id]})

    assert answer.json()["data"]["transactions"] == [
        {
            "id": finished.id,
            "integrationProductId": finished.product,
            "workflowId": finished.shop.workflows[0].row.id,
            "completed": True,
            "isOrdered": False,
            "currencyCode": "AUD",
            "product": {
                "id": finished.shop.products[0].row.id,
                "name": "Card",
                "minimumOrderQuantity": 1,
                "integrationProducts": [{"externalProductId": "CARD-1", "externalVariantId": "V-1"}],
            },
        }
    ]


def test_what_does_not_exist_is_null_in_its_place(client: TestClient, finished: Shopper) -> None:
    query = "query ($ids: [String!]!) { transactions(ids: $ids) { id } }"

    answer = post(client, None, query, {"ids": [NOBODY, finished.id, "no-uuid"]})

    assert answer.json()["data"] == {"transactions": [None, {"id": finished.id}, None]}
    assert [(e["path"], e["extensions"]["code"]) for e in answer.json()["errors"]] == [
        (["transactions", 0], "not-found"),
        (["transactions", 2], "not-found"),
    ]


@pytest.mark.parametrize("version", ["latest", "2026", "2026-09-01", "api"])
def test_a_version_that_is_none_is_not_found(client: TestClient, version: str) -> None:
    answer = client.post(f"/{version}/graphql", json={"query": "{ __typename }"})

    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize(
    "body", ["[]", '[{"query": "{ __typename }"}]', '{"query": 5}', "{}", '{"query": "", "variables": [1]}']
)
def test_a_list_of_documents_and_what_is_none_cannot_be_read(client: TestClient, body: str) -> None:
    answer = client.post(PATH, content=body)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")


NESTED = "{__schema{types{" + "fields{type{" * 12 + "name" + "}}" * 12 + "}}}"
BOMB = "{...F0}" + "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(40))
REFUSED = {
    "nothing": ("", "query-invalid"),
    "no GraphQL": ("SELECT 1", "query-invalid"),
    "an unknown field": ("{ orders { id } }", "query-invalid"),
    "a wrong type": ("{ transactions(ids: 5) { id } }", "query-invalid"),
    "no subscription": ("subscription { transactions }", "query-invalid"),
    "an unknown operation": ("query A { __typename } query B { __typename }", "query-invalid"),
    "a circle": ("{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", "query-invalid"),
    "too many characters": ("{ __typename }" + " " * MOST_CHARACTERS, "query-invalid"),
    "too many tokens": ("{" + "__typename " * 1000 + "}", "query-invalid"),
    "comments": ("#\n" * 5000 + "{ __typename }", "query-invalid"),
    "brackets": ("{ transactions(ids: " + "[" * 400 + "]" * 400 + ") { id } }", "query-invalid"),
    "introspection in circles": (NESTED, "query-too-large"),
    "fragments of fragments": (BOMB + "fragment F40 on Query { __typename }", "query-too-large"),
    "too many fields": ("{" + "__typename " * (MOST_FIELDS + 1) + "}", "query-too-large"),
    "too many aliases": ("{" + " ".join(f"a{n}: __typename" for n in range(MOST_ALIASES + 1)) + "}", "query-too-large"),
    "too many ids": ("{ transactions(ids: [" + '"0" ' * 101 + "]) { id } }", "query-too-large"),
    "two orders": ("mutation {" + "a: orderCreate(orderItems: []) { id } " * 2 + "}", "query-too-large"),
    "two orders in a fragment": (
        "mutation { ...A } fragment A on Mutation { a: orderCreate(orderItems: []) { id } b: __typename }",
        "query-too-large",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_document_that_is_wrong_or_too_large_is_refused_in_the_form_of_graphql(client: TestClient, name: str) -> None:
    query, expected = REFUSED[name]

    answer = post(client, None, query)

    errors = answer.json()["errors"]
    assert answer.status_code == 200
    assert {each["extensions"]["code"] for each in errors} == {expected}
    assert not (answer.json().get("data") or {}).get("transactions")


def test_the_more_fields_the_fewer_ids(client: TestClient) -> None:
    fields = " ".join("... { id completed isOrdered workflowId currencyCode }" for _ in range(40))

    few = post(client, None, f"query($i: [String!]!) {{ transactions(ids: $i) {{ {fields} }} }}", {"i": [NOBODY] * 9})
    many = post(client, None, f"query($i: [String!]!) {{ transactions(ids: $i) {{ {fields} }} }}", {"i": [NOBODY] * 10})

    assert {each["extensions"]["code"] for each in few.json()["errors"]} == {"not-found"}
    assert code(many) == "query-too-large"


def test_ids_are_counted_over_the_whole_document(client: TestClient) -> None:
    query = "query($i: [String!]!) { a: transactions(ids: $i) { id } b: transactions(ids: $i) { id } }"

    answer = post(client, None, query, {"i": [NOBODY] * 60})

    assert "query-too-large" in {each["extensions"]["code"] for each in answer.json()["errors"]}


def test_tools_can_read_the_schema(client: TestClient) -> None:
    answer = post(client, None, get_introspection_query())

    assert "errors" not in answer.json()
    assert {"Transaction", "Order"} <= {each["name"] for each in answer.json()["data"]["__schema"]["types"]}


def test_what_was_not_foreseen_tells_nothing_but_the_request_id(
    client: TestClient, finished: Shopper, services: Services
) -> None:
    spoilt = update(products).values(price_breaks="the password is 1234")
    services.database.write_now(lambda work: work.connection.execute(spoilt))

    answer = post(client, None, "query($i: [String!]!) { transactions(ids: $i) { id } }", {"i": [finished.id]})

    assert code(answer) == SpiffError.code
    assert "1234" not in answer.text


def test_the_types_of_the_schema_are_those_that_are_answered() -> None:
    answered = {
        "Transaction": documents.TransactionDocument,
        "Product": documents.ProductDocument,
        "IntegrationProduct": documents.SoldThrough,
        "Order": documents.OrderDocument,
        "OrderItem": documents.OrderItemDocument,
    }
    written = {name: set(getattr(SCHEMA.type_map[name], "fields", {})) for name in answered}

    assert written == {name: set(type_.__struct_encode_fields__) for name, type_ in answered.items()}


def test_the_page_about_graphql_has_the_schema() -> None:
    assert SDL.strip() in (ROOT / "docs" / "graphql.md").read_text("utf-8")


def test_a_fragment_is_measured_once_and_a_circle_ends() -> None:
    with pytest.raises(QueryTooLarge):
        require_small(parse(REFUSED["fragments of fragments"][0]))
    assert require_small(parse(REFUSED["a circle"][0])) == 0


def test_no_document_that_fits_the_schema_makes_the_server_fail(client: TestClient, shop: Shop) -> None:
    known = [shop.finished(), shop.unfinished(), NOBODY]

    @settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(query=from_schema(build_schema(SDL)), transaction_id=st.sampled_from(known), signed=st.booleans())
    def ask(query: str, transaction_id: str, signed: bool) -> None:
        answer = post(client, shop if signed else None, query.replace('""', f'"{transaction_id}"'))

        assert answer.status_code == 200, answer.text
        codes = {each["extensions"]["code"] for each in answer.json().get("errors", [])}
        assert SpiffError.code not in codes, query

    ask()
