"""The door to files: bytes by their SHA-256. They never change, so whoever has them need not ask again."""

import asyncio
import re
from collections.abc import AsyncIterator
from functools import partial

from spiff.assets import operations
from spiff.errors import NotFound
from spiff.storage.files import FileStore
from spiff.web.parts import FOR_GOOD
from spiff.web.routing import Reply, Request, Route

_PART_BYTES = 256 * 1024
_DIGEST = re.compile(r"[0-9a-f]{64}")
_INERT = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox"}
"""No file of ours may do anything in a browser that opens it. Browsers show no PDF in a sandbox: those go without."""


async def get_file(request: Request[None]) -> Reply:
    """A file's bytes."""
    digest, services = request.path["sha256"], request.services
    if not _DIGEST.fullmatch(digest):
        raise NotFound("a file is named by its SHA-256: 64 hexadecimal digits in lower case")
    file = await services.database.read(partial(operations.get_file, sha256=digest))
    headers = {
        "Cache-Control": FOR_GOOD,
        "ETag": f'"{digest}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Disposition": "inline",
        "Cross-Origin-Resource-Policy": "cross-origin",
        **({} if file.mime_type == "application/pdf" else _INERT),
    }
    if f'"{digest}"' in request.headers.get("if-none-match", ""):
        return Reply(status=304, headers=headers, media_type=file.mime_type)
    parts = _parts(services.files, digest, file.bytes)
    first = await anext(parts, b"")
    return Reply(first, headers=headers, media_type=file.mime_type, length=file.bytes, rest=parts)


async def _parts(files: FileStore, digest: str, size: int) -> AsyncIterator[bytes]:
    """A file part by part: whoever takes it slowly, over many connections, does not have all of it held for each."""
    for first in range(0, size, _PART_BYTES):
        yield await asyncio.to_thread(files.get_part, digest, first, min(_PART_BYTES, size - first))


routes: list[Route] = [
    Route(
        method="GET",
        path="/files/{sha256}",
        handler=get_file,
        summary="A file's bytes, immutable",
        tag="Files",
        unlimited=True,
        answer="application/octet-stream",
        refusals=(404, 503),
    )
]
