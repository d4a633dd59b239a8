"""Requests signed by RFC 9421, for tests: what the server sees of one, and what was changed on its way."""

from msgspec.structs import replace

from spiff.auth import message_signatures
from spiff.auth.presented import Presented

BASE_URL = "https://spiff.example"
KEY, SECRET = "access-key", "secret-key"
CREATED = 1_577_836_800
"""Wed, 01 Jan 2020 00:00:00 GMT."""
BODY = b'{"externalId":"external-id","orderItems":[]}'


def unsigned(method: str = "POST", path: str = "/api/v2/orders", body: bytes = BODY, query: bytes = b"") -> Presented:
    """A request without a signature."""
    return Presented(method, path, {}, body, raw_path=path.encode(), query=query)


def signed(request: Presented | None = None, *, secret: str = SECRET, key: str = KEY) -> Presented:
    """The request with the headers of our own signer."""
    request = request or unsigned()
    return with_headers(request, message_signatures.sign(request, key, secret, created=CREATED, base_url=BASE_URL))


def with_headers(request: Presented, headers: dict[str, str]) -> Presented:
    """The request with these headers and no others."""
    plain = {name.lower(): value for name, value in headers.items()}
    return replace(
        request, headers=plain, lines=[(name.encode(), value.encode("latin-1")) for name, value in plain.items()]
    )
