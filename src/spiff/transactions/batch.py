"""Makes finished designs without a shopper (contract/rest.md 7), by the customiser's own operations. Knows no HTTP.

What is read comes before composing and drawing, what is written after: create, answer and finish in one transaction.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from spiff.assets import operations as assets
from spiff.auth.caller import Caller, Scope
from spiff.catalogue import operations as catalogue
from spiff.catalogue.published import loaded
from spiff.composing.answers import Answers
from spiff.composing.compose import needed
from spiff.composing.resources import Context
from spiff.errors import Invalid, NotFound
from spiff.storage.files import FileStore
from spiff.storage.work import Work
from spiff.transactions import operations, store
from spiff.transactions.agreeing import Statement, agreement_to
from spiff.transactions.answers import changed
from spiff.transactions.contexts import context_of
from spiff.transactions.designing import Composed, Finished, compose_answers
from spiff.transactions.headless import SentStep, read_answers, recoloured
from spiff.transactions.model import Design, Transaction, Upload
from spiff.transactions.operations import Editing, Start
from spiff.transactions.uploads import KINDS

MOST_TRANSACTIONS = 1000
"""Of one call."""


class TooManyTransactions(Invalid):
    """A batch has a limit of transactions."""

    code, title = "too-many-transactions", "Too many transactions at once"


class Wanted(NamedTuple):
    """One design to be made. `workflow` is a key of the catalogue file or an id; None takes the product's first."""

    integration_product_id: str
    workflow: str | None
    steps: tuple[SentStep, ...]
    stated: Statement


Starts = dict[tuple[str, str | None], Start]
"""What a batch has looked up already: most of one batch begin alike."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A design about to be made, with all that composing needs. Nothing of it is stored yet."""

    transaction_id: str
    start: Start
    answers: Answers
    context: Context
    uploads: tuple[Upload, ...]
    proxies: dict[str, str]
    stated: Statement


def require_maker(caller: Caller) -> str:
    """The partner that the caller may make designs for. Raises Unauthorized."""
    return caller.require(Scope.ORDERS_WRITE)[0]


def begin(caller: Caller, work: Work, base_url: str, wanted: Wanted, starts: Starts) -> Begun:
    """Read what one design needs.

    Raises NotFound, also for another merchant's product, NotReady, Invalid, TermsNotAgreed or TermsChanged.
    """
    key = (wanted.integration_product_id, wanted.workflow)
    start = starts[key] = starts.get(key) or _start(caller, work, wanted)
    agreement_to(start.offer.product.terms, wanted.stated, work.now)
    workflow, transaction_id = start.published.workflow, work.new_id()
    address = re.compile(rf"(?:{re.escape(base_url)})?/files/(?P<digest>[0-9a-f]{{64}})(?:\?.*)?")
    answers = changed({}, dict(read_answers(workflow, wanted.steps, address)))
    uploads = _uploads(work, answers)
    context = context_of(base_url, start.offer.product, transaction_id, uploads)
    proxies = operations.list_proxies(work, workflow, context)
    return Begun(transaction_id, start, answers, context, uploads, proxies, wanted.stated)


def composed(files: FileStore, begun: Begun) -> Composed:
    """Compose the design, whatever the findings are. Reads the file store: call it while no transaction is open."""
    workflow = begun.start.published.workflow
    resources = loaded(files, needed(workflow, begun.answers, begun.context), begun.context)
    return compose_answers(files, workflow, recoloured(workflow, begun.answers, resources), begun.context)


def keep(
    caller: Caller, work: Work, begun: Begun, composed: Composed, finished: Finished
) -> tuple[Transaction, Design]:
    """Create the transaction, answer its steps and finish its design: all or nothing."""
    require_maker(caller)
    transaction, token = operations.create_transaction(
        caller, work, begun.start, composed, transaction_id=begun.transaction_id
    )
    for upload in begun.uploads:
        store.add_upload(work, transaction.id, upload)
    owner = Caller(owner_token=token)
    editing = Editing(transaction, begun.start.published, begun.context, transaction.base_cost, None, begun.proxies)
    answered = operations.save_answers(owner, work, editing, composed)
    answered_editing = replace(editing, transaction=answered)
    return answered, operations.finish_design(owner, work, answered_editing, finished, None, begun.stated)


def _start(caller: Caller, work: Work, wanted: Wanted) -> Start:
    offer = catalogue.get_offer(work, wanted.integration_product_id)
    if offer.product.partner_id != require_maker(caller):
        raise NotFound(f"there is no integration product {wanted.integration_product_id}")
    chosen = [name.id for name, _ in offer.workflows if wanted.workflow in {None, name.key, name.id}]
    if offer.workflows and not chosen:
        raise Invalid("the product has no such workflow").at("/workflowSlug", "unknown-workflow")
    return operations.choose_start(work, wanted.integration_product_id, chosen[0] if chosen else None)


def _uploads(work: Work, answers: Answers) -> tuple[Upload, ...]:
    """The files that answers name and a shopper could have added; of others composing says that they are unknown."""
    found = assets.find_files(work, {answer.upload for answer in answers.values() if answer.upload})
    return tuple(
        Upload(file.sha256, file.kind, file.name, file.width_px, file.height_px, file.proxy)
        for file in found.values()
        if file.kind in KINDS
    )
