"""Price tokens: a price, signed, so that a shop can check it offline and the platform again when it is ordered.

Compact JWS with EdDSA on Ed25519 (RFC 7515, RFC 8037) and a type of its own (RFC 8725 3.11). Knows no database.
"""

from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt import PyJWTError, decode, encode, get_unverified_header
from jwt.algorithms import OKPAlgorithm
from jwt.types import Options

from spiff.errors import Invalid
from spiff.pricing.model import Price

ALGORITHM, TYPE = "EdDSA", "spiff-price+jwt"
LONGEST_TOKEN = 2000
# Whether it has expired or is another transaction's is told apart from a forged one, by whoever takes it.
_SIGNATURE_ALONE: Options = {
    "verify_exp": False,
    "verify_nbf": False,
    "verify_iat": False,
    "verify_aud": False,
    "verify_iss": False,
    "verify_sub": False,
    "verify_jti": False,
}


class PriceTokenRefused(Invalid):
    """This is no price token of ours: unreadable, unsigned, signed otherwise or by somebody else."""

    code, title = "price-token-refused", "Not a price token of this platform"


class PriceClaims(msgspec.Struct, frozen=True, rename="camel"):
    """What a token says. `sub` is the transaction, `aud` the integration; times are seconds since 1970 (RFC 7519)."""

    iss: str
    aud: str
    sub: str
    iat: int
    exp: int
    design_digest: str
    quantity: int
    currency: str
    unit_amount: int
    total_amount: int


class Subject(msgspec.Struct, frozen=True):
    """What a price is for."""

    issuer: str
    integration_id: str
    transaction_id: str
    design_digest: str


def new_key(key_id: str) -> dict[str, Any]:
    """A new private key as JWK (RFC 8037)."""
    key: dict[str, Any] = OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate(), as_dict=True)
    return {**key, "use": "sig", "alg": ALGORITHM, "kid": key_id}


def public_part(key: dict[str, Any]) -> dict[str, Any]:
    """What anybody may know of a key."""
    return {name: value for name, value in key.items() if name not in {"d", "key_ops"}}


def sign_price(key: dict[str, Any], subject: Subject, price: Price, *, now: datetime, lifetime: timedelta) -> str:
    """A token for a price, good for `lifetime`."""
    issued = int(now.timestamp())
    claims = PriceClaims(
        iss=subject.issuer,
        aud=subject.integration_id,
        sub=subject.transaction_id,
        iat=issued,
        exp=issued + int(lifetime.total_seconds()),
        design_digest=subject.design_digest,
        quantity=price.quantity,
        currency=price.currency,
        unit_amount=price.unit_amount,
        total_amount=price.total_amount,
    )
    header = {"kid": key["kid"], "typ": TYPE}
    return encode(msgspec.to_builtins(claims), _parsed(msgspec.json.encode(key)), ALGORITHM, header)


def key_id_of(token: str) -> str:
    """The key a token says it is signed with. Raises PriceTokenRefused where it cannot be one of ours."""
    if len(token) > LONGEST_TOKEN:
        raise PriceTokenRefused(f"a price token has at most {LONGEST_TOKEN} characters")
    try:
        header = get_unverified_header(token)
    except (PyJWTError, ValueError) as failure:
        raise PriceTokenRefused("this does not read as a price token: send it as it was given out") from failure
    if (header.get("alg"), header.get("typ")) != (ALGORITHM, TYPE) or not isinstance(header.get("kid"), str):
        raise PriceTokenRefused(f'a price token has the algorithm {ALGORITHM} and the type "{TYPE}"')
    return str(header["kid"])


def verified(token: str, key: dict[str, Any]) -> PriceClaims:
    """What a token says, if this key signed it. Whether it is still in force is not looked at."""
    try:
        claims = decode(token, _parsed(msgspec.json.encode(public_part(key))), [ALGORITHM], _SIGNATURE_ALONE)
        return msgspec.convert(claims, PriceClaims)
    except (PyJWTError, ValueError) as failure:
        raise PriceTokenRefused("the signature of this price token is not ours") from failure


@lru_cache(maxsize=16)
def _parsed(key: bytes) -> Any:
    return OKPAlgorithm.from_jwk(key.decode())
