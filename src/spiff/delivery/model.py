"""Deliveries: the files of one item on their way through one channel. Knows no transport and no database."""

from collections.abc import Callable
from typing import Literal

import msgspec

from spiff.errors import SpiffError

Status = Literal["waiting", "sent", "failed", "outdated"]
"""`outdated`: the item was sent out anew before this one arrived."""


class NotDelivered(SpiffError):
    """A channel did not take the files this time; the sentence says why."""

    status, code, title = 502, "not-delivered", "The files were not taken"

    def __init__(self, detail: str, *, perhaps: bool = False) -> None:
        super().__init__(detail)
        self.perhaps = perhaps
        """Whether they may have been taken after all, and only the answer was lost."""


class Delivery(msgspec.Struct, frozen=True):
    """One item's files, one turn of it, one channel."""

    id: str
    partner_id: str
    item_id: str
    turn: int
    channel_id: str
    status: Status = "waiting"
    failure: str | None = None
    lease: str | None = None
    begun: bool = False
    """Whether sending was begun and nobody wrote down how that ended."""


class ParcelFile(msgspec.Struct, frozen=True):
    """One file: what it is called there, what it is, and where anybody who knows its digest can fetch it."""

    name: str
    panel: str
    format: str
    media_type: str
    sha256: str
    bytes: int
    url: str


class Parcel(msgspec.Struct, frozen=True):
    """All that one delivery sends."""

    id: str
    order_id: str
    external_id: str | None
    item_id: str
    product: str
    quantity: int
    country: str | None
    files: tuple[ParcelFile, ...]
    perhaps_again: bool = False
    """Whether it may have been sent before: whoever sent it was killed, or never heard an answer."""

    def ticket(self) -> dict[str, object]:
        """What the files are for, in words of the API."""
        return {
            "deliveryId": self.id,
            "orderId": self.order_id,
            "externalId": self.external_id,
            "itemId": self.item_id,
            "product": self.product,
            "quantity": self.quantity,
            "country": self.country,
            "files": [
                {
                    "name": each.name,
                    "panel": each.panel,
                    "format": each.format,
                    "sha256": each.sha256,
                    "bytes": each.bytes,
                    "url": each.url,
                }
                for each in self.files
            ],
        }

    @property
    def ticket_name(self) -> str:
        """A name beside that of the first file."""
        return self.files[0].name.rpartition(".")[0] + ".ticket.json"


Fetch = Callable[[str], bytes]
"""The bytes of a file by its SHA-256."""
