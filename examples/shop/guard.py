"""What protects the shop's pages whatever they hold: a strict content policy, no changes asked for by other sites."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Guard:
    """Adds the headers to every answer and refuses requests that another site's page makes a browser send."""

    def __init__(self, app: ASGIApp, platform_url: str) -> None:
        self._app = app
        self._headers = {
            "Content-Security-Policy": content_policy(platform_url),
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif scope["method"] not in {"GET", "HEAD"} and _from_elsewhere(Headers(scope=scope)):
            await PlainTextResponse("This may only be asked by our own pages.", 403)(scope, receive, send)
        else:
            await self._app(scope, receive, self._with_headers(send))

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                if not headers.get("content-type", "").startswith(("text/css", "text/javascript", "image/")):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        return send_with_headers


def content_policy(platform_url: str) -> str:
    """All that a page needs from the platform: its script, its frame, its pictures and its answers."""
    return (
        f"default-src 'none'; script-src 'self' {platform_url}; frame-src {platform_url}; "
        f"img-src 'self' {platform_url}; connect-src 'self' {platform_url}; "
        "style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


def _from_elsewhere(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
