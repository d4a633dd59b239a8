"""The HTTP edge: reads the bytes, checks who is asking, only then decodes, calls the handler, and writes the answer.

A caller that is not allowed in learns nothing about the shape of the body. Nothing here knows a domain.
"""

import time
import traceback
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

import msgspec
import structlog
from starlette.datastructures import QueryParams
from starlette.types import Receive, Scope, Send

from spiff.auth.caller import SHOPPER, Caller
from spiff.auth.presented import Presented
from spiff.errors import AgentUnknown, OwnerUnknown, SpiffError, Unauthorized
from spiff.storage.work import random_id
from spiff.web.decoding import decoded
from spiff.web.limits import Limits
from spiff.web.problems import MEDIA_TYPE, problem_document
from spiff.web.routing import Access, Reply, Request, Route, Services, require_uuid
from spiff.web.wire import Disconnected, read_body, read_headers, send_reply

log = structlog.get_logger()

_SIGNED_WITH = {"authorization", "signature-input"}
"""Headers that claim a signature."""


class Authenticate(Protocol):
    """Finds the caller of a signed request, with the signature it accepted. Raises a 401 that says what differs."""

    async def __call__(
        self, services: Services, request: Presented, *, application_keys: bool = False
    ) -> tuple[Caller, str | None]:
        """The caller and the signature it showed; with `application_keys` one of those is enough."""
        ...


class _Admitted(NamedTuple):
    """Who asks, the bytes of the body, and the signature that says so. Nothing is decoded yet."""

    caller: Caller
    raw: bytes
    signature: str | None


class Endpoint:
    """Serves one route."""

    def __init__(self, route: Route, services: Services, authenticate: Authenticate, limits: Limits) -> None:
        self.route = route
        self._limits = limits
        self._services = services
        self._authenticate = authenticate
        self._decoder = msgspec.json.Decoder(route.body) if route.body is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request; every failure becomes a problem document with the request's id."""
        started = time.perf_counter()
        request_id = new_request_id()
        reply = await self._answer(scope, receive, request_id)
        await send_reply(send, reply, request_id)
        log.info(
            "request",
            request_id=request_id,
            method=self.route.method,
            route=self.route.path,
            status=reply.status,
            milliseconds=round((time.perf_counter() - started) * 1000, 2),
        )

    async def _answer(self, scope: Scope, receive: Receive, request_id: str) -> Reply:
        allowance: dict[str, str] = {}
        try:
            headers = read_headers(scope)
            admitted = await self._admitted(scope, receive, headers, allowance)
            reply = await self.route.handler(self._request(scope, headers, admitted, request_id))
        except SpiffError as refusal:
            reply = problem_reply(refusal, request_id)
        except Disconnected:
            return Reply(status=499)
        except Exception as failure:  # noqa: BLE001 - the outermost edge: logged, and answered with the id alone
            # Where it happened, not what it said: messages of libraries quote what people sent.
            log.error(
                "unforeseen",
                request_id=request_id,
                route=self.route.path,
                failure=type(failure).__name__,
                where=[f"{at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(failure.__traceback__)],
            )
            reply = problem_reply(SpiffError("this was not foreseen; the request id finds it in our log"), request_id)
        return msgspec.structs.replace(reply, headers={**reply.headers, **allowance}) if allowance else reply

    async def _admitted(
        self, scope: Scope, receive: Receive, headers: Mapping[str, str], allowance: dict[str, str]
    ) -> _Admitted:
        """Somebody who may ask and does not ask too often; `allowance` is told what is left, also of who may not.

        A signed request costs its address nothing unless it is refused: shops send many from one.
        """
        address = self._limits.address_of(scope.get("client"), scope["headers"])
        if not self._claims(headers):
            if not self.route.unlimited:
                allowance.update(self._limits.addresses.take(address, self.route.cost))
            return await self._identified(scope, receive, headers)
        self._limits.addresses.require(address)
        try:
            admitted = await self._identified(scope, receive, headers)
        except Unauthorized:
            allowance.update(self._limits.addresses.take(address))
            raise
        allowance.update(self._limits.keys.take(admitted.caller.integration_id or address))
        return admitted

    async def _identified(self, scope: Scope, receive: Receive, headers: Mapping[str, str]) -> _Admitted:
        raw = await read_body(receive, headers, self.route.body_limit(self._services.settings))
        caller, signature = await self._caller(scope, headers, raw)
        return _Admitted(caller, raw, signature)

    def _request(self, scope: Scope, headers: Mapping[str, str], admitted: _Admitted, request_id: str) -> Request[Any]:
        path = {
            name: require_uuid(value, name.removesuffix("Id")) if name.endswith("Id") else value
            for name, value in scope.get("path_params", {}).items()
        }
        return Request(
            services=self._services,
            caller=admitted.caller,
            body=self._decode(admitted.raw),
            raw=admitted.raw,
            path=path,
            query=QueryParams(scope["query_string"]) if scope["query_string"] else {},
            headers=headers,
            signature=admitted.signature,
            request_id=request_id,
        )

    def _claims(self, headers: Mapping[str, str]) -> bool:
        """Whether the request has to show a signature."""
        access = self.route.access
        return access is Access.SIGNED or (access is Access.EITHER and not _SIGNED_WITH.isdisjoint(headers))

    async def _caller(self, scope: Scope, headers: Mapping[str, str], raw: bytes) -> tuple[Caller, str | None]:
        if self._claims(headers):
            presented = Presented(
                scope["method"],
                scope["path"],
                headers,
                raw,
                raw_path=scope.get("raw_path") or b"",
                query=scope["query_string"],
                lines=scope["headers"],
            )
            application_keys = self.route.application_keys
            return await self._authenticate(self._services, presented, application_keys=application_keys)
        token = _bearer(headers.get("authorization", ""))
        if self.route.access is Access.AGENT:
            if token is None:
                raise AgentUnknown("send the key of the agent's channel: `Authorization: Bearer …`")
            return Caller(agent_key=token), None
        if self.route.access is Access.OWNER and token is None:
            raise OwnerUnknown("send the transaction's owner token: `Authorization: Bearer …`")
        return (Caller(owner_token=token) if token else SHOPPER), None

    def _decode(self, raw: bytes) -> Any:
        return None if self._decoder is None else decoded(self._decoder, raw)


def new_request_id() -> str:
    """A name for a request, to find it in the log by."""
    return random_id().replace("-", "")


def problem_reply(failure: SpiffError, request_id: str) -> Reply:
    """A failure as its problem document."""
    content = msgspec.json.encode(problem_document(failure, request_id))
    return Reply(content, failure.status, failure.headers, MEDIA_TYPE)


def _bearer(header: str) -> str | None:
    scheme, _, token = header.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None
