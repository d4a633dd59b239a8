"""Headers of requests that a shop's server signs for Spiff, by either scheme of docs/signing.md.

Sign the very bytes you send, on the server that keeps the secret, anew for each attempt.
"""

import base64
import hashlib
import hmac
import time
from email.utils import formatdate
from typing import Dict, Optional
from urllib.parse import urlsplit


def soa_headers(
    method: str,
    url: str,
    body: bytes,
    key: str,
    secret: str,
    *,
    content_type: str = "application/json",
    date: Optional[str] = None,
) -> Dict[str, str]:
    """`Authorization: SOA key:signature` and the headers it covers; `date` is for tests, now if absent."""
    date = date or formatdate(usegmt=True)
    digest = hashlib.sha512(body).hexdigest()
    text = "\n".join([method.upper(), digest, content_type, date, urlsplit(url).path or "/"])
    signature = base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()
    return {"Authorization": f"SOA {key}:{signature}", "Date": date, "Content-Type": content_type}


def message_headers(
    method: str, url: str, body: bytes, key: str, secret: str, *, created: Optional[int] = None
) -> Dict[str, str]:
    """A message signature (RFC 9421) over method, address and body; `created` is for tests, now if absent.

    `url` is the address that Spiff is known by, as in SPIFF_BASE_URL. Send your Content-Type beside these.
    """
    headers = {}
    lines = [f'"@method": {method.upper()}', f'"@target-uri": {url}']
    covered = '"@method" "@target-uri"'
    if body:
        headers["Content-Digest"] = f"sha-512=:{base64.b64encode(hashlib.sha512(body).digest()).decode()}:"
        lines.append(f'"content-digest": {headers["Content-Digest"]}')
        covered += ' "content-digest"'
    moment = int(time.time()) if created is None else created
    parameters = f'({covered});created={moment};keyid="{key}";alg="hmac-sha256";tag="spiff"'
    base = "\n".join([*lines, f'"@signature-params": {parameters}'])
    signature = base64.b64encode(hmac.new(secret.encode(), base.encode(), hashlib.sha256).digest()).decode()
    headers["Signature-Input"] = f"spiff={parameters}"
    headers["Signature"] = f"spiff=:{signature}:"
    return headers
