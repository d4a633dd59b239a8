"""The doors of orders, refusals first; everything through the app as it runs in production, on both databases."""

import gzip
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from spiff.jobs.model import jobs
from spiff.jobs.worker import Worker
from spiff.orders.store import order_items, orders
from spiff.storage.files import digest_of
from spiff.transactions.operations import get_transaction
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop, order_body


def _counts(services: Services) -> tuple[int, int, int]:
    def count(work: Any) -> tuple[int, ...]:
        tables = (orders, order_items, jobs)
        return tuple(work.connection.execute(select(func.count()).select_from(each)).scalar_one() for each in tables)

    found = services.database.read_now(count)
    return found[0], found[1], found[2]


def _errors(answer: Any) -> list[tuple[str, str]]:
    return [(error["pointer"], error["code"]) for error in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("spoiled", "code"),
    [
        ({"secret": "wrong"}, "signature-wrong"),
        ({"key": "unknown"}, "signature-wrong"),
        ({"late_by_seconds": -1000}, "date-outside-window"),
        ({"late_by_seconds": 1000}, "date-outside-window"),
        ({"date": "soon"}, "date-missing"),
        ({"path": "/orders"}, "signature-wrong"),
        ({"method": "PUT"}, "signature-wrong"),
    ],
)
def test_a_wrongly_signed_order_is_refused_and_leaves_nothing(
    client: TestClient, shop: Shop, services: Services, spoiled: dict[str, Any], code: str
) -> None:
    body = order_body(shop.finished())

    answer = client.post("/api/v2/orders", content=body, headers=shop.headers(body, **spoiled))

    assert (answer.status_code, answer.json()["code"]) == (401, code)
    assert answer.headers["WWW-Authenticate"] == "SOA"
    assert _counts(services) == (0, 0, 0)


def test_an_unsigned_order_is_refused_before_its_body_is_read(client: TestClient, services: Services) -> None:
    answer = client.post("/api/v2/orders", content=b"not JSON")

    assert (answer.status_code, answer.json()["code"]) == (401, "signature-missing")
    assert _counts(services) == (0, 0, 0)


def test_a_body_changed_after_signing_is_refused_with_what_the_server_signed(client: TestClient, shop: Shop) -> None:
    body = order_body(shop.finished())

    answer = client.post("/api/v2/orders", content=body + b" ", headers=shop.headers(body))

    assert answer.status_code == 401
    assert answer.json()["bodyBytes"] == len(body) + 1
    assert answer.json()["stringToSign"].startswith("POST\n")


def test_an_unknown_and_anothers_transaction_are_not_found_alike(
    client: TestClient, shop: Shop, services: Services
) -> None:
    theirs, nobodys = open_shop(services, "other").finished(), str(uuid.uuid4())

    answers = [shop.order(client, shop.finished(), each) for each in (theirs, nobodys)]

    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
        assert _errors(answer) == [("/orderItems/1/transactionId", "not-found")]
    assert _counts(services) == (0, 0, 0)


def test_an_unfinished_design_is_a_conflict_with_its_state(client: TestClient, shop: Shop, services: Services) -> None:
    answer = shop.order(client, shop.unfinished())

    assert (answer.status_code, answer.json()["code"]) == (409, "design-unfinished")
    assert answer.json()["title"] == "The design is not finished"
    assert answer.json()["currentState"] == "created"
    assert _counts(services) == (0, 0, 0)


def test_a_design_in_another_order_is_a_conflict_with_its_state(
    client: TestClient, shop: Shop, services: Services
) -> None:
    ordered = shop.finished()
    shop.order(client, ordered, externalId="first")

    answer = shop.order(client, shop.finished(), ordered, externalId="second")

    assert (answer.status_code, answer.json()["code"]) == (409, "already-ordered")
    assert answer.json()["errors"][0]["currentState"] == "received"
    assert _counts(services) == (1, 1, 1)


def test_all_problems_of_all_items_are_told_at_once(client: TestClient, shop: Shop) -> None:
    ordered = shop.finished()
    shop.order(client, ordered)
    lines = [
        {"transactionId": shop.finished(), "amountToOrder": 0},
        {"transactionId": str(uuid.uuid4()), "amountToOrder": 1},
        {"transactionId": shop.unfinished(), "amountToOrder": 1},
        {"transactionId": ordered, "amountToOrder": 1},
    ]

    answer = shop.send(client, json.dumps({"orderItems": lines}).encode())

    assert answer.status_code == 422
    assert _errors(answer) == [
        ("/orderItems/0/amountToOrder", "amount"),
        ("/orderItems/1/transactionId", "not-found"),
        ("/orderItems/2/transactionId", "design-unfinished"),
        ("/orderItems/3/transactionId", "already-ordered"),
    ]


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b"{", None),
        (b"[]", ""),
        (b"{}", ""),
        (b'{"orderItems":{}}', "/orderItems"),
        (b'{"orderItems":[{"transactionId":1,"amountToOrder":1}]}', "/orderItems/0/transactionId"),
        (b'{"orderItems":[{"transactionId":"a","amountToOrder":true}]}', "/orderItems/0/amountToOrder"),
        (b'{"orderItems":[],"paid":"yes"}', "/paid"),
        (b'{"orderItems":[],"externalData":[1]}', "/externalData"),
        (b'{"orderItems":[],"externalId":"\\ud800', None),
        (b'{"orderItems":[],"externalId":"1\\u"}', None),
        (b'{"orderItems":[],"externalId":"\xff"}', None),
    ],
)
def test_a_body_of_the_wrong_shape_is_refused_with_a_pointer(
    client: TestClient, shop: Shop, body: bytes, pointer: str | None
) -> None:
    answer = shop.send(client, body)

    assert answer.status_code == 400
    assert [error["pointer"] for error in answer.json()["errors"]] == ([] if pointer is None else [pointer])


@pytest.mark.parametrize(
    ("mark", "sent", "kept"),
    [
        (b"\xef\xbb\xbf", b"7", "7"),
        (b"", b"Ann \\ud83d", "Ann"),
        (b"", b"\\uDE00Ann \\ud83d\\ude00", "Ann \N{GRINNING FACE}"),
        (b"", b"\\\\ud83d\\ud83d", "\\ud83d"),
    ],
    ids=["a byte order mark", "half an emoji", "the other half", "a backslash and words"],
)
def test_an_order_was_refused_for_a_byte_order_mark_or_half_an_emoji(
    client: TestClient, shop: Shop, mark: bytes, sent: bytes, kept: str
) -> None:
    """As programs write them that cut names by their length, or text files by .NET; the shop has the money by then."""
    body = mark + order_body(shop.finished(), externalId="?").replace(b"?", sent)

    answer = shop.send(client, body)

    assert (answer.status_code, answer.json()["externalId"]) == (201, kept)


@pytest.mark.parametrize(
    ("coded", "sentence"),
    [
        (gzip.compress, "it is compressed (gzip); send it as it is"),
        (lambda body: body.decode().encode("utf-16"), "it is UTF-16 or UTF-32; send UTF-8"),
    ],
    ids=["gzip", "UTF-16"],
)
def test_a_body_in_another_coding_is_told_which(
    client: TestClient, shop: Shop, coded: Callable[[bytes], bytes], sentence: str
) -> None:
    answer = shop.send(client, coded(order_body(shop.finished())))

    assert (answer.status_code, answer.json()["detail"]) == (400, f"the body is not JSON: {sentence}")


def test_an_order_without_items_is_refused(client: TestClient, shop: Shop) -> None:
    answer = shop.order(client)

    assert answer.status_code == 422
    assert _errors(answer) == [("/orderItems", "empty")]


def test_too_many_items_are_refused_with_the_limit(client: TestClient, shop: Shop) -> None:
    answer = shop.order(client, *(str(uuid.uuid4()) for _ in range(1001)))

    assert answer.status_code == 422
    assert ("/orderItems", "too-many-items") in _errors(answer)


def test_a_body_over_the_limit_is_refused(client: TestClient, shop: Shop, services: Services) -> None:
    limit = services.settings.order_body_limit_bytes

    answer = shop.order(client, shop.finished(), rawExternalData="x" * limit)

    assert (answer.status_code, answer.json()["limitBytes"]) == (413, limit)


def test_an_order_is_acknowledged_with_its_items_and_a_job_for_each(
    client: TestClient, shop: Shop, services: Services
) -> None:
    first, second = shop.finished(), shop.finished()

    answer = shop.order(client, first, second, externalId=1001, autoPrint=None, unknown=[1])

    order = answer.json()
    assert answer.status_code == 201
    assert "Idempotent-Replayed" not in answer.headers
    assert (order["externalId"], order["status"], order["paid"]) == ("1001", "received", True)
    assert [item["transactionId"] for item in order["orderItems"]] == [first, second]
    assert [item["baseCost"] + item["optionsCost"] for item in order["orderItems"]] == [1250, 1250]
    assert _counts(services) == (1, 2, 2)
    assert services.database.read_now(lambda work: get_transaction(work, first).status) == "ordered"


@pytest.mark.parametrize("path", ["/api/v2/orders", "/api/orders", "/orders"])
def test_every_generation_of_the_path_takes_orders(client: TestClient, shop: Shop, path: str) -> None:
    assert shop.send(client, order_body(shop.finished()), path).status_code == 201


@pytest.mark.parametrize("variant", [{"digest": "md5"}, {"digest": "sha512"}, {"path": "api/v2/orders"}])
def test_every_accepted_way_of_signing_takes_orders(client: TestClient, shop: Shop, variant: dict[str, Any]) -> None:
    body = order_body(shop.finished())

    assert client.post("/api/v2/orders", content=body, headers=shop.headers(body, **variant)).status_code == 201


def test_the_second_live_secret_takes_orders(client: TestClient, shop: Shop) -> None:
    body = order_body(shop.finished())
    headers = shop.headers(body, secret=shop.integration.secrets[1])

    assert client.post("/api/v2/orders", content=body, headers=headers).status_code == 201


def test_print_files_are_made_and_can_be_fetched(
    client: TestClient, shop: Shop, worker: Worker, services: Services
) -> None:
    order_id = shop.order(client, shop.finished(), externalId="1").json()["id"]

    assert worker.drain() == 1

    order = shop.read(client, order_id).json()
    files = order["orderItems"][0]["printFiles"]
    assert order["status"] == "ready"
    assert [(each["panel"], each["format"]) for each in files] == [
        ("front", "pdf"), ("front", "png"), ("back", "pdf"), ("back", "png"),
    ]  # fmt: skip
    for each in files:
        fetched = client.get(each["url"])
        assert fetched.status_code == 200
        assert digest_of(fetched.content) == each["sha256"]
        assert len(fetched.content) == each["bytes"]
    assert worker.drain() == 0


def test_reading_an_order_is_refused_to_strangers(client: TestClient, shop: Shop, services: Services) -> None:
    order_id = shop.order(client, shop.finished()).json()["id"]
    stranger = open_shop(services, "other")

    assert client.get(f"/api/v2/orders/{order_id}").status_code == 401
    assert stranger.read(client, order_id).status_code == 404
    assert shop.read(client, str(uuid.uuid4())).status_code == 404
    assert shop.read(client, "none").status_code == 404
    assert shop.read(client, order_id).status_code == 200


def test_deeply_nested_data_is_no_crash(client: TestClient, shop: Shop) -> None:
    nested = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    body = b'{"orderItems":[],"externalData":' + nested + b"}"

    assert shop.send(client, body).status_code == 400


def test_an_order_tells_what_its_products_warned_of(client: TestClient, shop: Shop) -> None:
    placed = shop.order(client, shop.finished(), shop.finished()).json()

    items = shop.read(client, placed["id"]).json()["orderItems"]

    assert "preflight" not in placed["orderItems"][0]
    warned = [[(line["stepTitle"], line["code"]) for line in item["preflight"]] for item in items]
    assert warned == [[("Photo", "resolution-too-low")]] * 2
