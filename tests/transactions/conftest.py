"""A shop with one product, and a shopper's side of the API."""

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from spiff.catalogue.compiled import Compiled
from spiff.web.routing import Services
from tests.catalogue import everything, small
from tests.transactions.servers import Server


class Shopper:
    """Speaks to the doors of phase 1 as the customiser does."""

    def __init__(self, client: TestClient, shop: Compiled) -> None:
        self.client = client
        self.shop = shop
        self.product = shop.integration_products[0].id
        self.id = self.token = ""
        self.revision = 0

    def step(self, title: str) -> str:
        """A step's name by its title."""
        return next(s.step_name for s in self.shop.workflows[0].workflow.steps if s.step_title == title)

    def variant(self, option: str, name: str) -> str:
        """A variant's id by names."""
        options = self.shop.workflows[0].workflow.options
        return next(v.id for o in options if o.name == option for v in o.variants if v.name == name)

    def begin(self, **more: Any) -> Any:
        """Start a transaction."""
        answer = self.client.post("/api/transactions", json={"integrationProductId": self.product, **more})
        if answer.status_code == 201:
            self.id, self.token, self.revision = answer.json()["id"], answer.json()["ownerToken"], 1
        return answer

    def patch(self, answers: Any, revision: int | None = None, token: str | None = None) -> Any:
        """Answer steps; follows the revision."""
        answer = self.client.patch(
            f"/api/transactions/{self.id}", json={"answers": answers}, headers=self.headers(revision, token)
        )
        if answer.status_code == 200:
            self.revision = answer.json()["revision"]
        return answer

    def complete(self, body: Any = None, revision: int | None = None, token: str | None = None) -> Any:
        """Finish."""
        return self.client.post(
            f"/api/transactions/{self.id}/complete", json=body or {}, headers=self.headers(revision, token)
        )

    def read(self, *, owner: bool = False) -> Any:
        """The public resource."""
        headers = {"Authorization": f"Bearer {self.token}"} if owner else {}
        return self.client.get(f"/api/transactions/{self.id}", headers=headers)

    def headers(self, revision: int | None = None, token: str | None = None) -> dict[str, str]:
        """Who is asking, and which revision is meant."""
        return {"Authorization": f"Bearer {token or self.token}", "If-Match": f'"{revision or self.revision}"'}

    def chosen(self) -> dict[str, Any]:
        """The one mandatory answer."""
        return {self.step("Pattern"): {"variantId": self.variant("patterns", "More dots")}}


@pytest.fixture
def shop(services: Services) -> Compiled:
    """The small catalogue, applied."""
    return small.apply(services)[0]


@pytest.fixture
def shopper(client: TestClient, shop: Compiled) -> Shopper:
    """Somebody who has begun designing."""
    found = Shopper(client, shop)
    assert found.begin().status_code == 201
    return found


@pytest.fixture
def another(client: TestClient, shop: Compiled) -> Callable[[], Shopper]:
    """More shoppers."""

    def make() -> Shopper:
        found = Shopper(client, shop)
        found.begin()
        return found

    return make


@pytest.fixture
def server(client: TestClient, services: Services, shop: Compiled) -> Server:
    """The server of the shop with the small catalogue."""
    return Server(client, services, shop)


@pytest.fixture
def every(client: TestClient, services: Services) -> Server:
    """The server of a shop that sells a product with every step type."""
    sold = (
        everything.TEXT.replace("too-low: block", "too-low: warn")
        + "    soldThrough:\n      - {integration: shop, externalProductId: EVERY}\n"
    )
    return Server(client, services, small.apply(services, sold, everything.write)[0])
