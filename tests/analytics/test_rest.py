"""Counting steps and reading funnels: strangers and nonsense are refused, what happened is counted, no visitor is."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2 as httpx
import pytest
from msgspec import structs
from sqlalchemy import select
from starlette.testclient import TestClient

from spiff.analytics.model import MOST_DAYS
from spiff.analytics.operations import record_steps
from spiff.analytics.store import steps_reached
from spiff.app import create_app
from spiff.storage.work import Work
from spiff.web.routing import Services
from tests.catalogue import small
from tests.orders.shops import Shop, open_shop
from tests.transactions.conftest import Shopper

NOBODYS = "00000000-0000-4000-8000-000000000000"
STEPS, FUNNEL = "/api/analytics/steps", "/api/v2/analytics/funnel"


class Counted:
    """A shop with one product, its shoppers, and its server that reads funnels."""

    def __init__(self, client: TestClient, services: Services) -> None:
        compiled = small.apply(services)[0]
        self.client, self.shopper = client, Shopper(client, compiled)
        sold, product = compiled.integration_products[0], compiled.products[0].row
        self.shop = Shop(services, compiled.partner, compiled.integrations[0], sold, product)
        self.product, self.workflow = sold.id, compiled.workflows[0].row.id

    def reached(self, *titles: str, headers: dict[str, str] | None = None, **changed: Any) -> httpx.Response:
        steps = [self.shopper.step(title) for title in titles]
        body = {"integrationProductId": self.product, "workflowId": self.workflow, "workflowVersion": 1, "steps": steps}
        answer: httpx.Response = self.client.post(STEPS, json=body | changed, headers=headers)
        return answer

    def funnel(self, by: Shop | None = None, /, **asked: str) -> httpx.Response:
        query = "&".join(f"{name}={value}" for name, value in asked.items())
        path = f"{FUNNEL}?{query}" if query else FUNNEL
        signed = (by or self.shop).headers(b"", FUNNEL, "GET", content_type="")
        del signed["Content-Type"]
        answer: httpx.Response = self.client.get(path, headers=signed)
        return answer

    def counts(self, **asked: str) -> dict[str, int]:
        (product,) = self.funnel(**asked).json()["products"]
        named = {each["title"]: each["reached"] for each in product["steps"]}
        return named | {name: product[name] for name in ("pageSessions", "created", "completed", "ordered")}

    def visit(self, headers: dict[str, str] | None = None) -> None:
        body = {"id": str(uuid4()), "integrationProductId": self.product}
        assert self.client.post("/api/page-sessions", json=body, headers=headers).is_success

    def finish(self) -> str:
        self.shopper.begin()
        self.shopper.patch(self.shopper.chosen())
        assert self.shopper.complete().status_code == 200
        return self.shopper.id


@pytest.fixture
def counted(client: TestClient, services: Services, tmp_path: Path) -> Counted:
    return Counted(client, services)


def test_a_stranger_reads_no_funnel(counted: Counted) -> None:
    unsigned = counted.client.get(FUNNEL)
    wrong = counted.shop.headers(b"", FUNNEL, "GET", content_type="", secret="not the secret")
    forged = counted.client.get(FUNNEL, headers=wrong)
    late = counted.shop.headers(b"", FUNNEL, "GET", content_type="", late_by_seconds=-4000)
    stale = counted.client.get(FUNNEL, headers=late)

    assert [unsigned.status_code, forged.status_code, stale.status_code] == [401, 401, 401]


def test_another_merchants_product_is_not_found_and_not_listed(counted: Counted, services: Services) -> None:
    stranger = open_shop(services, "stranger")

    assert counted.funnel(stranger, integrationProductId=counted.product).status_code == 404
    listed = counted.funnel(stranger).json()["products"]
    assert [each["integrationProductId"] for each in listed] == [stranger.integration_product.id]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"from": "yesterday"}, 400),
        ({"to": "2026-02-30"}, 400),
        ({"from": "2026-02-02", "to": "2026-02-01"}, 422),
        ({"from": str(date(2026, 1, 1)), "to": str(date(2026, 1, 1) + timedelta(days=MOST_DAYS))}, 422),
        ({"to": "0001-01-01"}, 422),
        ({"from": "9999-12-31", "to": "9999-12-31"}, 422),
        ({"integrationProductId": "x"}, 404),
        ({"integrationProductId": NOBODYS}, 404),
    ],
)
def test_a_question_that_makes_no_sense_is_refused(counted: Counted, asked: dict[str, str], status: int) -> None:
    assert counted.funnel(**asked).status_code == status


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"integrationProductId": NOBODYS}, 404),
        ({"workflowId": NOBODYS}, 404),
        ({"workflowVersion": 7}, 404),
        ({"workflowVersion": 0}, 400),
        ({"steps": []}, 400),
        ({"steps": [NOBODYS]}, 422),
        ({"steps": ["<script>"]}, 400),
        ({"steps": [NOBODYS] * 101}, 400),
    ],
)
def test_steps_that_are_not_there_are_refused_and_not_counted(
    counted: Counted, changed: dict[str, Any], status: int
) -> None:
    assert counted.reached("Pattern", **changed).status_code == status
    assert counted.counts()["Pattern"] == 0


@pytest.mark.parametrize("header", ["Sec-GPC", "DNT"])
def test_who_asks_not_to_be_followed_is_not_counted(counted: Counted, header: str) -> None:
    counted.visit({header: "1"})
    assert counted.reached("Pattern", headers={header: "1"}).status_code == 204
    assert (counted.counts()["Pattern"], counted.counts()["pageSessions"]) == (0, 0)
    assert counted.reached("Pattern", headers={header: "0"}).status_code == 204
    assert counted.counts()["Pattern"] == 1


def test_a_funnel_counts_visits_steps_and_designs(counted: Counted) -> None:
    for _ in range(3):
        counted.visit()
    counted.reached("Pattern", "Pattern", "Name")
    counted.reached("Pattern")
    counted.shopper.begin()
    done = counted.finish()
    # One design, also where the order has it in two lines.
    assert counted.shop.order(counted.client, done, done).status_code == 201

    found = counted.counts()

    assert (found["pageSessions"], found["created"], found["completed"], found["ordered"]) == (3, 2, 1, 1)
    assert (found["Pattern"], found["Name"], found["Ground"]) == (2, 1, 0)


def test_a_design_that_is_edited_and_finished_again_counts_once(counted: Counted) -> None:
    counted.finish()
    counted.shopper.revision = counted.shopper.read(owner=True).json()["data"]["revision"]
    counted.shopper.patch({counted.shopper.step("Name"): {"text": "Ada"}})
    assert counted.shopper.complete().status_code == 200

    assert counted.counts()["completed"] == 1


def test_only_the_days_that_were_asked_for_count(counted: Counted, services: Services) -> None:
    today = services.database.clock().date()
    counted.visit()
    counted.reached("Pattern")
    counted.finish()

    before = counted.counts(**{"from": str(today - timedelta(days=9)), "to": str(today - timedelta(days=1))})
    on_it = counted.counts(**{"from": str(today), "to": str(today), "integrationProductId": counted.product})

    assert set(before.values()) == {0}
    assert (on_it["pageSessions"], on_it["created"], on_it["completed"], on_it["Pattern"]) == (1, 1, 1, 1)


def test_old_counts_are_forgotten_with_the_next_one(counted: Counted, services: Services) -> None:
    step = counted.shopper.step("Pattern")

    def on(day: int) -> list[date]:
        def write(work: Work) -> list[date]:
            moved = replace(work, now=work.now + timedelta(days=day))
            record_steps(moved, counted.product, counted.workflow, 1, [step], keep_days=30)
            return list(work.connection.execute(select(steps_reached.c.day).order_by(steps_reached.c.day)).scalars())

        return services.database.write_now(write)

    assert len(on(0)) == 1
    assert len(on(30)) == 2
    assert len(on(31)) == 2
    assert len(on(400)) == 1


def test_with_no_days_nothing_is_counted(counted: Counted, services: Services) -> None:
    quiet = replace(services, settings=structs.replace(services.settings, analytics_days=0))
    with TestClient(create_app(quiet)) as client:
        counted.client = client
        assert counted.reached("Pattern").status_code == 204

    assert services.database.read_now(lambda work: work.connection.execute(select(steps_reached)).all()) == []


def test_nothing_of_a_visitor_is_stored() -> None:
    assert set(steps_reached.columns.keys()) == {"day", "integration_product_id", "step_name", "reached"}
