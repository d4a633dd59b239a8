"""Signs requests to a Spiff platform, with the standard library alone. Copy this file into your shop."""

import base64
import hashlib
import hmac
from email.utils import formatdate

CONTENT_TYPE = "application/json"


def signed_headers(access_key: str, secret: str, method: str, path: str, body: bytes) -> dict[str, str]:
    """The headers of a signed request. `path` has no host and no query; `body` is the exact bytes that are sent."""
    date = formatdate(usegmt=True)
    signature = soa_signature(secret, method, path, body, date)
    return {"Authorization": f"SOA {access_key}:{signature}", "Content-Type": CONTENT_TYPE, "Date": date}


def soa_signature(secret: str, method: str, path: str, body: bytes, date: str) -> str:
    """HMAC-SHA1 over method, body digest, content type, date and path, one a line. The secret itself is never sent."""
    to_sign = "\n".join([method.upper(), hashlib.sha512(body).hexdigest(), CONTENT_TYPE, date, path])
    digest = hmac.new(secret.encode(), to_sign.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
