"""The JSON documents of transactions and designs that doors read and answer. Knows no rule and no database."""

import re
from collections.abc import Collection
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from spiff.assets.addresses import file_href
from spiff.catalogue.rest import workflow_href
from spiff.composing.answers import Answer, Answers, Finding
from spiff.composing.resources import Context
from spiff.transactions.answers import restored
from spiff.transactions.contexts import files_in
from spiff.transactions.model import Design, Transaction, Upload
from spiff.transactions.quoting import Quoted
from spiff.web.routing import Message

_DIGEST = re.compile("[0-9a-f]{64}")


class StartTransaction(Message, frozen=True):
    """What a shopper wants to design. Prices are shown, never charged, in `presentmentCurrency`."""

    integration_product_id: UUID
    workflow_id: UUID | None = None
    presentment_currency: str | None = None
    page_session_id: UUID | None = None


class ChangeAnswers(Message, frozen=True):
    """The named steps' answers are replaced, `null` removes one, steps that are not named keep theirs."""

    answers: dict[str, Answer | None]


class CompleteTransaction(Message, frozen=True):
    """`sceneDigest`: SHA-256 of the canonical scene the browser showed, in hexadecimal.

    `termsDigest`: that of the product's terms, where it has some and the shopper agrees to them.
    """

    scene_digest: str | None = None
    terms_digest: str | None = None


class StartPageSession(Message, frozen=True):
    """A page with a product was opened. No personal data."""

    id: UUID
    integration_product_id: UUID


class WorkflowReference(Message, frozen=True):
    """The workflow version a design is made with."""

    id: str
    version: int
    href: str


class Price(Message, frozen=True):
    """Computed by the server, in subunits. The total of one piece is the sum."""

    base_cost: int
    options_cost: int
    currency: str


class TransactionDocument(Message, frozen=True):
    """A transaction as its owner sees it. `findings` is what is still empty.

    `context` is what composing must know beside the workflow and the answers (docs/composing.md), `files` the
    addresses of the files it names, by SHA-256.
    """

    id: str
    revision: int
    status: str
    answers: Answers
    price: Price
    findings: tuple[Finding, ...]
    workflow: WorkflowReference
    context: Context
    files: dict[str, str]


class NewTransactionDocument(TransactionDocument, frozen=True):
    """The same with the owner token, which is told this once."""

    owner_token: str


class ExportedValue(Message, frozen=True):
    """One line about the design for the cart."""

    value: str
    price_modifier: int


class PreflightLine(Message, frozen=True):
    """Something that will not print well: in which step, the finding's code and value, and a sentence."""

    step_name: str
    code: str
    value: str
    detail: str
    step_title: str = ""
    """What the step is called; empty of designs from before it was kept."""


class PriceData(Message, frozen=True):
    """What `quantity` pieces cost, in subunits of `currency`: the total is always the unit price times the quantity."""

    quantity: int
    currency: str
    unit_amount: int
    total_amount: int


class CompletedDocument(Message, frozen=True):
    """The result of designing, as the page's script hands it to the shop."""

    transaction_id: str
    base_cost: int
    options_cost: int
    currency: str
    exported_data: dict[str, ExportedValue]
    preview_image: str | None
    revision: int
    preflight: list[PreflightLine]
    price: PriceData
    price_token: str


class Link(Message, frozen=True):
    """Where something belonging to the document is; an empty `href` means there is none yet."""

    rel: str
    href: str


class UploadData(Message, frozen=True):
    """A file that the owner added. `address` is where it is, `proxy` the SHA-256 of what a screen shows instead."""

    sha256: str
    kind: str
    name: str
    address: str
    width_px: int | None
    height_px: int | None
    proxy: str | None


class TransactionData(Message, frozen=True):
    """A transaction as anybody may read it. Prices are the finished design's, else the current answers'.

    Its answers, uploads, context and files are for the owner alone. A finished design has a price, and a token that
    proves it (docs/prices.md).
    """

    id: str
    status: str
    revision: int
    base_cost: int
    options_cost: int
    currency: str
    integration_product_id: str
    product_name: str
    workflow: WorkflowReference
    price: PriceData | msgspec.UnsetType = msgspec.UNSET
    price_token: str | msgspec.UnsetType = msgspec.UNSET
    answers: Answers | msgspec.UnsetType = msgspec.UNSET
    uploads: list[UploadData] | msgspec.UnsetType = msgspec.UNSET
    context: Context | msgspec.UnsetType = msgspec.UNSET
    files: dict[str, str] | msgspec.UnsetType = msgspec.UNSET


class TransactionResource(Message, frozen=True):
    """`links[0]` is the design, relative to this server; `links[1]` its picture."""

    data: TransactionData
    links: list[Link]


class DesignData(Message, frozen=True):
    """What a design says about itself, by the titles of its steps."""

    id: str
    transaction_id: str
    metadata: dict[str, str]
    preflight: list[PreflightLine]


class DesignResource(Message, frozen=True):
    """`links[0]` is the preview picture."""

    data: DesignData
    links: list[Link]


def transaction_document(
    base_url: str, transaction: Transaction, findings: tuple[Finding, ...], context: Context, **more: Any
) -> dict[str, Any]:
    """The members of a TransactionDocument."""
    return {
        "id": transaction.id,
        "revision": transaction.revision,
        "status": transaction.status,
        "answers": restored(transaction.answers),
        "price": Price(transaction.base_cost, transaction.options_cost, transaction.currency),
        "findings": findings,
        "workflow": _workflow(base_url, transaction),
        "context": context,
        "files": files_in(base_url, context),
        **more,
    }


def completed_document(base_url: str, design: Design, quoted: Quoted) -> CompletedDocument:
    """The result of a finished design."""
    return CompletedDocument(
        transaction_id=design.transaction_id,
        base_cost=design.base_cost,
        options_cost=design.options_cost,
        currency=design.currency,
        exported_data={
            name: ExportedValue(_addressed(base_url, name, line["value"]), line["priceModifier"])
            for name, line in design.exported_data.items()
        },
        preview_image=_preview(base_url, design) or None,
        revision=design.revision,
        preflight=msgspec.convert(design.preflight, list[PreflightLine]),
        price=_price(quoted),
        price_token=quoted.token,
    )


class Owned(NamedTuple):
    """What only the owner of a transaction may read beside its answers."""

    uploads: Collection[Upload]
    context: Context


def transaction_resource(
    base_url: str, transaction: Transaction, design: Design | None, quoted: Quoted | None, owned: Owned | None = None
) -> TransactionResource:
    """What anybody may read, and what is `owned` by who asks."""
    priced = design or transaction
    data = TransactionData(
        id=transaction.id,
        status=transaction.status,
        revision=transaction.revision,
        base_cost=priced.base_cost,
        options_cost=priced.options_cost,
        currency=priced.currency,
        integration_product_id=transaction.integration_product_id,
        product_name=transaction.product_name,
        workflow=_workflow(base_url, transaction),
        price=_price(quoted) if quoted else msgspec.UNSET,
        price_token=quoted.token if quoted else msgspec.UNSET,
    )
    if owned is not None:
        data = msgspec.structs.replace(
            data,
            answers=restored(transaction.answers),
            uploads=[_upload(base_url, each) for each in owned.uploads],
            context=owned.context,
            files=files_in(base_url, owned.context),
        )
    picture = f"/api/transactions/{transaction.id}/image" if design and design.preview_digest else ""
    return TransactionResource(
        data, [Link("design", f"/api/designs/{design.id}" if design else ""), Link("image", picture)]
    )


def design_resource(base_url: str, design: Design) -> DesignResource:
    """A finished design for the shop's cart."""
    metadata = {name: _addressed(base_url, name, value) for name, value in design.metadata.items()}
    preflight = msgspec.convert(design.preflight, list[PreflightLine])
    data = DesignData(design.id, design.transaction_id, metadata, preflight)
    return DesignResource(data, [Link("image", _preview(base_url, design))])


def _addressed(base_url: str, name: str, value: str) -> str:
    """An upload by its address, which is what a shop can show (contract/domain.md 13); a design knows its digest."""
    return file_href(base_url, value) if name.endswith(" image") and _DIGEST.fullmatch(value) else value


def _price(quoted: Quoted) -> PriceData:
    return PriceData(**msgspec.structs.asdict(quoted.price))


def _upload(base_url: str, upload: Upload) -> UploadData:
    return UploadData(**msgspec.structs.asdict(upload), address=file_href(base_url, upload.sha256))


def _workflow(base_url: str, transaction: Transaction) -> WorkflowReference:
    identity, number = transaction.workflow_id, transaction.workflow_version
    return WorkflowReference(identity, number, workflow_href(base_url, identity, number))


def _preview(base_url: str, design: Design) -> str:
    return file_href(base_url, design.preview_digest) if design.preview_digest else ""
