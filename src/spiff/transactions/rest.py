"""The doors of phase 1: a shopper designs, anonymously; anybody who knows an id may read. Decides nothing."""

import asyncio
import re
from typing import Any

from spiff.assets.addresses import file_href
from spiff.composing.scene import Scene
from spiff.errors import BadRequest, Invalid, NotFound
from spiff.rendering.svg import to_svg
from spiff.storage.work import Work
from spiff.transactions import operations
from spiff.transactions.agreeing import Statement
from spiff.transactions.answers import changed, refuse, restored
from spiff.transactions.contexts import context_of, product_context
from spiff.transactions.designing import compose_answers, finish_answers, panel_of, read_scene
from spiff.transactions.documents import (
    ChangeAnswers,
    CompletedDocument,
    CompleteTransaction,
    DesignResource,
    NewTransactionDocument,
    Owned,
    StartPageSession,
    StartTransaction,
    TransactionDocument,
    TransactionResource,
    completed_document,
    design_resource,
    transaction_document,
    transaction_resource,
)
from spiff.transactions.model import Design, PreconditionRequired, Transaction
from spiff.transactions.quoting import WantedQuote, quote, wanted_quote
from spiff.transactions.uploads import uploads_of
from spiff.web.privacy import asks_not_to_be_followed
from spiff.web.routing import Access, Reply, Request, Route

_REVISION = re.compile(r'(?:W/)?"?(\d{1,9})"?\Z', re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_CURRENCY = re.compile(r"[A-Z]{3}\Z")
_NO_STORE = {"Cache-Control": "no-store"}


async def start_transaction(request: Request[StartTransaction]) -> Reply:
    """Begin designing a product."""
    services, body = request.services, request.body
    currency = body.presentment_currency
    if currency is not None and not _CURRENCY.match(currency):
        raise Invalid("a currency is three capital letters of ISO 4217").at("/presentmentCurrency")
    product, workflow = str(body.integration_product_id), str(body.workflow_id) if body.workflow_id else None
    start = await services.database.read(lambda work: operations.choose_start(work, product, workflow))
    before = product_context(start.offer.product)
    composed = await asyncio.to_thread(compose_answers, services.files, start.published.workflow, {}, before)
    transaction, token = await services.database.write(
        lambda work: operations.create_transaction(
            request.caller,
            work,
            start,
            composed,
            presentment_currency=currency,
            page_session_id=str(body.page_session_id) if body.page_session_id else None,
        )
    )
    base_url = services.settings.base_url
    context = context_of(base_url, start.offer.product, transaction.id, [])
    members = transaction_document(base_url, transaction, composed.findings, context, owner_token=token)
    headers = {**_NO_STORE, "ETag": '"1"', "Location": f"/api/transactions/{transaction.id}"}
    return Reply(NewTransactionDocument(**members), 201, headers)


async def change_answers(request: Request[ChangeAnswers]) -> Reply:
    """Replace the answers of the named steps."""
    services, caller, transaction_id = request.services, request.caller, request.path["transactionId"]
    revision, base_url = _expected_revision(request), services.settings.base_url
    editing = await services.database.read(
        lambda work: operations.begin_editing(caller, work, base_url, transaction_id, revision)
    )
    wanted = changed(restored(editing.transaction.answers), request.body.answers)
    composed = await asyncio.to_thread(
        compose_answers, services.files, editing.published.workflow, wanted, editing.context
    )
    refuse(composed.findings)
    transaction = await services.database.write(lambda work: operations.save_answers(caller, work, editing, composed))
    members = transaction_document(base_url, transaction, composed.findings, editing.context)
    return Reply(TransactionDocument(**members), headers={**_NO_STORE, "ETag": f'"{transaction.revision}"'})


async def complete_transaction(request: Request[CompleteTransaction]) -> Reply:
    """Freeze the design of this revision. Asking again for the same revision gives the same result."""
    services, caller, transaction_id = request.services, request.caller, request.path["transactionId"]
    revision, shown = _expected_revision(request), _scene_digest(request.body)
    stated = Statement(request.body.terms_digest, "shopper")
    base_url = services.settings.base_url
    editing = await services.database.read(
        lambda work: operations.begin_finishing(caller, work, base_url, transaction_id, revision, stated)
    )
    if editing.finished is not None and editing.finished.revision == revision:
        return await _completed(request, editing.transaction, editing.finished)
    workflow, answers = editing.published.workflow, restored(editing.transaction.answers)
    finished = await finish_answers(
        services.files, services.rendering, workflow, answers, editing.context, editing.proxies
    )
    design = await services.database.write(
        lambda work: operations.finish_design(caller, work, editing, finished, shown, stated)
    )
    return await _completed(request, editing.transaction, design)


async def get_transaction(request: Request[None]) -> Reply:
    """A transaction with its price; with its owner token also what only the owner may read."""
    caller, base_url = request.caller, request.services.settings.base_url
    wanted = wanted_quote(request.query)

    def read(work: Work) -> TransactionResource:
        transaction, design = operations.get_with_design(caller, work, request.path["transactionId"])
        quoted = quote(work, base_url, transaction, design, wanted) if design else None
        if caller.owner_token is None:
            return transaction_resource(base_url, transaction, design, quoted)
        uploads = uploads_of(work, transaction.id).values()
        owned = Owned(uploads, operations.get_context(work, base_url, transaction))
        return transaction_resource(base_url, transaction, design, quoted, owned)

    document = await request.services.database.read(read)
    return Reply(document, headers={**_NO_STORE, "ETag": f'"{document.data.revision}"'})


async def get_image(request: Request[None]) -> Reply:
    """Where the preview picture of the finished design is."""
    transaction_id = request.path["transactionId"]
    _, design = await request.services.database.read(
        lambda work: operations.get_with_design(request.caller, work, transaction_id)
    )
    if design is None or design.preview_digest is None:
        raise NotFound("there is no picture before the design is finished")
    location = file_href(request.services.settings.base_url, design.preview_digest)
    return Reply(status=302, headers={"Location": location, "Cache-Control": "no-cache"})


async def get_panel(request: Request[None]) -> Reply:
    """A panel as SVG: of the finished design, of the current answers while there is none."""
    scene = await _scene(request)
    base_url = request.services.settings.base_url
    svg = to_svg(panel_of(scene, request.path["panel"]), lambda digest: file_href(base_url, digest))
    headers = {
        "Cache-Control": "no-cache",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": f"default-src 'none'; img-src {base_url}/files/; sandbox",
    }
    return Reply(svg.encode(), headers=headers, media_type="image/svg+xml")


async def get_design(request: Request[None]) -> Reply:
    """A finished design's metadata and picture."""
    design_id = request.path["designId"]
    design = await request.services.database.read(lambda work: operations.get_design(work, design_id))
    return Reply(design_resource(request.services.settings.base_url, design))


async def start_page_session(request: Request[StartPageSession]) -> Reply:
    """Note that a page was opened, unless its visitor asked not to be followed."""
    if asks_not_to_be_followed(request.headers):
        return Reply(status=202)
    session, product = str(request.body.id), str(request.body.integration_product_id)
    await request.services.database.write(lambda work: operations.record_page_session(work, session, product))
    return Reply(status=202)


async def _scene(request: Request[None]) -> Scene:
    services, transaction_id = request.services, request.path["transactionId"]

    def read(work: Work) -> operations.Drawable:
        return operations.get_drawable(request.caller, work, services.settings.base_url, transaction_id)

    drawable = await services.database.read(read)
    if drawable.design is not None:
        return await asyncio.to_thread(read_scene, services.files, drawable.design.scene_digest)
    workflow, answers = drawable.published.workflow, restored(drawable.transaction.answers)
    return (await asyncio.to_thread(compose_answers, services.files, workflow, answers, drawable.context)).scene


async def _completed(request: Request[CompleteTransaction], transaction: Transaction, design: Design) -> Reply:
    services, base_url = request.services, request.services.settings.base_url
    quoted = await services.database.read(lambda work: quote(work, base_url, transaction, design, WantedQuote()))
    document = completed_document(base_url, design, quoted)
    return Reply(document, headers={**_NO_STORE, "ETag": f'"{design.revision}"'})


def _expected_revision(request: Request[Any]) -> int:
    header = request.headers.get("if-match")
    if not header:
        raise PreconditionRequired('say which revision you change: `If-Match: "revision"`, from the last ETag')
    found = _REVISION.match(header.strip())
    if found is None:
        raise BadRequest('If-Match must hold a revision, such as "3"')
    return int(found[1])


def _scene_digest(body: CompleteTransaction) -> str | None:
    if body.scene_digest is None:
        return None
    digest = body.scene_digest.lower()
    if not _DIGEST.match(digest):
        raise Invalid("a digest is 64 hexadecimal digits").at("/sceneDigest")
    return digest


routes: list[Route] = [
    Route(
        method="POST",
        path="/api/transactions",
        handler=start_transaction,
        summary="Begin designing; the answer tells the owner token, once",
        tag="Designing",
        body=StartTransaction,
        answer=NewTransactionDocument,
        status=201,
        refusals=(404, 409, 422),
    ),
    Route(
        method="PATCH",
        path="/api/transactions/{transactionId}",
        handler=change_answers,
        summary="Answer steps; nothing is stored where a rule is broken",
        tag="Designing",
        access=Access.OWNER,
        body=ChangeAnswers,
        answer=TransactionDocument,
        request_headers=("If-Match",),
        refusals=(409, 412, 422, 428),
    ),
    Route(
        method="POST",
        path="/api/transactions/{transactionId}/complete",
        handler=complete_transaction,
        summary="Freeze the design of this revision",
        tag="Designing",
        access=Access.OWNER,
        body=CompleteTransaction,
        answer=CompletedDocument,
        request_headers=("If-Match",),
        refusals=(409, 412, 422, 428),
    ),
    Route(
        method="GET",
        path="/api/transactions/{transactionId}",
        handler=get_transaction,
        summary="A transaction's state and price; with the owner token also its answers and uploads",
        tag="Designing",
        answer=TransactionResource,
        query=("quantity", "currency"),
        refusals=(401, 422),
    ),
    Route(
        method="GET",
        path="/api/transactions/{transactionId}/image",
        handler=get_image,
        summary="Redirects to the finished design's picture",
        tag="Designing",
        status=302,
    ),
    Route(
        method="GET",
        path="/api/transactions/{transactionId}/panels/{panel}.svg",
        handler=get_panel,
        summary="A panel as SVG",
        tag="Designing",
        answer="image/svg+xml",
    ),
    Route(
        method="GET",
        path="/api/designs/{designId}",
        handler=get_design,
        summary="A finished design",
        tag="Designing",
        answer=DesignResource,
    ),
    Route(
        method="POST",
        path="/api/page-sessions",
        handler=start_page_session,
        summary="Note that a page with a product was opened; no personal data",
        tag="Designing",
        body=StartPageSession,
        status=202,
    ),
]
