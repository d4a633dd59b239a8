"""Reads what shops send as an order, with the leniency of contract/rest.md 4.2. Knows no database.

Everything that is wrong is gathered, each with a pointer: a shop should not have to find its mistakes one by one.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator
from uuid import UUID

import msgspec

from spiff.orders.model import PlaceOrder, Problem, WantedItem
from spiff.pricing.model import MOST_PIECES
from spiff.web.routing import JsonObject, Message, as_object

LONGEST_ID = 200
_CANONICAL = re.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_WHOLE = re.compile(r" *([0-9]{1,9})(?:\.0{1,9})? *")


class OrderLine(Message, frozen=True):
    """One design to be made; `amountToOrder` may be an integer, an integral float or a numeric string.

    With `priceToken`, the price it was sold for, the order is refused where that is no longer right.
    """

    transaction_id: str
    amount_to_order: int | float | str
    price_token: str | None = None


class OrderRequest(Message, frozen=True):
    """An order (contract/rest.md 4.2). `paid` absent means paid; unknown members are tolerated."""

    order_items: list[OrderLine]
    external_id: str | int | float | None = None
    auto_print: bool | None = None
    paid: bool | None = None
    external_data: JsonObject | None = None
    raw_external_data: str | None = None


def read_order(
    sent: OrderRequest, *, most_items: int, idempotency_key: str | None, signature: str | None
) -> PlaceOrder:
    """The order that was sent, with all that is wrong with it in `problems`."""
    lines = [_read_line(position, line) for position, line in enumerate(sent.order_items[:most_items])]
    items = _counted([item for item, _ in lines])
    problems = [problem for _, found in lines for problem in found]
    key, external_id = (idempotency_key or "").strip() or None, _text(sent.external_id)
    return PlaceOrder(
        items=items,
        external_id=external_id,
        idempotency_key=key,
        signature=signature,
        paid=sent.paid is not False,
        auto_print=bool(sent.auto_print),
        external_data=as_object(sent.external_data),
        raw_external_data=sent.raw_external_data,
        problems=(
            *_count_problems(len(sent.order_items), most_items),
            *_text_problems(external_id, key, sent.raw_external_data),
            *problems,
        ),
    )


def _read_line(position: int, line: OrderLine) -> tuple[WantedItem, list[Problem]]:
    here = f"/orderItems/{position}"
    transaction_id, amount = _uuid(line.transaction_id), _amount(line.amount_to_order)
    problems = []
    if transaction_id is None:
        what = f"there is no transaction {line.transaction_id[:80]!r}"
        problems.append(Problem(f"{here}/transactionId", "not-found", what, 404))
    if amount is None:
        what = f"the amount must be a whole number from 1 to {MOST_PIECES}"
        problems.append(Problem(f"{here}/amountToOrder", "amount", what))
    return WantedItem(position, transaction_id or "", amount or 0, line.price_token or None), problems


def _uuid(sent: str) -> str | None:
    if _CANONICAL.fullmatch(sent):
        return sent
    try:
        return str(msgspec.convert(sent, UUID))
    except msgspec.ValidationError:
        return None


def _amount(sent: int | float | str) -> int | None:
    if isinstance(sent, str):
        found = _WHOLE.fullmatch(sent)
        sent = int(found[1]) if found else 0
    if isinstance(sent, float):
        sent = int(sent) if math.isfinite(sent) and sent.is_integer() else 0
    return sent if 1 <= sent <= MOST_PIECES else None


def _text(sent: str | int | float | None) -> str | None:
    """A shop's own id as text: `1001`, `1001.0` and `"1001"` are the same id, an empty one is none."""
    if isinstance(sent, float) and math.isfinite(sent) and sent.is_integer():
        sent = int(sent)
    return str(sent).strip() or None if sent is not None else None


def _count_problems(count: int, most: int) -> Iterator[Problem]:
    if count == 0:
        yield Problem("/orderItems", "empty", "an order needs at least one item")
    if count > most:
        yield Problem("/orderItems", "too-many-items", f"an order may have at most {most} items, {count} came")


def _text_problems(external_id: str | None, key: str | None, raw: str | None) -> Iterator[Problem]:
    for pointer, text in (("/externalId", external_id), ("", key)):
        if text is not None and (len(text) > LONGEST_ID or _CONTROLS.search(text)):
            name = pointer.strip("/") or "Idempotency-Key"
            yield Problem(pointer, "text", f"{name} must be at most {LONGEST_ID} characters on one line, no controls")
    if raw is not None and "\x00" in raw:  # PostgreSQL cannot keep it
        yield Problem("/rawExternalData", "text", "rawExternalData must not hold NUL characters")


def _counted(items: list[WantedItem]) -> tuple[WantedItem, ...]:
    """The same items, each saying which of its transaction's lines it is."""
    seen: Counter[str] = Counter()
    for index, item in enumerate(items):
        if before := seen[item.transaction_id]:
            items[index] = msgspec.structs.replace(item, occurrence=before)
        seen[item.transaction_id] += 1
    return tuple(items)
