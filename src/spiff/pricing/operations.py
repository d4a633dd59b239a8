"""What may be done with signed prices: keep the keys, give tokens out, take them back. Knows no design and no order."""

from datetime import timedelta
from typing import Any

from spiff.pricing import store
from spiff.pricing.model import Price
from spiff.pricing.tokens import (
    PriceClaims,
    PriceTokenRefused,
    Subject,
    key_id_of,
    new_key,
    public_part,
    sign_price,
    verified,
)
from spiff.storage.work import Work

TOKEN_LIFETIME = timedelta(days=7)
"""A token is a price that was right when it was given out, not a reservation: long enough for a slow payment."""


def ensure_key(work: Work) -> None:
    """Make the first key where there is none; processes that start together end up with one."""
    if store.find_newest(work) is None:
        store.add_key(work, 1, new_key(work.new_id()))


def rotate_key(work: Work) -> str:
    """Sign with a new key from now on; its id. The old one stays listed until its last token has expired."""
    ensure_key(work)
    number, key = _newest(work)[0] + 1, new_key(work.new_id())
    if store.add_key(work, number, key):
        store.retire_before(work, number)
    return str(_newest(work)[1]["kid"])


def list_public_keys(work: Work) -> list[dict[str, Any]]:
    """The public keys whose tokens may still be in force, as JWK (RFC 7517), the newest first."""
    return [public_part(key) for key in store.list_keys(work, work.now - TOKEN_LIFETIME)]


def issue_token(work: Work, subject: Subject, price: Price) -> str:
    """A signed token for this price."""
    return sign_price(_newest(work)[1], subject, price, now=work.now, lifetime=TOKEN_LIFETIME)


def read_token(work: Work, token: str) -> PriceClaims:
    """What one of our tokens says, expired or not. Raises PriceTokenRefused."""
    key = store.find_key(work, key_id_of(token), work.now - TOKEN_LIFETIME)
    if key is None:
        raise PriceTokenRefused("this price token is signed with no key of ours that is still in use")
    return verified(token, key)


def _newest(work: Work) -> tuple[int, dict[str, Any]]:
    if found := store.find_newest(work):
        return found
    raise LookupError("there is no key to sign prices with: the application makes it as it starts")
