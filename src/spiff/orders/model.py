"""Orders and their items: what was ordered, read from what was sent. Knows no HTTP, no SQL."""

import hashlib
from datetime import datetime
from typing import Any

import msgspec

from spiff.errors import Conflict, Invalid, SpiffError
from spiff.fulfilment.model import PrintFile
from spiff.orders.states import HeldReason, Status, order_status
from spiff.orders.timeline import FIRST
from spiff.rendering.printing import Printing


class IdempotencyConflict(Invalid):
    """The same order again, but not the same: nothing was changed."""

    code, title = "idempotency-conflict", "This was ordered before, differently"


class TooManyItems(Invalid):
    """An order has a limit of items."""

    code, title = "too-many-items", "Too many items"


class ItemsUnavailable(Conflict):
    """Some of the designs cannot be ordered as they are now; `errors` says which and why."""

    def __init__(self, reason: type[SpiffError], detail: str, **extra: Any) -> None:
        self.code, self.title = reason.code, reason.title
        super().__init__(detail, **extra)


class Problem(msgspec.Struct, frozen=True):
    """What is wrong with one part of a request, and the status it would be refused with alone."""

    pointer: str
    code: str
    detail: str
    status: int = 422
    current_state: str | None = None
    prices: dict[str, Any] | None = None
    """Where a price differs: what the token says and what is right now."""

    def as_error(self) -> dict[str, str]:
        """As it stands in `errors` of a problem document."""
        error = {"pointer": self.pointer, "code": self.code, "detail": self.detail}
        return error | ({"currentState": self.current_state} if self.current_state else {})


class WantedItem(msgspec.Struct, frozen=True):
    """One line of a request that could be read."""

    position: int
    transaction_id: str
    amount: int
    price_token: str | None = None
    occurrence: int = 0
    """How many lines of the same transaction stand before it."""


class PlaceOrder(msgspec.Struct, frozen=True):
    """A request to order. `problems` holds what could not be read; with any, nothing is ordered."""

    items: tuple[WantedItem, ...]
    external_id: str | None = None
    idempotency_key: str | None = None
    signature: str | None = None
    paid: bool = True
    auto_print: bool = False
    external_data: dict[str, Any] | None = None
    raw_external_data: str | None = None
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """What makes it the same order again: the shop's id and the lines, whatever else came along."""
        lines = sorted((item.transaction_id, item.amount) for item in self.items)
        return hashlib.sha256(msgspec.json.encode([self.external_id, lines])).hexdigest()

    @property
    def identity(self) -> str:
        """The name under which there is only one order of an integration (design.md 6)."""
        if self.idempotency_key is not None:
            return f"key:{self.idempotency_key}"
        return f"digest:{self.digest}" if self.external_id is None else f"external:{self.external_id}"


class OrderItem(msgspec.Struct, frozen=True):
    """One design in an order. The costs are those of one piece of the design, in subunits of `currency`.

    The amounts are what it is sold for by the price rules of its product, in subunits of `price_currency`.
    """

    id: str
    order_id: str
    partner_id: str
    position: int
    transaction_id: str
    design_id: str
    amount: int
    status: Status
    base_cost: int
    options_cost: int
    currency: str
    price_currency: str
    unit_amount: int
    total_amount: int
    failure: str | None = None
    held_reason: HeldReason | None = None
    turn: int = 1
    """How often it was sent through its states."""
    timeline_count: int = 0
    timeline_head: str = FIRST
    """How many entries its timeline has, and the digest of the last."""
    occurrence: int = 0
    """How many items of the same transaction stand before it: a shop's cart may have two lines of one design."""


class Order(msgspec.Struct, frozen=True):
    """An order as it was acknowledged."""

    id: str
    partner_id: str
    integration_id: str
    external_id: str | None
    identity: str
    request_digest: str
    signature: str | None
    paid: bool
    auto_print: bool
    external_data: dict[str, Any] | None
    raw_external_data: str | None
    created_at: datetime
    test: bool = False
    """Placed with the keys of a test integration: made as all others, delivered nowhere."""

    @property
    def idempotency_key(self) -> str | None:
        """The Idempotency-Key it was placed with."""
        return self.identity.removeprefix("key:") if self.identity.startswith("key:") else None


class WrongItemState(Conflict):
    """The item is not where this can be done; the current state is in the problem document."""

    code, title = "wrong-item-state", "The item is in another state"


class PrintSpec(msgspec.Struct, frozen=True):
    """What the print files of an item are made of: the scene in the file store, and a title for people."""

    item_id: str
    scene_digest: str
    title: str
    printing: Printing


class PlacedOrder(msgspec.Struct, frozen=True):
    """An order with its items; `replayed` where it had been placed before."""

    order: Order
    items: tuple[OrderItem, ...]
    replayed: bool = False

    @property
    def status(self) -> Status:
        """The state of the whole."""
        return order_status([item.status for item in self.items])


class Deliverable(msgspec.Struct, frozen=True):
    """An item with all that decides where its files go and what they are called."""

    order: Order
    item: OrderItem
    product_id: str
    product_name: str
    files: list[PrintFile]

    @property
    def country(self) -> str | None:
        """Where the order is sent to, in capitals; None where the shop did not say.

        Magento says it in `externalData` (contract/rest.md 4.2), WooCommerce in its own record of the order.
        """
        order = self.order
        code = _at(order.external_data, "shippingAddress", "countryCode")
        code = code or _at(_read(order.raw_external_data), "order", "shipping", "country")
        return code.upper() if code and isinstance(code, str) else None


def _at(document: Any, *names: str) -> Any:
    """The member of a member of a document of any shape; None where there is none."""
    for name in names:
        document = document.get(name) if isinstance(document, dict) else None
    return document


def _read(text: str | None) -> Any:
    """What a shop sent along as JSON, which nobody checked when it came."""
    try:
        return msgspec.json.decode(text) if text else None
    except (msgspec.DecodeError, RecursionError):
        return None
