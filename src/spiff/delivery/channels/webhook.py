"""An address that is told where the files are, signed as Standard Webhooks says."""

import msgspec

from spiff.catalogue.channels import WebhookChannel
from spiff.delivery.model import NotDelivered, Parcel
from spiff.web.outgoing import Unanswered
from spiff.web.routing import Services
from spiff.web.targets import AddressRefused
from spiff.webhooks.signing import signed_headers

TYPE = "delivery"


def send(services: Services, settings: WebhookChannel, parcel: Parcel) -> None:
    """Send the ticket; `webhook-id` stays the same where it is sent again."""
    now = services.database.clock()
    body = msgspec.json.encode({"type": TYPE, "timestamp": now.isoformat(), "data": parcel.ticket()})
    headers = {"Content-Type": "application/json", "User-Agent": "Spiff"}
    headers |= signed_headers([settings.secret], f"dlv_{parcel.id}", now, body)
    try:
        answer = services.outgoing.send("POST", settings.url, headers=headers, body=body)
    except (Unanswered, AddressRefused) as failure:
        raise NotDelivered(failure.detail) from failure
    if not answer.accepted:
        raise NotDelivered(f"the receiver answered {answer.status}")
