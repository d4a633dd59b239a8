"""Items as the shop's server and its operator see them."""

from typing import Any

from starlette.testclient import TestClient

from spiff.web.routing import Services
from tests.orders.shops import Shop

NAMES = "{product}/{order}-{panel}-{id}.{format}"
"""What files are called that `arriving` tells of."""


def ordered(client: TestClient, shop: Shop, **members: Any) -> Any:
    """A new order of one design."""
    answer = shop.order(client, shop.finished(), **members)
    assert answer.status_code == 201, answer.text
    return answer.json()


def item_now(client: TestClient, shop: Shop, order: Any) -> Any:
    """Its item as it is by now."""
    return shop.read(client, order["id"]).json()["orderItems"][0]


def steer(client: TestClient, shop: Shop, order: Any, verb: str) -> Any:
    """Hold, release, redeliver… its item."""
    path = f"/api/v2/orders/{order['id']}/items/{order['orderItems'][0]['id']}/{verb}"
    return shop.send(client, b"{}", path)


def actions(client: TestClient, shop: Shop, order: Any) -> list[str]:
    """What its timeline says."""
    path = f"/api/v2/orders/{order['id']}/items/{order['orderItems'][0]['id']}/timeline"
    signed = shop.headers(b"", path, "GET", content_type="")
    del signed["Content-Type"]
    return [entry["action"] for entry in client.get(path, headers=signed).json()["entries"]]


def arriving(services: Services, item: Any) -> dict[str, bytes]:
    """The files of an item of the order 1001 as they must arrive, by the last part of their names."""
    return {
        f"1001-{each['panel']}-{item['id']}.{each['format']}": services.files.get(each["sha256"])
        for each in item["printFiles"]
    }
