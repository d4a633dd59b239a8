"""The worker's door of deliveries: plans them and sends them. Knows the channels, no SQL.

A job may run twice: whoever is killed between sending and writing that down sends the same files under the same names.
"""

from spiff.auth.caller import Caller
from spiff.delivery import operations
from spiff.delivery.channels import send
from spiff.delivery.jobs import SEND
from spiff.delivery.model import NotDelivered
from spiff.jobs.handlers import Handler
from spiff.orders.jobs import SEND_OUT
from spiff.storage.work import Work
from spiff.web.routing import Services

_DELAYS_SECONDS = (5, 30, 120, 600, 1800, 3600, 7200, 14_400)
"""About eight hours: a printer's server that is away at night is there again in the morning."""


def on_send_out(services: Services, caller: Caller, *, item_id: str, turn: str, asked: str) -> None:
    """Decide where an item's files go, and promise that."""
    services.database.write_now(lambda work: operations.plan(caller, work, item_id, int(turn), asked=bool(asked)))


def on_send(services: Services, caller: Caller, *, delivery_id: str) -> None:
    """Send the files of one delivery through its channel. No transaction is open meanwhile. Raises NotDelivered."""
    base_url = services.settings.base_url
    opened = services.database.write_now(lambda work: operations.open_parcel(caller, work, delivery_id, base_url))
    if opened is None:
        return
    try:
        send(services, *opened)
    except NotDelivered as failure:
        if not failure.perhaps:
            services.database.write_now(lambda work: operations.did_not_arrive(work, delivery_id))
        raise
    services.database.write_now(lambda work: operations.settle(caller, work, delivery_id))


def on_given_up(caller: Caller, work: Work, *, reason: str, delivery_id: str) -> None:
    """The channel never took the files: the item says so, and why."""
    operations.give_up(caller, work, delivery_id, reason)


handlers = {
    SEND_OUT: Handler(on_send_out, lane="network"),
    SEND: Handler(on_send, on_given_up, delays_seconds=_DELAYS_SECONDS, jitter=0.2, lane="network"),
}
"""The jobs of this domain, by name."""
