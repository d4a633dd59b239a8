"""What a shop page and a customiser read of the catalogue."""

import uuid

import msgspec
import pytest
from starlette.testclient import TestClient

from spiff.composing.workflow import Workflow
from spiff.web.routing import Services
from tests.catalogue import small


def test_an_unknown_product_is_not_found(client: TestClient) -> None:
    assert client.get(f"/api/integration-products/{uuid.uuid4()}").status_code == 404
    assert client.get("/api/integration-products/nonsense").status_code == 404
    for value in ("b", "%00", "%FF", "x" * 5000):
        assert client.get(f"/api/integration-products?integrationId=a&productId={value}").status_code == 404
        assert client.get(f"/api/integration-products?integrationId={value}&productId=b").status_code == 404


@pytest.mark.parametrize("query", ["", "?integrationId=a", "?productId=b", "?integrationId=&productId=b"])
def test_external_ids_are_both_needed(client: TestClient, query: str) -> None:
    assert client.get(f"/api/integration-products{query}").status_code == 400


@pytest.mark.parametrize("number", ["0", "2", "x", "-1", "1e3", "²", "9" * 30])
def test_an_unknown_workflow_version_is_not_found(client: TestClient, services: Services, number: str) -> None:
    workflow = small.apply(services)[0].workflows[0].row.id

    assert client.get(f"/api/workflows/{workflow}/versions/{number}").status_code == 404


def test_a_product_is_found_by_its_id_and_by_the_shops_own(client: TestClient, services: Services) -> None:
    compiled = small.apply(services)[0]
    sold = compiled.integration_products[0]

    document = client.get(f"/api/integration-products/{sold.id}").json()

    assert (document["name"], document["basePrice"], document["currency"]) == ("Card", 1200, "AUD")
    assert (document["enabled"], document["minimumOrderQuantity"]) == (True, 1)
    assert document["integration"]["name"] == "Test shop"
    assert client.get(document["imageUrl"]).headers["content-type"] == "image/png"
    assert [(each["name"], each["version"]) for each in document["workflows"]] == [("Card", 1)]
    for product in ("CARD-1", "V-1"):
        same = client.get(f"/api/integration-products?integrationId=test.example&productId={product}")
        assert same.json() == document
    assert "secret" not in str(document).lower()


def test_a_page_that_shows_another_currency_is_told_the_rates_as_they_are_written(
    client: TestClient, services: Services
) -> None:
    rated = small.TEXT.replace("currency: AUD}", "currency: AUD, currencies: {EUR: 0.61, JPY: 97.50}}")
    compiled = small.apply(services, rated)[0]

    document = client.get(f"/api/integration-products/{compiled.integration_products[0].id}").json()

    assert document["rates"] == {"EUR": "0.61", "JPY": "97.50"}


def test_a_workflow_version_comes_with_all_its_files(client: TestClient, services: Services) -> None:
    compiled = small.apply(services)[0]
    product = client.get(f"/api/integration-products/{compiled.integration_products[0].id}").json()

    answer = client.get(product["workflows"][0]["href"])

    assert "immutable" in answer.headers["cache-control"]
    document = answer.json()
    assert msgspec.convert(document["workflow"], Workflow) == compiled.workflows[0].workflow
    assert {each["kind"] for each in document["assets"].values()} == {"font", "picture"}
    for digest, asset in document["assets"].items():
        file = client.get(asset["href"])
        assert file.headers["content-type"] == asset["mimeType"]
        assert file.headers["etag"] == f'"{digest}"'
