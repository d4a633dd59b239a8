"""The HTTP door to what a merchant may do with an ordered item. Decides nothing."""

from functools import partial
from typing import Any

from spiff.fulfilment import operations as fulfilment
from spiff.fulfilment.model import PrintFile
from spiff.orders import steering
from spiff.orders.model import OrderItem
from spiff.orders.rest import OrderItemDocument, item_document
from spiff.orders.states import HeldReason
from spiff.storage.work import Work
from spiff.web.routing import Access, Message, Reply, Request, Route


class HoldItem(Message, frozen=True):
    """Why an item is held."""

    reason: HeldReason = "merchant"


class TimelineEntry(Message, frozen=True):
    """One thing that happened to an item. `digest` covers all of it and `previous`, the digest of the entry before."""

    position: int
    at: str
    actor: str
    action: str
    status: str
    turn: int
    facts: dict[str, Any]
    previous: str
    digest: str


class Timeline(Message, frozen=True):
    """What happened to an item, from its beginning."""

    entries: list[TimelineEntry]


async def steer(request: Request[Any], *, verb: str) -> Reply:
    """`POST /api/v2/orders/{orderId}/items/{itemId}/{verb}`: do it, and answer the item as it is then.

    The very same request again does nothing more: what was sent out once is not sent out twice.
    """
    caller, order_id, item_id = request.caller, request.path["orderId"], request.path["itemId"]
    more = {"reason": request.body.reason} if isinstance(request.body, HoldItem) else {}

    def do(work: Work) -> tuple[OrderItem, list[PrintFile], bool]:
        again = bool(request.signature) and steering.arrived_before(caller, work, request.signature or "")
        if again:
            item = steering.get_item(caller, work, order_id, item_id)
        else:
            actor = f"integration:{caller.integration_id}"
            item = steering.VERBS[verb](caller, work, order_id, item_id, actor, **more)
        return item, fulfilment.list_print_files(work, [item.id])[item.id], again

    item, files, again = await request.services.database.write(do)
    document = item_document(item, files, request.services.settings.base_url)
    return Reply(document, headers={"Idempotent-Replayed": "true"} if again else {})


async def get_timeline(request: Request[None]) -> Reply:
    """`GET …/timeline`: what happened to an item."""
    caller, order_id, item_id = request.caller, request.path["orderId"], request.path["itemId"]
    entries = await request.services.database.read(lambda work: steering.list_timeline(caller, work, order_id, item_id))
    told = [
        TimelineEntry(
            each.position,
            each.at.isoformat(timespec="microseconds"),
            each.actor,
            each.action,
            each.status,
            each.turn,
            each.facts,
            each.previous,
            each.digest,
        )
        for each in entries
    ]
    return Reply(Timeline(told), headers={"Cache-Control": "no-store"})


_SUMMARIES = {
    "hold": "Keep an item from being made",
    "release": "Let a held item be made",
    "cancel": "Give an item up before it is being made",
    "retry": "Make an item that failed once more",
    "regenerate": "Make the files of an item anew",
    "redeliver": "Send the files of an item out again",
    "delivered": "Say that the files of an item reached whoever prints them",
}

routes: list[Route] = [
    *(
        Route(
            method="POST",
            path=f"/api/v2/orders/{{orderId}}/items/{{itemId}}/{verb}",
            handler=partial(steer, verb=verb),
            summary=summary,
            tag="orders",
            access=Access.SIGNED,
            body=HoldItem if verb == "hold" else None,
            answer=OrderItemDocument,
            refusals=(404, 409),
        )
        for verb, summary in _SUMMARIES.items()
    ),
    Route(
        method="GET",
        path="/api/v2/orders/{orderId}/items/{itemId}/timeline",
        handler=get_timeline,
        summary="What happened to an item, each entry sealed to the one before",
        tag="orders",
        access=Access.SIGNED,
        answer=Timeline,
        refusals=(404,),
    ),
]
"""The doors of this domain to single items."""
