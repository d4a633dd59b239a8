"""OpenAPI 3.1 from the routes and the types that serve them: what is documented is what the code uses."""

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from spiff import __version__
from spiff.web.problems import MEDIA_TYPE, Problem
from spiff.web.routing import Access, Route

_REF = "#/components/schemas/{name}"
_REASONS = {
    400: "The body cannot be read",
    401: "The caller did not show who it is",
    404: "No such thing, or somebody else's",
    408: "The body took too long to arrive",
    409: "The current state does not allow it",
    410: "What is asked for is not kept any more",
    412: "Changed in the meantime; nothing was overwritten",
    413: "The body is over its limit",
    422: "A rule is broken; `errors` points at each field",
    429: "Too many requests; `Retry-After` says when to try again",
    428: "The request must say which revision it changes",
    503: "Database or file store are away; nothing was half-written",
}


def openapi_document(routes: Sequence[Route], base_url: str) -> dict[str, Any]:
    """The whole description; `routes` in the order they are served."""
    types = [Problem, *(type_ for route in routes for type_ in (route.body, route.answer) if _is_schema(type_))]
    unique = list(dict.fromkeys(types))
    schemas, components = msgspec.json.schema_components(unique, ref_template=_REF)
    known = dict(zip(unique, schemas, strict=True))
    paths: dict[str, Any] = {}
    for route in routes:
        paths.setdefault(described_path(route), {})[route.method.lower()] = _operation(route, known)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Spiff",
            "version": __version__,
            "description": "The open, self-hosted platform for customised products.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": base_url}],
        "paths": paths,
        "components": {"schemas": components, "securitySchemes": _SECURITY},
    }


_SIGNED = {Access.SIGNED, Access.EITHER}
_SECURITY = {
    "owner": {"type": "http", "scheme": "bearer", "description": "The owner token of the transaction."},
    "signed": {
        "type": "apiKey",
        "in": "header",
        "name": "Authorization",
        "description": "`SOA accessKey:signature`, with the `Date` header that was signed; see docs/signing.md.",
    },
    "message": {
        "type": "apiKey",
        "in": "header",
        "name": "Signature",
        "description": "A message signature (RFC 9421) with its `Signature-Input`; see docs/signing.md.",
    },
    "agent": {"type": "http", "scheme": "bearer", "description": "The key of a print agent's channel."},
    "application": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Application-Key",
        "description": "A key without a secret, where the merchant lets it order; see docs/signing.md.",
    },
}


def described_path(route: Route) -> str:
    """The path as OpenAPI writes it: a parameter is its name alone, also one that may hold slashes."""
    return re.sub(r"{(\w+):\w+}", r"{\1}", route.path)


def _operation(route: Route, known: dict[Any, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": re.sub(r"\W+", "_", f"{route.method.lower()}{route.path}").strip("_"),
        "summary": route.summary,
        "tags": [route.tag],
        "parameters": _parameters(route),
        "responses": _responses(route, known),
    }
    if route.access is Access.EITHER:
        operation["security"] = [{}, {Access.SIGNED.value: []}, {"message": []}]
    elif route.access is not Access.PUBLIC:
        operation["security"] = [{route.access.value: []}]
        operation["security"] += [{"message": []}] if route.access is Access.SIGNED else []
        operation["security"] += [{"application": []}] if route.application_keys else []
    if route.body is not None:
        operation["requestBody"] = {"required": True, "content": {"application/json": {"schema": known[route.body]}}}
    if route.takes_file:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    return operation


def _parameters(route: Route) -> list[dict[str, Any]]:
    in_path = [
        {"name": name, "in": "path", "required": True, "schema": _path_schema(name)}
        for name in re.findall(r"{(\w+)", route.path)
    ]
    in_query = [{"name": name, "in": "query", "schema": {"type": "string"}} for name in route.query]
    headers = [*route.request_headers, *(["Date"] if route.access in _SIGNED else [])]
    return [
        *in_path,
        *in_query,
        *({"name": name, "in": "header", "schema": {"type": "string"}} for name in headers),
    ]


def _path_schema(name: str) -> dict[str, str]:
    return {"type": "string", "format": "uuid"} if name.endswith("Id") else {"type": "string"}


def _responses(route: Route, known: dict[Any, Any]) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done"}
    if _is_schema(route.answer):
        success["content"] = {"application/json": {"schema": known[route.answer]}}
    elif route.answer is not None:
        success["content"] = {str(route.answer): {}}
    problem = {"content": {MEDIA_TYPE: {"schema": known[Problem]}}}
    return {
        str(route.status): success,
        **{str(status): {"description": _REASONS[status], **problem} for status in refusals(route)},
    }


def refusals(route: Route) -> list[int]:
    """Every status of a problem document that this route can answer with."""
    statuses = {*route.refusals, 503} | (set() if route.unlimited else {429})
    if "{" in route.path:
        statuses.add(404)
    if route.body is not None:
        statuses |= {400, 408, 413}
    if route.access is not Access.PUBLIC:
        statuses |= {401, 408, 413}
    return sorted(statuses)


def _is_schema(type_: Any) -> bool:
    return type_ is not None and not isinstance(type_, str)
