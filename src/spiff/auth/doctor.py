"""The signature doctor: a refusal that says what the server signed and what to compare. Knows neither secret nor key.

Nothing here tells an unknown key from a wrong signature: both are `signature-wrong`, with the same words.
"""

from datetime import datetime
from typing import Any

from spiff.auth.soa import Signed, body_digest, variants
from spiff.errors import Unauthorized


class SignatureRefused(Unauthorized):
    """The request is not signed as contract/rest.md 3 says; `code` is the reason, the details what to compare."""

    title = "The signature was refused"
    headers = {"WWW-Authenticate": "SOA"}  # noqa: RUF012 - never changed in place

    def __init__(self, code: str, detail: str, request: Signed, advice: str, **extra: Any) -> None:
        self.code = code
        super().__init__(detail, **_details(request), advice=advice, **extra)


def missing(request: Signed) -> SignatureRefused:
    """No `Authorization: SOA` header came."""
    return SignatureRefused(
        "signature-missing",
        "this request must be signed: there is no `Authorization: SOA accessKey:signature` header",
        request,
        "Sign `stringToSign` with HMAC-SHA1 and your secret key and send it in base64; `spiff sign` prints headers.",
    )


def malformed(request: Signed) -> SignatureRefused:
    """There is a header, but it does not read as one."""
    return SignatureRefused(
        "signature-malformed",
        "the Authorization header must read `SOA accessKey:signature`, the signature being base64 of 20 bytes",
        request,
        "Encode the raw 20 bytes of the HMAC-SHA1, not their hexadecimal text, with the standard base64 alphabet.",
    )


def date_missing(request: Signed) -> SignatureRefused:
    """The Date header is absent or unreadable."""
    return SignatureRefused(
        "date-missing",
        f"a signed request needs a `Date` header such as `Wed, 01 Jan 2020 00:00:00 GMT`; {request.date!r} came",
        request,
        "Send as Date header the same text that you signed. Some HTTP clients drop or replace it: check yours.",
    )


def date_outside_window(request: Signed, now: datetime, window_seconds: int) -> SignatureRefused:
    """The Date is too old, or lies in the future."""
    return SignatureRefused(
        "date-outside-window",
        f"the Date header must be within {window_seconds} seconds of our clock; {request.date!r} is not",
        request,
        "Set the sending server's clock, send Date in GMT, and sign every attempt anew.",
        serverTime=now.strftime("%a, %d %b %Y %H:%M:%S GMT"),
        windowSeconds=window_seconds,
    )


def wrong(request: Signed) -> SignatureRefused:
    """The signature is not the one of this key and request. The same words where the key is unknown."""
    return SignatureRefused(
        "signature-wrong",
        "the signature does not belong to this access key and this request",
        request,
        _advice(request),
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
