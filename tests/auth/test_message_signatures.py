"""RFC 9421 as we take it, without a server: the RFC's own vector, and that no bit of a signed request may change."""

import base64
import hmac
from typing import Any

import pytest
from msgspec.structs import replace

from spiff.auth import message_signatures
from spiff.auth.live_secrets import NOBODYS_SECRET
from spiff.auth.presented import Presented
from tests.auth.messages import BASE_URL, KEY, SECRET, signed, unsigned, with_headers


def test_every_wrong_secret_costs_two_hmacs_known_or_not() -> None:
    base, value = "base", bytes(32)

    assert message_signatures.matching_secret([], base, value) is None
    assert message_signatures.matching_secret([NOBODYS_SECRET], base, value) is None
    stand_in = hmac.digest(NOBODYS_SECRET.encode(), b"base", "sha256")
    assert message_signatures.matching_secret([], base, stand_in) is None


_REQUEST = signed(unsigned(query=b"a=1"))
_PARTS = {
    "body": _REQUEST.body,
    "query": _REQUEST.query,
    "raw_path": _REQUEST.raw_path,
    **{name: value.encode() for name, value in _REQUEST.headers.items()},
}


@pytest.mark.parametrize("part", sorted(_PARTS))
def test_every_single_changed_bit_is_refused(part: str) -> None:
    """All of them: those of base64 that say nothing as well."""
    for at in range(8 * len(_PARTS[part])):
        after = bytearray(_PARTS[part])
        after[at // 8] ^= 1 << at % 8
        changed: dict[str, Any] = {part: bytes(after)}
        if part in _REQUEST.headers:
            request = with_headers(_REQUEST, {**_REQUEST.headers, part: after.decode("latin-1")})
        else:
            request = replace(_REQUEST, **changed)

        assert not _verifies(request), bytes(after)


def _verifies(request: Presented) -> bool:
    signature = message_signatures.read_signature(request)
    if signature is None or signature.key_id != KEY or message_signatures.uncovered(request, signature.components):
        return False
    base = message_signatures.signature_base(request, signature.components, signature.parameters, BASE_URL)
    secret = message_signatures.matching_secret([SECRET], base, signature.value)
    return secret is not None and message_signatures.digest_fits(request)


def test_the_request_that_is_changed_would_verify_unchanged() -> None:
    assert _verifies(_REQUEST)


def test_the_vector_of_the_rfc() -> None:
    """RFC 9421, B.2.5."""
    secret = base64.b64decode(
        "uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ=="
    )
    request = with_headers(
        Presented("POST", "/foo", {}, b"", b"/foo", b"param=Value&Pet=dog"),
        {"date": "Tue, 20 Apr 2021 02:07:55 GMT", "content-type": "application/json"},
    )
    parameters = '("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"'

    base = message_signatures.signature_base(
        request, ["date", "@authority", "content-type"], parameters, "https://example.com"
    )

    assert base.split("\n")[1] == '"@authority": example.com'
    signature = base64.b64encode(hmac.digest(secret, base.encode(), "sha256")).decode()
    assert signature == "pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8="
