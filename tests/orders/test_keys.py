"""Who may order with what: application keys, message signatures, exchanged secrets, test integrations."""

from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from spiff.auth import message_signatures
from spiff.auth.presented import Presented
from spiff.merchants import operations as merchants
from spiff.web.routing import Services
from tests.orders.shops import Shop, open_shop, order_body

PATH = "/api/v2/orders"


def _save(services: Services, shop: Shop, **members: Any) -> None:
    changed = msgspec.structs.replace(shop.integration, **members)
    services.database.write_now(lambda work: merchants.save_integration(work, changed))


def _by_key(client: TestClient, key: str, body: bytes, **more: str) -> Any:
    headers = {"X-Application-Key": key, "Content-Type": "application/json"}
    return client.post(PATH, content=body, headers=headers | more)


def _message(services: Services, shop: Shop, body: bytes, method: str = "POST", path: str = PATH) -> dict[str, str]:
    request = Presented(method, path, {}, body, path.encode())
    created = int(services.database.clock().timestamp())
    key, secret = shop.integration.access_key, shop.integration.secrets[0]
    return message_signatures.sign(request, key, secret, created=created, base_url=services.settings.base_url)


@pytest.mark.parametrize("key", ["unknown", "acme-shown", "acme-key"])
def test_a_key_that_may_not_order_is_refused(client: TestClient, shop: Shop, key: str) -> None:
    answer = _by_key(client, key, order_body(shop.finished()))

    assert (answer.status_code, answer.json()["code"]) == (401, "application-key-refused")


@pytest.mark.parametrize("members", [{"enabled": False}, {"requires_message_signatures": True}])
def test_the_key_of_an_integration_that_does_not_let_it_is_refused(
    client: TestClient, shop: Shop, services: Services, members: dict[str, Any]
) -> None:
    _save(services, shop, **members)

    assert _by_key(client, "acme-app", order_body(shop.finished())).status_code == 401


def test_an_order_repeated_with_an_application_key_finds_its_own_order_among_others(
    client: TestClient, shop: Shop
) -> None:
    """Orders without a signature have that in common, and are not the same for it."""
    bodies = [order_body(shop.finished(), externalId=number) for number in range(3)]
    placed = [_by_key(client, "acme-app", body).json()["id"] for body in bodies]

    again = [_by_key(client, "acme-app", body) for body in bodies]

    assert [answer.status_code for answer in again] == [201] * 3
    assert [answer.json()["id"] for answer in again] == placed


def test_a_wrong_signature_is_refused_whatever_key_comes_along(client: TestClient, shop: Shop) -> None:
    body = order_body(shop.finished())

    answer = _by_key(client, "acme-app", body, **shop.headers(body, secret="wrong"))

    assert (answer.status_code, answer.json()["code"]) == (401, "signature-wrong")


def test_an_application_key_reads_no_order(client: TestClient, shop: Shop) -> None:
    placed = _by_key(client, "acme-app", order_body(shop.finished())).json()

    answer = client.get(f"{PATH}/{placed['id']}", headers={"X-Application-Key": "acme-app"})

    assert (answer.status_code, answer.json()["code"]) == (401, "signature-missing")


def test_an_application_key_orders_no_design_of_another_merchant(
    client: TestClient, shop: Shop, services: Services
) -> None:
    theirs = open_shop(services, "other").finished()

    assert _by_key(client, "acme-app", order_body(theirs)).status_code == 404


def test_an_application_key_that_may_order_orders_once(client: TestClient, shop: Shop) -> None:
    body = order_body(shop.finished(), externalId="1001")

    first, again = _by_key(client, "acme-app", body), _by_key(client, "acme-app", body)

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json()["id"] == again.json()["id"]
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_message_signature_orders_once_and_reads(client: TestClient, shop: Shop, services: Services) -> None:
    body = order_body(shop.finished())
    headers = _message(services, shop, body) | {"Content-Type": "application/json"}

    first, again = (client.post(PATH, content=body, headers=headers) for _ in range(2))
    path = f"{PATH}/{first.json()['id']}"
    read = client.get(path, headers=_message(services, shop, b"", "GET", path))

    assert (first.status_code, again.headers["Idempotent-Replayed"]) == (201, "true")
    assert (read.status_code, read.json()["id"]) == (200, first.json()["id"])


def test_a_message_signature_over_another_body_is_refused(client: TestClient, shop: Shop, services: Services) -> None:
    body = order_body(shop.finished())

    answer = client.post(PATH, content=body + b" ", headers=_message(services, shop, body))

    assert (answer.status_code, answer.json()["code"]) == (401, "content-digest-wrong")


def test_a_secret_is_exchanged_without_a_refused_order(client: TestClient, shop: Shop, services: Services) -> None:
    database, shop_id = services.database, shop.integration.id
    old, other = shop.integration.secrets
    database.write_now(lambda work: merchants.retire_secret(work, shop_id, 2))
    new = database.write_now(lambda work: merchants.rotate_secret(work, shop_id))

    def ordered(secret: str) -> int:
        body = order_body(shop.finished())
        return client.post(PATH, content=body, headers=shop.headers(body, secret=secret)).status_code

    assert [ordered(secret) for secret in (old, new, other)] == [201, 201, 401]


def test_when_a_key_was_last_used_is_noted(client: TestClient, shop: Shop, services: Services) -> None:
    shop.order(client, shop.finished())
    _by_key(client, "acme-app", order_body(shop.finished()))
    services.database.write_now(lambda _work: None)  # what was written before is durable now

    read, shop_id = services.database.read_now, shop.integration.id
    used = [each.last_used_at is not None for each in read(lambda work: merchants.list_secrets(work, shop_id))]
    keys = read(lambda work: merchants.list_application_key_uses(work, shop_id))

    assert used == [True, False]
    assert [keys[name] is not None for name in ("acme-app", "acme-shown")] == [True, False]


def test_the_orders_of_a_test_integration_say_so(client: TestClient, shop: Shop, services: Services) -> None:
    _save(services, shop, test=True)

    tried = shop.order(client, shop.finished()).json()

    assert tried["test"] is True
    assert shop.read(client, tried["id"]).json()["test"] is True


def test_all_other_orders_are_real(client: TestClient, shop: Shop) -> None:
    assert shop.order(client, shop.finished()).json()["test"] is False
