"""Finds the endpoint of a request. Knows paths and methods, not what is behind them."""

from collections.abc import Mapping

from starlette.types import ASGIApp, Receive, Scope, Send

from spiff.web.edge import Endpoint


class Door:
    """The endpoints of one path, by method."""

    def __init__(self, endpoints: Mapping[str, Endpoint]) -> None:
        self.endpoints = endpoints

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the endpoint of the method; HEAD is a GET whose body the server leaves out."""
        await self.endpoints["GET" if scope["method"] == "HEAD" else scope["method"]](scope, receive, send)


class StraightIn:
    """Middleware that finds doors of fixed paths at once, ahead of CORS and of the routes that are tried in turn.

    For requests of servers, which come often and have no origin. A browser's goes the long way.
    """

    def __init__(self, app: ASGIApp, doors: Mapping[tuple[str, str], Endpoint]) -> None:
        self._app = app
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        known = self._doors.get((scope["method"], scope["path"])) if scope["type"] == "http" else None
        straight = known is not None and all(name != b"origin" for name, _ in scope["headers"])
        await (known if known is not None and straight else self._app)(scope, receive, send)
