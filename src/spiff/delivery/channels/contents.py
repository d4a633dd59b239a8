"""What a parcel puts where files have names: its files, and the ticket beside them. Knows no transport."""

from collections.abc import Iterator

import msgspec

from spiff.delivery.model import Parcel
from spiff.web.routing import Services


def contents(services: Services, parcel: Parcel, *, ticket: bool) -> Iterator[tuple[str, str, bytes]]:
    """Name, media type and bytes of each; the ticket comes last, when all it speaks of is there."""
    for each in parcel.files:
        yield each.name, each.media_type, services.files.get(each.sha256)
    if ticket:
        yield parcel.ticket_name, "application/json", msgspec.json.encode(parcel.ticket())
