"""A server's request goes straight to its door, a browser's past CORS: both arrive at the same."""

import pytest
from starlette.testclient import TestClient

# Which way a request takes has nothing to do with the database.
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ORIGIN = {"Origin": "https://shop.example"}


@pytest.mark.parametrize("path", ["/api/v2/orders", "/api/orders", "/orders"])
def test_both_ways_refuse_alike_and_only_a_browsers_answer_speaks_of_origins(client: TestClient, path: str) -> None:
    straight, around = client.post(path, content=b"{}"), client.post(path, content=b"{}", headers=ORIGIN)

    assert straight.status_code == around.status_code == 401
    assert straight.json()["code"] == around.json()["code"] == "signature-missing"
    assert "access-control-allow-origin" not in straight.headers
    assert around.headers["access-control-allow-origin"] == "*"


def test_another_method_at_the_same_path_is_still_refused_by_name(client: TestClient) -> None:
    response = client.delete("/api/v2/orders")

    assert response.status_code == 405
    assert response.json()["code"] == "method-not-allowed"


def test_every_answer_bears_its_length_and_the_requests_id(client: TestClient) -> None:
    response = client.post("/api/v2/orders", content=b"{}")

    assert int(response.headers["content-length"]) == len(response.content)
    assert response.headers["x-request-id"] == response.json()["requestId"]
