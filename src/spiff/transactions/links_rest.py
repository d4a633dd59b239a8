"""The doors of links: to make and take them back, and what is behind them. Decides nothing.

The token stands behind the # of an address, which no server is told; the page sends it as a bearer token.
"""

import asyncio
import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from spiff.assets.addresses import file_href
from spiff.catalogue.looks import ThemeAnswer, theme_answer
from spiff.composing.canonical import canonical_scene
from spiff.composing.exported import exported_data
from spiff.composing.scene import Scene, ScenePanel
from spiff.errors import NotFound
from spiff.rendering.drawn import drawn_assets, drawn_on
from spiff.storage.files import FileStore
from spiff.transactions import links
from spiff.transactions.answers import restored
from spiff.transactions.designing import compose_answers, read_scene
from spiff.transactions.model import Purpose
from spiff.web.routing import Access, Message, Reply, Request, Route

_PURPOSES: dict[str, Purpose] = {"resume": "resume", "view": "view"}
_PAGES: dict[Purpose, str] = {"resume": "resume", "view": "shared"}
_FILE = re.compile(r"[0-9a-f]{64}|https?://\S+/files/[0-9a-f]{64}\S*")
_NO_STORE = {"Cache-Control": "no-store"}


class CreateLink(Message, frozen=True):
    """What the link is for: `resume` lets whoever has it change the design, `view` only look at it."""

    purpose: Literal["resume", "view"]


class LinkDocument(Message, frozen=True):
    """A link, with its token behind the #. It is told this once."""

    purpose: str
    href: str


class ResumedDocument(Message, frozen=True):
    """Where a resume link leads; its token is an owner token of this transaction."""

    transaction_id: str
    status: str
    integration_product_id: str
    workflow_id: str
    shop_url: str | None


class SharedPanel(Message, frozen=True):
    """A panel as it is drawn, in canonical JSON with nothing left out, and what people call it."""

    title: str
    panel: dict[str, Any]


class SharedChoice(Message, frozen=True):
    """One thing the shopper chose, in words."""

    title: str
    value: str


class SharedDesign(Message, frozen=True):
    """A design to look at: no id, no token, no answers. Costs in subunits; `files` are addresses by SHA-256."""

    product_name: str
    finished: bool
    panels: list[SharedPanel]
    files: dict[str, str]
    choices: list[SharedChoice]
    base_cost: int
    options_cost: int
    currency: str
    shop_url: str | None
    theme: ThemeAnswer | None


async def create_link(request: Request[CreateLink]) -> Reply:
    """Make a link."""
    caller, transaction_id, purpose = request.caller, request.path["transactionId"], request.body.purpose
    token = await request.services.database.write(lambda work: links.create_link(caller, work, transaction_id, purpose))
    href = f"{request.services.settings.base_url}/{_PAGES[purpose]}#{token}"
    return Reply(LinkDocument(purpose, href), 201, _NO_STORE)


async def remove_links(request: Request[None]) -> Reply:
    """Take back all links of a purpose."""
    caller, transaction_id = request.caller, request.path["transactionId"]
    purpose = _PURPOSES.get(request.path["purpose"])
    if purpose is None:
        raise NotFound("a link is for `resume` or `view`")
    await request.services.database.write(lambda work: links.remove_links(caller, work, transaction_id, purpose))
    return Reply(status=204)


async def resume_design(request: Request[None]) -> Reply:
    """Where the resume link with this token leads."""
    found = await request.services.database.write(lambda work: links.resume(request.caller, work))
    transaction = found.transaction
    document = ResumedDocument(
        transaction_id=transaction.id,
        status=transaction.status,
        integration_product_id=transaction.integration_product_id,
        workflow_id=transaction.workflow_id,
        shop_url=found.shop_url,
    )
    return Reply(document, headers=_NO_STORE)


async def view_design(request: Request[None]) -> Reply:
    """The design that the view link with this token shows."""
    services, base_url = request.services, request.services.settings.base_url
    shared = await services.database.read(lambda work: links.view(request.caller, work, base_url))
    return Reply(await asyncio.to_thread(_document, services.files, base_url, shared), headers=_NO_STORE)


def _document(files: FileStore, base_url: str, shared: links.Shared) -> SharedDesign:
    scene, lines = _drawn(files, shared)
    workflow = shared.drawable.published.workflow
    titles = {panel.name: panel.title for panel in workflow.panels}
    drawn = [drawn_on(panel, "screen") for panel in scene.panels]
    # What nothing is on, such as a gift box that was not chosen, is not worth showing beside what there is.
    panels = [panel for panel in drawn if panel.elements] or drawn
    pictures = {digest for panel in panels for digest in drawn_assets(panel)}
    costs = shared.price_of
    return SharedDesign(
        product_name=shared.drawable.transaction.product_name,
        finished=shared.drawable.design is not None,
        panels=[SharedPanel(titles.get(each["name"]) or each["name"], each) for each in _written(panels)],
        files={digest: file_href(base_url, shared.proxies.get(digest, digest)) for digest in sorted(pictures)},
        choices=_choices(lines),
        base_cost=costs.base_cost,
        options_cost=costs.options_cost,
        currency=costs.currency,
        shop_url=shared.integration.shop_url,
        theme=theme_answer(base_url, shared.integration.theme),
    )


def _written(panels: list[ScenePanel]) -> list[dict[str, Any]]:
    return msgspec.json.decode(canonical_scene(Scene(tuple(panels))), type=dict[str, list[dict[str, Any]]])["panels"]


def _drawn(files: FileStore, shared: links.Shared) -> tuple[Scene, Mapping[str, Any]]:
    """Scene and exported lines: of the finished design, of the current answers while there is none."""
    drawable = shared.drawable
    published, design = drawable.published, drawable.design
    if design is not None:
        return read_scene(files, design.scene_digest), design.exported_data
    composed = compose_answers(files, published.workflow, restored(drawable.transaction.answers), drawable.context)
    return composed.scene, exported_data(published.workflow, composed.answers, composed.resources)


def _choices(lines: Mapping[str, Any]) -> list[SharedChoice]:
    """What is exported of each step, by the step's title: the last word of a name says what of it (domain.md 13).

    A text is told before the font that it is set in.
    """
    found: dict[str, list[str]] = {}
    for name, line in lines.items():
        if _is_read(line["value"]):
            title, _, aspect = name.rpartition(" ")
            values = found.setdefault(title, [])
            values.insert(0 if aspect == "text" else len(values), line["value"])
    return [SharedChoice(title, ", ".join(values)) for title, values in found.items()]


def _is_read(value: str) -> bool:
    """Not the digest or address of a file, which is in the picture anyway."""
    return bool(value) and not _FILE.fullmatch(value)


routes: list[Route] = [
    Route(
        method="POST",
        path="/api/transactions/{transactionId}/links",
        handler=create_link,
        summary="Make a link to go on with a design, or to show it; told once",
        tag="Designing",
        access=Access.OWNER,
        body=CreateLink,
        answer=LinkDocument,
        status=201,
        refusals=(404, 409, 422),
    ),
    Route(
        method="DELETE",
        path="/api/transactions/{transactionId}/links/{purpose}",
        handler=remove_links,
        summary="Take back all links of a purpose",
        tag="Designing",
        access=Access.OWNER,
        status=204,
        refusals=(404,),
    ),
    Route(
        method="GET",
        path="/api/links/resume",
        handler=resume_design,
        summary="Where the resume link whose token is the bearer token leads",
        tag="Designing",
        access=Access.OWNER,
        answer=ResumedDocument,
        refusals=(404,),
    ),
    Route(
        method="GET",
        path="/api/links/view",
        handler=view_design,
        summary="The design that the view link whose token is the bearer token shows",
        tag="Designing",
        access=Access.OWNER,
        answer=SharedDesign,
        refusals=(404,),
    ),
]
