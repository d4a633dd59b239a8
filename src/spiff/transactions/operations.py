"""What may be done with transactions and designs. Knows no HTTP; composing and drawing happen before it, outside.

Reading by id is open, for ids cannot be guessed; writing needs the owner token that only the creator was told.
"""

import hmac
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from hashlib import sha256

import msgspec
import structlog

from spiff.assets import operations as assets
from spiff.auth.caller import Caller
from spiff.catalogue import operations as catalogue
from spiff.catalogue.model import Offer, PublishedWorkflow
from spiff.composing.resources import Context
from spiff.composing.workflow import Workflow
from spiff.errors import Invalid, NotFound, OwnerUnknown
from spiff.events.operations import record_event
from spiff.storage.work import Work
from spiff.transactions import store
from spiff.transactions.agreeing import Agreement, Statement, agreement_to
from spiff.transactions.answers import stored
from spiff.transactions.contexts import context_of
from spiff.transactions.designing import Composed, Finished
from spiff.transactions.model import (
    Design,
    NotReady,
    Transaction,
    design_digest,
    require_editable,
    require_move,
)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Start:
    """What a new transaction is about, read before anything is composed."""

    offer: Offer
    published: PublishedWorkflow


@dataclass(frozen=True, slots=True)
class Editing:
    """A transaction its owner is about to change, with what is needed to compose it."""

    transaction: Transaction
    published: PublishedWorkflow
    context: Context
    base_cost: int
    finished: Design | None
    """The design that was finished last."""
    proxies: dict[str, str] = field(default_factory=dict)
    """The reduced copies of its pictures, by digest, where it is about to be finished."""


@dataclass(frozen=True, slots=True)
class Drawable:
    """A transaction with its workflow, and the design last finished in it."""

    transaction: Transaction
    published: PublishedWorkflow
    context: Context
    design: Design | None


def choose_start(work: Work, integration_product_id: str, workflow_id: str | None) -> Start:
    """The product and the newest version of the chosen workflow, of the first where none is chosen.

    Raises NotFound, NotReady, or Invalid for a workflow that is not the product's.
    """
    offer = catalogue.get_offer(work, integration_product_id)
    if not offer.enabled or not offer.workflows:
        raise NotReady("this product is switched off or has nothing to design", currentState="not-ready")
    versions = {name.id: version for name, version in offer.workflows}
    chosen = versions.get(workflow_id) if workflow_id else next(iter(versions.values()))
    if chosen is None:
        raise Invalid("the product has no such workflow").at("/workflowId", "unknown-workflow")
    return Start(offer, catalogue.get_published(work, chosen.workflow_id, chosen.number))


def create_transaction(
    caller: Caller,
    work: Work,
    start: Start,
    composed: Composed,
    *,
    presentment_currency: str | None = None,
    page_session_id: str | None = None,
    transaction_id: str | None = None,
) -> tuple[Transaction, str]:
    """Begin a shopper's work; anybody may. The owner token beside it is told once and kept only as a hash.

    `transaction_id` is a new id that something was composed with already.
    """
    token, product, version = work.new_id(), start.offer.product, start.published.version
    transaction = Transaction(
        id=transaction_id or work.new_id(),
        partner_id=product.partner_id,
        integration_id=start.offer.integration_id,
        integration_product_id=start.offer.id,
        product_id=product.id,
        product_name=product.name,
        workflow_id=version.workflow_id,
        workflow_version=version.number,
        status="created",
        revision=1,
        owner_token_hash=hashed(token),
        answers={},
        base_cost=product.base_price,
        options_cost=composed.options_cost,
        currency=start.offer.currency,
        presentment_currency=presentment_currency,
        page_session_id=page_session_id,
    )
    store.add_transaction(work, transaction)
    return transaction, token


def begin_editing(caller: Caller, work: Work, base_url: str, transaction_id: str, revision: int) -> Editing:
    """What the owner is about to change. Raises NotFound, OwnerUnknown, AlreadyOrdered or StaleRevision."""
    editing = _editing(caller, work, base_url, transaction_id)
    require_editable(editing.transaction, revision)
    return editing


def save_answers(caller: Caller, work: Work, editing: Editing, composed: Composed) -> Transaction:
    """Write composed answers as the next revision, if nobody wrote in between. Raises as `begin_editing`."""
    current = get_owned(caller, work, editing.transaction.id, to_change=True)
    require_editable(current, editing.transaction.revision)
    changed = msgspec.structs.replace(
        current,
        revision=current.revision + 1,
        answers=stored(composed.answers),
        base_cost=editing.base_cost,
        options_cost=composed.options_cost,
    )
    _save(work, changed, current.revision)
    return changed


def begin_finishing(
    caller: Caller, work: Work, base_url: str, transaction_id: str, revision: int, stated: Statement
) -> Editing:
    """As `begin_editing`; but where this revision is finished already, `finished` is its design and all is well.

    Raises TermsNotAgreed or TermsChanged where the product is sold on other terms than were agreed to.
    """
    editing = _editing(caller, work, base_url, transaction_id)
    if editing.finished is None or editing.finished.revision != revision:
        require_editable(editing.transaction, revision)
        agree(work, editing.transaction.product_id, stated)
    return replace(editing, proxies=list_proxies(work, editing.published.workflow, editing.context))


def list_proxies(work: Work, workflow: Workflow, context: Context) -> dict[str, str]:
    """The reduced copies of the pictures that may be drawn, by digest."""
    pictures = assets.find_files(work, {*workflow.pictures, *context.pictures})
    return {file.sha256: file.proxy for file in pictures.values() if file.proxy}


def agree(work: Work, product_id: str, stated: Statement) -> Agreement | None:
    """What is kept of an agreement to the product's terms. Raises TermsNotAgreed or TermsChanged."""
    return agreement_to(catalogue.get_product(work, product_id).terms, stated, work.now)


def finish_design(
    caller: Caller,
    work: Work,
    editing: Editing,
    finished: Finished,
    browser_scene_digest: str | None,
    stated: Statement,
) -> Design:
    """Freeze the design and move the transaction to completed. Finishing a revision twice gives the first design.

    Raises as `begin_finishing`: the terms may have changed in between.
    """
    current = get_owned(caller, work, editing.transaction.id, to_change=True)
    known = store.find_design(work, current.design_id) if current.design_id else None
    if known is not None and known.revision == editing.transaction.revision:
        return known
    require_editable(current, editing.transaction.revision)
    require_move(current.status, "completed")
    for file in (finished.scene, finished.preview):
        if file is not None:
            assets.record_file(work, file)
    agreement = agree(work, current.product_id, stated)
    design = _design(work, current, editing.base_cost, finished, browser_scene_digest)
    design = msgspec.structs.replace(design, agreement=agreement)
    store.add_design(work, design)
    completed = msgspec.structs.replace(
        current,
        status="completed",
        design_id=design.id,
        base_cost=design.base_cost,
        options_cost=design.options_cost,
    )
    _save(work, completed, current.revision)
    _tell_completed(work, design)
    return design


def get_transaction(work: Work, transaction_id: str) -> Transaction:
    """The transaction with this id. Knowing the id is the right to read it. Raises NotFound."""
    if transaction := store.find_transaction(work, transaction_id):
        return transaction
    raise NotFound(f"there is no transaction {transaction_id}")


def get_with_design(caller: Caller, work: Work, transaction_id: str) -> tuple[Transaction, Design | None]:
    """A transaction and the design last finished in it. Raises OwnerUnknown for a token that is not its owner's."""
    transaction = get_transaction(work, transaction_id)
    if caller.owner_token is not None:
        _require_owner(caller, work, transaction)
    return transaction, get_design(work, transaction.design_id) if transaction.design_id else None


def get_drawable(caller: Caller, work: Work, base_url: str, transaction_id: str) -> Drawable:
    """What a picture of a transaction is made from. Raises as `get_with_design`."""
    transaction, design = get_with_design(caller, work, transaction_id)
    published = catalogue.get_published(work, transaction.workflow_id, transaction.workflow_version)
    return Drawable(transaction, published, get_context(work, base_url, transaction), design)


def get_context(work: Work, base_url: str, transaction: Transaction) -> Context:
    """What composing must know of a transaction beside its workflow and answers."""
    product = catalogue.get_product(work, transaction.product_id)
    return context_of(base_url, product, transaction.id, store.list_uploads(work, transaction.id))


def get_design(work: Work, design_id: str) -> Design:
    """The finished design with this id. Knowing the id is the right to read it. Raises NotFound."""
    if design := store.find_design(work, design_id):
        return design
    raise NotFound(f"there is no design {design_id}")


def list_preflights(work: Work, design_ids: Collection[str]) -> dict[str, list[dict[str, str]]]:
    """The preflight reports of these designs, by design."""
    return store.list_preflights(work, design_ids)


def list_agreements(work: Work, design_ids: Collection[str]) -> dict[str, Agreement | None]:
    """What was agreed to when these designs were finished, by design."""
    return store.list_agreements(work, design_ids)


def record_page_session(work: Work, session_id: str, integration_product_id: str) -> None:
    """Remember that a page with this product was seen; nothing of the person who saw it. Raises NotFound."""
    catalogue.get_offer(work, integration_product_id)
    store.add_page_session(work, session_id, integration_product_id)


def _editing(caller: Caller, work: Work, base_url: str, transaction_id: str) -> Editing:
    transaction = get_owned(caller, work, transaction_id)
    product = catalogue.get_product(work, transaction.product_id)
    return Editing(
        transaction,
        catalogue.get_published(work, transaction.workflow_id, transaction.workflow_version),
        context_of(base_url, product, transaction.id, store.list_uploads(work, transaction_id)),
        product.base_price,
        store.find_design(work, transaction.design_id) if transaction.design_id else None,
    )


def get_owned(caller: Caller, work: Work, transaction_id: str, *, to_change: bool = False) -> Transaction:
    """A transaction for its owner; `to_change` makes other writers wait. Raises NotFound or OwnerUnknown."""
    transaction = store.find_transaction(work, transaction_id, to_change=to_change)
    if transaction is None:
        raise NotFound(f"there is no transaction {transaction_id}")
    _require_owner(caller, work, transaction)
    return transaction


def _require_owner(caller: Caller, work: Work, transaction: Transaction) -> None:
    """The token of who began it, compared in constant time, or that of a link it was handed on by."""
    token_hash = hashed(caller.owner_token or "")
    if hmac.compare_digest(token_hash, transaction.owner_token_hash):
        return
    if store.find_linked(work, token_hash, "resume") != transaction.id:
        raise OwnerUnknown("the owner token is not that of this transaction")


def hashed(token: str) -> str:
    """What is kept of a token."""
    return sha256(token.encode()).hexdigest()


def _save(work: Work, transaction: Transaction, expected_revision: int) -> None:
    if not store.save_transaction(work, transaction, expected_revision=expected_revision):
        require_editable(get_transaction(work, transaction.id), expected_revision)


def _tell_completed(work: Work, design: Design) -> None:
    record_event(
        work,
        "transaction.completed",
        design.transaction_id,
        partner_id=design.partner_id,
        integration_id=design.integration_id,
        transactionId=design.transaction_id,
        designId=design.id,
        revision=design.revision,
    )


def _design(
    work: Work, transaction: Transaction, base_cost: int, finished: Finished, browser_scene_digest: str | None
) -> Design:
    design = Design(
        id=work.new_id(),
        transaction_id=transaction.id,
        revision=transaction.revision,
        partner_id=transaction.partner_id,
        integration_id=transaction.integration_id,
        product_name=transaction.product_name,
        workflow_id=transaction.workflow_id,
        workflow_version=transaction.workflow_version,
        answers=transaction.answers,
        scene_digest=finished.scene.sha256,
        digest=design_digest(
            transaction.workflow_id, transaction.workflow_version, transaction.answers, finished.scene.sha256
        ),
        base_cost=base_cost,
        options_cost=finished.options_cost,
        currency=transaction.currency,
        exported_data=finished.exported_data,
        metadata=finished.metadata,
        preflight=finished.preflight,
        printing=catalogue.get_product(work, transaction.product_id).printing,
        preview_digest=finished.preview.sha256 if finished.preview else None,
        browser_scene_digest=browser_scene_digest,
    )
    if browser_scene_digest not in {None, design.scene_digest}:
        log.warning("scene_differs", design_id=design.id, server=design.scene_digest, browser=browser_scene_digest)
    return design
