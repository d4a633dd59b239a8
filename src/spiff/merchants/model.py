"""Partners (merchants) and their integrations (one shop's connection each). Knows no product, no order."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec


class Partner(msgspec.Struct, frozen=True):
    """A merchant. All of its prices are in subunits of `currency`."""

    id: str
    name: str
    currency: str
    rates: Mapping[str, Decimal] = {}
    """How much one unit of its currency is in others."""


class Integration(msgspec.Struct, frozen=True):
    """One shop's connection: what its server signs with, what its pages name it by."""

    id: str
    partner_id: str
    name: str
    external_id: str
    access_key: str
    secrets: tuple[str, ...]
    """At most two, both accepted, so that a secret can be exchanged without an outage."""
    application_keys: tuple[str, ...]
    enabled: bool
    shop_url: str | None = None
    """Where its shop is, for shoppers who come to us by a link of their own."""

    def __repr__(self) -> str:
        """Without the secrets: this may end up in a log."""
        return f"Integration({self.id}, {self.name!r})"
