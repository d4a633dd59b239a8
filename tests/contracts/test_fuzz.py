"""No input makes the server fail: requests made from our own OpenAPI document, well-formed and not, rightly signed.

`make fuzz` looks much longer (SPIFF_FUZZ_EXAMPLES).
"""

import os
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode
from starlette.testclient import TestClient

from spiff.app import create_app, domain_routes
from spiff.rendering.processes.pool import RenderPool
from spiff.settings import Settings
from spiff.storage.database import Database
from spiff.storage.files import FileStore
from spiff.web.openapi import described_path, openapi_document
from spiff.web.problems import MEDIA_TYPE, Problem
from spiff.web.routing import Access, Route, Services
from tests.catalogue import small
from tests.conftest import fresh_database
from tests.intake import shared_intake
from tests.orders.shops import open_shop

EXAMPLES = int(os.environ.get("SPIFF_FUZZ_EXAMPLES", "20"))
BOUNDS = settings(
    max_examples=EXAMPLES,
    deadline=None,
    # The same requests every time, but for a long look.
    derandomize="SPIFF_FUZZ_EXAMPLES" not in os.environ,
    suppress_health_check=list(HealthCheck),
    database=None,
)
ADDRESS = "http://testserver"
DESCRIBED = schemathesis.openapi.from_dict(openapi_document(domain_routes, ADDRESS))


class Installation:
    """A running platform with a shop that sells one product, a design being made and one that is finished."""

    def __init__(self, client: TestClient, services: Services) -> None:
        self.client = client
        compiled = small.apply(services)[0]
        product = compiled.integration_products[0].id
        begun = client.post("/api/transactions", json={"integrationProductId": product}).json()
        self._owner = begun["ownerToken"]
        self._shop = open_shop(services)
        self._known = {
            "transactionId": [begun["id"], self._shop.finished()],
            "integrationProductId": [product],
            "workflowId": [begun["workflow"]["id"]],
        }

    def ask(self, route: Route, case: Case[Any], *, known: bool) -> httpx.Response:
        """Send the request, with ids that exist where `known`, by somebody who may."""
        if known:
            for name in case.path_parameters.keys() & self._known.keys():
                case.path_parameters[name] = self._known[name][0]
        parts = case.as_transport_kwargs(base_url=ADDRESS)
        request = self.client.build_request(
            route.method,
            parts["url"],
            params=parts.get("params"),
            headers=_sendable(parts.get("headers") or {}),
            cookies=None,
            **({"json": parts["json"]} if parts.get("json") is not None else {"content": parts.get("data")}),
        )
        self._authorise(route, request, known=known)
        return self.client.send(request)

    def _authorise(self, route: Route, request: httpx.Request, *, known: bool) -> None:
        if route.access is Access.OWNER:
            request.headers["Authorization"] = f"Bearer {self._owner}"
        if route.access is Access.SIGNED or (route.access is Access.EITHER and known):
            path = request.url.raw_path.decode().partition("?")[0]
            type_ = request.headers.get("content-type", "")
            request.headers.update(self._shop.headers(request.content, path, route.method, content_type=type_))


def _sendable(headers: dict[str, Any]) -> dict[str, str]:
    """Those that HTTP can carry at all."""
    return {name: value for name, value in headers.items() if str(value).isascii() and str(value).isprintable()}


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def installation(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, rendering: RenderPool
) -> Iterator[Installation]:
    """One for all operations: what one request leaves behind is another's ground."""
    folder = tmp_path_factory.mktemp("fuzz")
    with fresh_database(request, folder) as address:
        database = Database(address)
        files = FileStore(f"file://{folder}/files")
        services = Services(Settings(database_url=address), database, files, rendering, shared_intake())
        with TestClient(create_app(services), raise_server_exceptions=False) as client:
            yield Installation(client, services)
        database.close()


@pytest.mark.parametrize("route", domain_routes, ids=lambda route: f"{route.method} {route.path}")
def test_no_request_makes_the_server_fail(installation: Installation, route: Route) -> None:
    operation = DESCRIBED[described_path(route)][route.method]
    # Of some doors no request is malformed: then only the others are made.
    cases = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @BOUNDS
    @given(case=cases, known=st.booleans())
    def ask(case: Case[Any], known: bool) -> None:
        answer = installation.ask(route, case, known=known)

        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400:
            assert answer.headers["content-type"] == MEDIA_TYPE
            assert msgspec.json.decode(answer.content, type=Problem).status == answer.status_code

    ask()
