"""The HTTP doors of short links (contract/rest.md 11). Knows no SQL."""

from functools import partial

from spiff.errors import NotFound
from spiff.short_links import operations
from spiff.web.nothing import is_read_by_a_person, nothing_here
from spiff.web.routing import Message, Reply, Request, Route

_COSTS = 50
"""Requests that making a link counts as: each is kept for good, for it may be printed."""


class LongLink(Message, frozen=True):
    """Where a link is to lead."""

    long_url: str


class ShortLink(Message, frozen=True):
    """The link."""

    short_url: str


async def shorten(request: Request[LongLink]) -> Reply:
    """Make a short link; the same address gets the same again."""
    settings, url = request.services.settings, request.body.long_url
    making = partial(operations.shorten, settings=settings, long_url=url)
    code = await request.services.database.write(making)
    return Reply(ShortLink(f"{settings.base_url}{operations.PATH}{code}"))


async def follow(request: Request[None]) -> Reply:
    """Send whoever comes on. People come from printed things, too: where a link leads nowhere, they read so."""
    following = partial(operations.follow, settings=request.services.settings, code=request.path["code"])
    try:
        url = await request.services.database.read(following)
    except NotFound:
        if is_read_by_a_person(request.headers):
            return nothing_here()
        raise
    return Reply(status=302, headers={"Location": url, "Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"})


routes: list[Route] = [
    Route(
        method="POST",
        path="/shortener",
        handler=shorten,
        summary="A short link to this installation, or to a host that its operator named",
        tag="platform",
        body=LongLink,
        answer=ShortLink,
        cost=_COSTS,
        refusals=(422,),
    ),
    Route(
        method="GET",
        path=operations.PATH + "{code}",
        handler=follow,
        summary="Follow a short link",
        tag="platform",
        status=302,
        refusals=(404,),
    ),
]
