"""Who is asking. Every operation takes a Caller first; nobody gets in without being someone."""

from enum import StrEnum

import msgspec

from spiff.errors import Unauthorized


class Scope(StrEnum):
    """What a caller may do beyond reading what it knows the id of."""

    ORDERS_WRITE = "orders:write"
    ORDERS_READ = "orders:read"
    EVENTS_READ = "events:read"
    WEBHOOKS_WRITE = "webhooks:write"


class Caller(msgspec.Struct, frozen=True):
    """An anonymous shopper (perhaps holding an owner token), or a server acting for an integration."""

    partner_id: str | None = None
    integration_id: str | None = None
    owner_token: str | None = None
    agent_key: str | None = None
    scopes: frozenset[Scope] = frozenset()
    test: bool = False
    """Whether its orders are for trying out."""

    def require(self, scope: Scope) -> tuple[str, str]:
        """The (partner id, integration id) this caller acts for. Raises Unauthorized without the scope."""
        if scope not in self.scopes or self.partner_id is None or self.integration_id is None:
            raise Unauthorized("this request must be signed with the integration's key and secret")
        return self.partner_id, self.integration_id


SHOPPER = Caller()
"""Somebody without a name: may read what is public and start designing."""
