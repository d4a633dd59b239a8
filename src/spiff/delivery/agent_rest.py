"""The HTTP door of print agents (docs/delivery.md): fetch the next delivery, say that it is there."""

from hashlib import sha256
from typing import Any, Literal

from spiff.catalogue import operations as catalogue
from spiff.catalogue.channels import AgentChannel, Channel
from spiff.delivery import operations
from spiff.delivery.model import Delivery, Parcel
from spiff.errors import AgentUnknown
from spiff.storage.work import Work
from spiff.web.routing import Access, Message, Reply, Request, Route


class AgentFile(Message, frozen=True):
    """A file to fetch from `url` and to keep as `name`, if its SHA-256 is right."""

    name: str
    panel: str
    format: str
    sha256: str
    bytes: int
    url: str


class AgentDelivery(Message, frozen=True):
    """One delivery, the agent's own for `lease_seconds`; `ticket` is to be kept beside the files, if asked for."""

    id: str
    lease_id: str
    lease_seconds: int
    files: list[AgentFile]
    ticket_name: str | None
    ticket: dict[str, Any]


async def take_lease(request: Request[None]) -> Reply:
    """`POST /api/v2/agent/leases`: the next delivery of the agent's channel; 204 where there is nothing to do."""
    base_url = request.services.settings.base_url

    def take(work: Work) -> tuple[Channel, tuple[Delivery, Parcel] | Literal["more"] | None]:
        channel = _channel(work, request.caller.agent_key)
        return channel, operations.lease(work, channel, base_url)

    found: tuple[Delivery, Parcel] | Literal["more"] | None = "more"
    while found == "more":
        channel, found = await request.services.database.write(take)
    if found is None:
        return Reply(status=204)
    return Reply(_document(channel, *found), headers={"Cache-Control": "no-store"})


async def acknowledge(request: Request[None]) -> Reply:
    """`POST /api/v2/agent/leases/{leaseId}/delivered`: the files are there, checked and whole."""
    lease_id = request.path["leaseId"]
    await request.services.database.write(
        lambda work: operations.acknowledge(work, _channel(work, request.caller.agent_key), lease_id)
    )
    return Reply(status=204)


def _channel(work: Work, key: str | None) -> Channel:
    found = catalogue.find_channel_of_agents(work, sha256((key or "").encode()).hexdigest())
    if found is None:
        raise AgentUnknown("no channel has this key; it stands in the catalogue file, at a channel of the type `agent`")
    return found


def _document(channel: Channel, delivery: Delivery, parcel: Parcel) -> AgentDelivery:
    assert isinstance(channel.settings, AgentChannel)
    assert delivery.lease is not None
    return AgentDelivery(
        id=delivery.id,
        lease_id=delivery.lease,
        lease_seconds=int(operations.LEASE.total_seconds()),
        files=[
            AgentFile(each.name, each.panel, each.format, each.sha256, each.bytes, each.url) for each in parcel.files
        ],
        ticket_name=parcel.ticket_name if channel.settings.ticket else None,
        ticket=parcel.ticket(),
    )


routes: list[Route] = [
    Route(
        method="POST",
        path="/api/v2/agent/leases",
        handler=take_lease,
        summary="Take the next delivery of a print agent's channel",
        tag="agents",
        access=Access.AGENT,
        answer=AgentDelivery,
        refusals=(401,),
    ),
    Route(
        method="POST",
        path="/api/v2/agent/leases/{leaseId}/delivered",
        handler=acknowledge,
        summary="Say that a delivery's files are there",
        tag="agents",
        access=Access.AGENT,
        status=204,
        refusals=(401, 404, 409),
    ),
]
