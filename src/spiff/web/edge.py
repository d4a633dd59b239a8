"""The HTTP edge: reads the bytes, checks who is asking, only then decodes, calls the handler, and writes the answer.

A caller that is not allowed in learns nothing about the shape of the body. Nothing here knows a domain.
"""

import asyncio
import time
import traceback
import uuid
from collections.abc import Mapping
from typing import Any, Protocol

import msgspec
import structlog
from starlette.requests import ClientDisconnect
from starlette.requests import Request as HttpRequest
from starlette.responses import Response

from spiff.auth.caller import SHOPPER, Caller
from spiff.errors import OwnerUnknown, SpiffError, TooLarge, TooSlow
from spiff.web.problems import MEDIA_TYPE, problem_document, unreadable
from spiff.web.routing import Access, Reply, Request, Route, Services, require_uuid

log = structlog.get_logger()
_READING_SECONDS = 30.0


class Authenticate(Protocol):
    """Finds the caller of a signed request, with the signature it accepted. Raises a 401 that says what differs."""

    async def __call__(
        self, services: Services, method: str, path: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[Caller, str]:
        """The caller and the signature it showed."""
        ...


class Endpoint:
    """Serves one route."""

    def __init__(self, route: Route, services: Services, authenticate: Authenticate) -> None:
        self.route = route
        self._services = services
        self._authenticate = authenticate
        self._decoder = msgspec.json.Decoder(route.body) if route.body is not None else None

    async def __call__(self, http: HttpRequest) -> Response:
        """Answer the request; every failure becomes a problem document with the request's id."""
        started = time.perf_counter()
        request_id = uuid.uuid4().hex
        response = await self._answer(http, request_id)
        response.headers["X-Request-Id"] = request_id
        log.info(
            "request",
            request_id=request_id,
            method=self.route.method,
            route=self.route.path,
            status=response.status_code,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )
        return response

    async def _answer(self, http: HttpRequest, request_id: str) -> Response:
        try:
            return _response(await self.route.handler(await self._request(http)))
        except SpiffError as refusal:
            return problem_response(refusal, request_id)
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as failure:  # noqa: BLE001 - the outermost edge: logged, and answered with the id alone
            # Where it happened, not what it said: messages of libraries quote what people sent.
            log.error(
                "unforeseen",
                request_id=request_id,
                route=self.route.path,
                failure=type(failure).__name__,
                where=[f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(failure.__traceback__)],
            )
            return problem_response(SpiffError("this was not foreseen; the request id finds it in our log"), request_id)

    async def _request(self, http: HttpRequest) -> Request[Any]:
        raw = await _read_body(http, self.route.body_limit(self._services.settings))
        caller, signature = await self._caller(http, raw)
        path = {
            name: require_uuid(value, name.removesuffix("Id")) if name.endswith("Id") else value
            for name, value in http.path_params.items()
        }
        return Request(
            services=self._services,
            caller=caller,
            body=self._decode(raw),
            raw=raw,
            path=path,
            query=http.query_params,
            headers=http.headers,
            signature=signature,
        )

    async def _caller(self, http: HttpRequest, raw: bytes) -> tuple[Caller, str | None]:
        if self.route.access is Access.SIGNED:
            return await self._authenticate(self._services, http.method, http.scope["path"], http.headers, raw)
        token = _bearer(http.headers.get("authorization", ""))
        if self.route.access is Access.OWNER and token is None:
            raise OwnerUnknown("send the transaction's owner token: `Authorization: Bearer …`")
        return (Caller(owner_token=token) if token else SHOPPER), None

    def _decode(self, raw: bytes) -> Any:
        if self._decoder is None:
            return None
        try:
            return self._decoder.decode(raw)
        except UnicodeDecodeError as failure:
            raise unreadable(msgspec.DecodeError(str(failure))) from None
        except RecursionError:
            raise unreadable(msgspec.DecodeError("it is nested too deeply")) from None
        except msgspec.DecodeError as failure:
            raise unreadable(failure) from None


def problem_response(failure: SpiffError, request_id: str) -> Response:
    """A failure as its problem document."""
    content = msgspec.json.encode(problem_document(failure, request_id))
    return Response(content, failure.status, dict(failure.headers), MEDIA_TYPE)


def _response(reply: Reply) -> Response:
    content = reply.body if isinstance(reply.body, bytes) else b""
    if reply.body is not None and not isinstance(reply.body, bytes):
        content = msgspec.json.encode(reply.body)
    return Response(content, reply.status, dict(reply.headers), reply.media_type)


def _bearer(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


async def _read_body(http: HttpRequest, limit: int) -> bytes:
    """The body's bytes, refused as soon as they pass the limit. A body that dribbles in is given up on."""
    if int(http.headers.get("content-length") or 0) > limit:
        raise _too_large(limit)
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(_READING_SECONDS):
            async for chunk in http.stream():
                size += len(chunk)
                if size > limit:
                    raise _too_large(limit)
                chunks.append(chunk)
    except TimeoutError:
        raise TooSlow(f"the body did not arrive within {_READING_SECONDS:.0f} seconds") from None
    return b"".join(chunks)


def _too_large(limit: int) -> TooLarge:
    return TooLarge(f"the body may have at most {limit} bytes", limitBytes=limit)
