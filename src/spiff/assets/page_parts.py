"""The customiser's parts, also those of other versions. Knows no shop and no design.

A page that one version sent asks for parts while another version answers: a frame that was opened before an update
loads the 3D viewer after it, or two versions serve side by side while they are exchanged. So each version keeps its
parts in the file store, and what a program does not have itself it looks for there.
"""

import asyncio
from collections.abc import Sequence

from spiff.assets import store
from spiff.assets.model import File
from spiff.assets.operations import put_file, record_for_good
from spiff.errors import NotFound
from spiff.storage.work import Work
from spiff.web.pages import PARTS
from spiff.web.parts import FOR_GOOD, media_type
from spiff.web.routing import Reply, Request, Route, Services


def keep_parts(services: Services) -> None:
    """Keep this version's parts. Doing so again changes nothing."""
    known = services.database.read_now(store.list_page_parts)
    new = [
        put_file(services.files, PARTS.read(name), kind="part", mime_type=media_type(name), name=name)
        for name in sorted(PARTS.names_for_good() - known)
    ]
    if new:
        services.database.write_now(lambda work: _record(work, new))


async def part(request: Request[None]) -> Reply:
    """`GET /static/…`: scripts, styles and the shaping engine of the customiser."""
    name = request.path["file"]
    try:
        return PARTS.reply(name, request.headers)
    except NotFound:
        if not PARTS.is_for_good(name):
            raise
    return await _of_another_version(request.services, name)


async def _of_another_version(services: Services, name: str) -> Reply:
    file = await services.database.read(lambda work: store.get_page_part(work, name))
    headers = {"Cache-Control": FOR_GOOD, "ETag": f'"{file.sha256}"', "X-Content-Type-Options": "nosniff"}
    body = await asyncio.to_thread(services.files.get, file.sha256)
    return Reply(body, headers=headers, media_type=file.mime_type)


def _record(work: Work, new: Sequence[File]) -> None:
    record_for_good(work, new)
    store.add_page_parts(work, new)


routes: list[Route] = [
    Route(
        method="GET",
        path="/static/{file:path}",
        handler=part,
        summary="Parts of the customiser",
        tag="platform",
        unlimited=True,
        answer="application/octet-stream",
        refusals=(404,),
    )
]
"""The doors of this domain's parts."""
