"""The door to the public keys of signed prices (RFC 7517). Decides nothing."""

from typing import Any

from spiff.pricing import operations
from spiff.web.routing import Message, Reply, Request, Route


class KeySet(Message, frozen=True):
    """Public keys as a JWK set."""

    keys: list[dict[str, Any]]


async def list_public_keys(request: Request[None]) -> Reply:
    """`GET /.well-known/jwks.json`: keep it, and ask again when a token names a key that is not in it."""
    keys = await request.services.database.read(operations.list_public_keys)
    return Reply(KeySet(keys), headers={"Cache-Control": "public, max-age=3600"})


routes: list[Route] = [
    Route(
        method="GET",
        path="/.well-known/jwks.json",
        handler=list_public_keys,
        summary="The public keys that price tokens are checked with",
        tag="Prices",
        answer=KeySet,
    )
]
"""The doors of this domain."""
