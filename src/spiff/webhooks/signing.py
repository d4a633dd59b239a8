"""Signatures of webhooks as Standard Webhooks says (https://www.standardwebhooks.com). Pure but for new secrets."""

import base64
import binascii
import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from spiff.errors import Invalid

PREFIX = "whsec_"
_BYTES = 32
_LEAST_BYTES, _MOST_BYTES = 24, 64


class SecretRefused(Invalid):
    """What was given as a secret is none."""

    code, title = "webhook-secret", "This is no secret for webhooks"


def new_secret() -> str:
    """A new secret of 256 random bits."""
    return PREFIX + base64.b64encode(secrets.token_bytes(_BYTES)).decode()


def require_secret(given: str) -> str:
    """A secret made elsewhere, as it is kept. Raises SecretRefused, whose sentence does not repeat it."""
    try:
        key = base64.b64decode(given.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if not given.startswith(PREFIX) or not _LEAST_BYTES <= len(key) <= _MOST_BYTES:
        form = f"a secret is {PREFIX} and the base64 of {_LEAST_BYTES} to {_MOST_BYTES} bytes"
        raise SecretRefused(form).at("/secret")
    return given


def signed_headers(live: Iterable[str], message_id: str, at: datetime, body: bytes) -> dict[str, str]:
    """The three headers of a message; a signature for each secret, so that either side may exchange it first."""
    timestamp = str(int(at.timestamp()))
    content = f"{message_id}.{timestamp}.".encode() + body
    signatures = " ".join(f"v1,{_signature(secret, content)}" for secret in live)
    return {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signatures}


def _signature(secret: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX))
    return base64.b64encode(hmac.digest(key, content, "sha256")).decode()
