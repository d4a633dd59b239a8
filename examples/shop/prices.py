"""Checks the platform's price tokens offline, before any money is taken (docs/prices.md). Knows no cart and no page.

The signature proves that the platform promised this price for this design; nobody between us can have changed it.
"""

import jwt
from jwt.exceptions import PyJWKClientConnectionError

from .platform import PlatformAway
from .store import Line

_DAY_SECONDS = 86_400
_TYPE = "spiff-price+jwt"


class Prices:
    """The public keys of one platform, kept for a day; a token that names another key has them asked for anew."""

    def __init__(self, base_url: str) -> None:
        self._base_url = base_url
        self._keys = jwt.PyJWKClient(f"{base_url}/.well-known/jwks.json", lifespan=_DAY_SECONDS, timeout=5)

    def learn_keys(self) -> None:
        """Have the keys at hand before they are needed: when a cart is paid, the platform may be away."""
        try:
            self._keys.get_jwk_set()
        except PyJWKClientConnectionError as failure:
            raise PlatformAway(f"its keys cannot be had: {failure}") from failure

    def prove(self, line: Line, integration_id: str) -> bool:
        """Whether the platform promised us, for longer than now, exactly what this line shows. Raises PlatformAway.

        `integration_id` says who we are: a price that was promised to another shop is none of ours.
        """
        try:
            key = self._keys.get_signing_key_from_jwt(line.token)
            # The algorithm is ours to choose, never the token's.
            said = jwt.decode_complete(
                line.token,
                key,
                algorithms=["EdDSA"],
                audience=integration_id,
                issuer=self._base_url,
                options={"require": ["iss", "aud", "sub", "exp"]},
            )
        except PyJWKClientConnectionError as failure:
            raise PlatformAway(f"its keys cannot be had: {failure}") from failure
        except jwt.PyJWTError:
            return False
        return said["header"].get("typ") == _TYPE and _promised(said["payload"], line)


def _promised(claims: dict[str, object], line: Line) -> bool:
    shown = {
        "sub": line.transaction_id,
        "quantity": line.quantity,
        "currency": line.currency,
        "unitAmount": line.price_subunits,
        "totalAmount": line.price_subunits * line.quantity,
    }
    return all(claims.get(name) == value for name, value in shown.items())
