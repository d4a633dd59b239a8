"""SOA request signatures (contract/rest.md 3): the string to sign, signing, verifying. Knows no key store.

Accepted in one bounded pass: body digests MD5 and SHA-512, the path with and without its leading slash, base64 with
and without padding. Everything is compared in constant time, and every refusal costs the same work.
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal

import msgspec

from spiff.auth.live_secrets import tried_secrets

Digest = Literal["md5", "sha512"]
DIGESTS: tuple[Digest, ...] = ("sha512", "md5")
_TRIED_FIRST: tuple[Digest, ...] = ("md5", "sha512")
"""Most plugins of shops use MD5 (contract/rest.md 3.1), and it costs less."""
_BLOCK_BYTES = 64
_HEADER = re.compile(r"SOA +(?P<key>[^\s:]{1,255}):(?P<signature>[A-Za-z0-9+/]{27}=?)", re.IGNORECASE)
_DATE = re.compile(
    r"(?:[A-Za-z]{3,9}, *)?(\d{1,2})[ -]([A-Za-z]{3})[ -](\d{4}) (\d{1,2}):(\d{1,2}):(\d{1,2}) (?:GMT|UTC|\+0000)",
    re.ASCII,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Signed(msgspec.Struct, frozen=True):
    """The parts of a request that a signature covers, each exactly as it was sent. An absent header is empty text."""

    method: str
    path: str
    content_type: str
    date: str
    body: bytes


class Variant(msgspec.Struct, frozen=True):
    """One of the accepted ways to write down the same request."""

    digest: Digest
    path: str
    string_to_sign: bytes


def read_authorization(header: str) -> tuple[str, bytes] | None:
    """The access key and the signature's bytes of `SOA key:signature` (contract/rest.md 3.3), or None.

    The last letter of 27 has two bits that say nothing; as every encoder writes them they are zero, and here they must.
    """
    found = _HEADER.fullmatch(header.strip(" \t"))
    if found is None:
        return None
    padded = found["signature"].rstrip("=") + "="
    signature = binascii.a2b_base64(padded)
    return (found["key"], signature) if encoded(signature) == padded else None


@lru_cache(maxsize=64)
def read_date(header: str) -> datetime | None:
    """The instant of a `Date` header, zero-padded or not (contract/rest.md 3.4), or None."""
    found = _DATE.fullmatch(header.strip(" \t"))
    if found is None or found[2].lower() not in _MONTHS:
        return None
    day, month, year, hour, minute, second = found.groups()
    try:
        return datetime(
            int(year), _MONTHS.index(month.lower()) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
    except ValueError:
        return None


def body_digest(body: bytes, digest: Digest) -> str:
    """The digest of the body's exact bytes, lower-case hexadecimal (contract/rest.md 3.1)."""
    if digest == "md5":
        return hashlib.md5(body, usedforsecurity=False).hexdigest()
    return hashlib.sha512(body).hexdigest()


def string_to_sign(request: Signed, digest: Digest) -> bytes:
    """The five signed parts, joined by line feeds (contract/rest.md 3.1); the path as it stands in the request."""
    return _joined(request, body_digest(request.body, digest), request.path)


def variants(request: Signed) -> list[Variant]:
    """All accepted ways to write the request down: each digest, path with and without the leading slash (3.5)."""
    hashed = {digest: body_digest(request.body, digest) for digest in DIGESTS}
    return [
        Variant(digest, path, _joined(request, hashed[digest], path)) for path in _paths(request) for digest in DIGESTS
    ]


def sign(secret: str, request: Signed, digest: Digest = "sha512") -> str:
    """The signature as it stands in the header: padded base64 of HMAC-SHA1 (contract/rest.md 3.2)."""
    return encoded(_hmac_sha1(secret, string_to_sign(request, digest)))


def encoded(signature: bytes) -> str:
    """The one canonical text of a signature, however it was padded in the header."""
    return base64.b64encode(signature).decode()


def verify(secrets: Sequence[str], request: Signed, signature: bytes) -> bool:
    """Whether one of at most two live secrets gives this signature in one of the accepted variants."""
    return matching_secret(secrets, request, signature) is not None


def matching_secret(secrets: Sequence[str], request: Signed, signature: bytes) -> str | None:
    """The one of at most two live secrets that gives this signature in one of the accepted variants.

    Without secrets the same work is done and the answer is None, so an unknown key takes as long as a wrong secret.
    The right signature ends it early: who can send that learns nothing from the time.
    """
    tried = tried_secrets(secrets)
    live, stand_ins = ([secret for secret, is_live in tried if is_live is wanted] for wanted in (True, False))
    messages: list[bytes] = []
    for message in _each_message(request):
        messages.append(message)
        for secret in live:
            if hmac.compare_digest(_hmac_sha1(secret, message), signature):
                return secret
    for message in messages:
        for secret in stand_ins:
            hmac.compare_digest(_hmac_sha1(secret, message), signature)
    return None


def _each_message(request: Signed) -> Iterator[bytes]:
    """The strings to sign of all variants; a digest is computed only when it is its turn."""
    for digest in _TRIED_FIRST:
        hashed = body_digest(request.body, digest)
        for path in _paths(request):
            yield _joined(request, hashed, path)


def _paths(request: Signed) -> tuple[str, str]:
    bare = request.path.removeprefix("/")
    return f"/{bare}", bare


def _hmac_sha1(secret: str, message: bytes) -> bytes:
    """HMAC-SHA1 (RFC 2104). As `hmac.digest` but five times as fast: a key's two blocks are hashed only once."""
    keyed_inner, keyed_outer = _keyed(secret)
    inner, outer = keyed_inner.copy(), keyed_outer.copy()
    inner.update(message)
    outer.update(inner.digest())
    return outer.digest()


@lru_cache(maxsize=4096)
def _keyed(secret: str) -> "tuple[hashlib._Hash, hashlib._Hash]":
    key = secret.encode()
    block = (key if len(key) <= _BLOCK_BYTES else hashlib.sha1(key, usedforsecurity=False).digest()).ljust(
        _BLOCK_BYTES, b"\0"
    )
    # SHA-1 is the contract's choice; within HMAC nobody has broken it.
    return (
        hashlib.sha1(bytes(byte ^ 0x36 for byte in block), usedforsecurity=False),
        hashlib.sha1(bytes(byte ^ 0x5C for byte in block), usedforsecurity=False),
    )


def _joined(request: Signed, hashed: str, path: str) -> bytes:
    # Header values arrive as Latin-1 text: encoding them so gives back the very bytes that were sent.
    head = f"{request.method}\n{hashed}\n{request.content_type}\n{request.date}\n"
    return head.encode("latin-1", "replace") + path.encode("utf-8", "surrogatepass")
