"""The script for shop pages under an address that never changes what it serves. Knows no shop.

Shops that want to decide themselves when they take a new version name this address with its integrity. The script is
kept in the file store as everything else is, so that an older version stays when the platform is updated.
"""

import base64
import hashlib
from functools import lru_cache

from spiff.assets.operations import put_file, record_for_good
from spiff.storage.files import digest_of
from spiff.web.pages import PARTS
from spiff.web.routing import Message, Reply, Request, Route, Services

_TYPE = "text/javascript"


class PinnedScript(Message, frozen=True):
    """Where this version of the script is for good, what it must be (W3C SRI), and both as an element."""

    src: str
    integrity: str
    html: str


def keep_script(services: Services) -> None:
    """Keep this version of the script. Doing so again changes nothing."""
    file = put_file(services.files, _script(), kind="script", mime_type=_TYPE, name="api.js")
    services.database.write_now(lambda work: record_for_good(work, [file]))


async def pinned_script(request: Request[None]) -> Reply:
    """`GET /api.json`: how to pin the script that is served today."""
    integrity = "sha384-" + base64.b64encode(hashlib.sha384(_script()).digest()).decode()
    src = f"{request.services.settings.base_url}/files/{digest_of(_script())}"
    html = f'<script src="{src}" integrity="{integrity}" crossorigin="anonymous" async></script>'
    return Reply(PinnedScript(src, integrity, html), headers={"Cache-Control": "no-cache"})


@lru_cache(1)
def _script() -> bytes:
    return PARTS.read("api.js")


routes: list[Route] = [
    Route(
        method="GET",
        path="/api.json",
        handler=pinned_script,
        summary="This version of the script for shop pages, with its integrity",
        tag="platform",
        unlimited=True,
        answer=PinnedScript,
    )
]
