"""What is done with deliveries: plan them, say what they send, settle them, lease them. Knows no transport."""

from datetime import timedelta
from typing import Literal

from spiff.assets import operations as assets
from spiff.auth.caller import Caller
from spiff.catalogue import operations as catalogue
from spiff.catalogue.channels import AgentChannel, Channel
from spiff.delivery import jobs, store
from spiff.delivery.model import Delivery, Parcel, ParcelFile
from spiff.delivery.naming import file_name
from spiff.delivery.planning import chosen_channels, goes_out
from spiff.errors import Conflict, NotFound
from spiff.orders import operations as orders
from spiff.orders.model import Deliverable
from spiff.storage.work import Work

LEASE = timedelta(minutes=5)
MOST_PASSED_OVER = 20


class LeaseLost(Conflict):
    """The delivery went to somebody else meanwhile; nothing was changed."""

    code, title = "lease-lost", "This delivery is somebody else's by now"


def plan(caller: Caller, work: Work, item_id: str, turn: int, *, asked: bool) -> None:
    """Promise the deliveries of an item whose files are there. Planned again it changes nothing."""
    found = _find(caller, work, item_id, turn)
    if found is None:
        return
    delivery = catalogue.get_product(work, found.product_id).delivery
    channels = chosen_channels(delivery, found)
    if not channels or not goes_out(delivery, found, asked=asked):
        return
    named = [(channel_id, catalogue.find_channel(work, channel_id)) for channel_id in channels]
    if not orders.begin_delivery(work, found, [channel.key for _, channel in named if channel]):
        return
    store.outdate(work, item_id, turn)
    for channel_id, channel in named:
        made = Delivery(work.new_row_id(), found.item.partner_id, item_id, turn, channel_id)
        store.add_delivery(work, made)
        if channel is None or not isinstance(channel.settings, AgentChannel):
            jobs.send(work, made)


def open_parcel(caller: Caller, work: Work, delivery_id: str, base_url: str) -> tuple[Channel, Parcel] | None:
    """What a delivery sends, and through which channel; None where it need not be sent any more.

    From now on it counts as begun, until `settle` or `did_not_arrive` says how that ended.
    """
    delivery = store.find_delivery(work, delivery_id)
    if delivery is None or delivery.status != "waiting":
        return None
    found = _find(caller, work, delivery.item_id, delivery.turn)
    channel = catalogue.find_channel(work, delivery.channel_id)
    if found is None or channel is None:
        return None
    store.set_begun(work, delivery_id, begun=True)
    return channel, _parcel(work, delivery, channel, found, base_url)


def did_not_arrive(work: Work, delivery_id: str) -> None:
    """A channel surely did not take the files: sending them again repeats nothing."""
    store.set_begun(work, delivery_id, begun=False)


def settle(caller: Caller, work: Work, delivery_id: str) -> None:
    """A channel took the files; when all have, the item is delivered. Settled again it changes nothing."""
    delivery = store.find_delivery(work, delivery_id)
    if delivery is None or delivery.status != "waiting":
        return
    store.set_status(work, delivery_id, "sent")
    found = _find(caller, work, delivery.item_id, delivery.turn)
    if found and set(store.list_statuses(work, delivery.item_id, delivery.turn)) == {"sent"}:
        orders.end_delivery(work, found)


def give_up(caller: Caller, work: Work, delivery_id: str, reason: str) -> None:
    """A channel never took the files: the item failed, and says through which channel and why."""
    delivery = store.find_delivery(work, delivery_id)
    if delivery is None or delivery.status != "waiting":
        return
    store.set_status(work, delivery_id, "failed", reason)
    channel = catalogue.find_channel(work, delivery.channel_id)
    where = channel.key if channel else "a channel that is gone"
    orders.fail_item(caller, work, delivery.item_id, f"its files did not get to {where}: {reason}", delivery.turn)


def lease(work: Work, channel: Channel, base_url: str) -> tuple[Delivery, Parcel] | Literal["more"] | None:
    """The next delivery for an agent of this channel, its own for LEASE; None where there is nothing to do.

    What is made anew meanwhile is passed over. `more`, where there is much of that: ask again in the next commit, so
    that others write in between.
    """
    for _ in range(MOST_PASSED_OVER):
        delivery = store.lease_next(work, channel.id, LEASE)
        if delivery is None:
            return None
        found = _find(Caller(channel.partner_id), work, delivery.item_id, delivery.turn)
        if found:
            return delivery, _parcel(work, delivery, channel, found, base_url)
        store.set_status(work, delivery.id, "outdated")
    return "more"


def acknowledge(work: Work, channel: Channel, lease_id: str) -> None:
    """An agent has the files, checked and written. Said again it changes nothing. Raises LeaseLost."""
    delivery = store.find_leased(work, channel.id, lease_id)
    if delivery is None:
        raise LeaseLost("another agent leased this delivery after your lease had ended")
    settle(Caller(channel.partner_id), work, delivery.id)


def _find(caller: Caller, work: Work, item_id: str, turn: int) -> Deliverable | None:
    try:
        return orders.get_deliverable(caller, work, item_id, turn)
    except NotFound:
        return None


def _parcel(work: Work, delivery: Delivery, channel: Channel, found: Deliverable, base_url: str) -> Parcel:
    records = assets.find_files(work, [each.sha256 for each in found.files])
    files = tuple(
        ParcelFile(
            name=file_name(channel.settings.names, found, each),
            panel=each.panel,
            format=each.format,
            media_type=records[each.sha256].mime_type,
            sha256=each.sha256,
            bytes=each.bytes,
            url=f"{base_url}/files/{each.sha256}",
        )
        for each in found.files
    )
    order, item = found.order, found.item
    return Parcel(
        delivery.id,
        order.id,
        order.external_id,
        item.id,
        found.product_name,
        item.amount,
        found.country,
        files,
        perhaps_again=delivery.begun,
    )
