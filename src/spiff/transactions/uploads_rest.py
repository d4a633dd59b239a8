"""The door for a shopper's own files. Reads bytes and writes JSON; what a file is, the intake finds out."""

import asyncio
import unicodedata
from typing import Any

import msgspec

from spiff.assets.addresses import file_href
from spiff.assets.inspecting import Accepted, inspect_soon
from spiff.assets.videos import MAX_BYTES as MOST_VIDEO_BYTES
from spiff.composing.resources import SlotColor
from spiff.errors import TooLarge
from spiff.settings import Settings
from spiff.transactions import uploads
from spiff.transactions.model import Upload
from spiff.web.routing import Access, Message, Reply, Request, Route

_MOST_NAME = 100
_JOINERS = "\u200c\u200d"
"""Not printed themselves, but without them a family is four people, and Persian is misspelt."""
_NO_STORE = {"Cache-Control": "no-store"}


class UploadDocument(Message, frozen=True):
    """An upload. `sha256` names the file that is kept, `proxy` what a screen shows; `address` is where the file is.

    Pictures have a size, upright; drawings have colour slots and a number of paths.
    """

    sha256: str
    kind: str
    mime_type: str
    name: str
    address: str
    width_px: int | None = None
    height_px: int | None = None
    proxy: str | None = None
    has_alpha: bool | None = None
    slots: tuple[SlotColor, ...] | None = None
    colors: tuple[str, ...] | None = None
    paths: int | None = None


async def add_upload(request: Request[None]) -> Reply:
    """Look through a file and keep what is left of it."""
    services, caller, transaction_id = request.services, request.caller, request.path["transactionId"]
    await services.database.read(lambda work: uploads.require_room(caller, work, transaction_id))
    name = _plain(request.query.get("name", ""))
    outcome = uploads.accepted(await asyncio.wrap_future(inspect_soon(services.intake, name, request.raw)))
    _require_size(services.settings, outcome, len(request.raw))
    kept = await asyncio.to_thread(uploads.keep_upload, services.files, outcome)
    upload = await services.database.write(lambda work: uploads.record_upload(caller, work, transaction_id, kept))
    document = UploadDocument(**_members(services.settings.base_url, upload, outcome))
    return Reply(document, 201, {**_NO_STORE, "Location": document.address})


def _members(base_url: str, upload: Upload, outcome: Accepted) -> dict[str, Any]:
    common = {
        **msgspec.structs.asdict(upload),
        "mime_type": outcome.kept.mime_type,
        "address": file_href(base_url, upload.sha256),
        "has_alpha": outcome.picture.has_alpha if outcome.picture else None,
    }
    if drawing := outcome.drawing:
        colors = tuple(dict.fromkeys(slot.color for slot in drawing.slots))
        return {**common, "slots": drawing.slots, "colors": colors, "paths": len(drawing.paths)}
    return common


def _require_size(settings: Settings, outcome: Accepted, size: int) -> None:
    if outcome.kind != "video" and size > (limit := settings.upload_limit_bytes):
        raise TooLarge(f"an upload may have at most {limit} bytes", limitBytes=limit)


def _plain(name: str) -> str:
    """What a person called the file, without folders and what cannot be printed; every kind of space is one."""
    bare = name.replace("\\", "/").rpartition("/")[2]
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in bare)
    return "".join(each for each in spaced if each.isprintable() or each in _JOINERS)[:_MOST_NAME] or "upload"


routes: list[Route] = [
    Route(
        method="POST",
        path="/api/transactions/{transactionId}/uploads",
        handler=add_upload,
        summary="Add a picture, a drawing or a short video: the body is the file",
        tag="Designing",
        access=Access.OWNER,
        takes_file=True,
        answer=UploadDocument,
        status=201,
        query=("name",),
        refusals=(409, 422),
        body_limit=lambda settings: max(settings.upload_limit_bytes, MOST_VIDEO_BYTES),
    )
]
