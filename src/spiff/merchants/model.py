"""Partners (merchants) and their integrations (one shop's connection each). Knows no product, no order."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Literal

import msgspec


class Partner(msgspec.Struct, frozen=True):
    """A merchant. All of its prices are in subunits of `currency`."""

    id: str
    name: str
    currency: str
    rates: Mapping[str, Decimal] = {}
    """How much one unit of its currency is in others."""


class ApplicationKey(msgspec.Struct, frozen=True):
    """A key without a secret, which pages may show; with `orders` a request may order with nothing else."""

    value: str
    orders: bool = False


class Secret(msgspec.Struct, frozen=True):
    """A live secret as it is told to operators: by number, never by its value."""

    number: int
    created_at: datetime
    last_used_at: datetime | None


Typeface = Literal["system", "serif", "rounded", "monospace"]
"""Families of letters that every browser has."""


class Theme(msgspec.Struct, frozen=True):
    """How an integration's customiser looks: colours `#rrggbb`, as far as they are named (`palette` has them all).

    `radius` of corners in pixels; `compact` gives less room between things; `font` and `logo` are the SHA-256 of a
    font, in place of `typeface`, and of a picture.
    """

    accent: str
    on_accent: str
    radius: int | None = None
    paper: str | None = None
    wash: str | None = None
    text: str | None = None
    muted: str | None = None
    outline: str | None = None
    error: str | None = None
    compact: bool = False
    typeface: Typeface = "system"
    font: str | None = None
    logo: str | None = None


class Integration(msgspec.Struct, frozen=True):
    """One shop's connection: what its server signs with, what its pages name it by."""

    id: str
    partner_id: str
    name: str
    external_id: str
    access_key: str
    secrets: tuple[str, ...]
    """At most MOST_SECRETS, all accepted; the newest last."""
    application_keys: tuple[ApplicationKey, ...]
    enabled: bool
    shop_url: str | None = None
    """Where its shop is, for shoppers who come to us by a link of their own."""
    test: bool = False
    """Whether its orders are for trying out: made, but delivered nowhere."""
    requires_message_signatures: bool = False
    """Whether it is heard only with signatures by RFC 9421."""
    theme: Theme | None = None
    rotated_at: datetime | None = None
    """When a secret was last made here; from then on its secrets are not those of a catalogue file."""

    def lets_order(self, application_key: str) -> bool:
        """Whether that key of it stands for a signature."""
        allowed = any(each.value == application_key and each.orders for each in self.application_keys)
        return allowed and not self.requires_message_signatures

    def __repr__(self) -> str:
        """Without the secrets: this may end up in a log."""
        return f"Integration({self.id}, {self.name!r})"
