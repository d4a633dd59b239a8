"""The catalogue's doors: what a shop page sells, and the workflow versions a customiser works with."""

from functools import partial

from spiff.assets.addresses import file_href
from spiff.assets.model import File
from spiff.catalogue import operations
from spiff.catalogue.looks import ThemeAnswer, theme_answer
from spiff.catalogue.model import Offer, Product
from spiff.composing.workflow import Workflow
from spiff.errors import BadRequest, NotFound
from spiff.storage.work import Work
from spiff.web.routing import Message, Reply, Request, Route

FOR_EVER = "public, max-age=31536000, immutable"
_SHORTLY = "public, max-age=30"
_BIGGEST_VERSION = 2**31 - 1


class WorkflowLink(Message, frozen=True):
    """A workflow's newest version and where to read it."""

    id: str
    name: str
    version: int
    href: str


class IntegrationLink(Message, frozen=True):
    """The integration something is sold through."""

    id: str
    name: str


class TermsAnswer(Message, frozen=True):
    """What a shopper agrees to before finishing; `link` leads to all of it, `digest` names both (SHA-256)."""

    text: str
    link: str | None
    digest: str


class IntegrationProductAnswer(Message, frozen=True):
    """A product as a shop page sees it; prices in subunits. Not `enabled` means it cannot be designed now.

    `rates`: how much one unit of `currency` is in others that prices can be had in, as decimals in texts.
    """

    id: str
    enabled: bool
    name: str
    description: str
    currency: str
    rates: dict[str, str]
    base_price: int
    minimum_order_quantity: int
    image_url: str | None
    model_url: str | None
    terms: TermsAnswer | None
    integration: IntegrationLink
    theme: ThemeAnswer | None
    workflows: list[WorkflowLink]


class AssetLink(Message, frozen=True):
    """A font or picture and where its bytes are."""

    href: str
    kind: str
    mime_type: str
    name: str


class WorkflowVersionAnswer(Message, frozen=True):
    """An immutable workflow version with every file it mentions, by SHA-256."""

    id: str
    version: int
    workflow: Workflow
    assets: dict[str, AssetLink]


def workflow_href(base_url: str, workflow_id: str, number: int) -> str:
    """The absolute address of a workflow version."""
    return f"{base_url}/api/workflows/{workflow_id}/versions/{number}"


async def get_integration_product(request: Request[None]) -> Reply:
    """An integration product by its id."""
    wanted = request.path["integrationProductId"]
    offer = await request.services.database.read(partial(operations.get_offer, integration_product_id=wanted))
    return _product_reply(request, offer)


async def find_integration_product(request: Request[None]) -> Reply:
    """An integration product by the shop's own ids."""
    integration, product = request.query.get("integrationId"), request.query.get("productId")
    if not integration or not product:
        raise BadRequest("both integrationId and productId are needed")
    offer = await request.services.database.read(
        lambda work: operations.get_offer_by_external_ids(work, integration, product)
    )
    return _product_reply(request, offer)


async def get_workflow_version(request: Request[None]) -> Reply:
    """A published workflow version."""
    workflow_id, number = request.path["workflowId"], _version_number(request.path["number"])

    def read(work: Work) -> tuple[Workflow, dict[str, File]]:
        published = operations.get_published(work, workflow_id, number)
        return published.workflow, operations.get_files_of(work, published.workflow)

    workflow, files = await request.services.database.read(read)
    base_url = request.services.settings.base_url
    assets = {
        digest: AssetLink(file_href(base_url, digest), file.kind, file.mime_type, file.name)
        for digest, file in files.items()
    }
    answer = WorkflowVersionAnswer(workflow_id, number, workflow, assets)
    return Reply(answer, headers={"Cache-Control": FOR_EVER})


def _version_number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 11 and int(text) <= _BIGGEST_VERSION):
        raise NotFound(f"there is no workflow version {text!r}")
    return int(text)


def _terms(product: Product) -> TermsAnswer | None:
    terms = product.terms
    return TermsAnswer(terms.text, terms.link, terms.digest) if terms else None


def _product_reply(request: Request[None], offer: Offer) -> Reply:
    base_url, product = request.services.settings.base_url, offer.product
    answer = IntegrationProductAnswer(
        id=offer.id,
        enabled=offer.enabled,
        name=product.name,
        description=product.description,
        currency=offer.currency,
        rates={currency: f"{rate:f}" for currency, rate in offer.rates.items()},
        base_price=product.base_price,
        minimum_order_quantity=product.minimum_order_quantity,
        image_url=file_href(base_url, product.image) if product.image else None,
        model_url=file_href(base_url, product.model) if product.model else None,
        terms=_terms(product),
        integration=IntegrationLink(offer.integration_id, offer.integration_name),
        theme=theme_answer(base_url, offer.theme),
        workflows=[
            WorkflowLink(name.id, name.name, version.number, workflow_href(base_url, name.id, version.number))
            for name, version in offer.workflows
        ],
    )
    return Reply(answer, headers={"Cache-Control": _SHORTLY})


routes: list[Route] = [
    Route(
        method="GET",
        path="/api/integration-products/{integrationProductId}",
        handler=get_integration_product,
        summary="A product sold through an integration",
        tag="Catalogue",
        answer=IntegrationProductAnswer,
        refusals=(404,),
    ),
    Route(
        method="GET",
        path="/api/integration-products",
        handler=find_integration_product,
        summary="The same by the shop's own ids",
        tag="Catalogue",
        answer=IntegrationProductAnswer,
        query=("integrationId", "productId"),
        refusals=(400, 404),
    ),
    Route(
        method="GET",
        path="/api/workflows/{workflowId}/versions/{number}",
        handler=get_workflow_version,
        summary="An immutable workflow version with its assets",
        tag="Catalogue",
        answer=WorkflowVersionAnswer,
        refusals=(404,),
    ),
]
