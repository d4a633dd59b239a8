"""The signature doctor: a refusal that says what the server signed and what to compare. Knows neither secret nor key.

First the refusals of `SOA` signatures (contract/rest.md 3), then those of message signatures (RFC 9421).

Nothing here tells an unknown key from a wrong signature: both are `signature-wrong`, with the same words.
"""

from datetime import datetime
from typing import Any

from spiff.auth.message_signatures import MessageSignature, signature_base
from spiff.auth.presented import Presented
from spiff.auth.soa import Signed, body_digest, variants
from spiff.errors import Unauthorized


class SignatureRefused(Unauthorized):
    """The request is not signed as it must be; `code` is the reason, the details say what to compare."""

    title = "The signature was refused"
    headers = {"WWW-Authenticate": "SOA"}  # noqa: RUF012 - never changed in place

    def __init__(self, code: str, detail: str, shown: dict[str, Any], advice: str, **extra: Any) -> None:
        self.code = code
        super().__init__(detail, **shown, advice=advice, **extra)


def missing(request: Signed) -> SignatureRefused:
    """No `Authorization: SOA` header came."""
    return SignatureRefused(
        "signature-missing",
        "this request must be signed: there is no `Authorization: SOA accessKey:signature` header and no `Signature`",
        _details(request),
        "Sign `stringToSign` with HMAC-SHA1 and your secret key and send it in base64; `spiff sign` prints headers.",
    )


def malformed(request: Signed) -> SignatureRefused:
    """There is a header, but it does not read as one."""
    return SignatureRefused(
        "signature-malformed",
        "the Authorization header must read `SOA accessKey:signature`, the signature being base64 of 20 bytes",
        _details(request),
        "Encode the raw 20 bytes of the HMAC-SHA1, not their hexadecimal text, with the standard base64 alphabet.",
    )


def repeated(request: Signed, name: str) -> SignatureRefused:
    """A signed header came more than once."""
    return SignatureRefused(
        "signature-malformed",
        f"the header `{name}` came more than once, and a signature covers one value",
        _details(request),
        "Send it once. If you do, something between us adds another: make it replace yours or leave it alone.",
    )


def date_missing(request: Signed) -> SignatureRefused:
    """The Date header is absent or unreadable."""
    return SignatureRefused(
        "date-missing",
        f"a signed request needs a `Date` header such as `Wed, 01 Jan 2020 00:00:00 GMT`; {request.date!r} came",
        _details(request),
        "Send as Date header the same text that you signed. Some HTTP clients drop or replace it: check yours.",
    )


def date_outside_window(request: Signed, now: datetime, window_seconds: float) -> SignatureRefused:
    """The Date is too old, or lies in the future."""
    return SignatureRefused(
        "date-outside-window",
        f"the Date header must be within {window_seconds} seconds of our clock; {request.date!r} is not",
        _details(request),
        "Set the sending server's clock, send Date in GMT, and sign every attempt anew.",
        serverTime=now.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        windowSeconds=window_seconds,
    )


def wrong(request: Signed) -> SignatureRefused:
    """The signature is not the one of this key and request. The same words where the key is unknown."""
    return SignatureRefused(
        "signature-wrong",
        "the signature does not belong to this access key and this request",
        _details(request),
        _advice(request),
    )


def scheme_refused(request: Signed) -> SignatureRefused:
    """The signature is right, but this integration asked to be heard with message signatures only."""
    return SignatureRefused(
        "signature-scheme",
        "this integration is heard only with message signatures (RFC 9421), not with `Authorization: SOA`",
        _details(request),
        "Sign with `Signature-Input` and `Signature`, or take `messageSignatures` out of the catalogue file.",
    )


def application_key_refused(request: Signed) -> SignatureRefused:
    """A key without a secret came, and it is unknown or may not order."""
    return SignatureRefused(
        "application-key-refused",
        "this `X-Application-Key` is unknown, or orders need a signature",
        _details(request),
        "Sign the request, or let the key order: `applicationKeys: [{key: …, orders: true}]` in the catalogue file.",
    )


def message_malformed() -> SignatureRefused:
    """There is a Signature-Input header, but no one signature that we can read."""
    return SignatureRefused(
        "signature-malformed",
        "`Signature-Input` and `Signature` must hold one signature with the parameters created, keyid and"
        ' tag="spiff", its algorithm hmac-sha256, its value base64 of 32 bytes between colons',
        {},
        "Write the fields as RFC 9421 shows them, without spare spaces; `spiff sign --scheme rfc9421` prints them.",
    )


def message_uncovered(missing: list[str]) -> SignatureRefused:
    """The signature leaves out what could then be changed, or names what did not come."""
    names = ", ".join(f'"{name}"' for name in missing)
    return SignatureRefused(
        "signature-uncovered",
        f"the signature must cover {names}, and the request must hold what it names",
        {"uncovered": missing},
        'Cover ("@method" "@target-uri" "content-digest"); the last only where there is a body.',
    )


def digest_wrong(request: Presented) -> SignatureRefused:
    """The body is not the one that was signed."""
    return SignatureRefused(
        "content-digest-wrong",
        "`Content-Digest` needs the SHA-256 or SHA-512 of the body, and what came is not of this body",
        {
            "bodyBytes": len(request.body),
            "bodyDigests": {"sha512": body_digest(request.body, "sha512")},
        },
        "Hash the very bytes you send. If they are the same, something between us changed the body.",
    )


def message_outside_window(signature: MessageSignature, now: datetime, window_seconds: float) -> SignatureRefused:
    """The signature was made too long ago or in the future, or has expired."""
    return SignatureRefused(
        "date-outside-window",
        f"a signature's `created` must be within {window_seconds} seconds of our clock and its `expires` not be over",
        {"created": signature.created, "expires": signature.expires},
        "Set the sending server's clock, and sign every attempt anew.",
        serverTime=int(now.timestamp()),
        windowSeconds=window_seconds,
    )


def message_wrong(request: Presented, signature: MessageSignature, base_url: str) -> SignatureRefused:
    """The signature is not the one of this key and request. The same words where the key is unknown."""
    return SignatureRefused(
        "signature-wrong",
        "the signature does not belong to this access key and this request",
        {"signatureBase": signature_base(request, signature.components, signature.parameters, base_url)},
        "Compare your own signature base with `signatureBase` line by line. If only the address differs, send requests"
        " to the address this installation is known by. If all lines are the same, key and secret do not match.",
    )


def _advice(request: Signed) -> str:
    if not request.body and request.method.upper() == "POST":
        return "The body arrived empty. If you sent one, something between us dropped it, such as a redirect."
    if ";" in request.content_type:
        return (
            f"Content-Type arrived as `{request.content_type}`: your HTTP client may have added a parameter after you"
            " signed. Sign exactly this value, or send `application/json`."
        )
    return (
        "Compare your own string with `stringToSign` line by line. If line 2 differs, the body changed after it was"
        " hashed (hash the very bytes you send). If all lines are the same, access key and secret do not match."
    )


def _details(request: Signed) -> dict[str, Any]:
    ways = [
        {"digest": way.digest, "path": way.path, "stringToSign": way.string_to_sign.decode("utf-8", "replace")}
        for way in variants(request)
    ]
    return {
        "stringToSign": ways[0]["stringToSign"],
        "acceptedVariants": ways,
        "bodyBytes": len(request.body),
        "bodyDigests": {"md5": body_digest(request.body, "md5"), "sha512": body_digest(request.body, "sha512")},
    }
