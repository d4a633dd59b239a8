"""HTTP Message Signatures (RFC 9421), our profile of them: HMAC-SHA256, tagged `spiff`. Knows no key store.

A signature covers the method, where the request goes, and its body by `Content-Digest` (RFC 9530). More may be covered;
what is named must be there. Where a request goes is what we are called from outside, whatever a proxy wrote into Host.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from spiff.auth.live_secrets import tried_secrets
from spiff.auth.presented import Presented
from spiff.auth.structured_fields import (
    read_bytes,
    read_dictionary,
    read_inner_list,
    write_bytes,
    write_string,
)

TAG = "spiff"
ALGORITHM = "hmac-sha256"
_SIGNATURE_BYTES = 32
_LABEL = "spiff"
_DIGESTS = {"sha-256": hashlib.sha256, "sha-512": hashlib.sha512}
_USUAL_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class MessageSignature:
    """One signature as it was read. Times are seconds since 1970."""

    key_id: str
    created: int
    expires: int | None
    components: tuple[str, ...]
    parameters: str
    """What `@signature-params` covers: the inner list with its parameters, as it came."""
    value: bytes


def read_signature(request: Presented) -> MessageSignature | None:
    """The one signature with our tag; None where there is none, several, or one that does not read as one."""
    inputs = read_dictionary(request.field("signature-input") or "") or {}
    values = read_dictionary(request.field("signature") or "") or {}
    read = [_read_one(text, read_bytes(values.get(label, ""))) for label, text in inputs.items()]
    found = [each for each in read if each is not None]
    return found[0] if len(found) == 1 else None


def _read_one(text: str, value: bytes | None) -> MessageSignature | None:
    listed = read_inner_list(text)
    if listed is None or value is None or len(value) != _SIGNATURE_BYTES or listed[1].get("tag") != TAG:
        return None
    items, said = listed
    components = tuple(each for each in items if isinstance(each, str))
    key_id, created, expires = said.get("keyid"), said.get("created"), said.get("expires")
    if len(components) != len(items) or len(set(components)) != len(components):
        return None
    if not isinstance(key_id, str) or not isinstance(created, int) or said.get("alg", ALGORITHM) != ALGORITHM:
        return None
    if "expires" in said and not isinstance(expires, int):
        return None
    return MessageSignature(key_id, created, expires if isinstance(expires, int) else None, components, text, value)


def uncovered(request: Presented, components: Sequence[str]) -> list[str]:
    """What a signature must cover and this one does not; named components that did not come count as well."""
    covered = set(components)
    wanted = ["@method"]
    if "@target-uri" not in covered:
        wanted += ["@authority"] if "@request-target" in covered else ["@authority", "@path"]
        wanted += ["@query"] if request.query and "@request-target" not in covered else []
    wanted += ["content-digest"] if request.body else []
    absent = [name for name in components if _component(request, name, "https://-") is None]
    return [*(name for name in wanted if name not in covered), *absent]


def digest_fits(request: Presented) -> bool:
    """Whether `Content-Digest` is of this body; all its digests that we know must be right, and one must be known."""
    said = read_dictionary(request.field("content-digest") or "") or {}
    known = [(made, read_bytes(said[name])) for name, made in _DIGESTS.items() if name in said]
    return bool(known) and all(value == made(request.body).digest() for made, value in known)


def signature_base(request: Presented, components: Sequence[str], parameters: str, base_url: str) -> str:
    """The text that is signed (RFC 9421, 2.5). Components that did not come are empty."""
    lines = [f'"{name}": {_component(request, name, base_url) or ""}' for name in components]
    return "\n".join([*lines, f'"@signature-params": {parameters}'])


def matching_secret(secrets: Sequence[str], base: str, value: bytes) -> str | None:
    """The one of at most two live secrets that gives this signature. Without secrets the same work is done."""
    message = base.encode("latin-1", "replace")
    tried = tried_secrets(secrets)
    same = [hmac.compare_digest(hmac.digest(secret.encode(), message, "sha256"), value) for secret, _ in tried]
    return next((secret for (secret, live), fits in zip(tried, same, strict=True) if fits & live), None)


def encoded(signature: MessageSignature) -> str:
    """The signature's text, by which a repeated request is recognised."""
    return base64.b64encode(signature.value).decode()


def sign(
    request: Presented, key_id: str, secret: str, *, created: int, base_url: str, nonce: str | None = None
) -> dict[str, str]:
    """The headers that make `request` a signed one; its body is covered by a SHA-512 `Content-Digest`."""
    said = {"Content-Digest": f"sha-512={write_bytes(hashlib.sha512(request.body).digest())}"} if request.body else {}
    lines = [(name.lower().encode(), value.encode()) for name, value in said.items()]
    sent = Presented(request.method, request.path, {}, request.body, request.raw_path, request.query, lines)
    components = ("@method", "@target-uri", *(name.lower() for name in said))
    once = f";nonce={write_string(nonce)}" if nonce else ""
    parameters = (
        f"({' '.join(map(write_string, components))});created={created};keyid={write_string(key_id)}"
        f';alg="{ALGORITHM}"{once};tag="{TAG}"'
    )
    base = signature_base(sent, components, parameters, base_url)
    value = hmac.digest(secret.encode(), base.encode("latin-1"), "sha256")
    return said | {"Signature-Input": f"{_LABEL}={parameters}", "Signature": f"{_LABEL}={write_bytes(value)}"}


def _component(request: Presented, name: str, base_url: str) -> str | None:
    """A component's value (RFC 9421, 2.1 and 2.2); None where it did not come or is not known."""
    if not name.startswith("@"):
        return request.field(name) if name == name.lower() else None
    query = "?" + request.query.decode("latin-1") if request.query else ""
    scheme, authority, prefix = _origin(base_url)
    derived = {
        "@method": request.method,
        "@scheme": scheme,
        "@authority": authority,
        "@path": prefix + request.wire_path,
        "@query": query or "?",
        "@request-target": prefix + request.wire_path + query,
        "@target-uri": f"{scheme}://{authority}{prefix}{request.wire_path}{query}",
    }
    return derived.get(name)


def _origin(base_url: str) -> tuple[str, str, str]:
    """Scheme, authority without the usual port, and what stands before every path."""
    parts = urlsplit(base_url)
    usual = parts.port is None or parts.port == _USUAL_PORTS.get(parts.scheme)
    host = (parts.hostname or "").lower()
    return parts.scheme, host if usual else f"{host}:{parts.port}", parts.path.rstrip("/")
