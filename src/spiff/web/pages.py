"""Doors that belong to no domain: health, the API's description, the script for shops and the frame's page."""

import asyncio
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec.structs import replace

from spiff.web.nothing import PAGE_POLICY
from spiff.web.openapi import openapi_document
from spiff.web.parts import PageParts
from spiff.web.reference import STYLE, reference_page
from spiff.web.routing import Reply, Request, Route, same_route

PARTS = PageParts(files("spiff.web") / "static")

FRAME_POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data: blob:; font-src 'self'; connect-src 'self' blob:; base-uri 'none'; form-action 'none'"
)
"""What the customiser's page may do: nothing from elsewhere, no inline script. Any shop may frame it.

`blob:` are files of its own: a picture that is being uploaded, and those inside a 3D model.
"""

ISOLATED = {"Cross-Origin-Resource-Policy": "cross-origin", "Cross-Origin-Embedder-Policy": "require-corp"}
"""Pages that isolate themselves (`require-corp`) may frame the customiser: it needs nothing from elsewhere."""


class Health(msgspec.Struct, frozen=True):
    """`ok`, or the names of what does not answer."""

    status: str


async def healthz(_request: Request[None]) -> Reply:
    """The process is alive."""
    return Reply(Health("ok"))


async def readyz(request: Request[None]) -> Reply:
    """Database and file store answer. Raises Unavailable where one does not."""
    await asyncio.gather(
        asyncio.to_thread(request.services.database.ping), asyncio.to_thread(request.services.files.ping)
    )
    return Reply(Health("ok"))


async def api_script(request: Request[None]) -> Reply:
    """The script a shop puts into its page."""
    script = PARTS.reply("api.js", request.headers)
    return replace(script, headers={**script.headers, "Cross-Origin-Resource-Policy": "cross-origin"})


async def customise(request: Request[None]) -> Reply:
    """The page inside the frame."""
    page = PARTS.reply("customiser/index.html", request.headers)
    return replace(page, headers={**page.headers, "Content-Security-Policy": FRAME_POLICY, **ISOLATED})


def description_routes(routes: Sequence[Route], base_url: str) -> list[Route]:
    """The doors that describe `routes`, and themselves; the description is made when it is first asked for."""

    @cache
    def document() -> dict[str, Any]:
        return openapi_document([*routes, *own], base_url)

    @cache
    def page() -> bytes:
        return reference_page(document()).encode()

    async def as_json(_request: Request[None]) -> Reply:
        return Reply(msgspec.json.encode(document()))

    async def as_page(_request: Request[None]) -> Reply:
        return Reply(page(), headers={"Content-Security-Policy": PAGE_POLICY}, media_type="text/html")

    async def page_style(_request: Request[None]) -> Reply:
        return Reply(STYLE, media_type="text/css")

    own = [
        _get("/openapi.json", as_json, "This API as OpenAPI 3.1", answer="application/json"),
        _get("/docs", as_page, "This API as a page", answer="text/html"),
        _get("/docs/style.css", page_style, "The style of that page", answer="text/css"),
    ]
    return own


def _get(path: str, handler: Any, summary: str, **rest: Any) -> Route:
    return Route(method="GET", path=path, handler=handler, summary=summary, tag="platform", unlimited=True, **rest)


routes = [
    _get("/healthz", healthz, "Is the process alive?", answer=Health),
    _get("/readyz", readyz, "Do the database and the file store answer?", answer=Health),
    *same_route(
        "/api.js",
        # Where older pages of shops have it (contract/javascript-api.md 1).
        "/woocommerce.js",
        "/cdn/api.js",
        method="GET",
        handler=api_script,
        summary="The script for shop pages",
        tag="platform",
        unlimited=True,
        answer="text/javascript",
    ),
    _get(
        "/customise",
        customise,
        "The page of the customiser's frame",
        answer="text/html",
        query=("integrationProduct", "currency", "workflow", "pageSession", "origin", "mode", "lang"),
    ),
    _get("/resume", customise, "The same page for a design that is gone on with by a link", answer="text/html"),
    _get("/shared", customise, "The same page for a design that is only looked at", answer="text/html"),
]
