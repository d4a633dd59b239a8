"""Transactions (one shopper's work on one product) and designs (the finished, immutable result). Knows no HTTP, no SQL.

A transaction moves forward only. Editing a completed one raises its revision and leaves the finished design in
force until the next is finished (docs/decisions/006-editing-a-finished-design.md).
"""

import hashlib
from datetime import date
from typing import Any, Literal

import msgspec

from spiff.assets.model import Kind
from spiff.errors import Conflict, SpiffError, StaleRevision
from spiff.rendering.printing import Printing
from spiff.transactions.agreeing import Agreement

Status = Literal["created", "completed", "ordered"]

Purpose = Literal["resume", "view"]
"""What a link of a design is for: to go on with it, as its owner, or only to look at it."""

MOVES: dict[Status, frozenset[Status]] = {
    "created": frozenset({"completed"}),
    "completed": frozenset({"completed", "ordered"}),
    "ordered": frozenset(),
}


class DesignUnfinished(Conflict):
    """There is nothing to order yet: the shopper has not finished."""

    code, title = "design-unfinished", "The design is not finished"


class AlreadyOrdered(Conflict):
    """An ordered transaction is read-only and cannot be ordered again."""

    code, title = "already-ordered", "Already ordered"


class PreconditionRequired(SpiffError):
    """The request must say which revision it changes."""

    status, code, title = 428, "precondition-required", "If-Match is missing"


class NotReady(Conflict):
    """The product cannot be designed now: it or its integration is switched off, or it has no workflow."""

    code, title = "product-not-ready", "The product cannot be designed now"


class Transaction(msgspec.Struct, frozen=True):
    """One shopper's work. `base_cost` and `options_cost` are those of the current answers."""

    id: str
    partner_id: str
    integration_id: str
    integration_product_id: str
    product_id: str
    product_name: str
    workflow_id: str
    workflow_version: int
    status: Status
    revision: int
    owner_token_hash: str
    answers: dict[str, dict[str, Any]]
    base_cost: int
    options_cost: int
    currency: str
    design_id: str | None = None
    presentment_currency: str | None = None
    page_session_id: str | None = None


class Abandoned(msgspec.Struct, frozen=True):
    """A transaction that is about to be removed, as far as it counts for anything: days are of UTC."""

    id: str
    integration_product_id: str
    begun: date
    finished: date | None


class Design(msgspec.Struct, frozen=True):
    """What was finished; never changes. Costs are integers in subunits of `currency`."""

    id: str
    transaction_id: str
    revision: int
    """The transaction's revision that was finished."""
    partner_id: str
    integration_id: str
    product_name: str
    workflow_id: str
    workflow_version: int
    answers: dict[str, dict[str, Any]]
    scene_digest: str
    """SHA-256 of the canonical scene JSON, which is in the file store under this name."""
    digest: str
    """Names what was chosen and what will be made, for prices to be bound to (`design_digest`)."""
    base_cost: int
    options_cost: int
    currency: str
    exported_data: dict[str, Any]
    metadata: dict[str, str]
    preflight: list[dict[str, str]]
    """What will not print well and was warned of: `stepName`, `code`, `value` and a sentence, `detail`."""
    printing: Printing
    """How its product was printed when it was finished: whatever becomes of the product, its files stay the same."""
    preview_digest: str | None = None
    browser_scene_digest: str | None = None
    agreement: Agreement | None = None
    """What was agreed to, where the product had terms."""


def design_digest(workflow_id: str, workflow_version: int, answers: dict[str, Any], scene_digest: str) -> str:
    """SHA-256, in hexadecimal, of all that makes a design what it is: workflow version, answers and scene."""
    named = [workflow_id, workflow_version, answers, scene_digest]
    return hashlib.sha256(msgspec.json.encode(named, order="sorted")).hexdigest()


class Upload(msgspec.Struct, frozen=True):
    """A file that a shopper added to a transaction: the file that is kept, as docs/assets.md describes it.

    Pictures have a size, upright, and a `proxy`: the SHA-256 of a copy that is small enough for screens.
    """

    sha256: str
    kind: Kind
    name: str
    width_px: int | None = None
    height_px: int | None = None
    proxy: str | None = None


def require_editable(transaction: Transaction, revision: int) -> None:
    """Refuse a change of an ordered transaction, or of another revision than the current one."""
    if transaction.status == "ordered":
        require_move("ordered", "completed")
    if transaction.revision != revision:
        sentence = f"revision {revision} is not the current one, which is {transaction.revision}; read it and try again"
        raise StaleRevision(sentence, currentRevision=transaction.revision)


def require_move(current: Status, wanted: Status) -> None:
    """Refuse a move that the states do not allow, saying where the transaction is."""
    if wanted in MOVES[current]:
        return
    if current == "ordered":
        raise AlreadyOrdered("this design was ordered and cannot be changed or ordered again", currentState=current)
    raise DesignUnfinished("the shopper has not finished this design yet", currentState=current)
