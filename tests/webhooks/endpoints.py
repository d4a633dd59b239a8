"""What tests do with endpoints: add one, make something happen, look what became of it."""

from spiff.events.model import EventType
from spiff.events.operations import record_event
from spiff.storage.work import Work, random_id
from spiff.webhooks import operations
from spiff.webhooks.model import Delivery, Endpoint
from spiff.webhooks.operations import WantedEndpoint
from tests.orders.shops import Shop


def add(shop: Shop, url: str, *events: EventType, secret: str | None = None) -> Endpoint:
    """An endpoint of this shop."""
    wanted = WantedEndpoint(url, events, secret=secret)
    return shop.services.database.write_now(
        lambda work: operations.add_endpoint(shop.caller, work, wanted, allow_private=True)
    )


def happen(shop: Shop, *types: EventType) -> None:
    """Events of this shop."""

    def write(work: Work) -> None:
        for number, type_ in enumerate(types or ("item.held",)):
            record_event(
                work, type_, random_id(), partner_id=shop.partner.id, integration_id=shop.integration.id, number=number
            )

    shop.services.database.write_now(write)


def endpoint_of(shop: Shop, endpoint: Endpoint) -> Endpoint:
    """The endpoint as it is now."""
    return shop.services.database.read_now(lambda work: operations.get_endpoint(shop.caller, work, endpoint.id))


def deliveries(shop: Shop, endpoint: Endpoint) -> list[Delivery]:
    """What became of telling it, the oldest event first."""
    found = shop.services.database.read_now(lambda work: operations.list_deliveries(shop.caller, work, endpoint.id))
    return found[::-1]
