"""The HTTP door of GraphQL (contract/rest.md 9): one document a request, read by anybody, ordered by who signs."""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor

from spiff.errors import NotFound
from spiff.graphql.executing import answer
from spiff.graphql.resolving import Asked
from spiff.web.routing import Access, JsonObject, Message, Reply, Request, as_object, same_route

# A thread waits while its order is committed: with several, orders share a commit, and nobody else's work waits.
_THREADS = ThreadPoolExecutor(16, thread_name_prefix="graphql")
_VERSION = re.compile(r"\d{4}-\d{2}", re.ASCII)


class GraphqlRequest(Message, frozen=True):
    """A document, what its variables are, and which of its operations is meant. A list of them is not served."""

    query: str
    variables: JsonObject | None = None
    operation_name: str | None = None


async def serve(request: Request[GraphqlRequest]) -> Reply:
    """Answer the document with 200: what failed in it is told in `errors`."""
    version = request.path.get("version")
    if version is not None and not _VERSION.fullmatch(version):
        raise NotFound(f"there is no version {version!r}; they are written like 2026-09")
    asked = Asked(
        services=request.services,
        caller=request.caller,
        signature=request.signature,
        idempotency_key=request.headers.get("idempotency-key"),
        request_id=request.request_id,
    )
    body = request.body
    document = await asyncio.get_running_loop().run_in_executor(
        _THREADS, answer, asked, body.query, as_object(body.variables), body.operation_name
    )
    return Reply(document, headers={"Cache-Control": "no-store"})


routes = same_route(
    "/graphql",
    "/{version}/graphql",
    method="POST",
    handler=serve,
    summary="Read transactions and, signed, place orders in GraphQL; its schema is in docs/graphql.md",
    tag="GraphQL",
    access=Access.EITHER,
    body=GraphqlRequest,
    answer="application/json",
    request_headers=("Idempotency-Key",),
)
