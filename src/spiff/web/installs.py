"""Answers plugins that tell of their installation (contract/rest.md 8), and keeps nothing of it. Knows no domain."""

from spiff.web.routing import Message, Reply, Request, Route


class Install(Message, frozen=True):
    """What plugins send once, when they are switched on: which shop it is, and whose."""

    shop_name: str
    type: str | None = None
    owner: str | None = None
    email: str | None = None
    phone: str | None = None


async def note_install(_request: Request[Install]) -> Reply:
    """Answer as plugins expect. Nobody has to tell this platform a name or a telephone number: it is not stored."""
    return Reply(status=204)


routes = [
    Route(
        method="POST",
        path="/api/installs",
        handler=note_install,
        summary="A plugin was switched on; nothing of it is kept",
        tag="platform",
        body=Install,
        status=204,
    )
]
