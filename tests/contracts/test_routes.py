"""Promises over every route: strangers are refused, failures have one shape, the description is true."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from spiff.app import create_app, domain_routes
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.web.openapi import described_path, refusals
from spiff.web.problems import MEDIA_TYPE, Problem
from spiff.web.routing import Access, Route, Services
from tests.conftest import fresh_database
from tests.intake import shared_intake


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def client(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, rendering: RenderPool
) -> Iterator[TestClient]:
    """One installation for all of these: nothing here gets as far as writing anything."""
    folder = tmp_path_factory.mktemp("contracts")
    with fresh_database(request, folder) as address:
        database = Database(address)
        files = FileStore(f"file://{folder}/files")
        services = Services(Settings(database_url=address), database, files, rendering, shared_intake())
        with TestClient(create_app(services), raise_server_exceptions=False) as opened:
            yield opened
        database.close()


ANYONE = [route for route in domain_routes if route.access in {Access.PUBLIC, Access.EITHER}]
GUARDED = [route for route in domain_routes if route not in ANYONE]
CLAIMED = [route for route in domain_routes if route.access is Access.EITHER]
WITH_BODY = [route for route in domain_routes if route.body is not None]

PUBLIC_ON_PURPOSE = {
    "GET /healthz",
    "GET /readyz",
    "GET /api.js",
    "GET /woocommerce.js",
    "GET /cdn/api.js",
    "GET /api.json",
    "GET /customise",
    "GET /resume",
    "GET /shared",
    "GET /static/{file:path}",
    "GET /files/{sha256}",
    "GET /.well-known/jwks.json",
    "GET /api/integration-products",
    "GET /api/integration-products/{integrationProductId}",
    "GET /api/workflows/{workflowId}/versions/{number}",
    "GET /api/transactions/{transactionId}",
    "GET /api/transactions/{transactionId}/image",
    "GET /api/transactions/{transactionId}/panels/{panel}.svg",
    "GET /api/designs/{designId}",
    "POST /api/transactions",
    "POST /api/page-sessions",
    "POST /api/installs",
    "POST /shortener",
    "GET /s/{code}",
    "POST /api/analytics/steps",
    "POST /graphql",
    "POST /{version}/graphql",
}
"""A shopper has no account: reading by an unguessable id and starting a design are open (contract/domain.md 9)."""


def _name(route: Route) -> str:
    return f"{route.method} {route.path}"


def _address(route: Route) -> str:
    def fill(found: re.Match[str]) -> str:
        return str(uuid.uuid4()) if found[1].endswith("Id") else "1"

    return re.sub(r"{(\w+)[^}]*}", fill, route.path)


def _problem(response: Any) -> Problem:
    assert response.headers["content-type"] == MEDIA_TYPE
    problem = msgspec.json.decode(response.content, type=Problem)
    assert problem.status == response.status_code
    assert problem.request_id
    return problem


def test_what_is_public_is_listed_by_name() -> None:
    assert {_name(route) for route in ANYONE} == PUBLIC_ON_PURPOSE


@pytest.mark.parametrize("route", GUARDED, ids=_name)
@pytest.mark.parametrize("header", [None, "", "SOA", "SOA :", "SOA a:b", "Bearer", "Basic YTpi", "SOA " + "x" * 5000])
def test_a_stranger_is_refused_before_its_body_is_looked_at(
    client: TestClient, route: Route, header: str | None
) -> None:
    headers = {} if header is None else {"Authorization": header}

    response = client.request(route.method, _address(route), headers=headers, content=b"not json at all")

    assert response.status_code == 401
    assert _problem(response).errors == []


@pytest.mark.parametrize("route", CLAIMED, ids=_name)
@pytest.mark.parametrize("header", ["", "SOA", "SOA a:b", "Bearer x", "Basic YTpi"])
def test_where_a_signature_is_optional_a_wrong_one_is_refused_before_the_body_is_looked_at(
    client: TestClient, route: Route, header: str
) -> None:
    response = client.request(route.method, _address(route), headers={"Authorization": header}, content=b"not json")

    assert response.status_code == 401
    assert _problem(response).errors == []


@pytest.mark.parametrize("route", [route for route in WITH_BODY if route in ANYONE], ids=_name)
@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b'"x"', b"\xff\xfe", b'{"integrationProductId": 7}', b"[" * 100_000]
)
def test_a_body_that_cannot_be_read_is_a_400_in_the_one_shape(client: TestClient, route: Route, body: bytes) -> None:
    response = client.request(route.method, _address(route), content=body)

    assert response.status_code == 400
    _problem(response)


@pytest.mark.parametrize("route", [route for route in WITH_BODY if route in ANYONE], ids=_name)
def test_a_body_over_the_limit_is_a_413_naming_the_limit(client: TestClient, route: Route) -> None:
    response = client.request(route.method, _address(route), content=b" " * 1_048_577)

    assert response.status_code == 413
    assert "1048576" in _problem(response).detail


@pytest.mark.parametrize("route", [route for route in ANYONE if "{" in route.path and route.method == "GET"], ids=_name)
@pytest.mark.parametrize("part", ["00000000-0000-4000-8000-000000000000", "no-uuid", "1' OR '1'='1", "..%2f..%2fetc"])
def test_what_does_not_exist_is_a_404_in_the_one_shape(client: TestClient, route: Route, part: str) -> None:
    response = client.get(re.sub(r"{[^}]*}", part, route.path))

    assert response.status_code == 404
    _problem(response)


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nowhere", 404), ("DELETE", "/healthz", 405)])
def test_paths_and_methods_that_nobody_serves_have_the_one_shape(
    client: TestClient, method: str, path: str, status: int
) -> None:
    response = client.request(method, path)

    assert response.status_code == status
    _problem(response)


@pytest.mark.parametrize("path", ["/", "/nowhere", "/<script>", "/s/abcdefghijk"])
def test_a_person_who_comes_to_nothing_reads_so(client: TestClient, path: str) -> None:
    page = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "There is nothing here" in page.text
    assert path == "/" or path not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    _problem(client.get(path))


def test_an_answer_about_the_method_names_those_that_are_served(client: TestClient) -> None:
    assert client.get("/api/v2/orders").headers["allow"] == "POST"


def test_the_description_is_valid_openapi_and_names_every_route(client: TestClient) -> None:
    document = client.get("/openapi.json").json()

    validate(document)
    assert document["openapi"].startswith("3.1")
    assert all(route.method.lower() in document["paths"][described_path(route)] for route in domain_routes)
    assert all(
        str(status) in document["paths"][described_path(route)][route.method.lower()]["responses"]
        for route in domain_routes
        for status in refusals(route)
    )


def test_who_moves_a_shop_reads_rightly_what_is_served_and_what_is_not() -> None:
    page = (Path(__file__).parents[2] / "docs" / "moving.md").read_text("utf-8")
    served, missing = (set(re.findall(r"`([A-Z]+ /\S+)`", part)) for part in page.split("## What is not here"))
    routes = {_name(route) for route in domain_routes}

    assert len(served) > 10 and served <= routes
    assert missing and missing.isdisjoint(routes)


def test_the_description_can_be_read_by_a_person(client: TestClient) -> None:
    page = client.get("/docs")

    assert page.headers["content-type"].startswith("text/html")
    assert all(described_path(route) in page.text.replace("<wbr>", "") for route in domain_routes)
    assert "<script" not in page.text


def test_a_shop_page_on_another_origin_may_call_what_shoppers_need(client: TestClient) -> None:
    preflight = client.options(
        "/api/transactions/00000000-0000-4000-8000-000000000000",
        headers={
            "Origin": "https://shop.example",
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "authorization,if-match,content-type",
        },
    )

    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in preflight.headers


@pytest.mark.parametrize("header", ["cache-control", "x-application-key", "x-of-a-client-to-come"])
def test_a_page_may_send_any_header_along(client: TestClient, header: str) -> None:
    """Uploads of the known client declare Cache-Control (contract/rest.md 10)."""
    asks = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": f"content-type, {header}"}

    preflight = client.options("/graphql", headers={"Origin": "https://shop.example", **asks})

    assert preflight.status_code == 200
    assert header in preflight.headers["access-control-allow-headers"]
