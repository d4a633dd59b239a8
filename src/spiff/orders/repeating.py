"""Whether an order is the same as before: by what was ordered, not by its bytes (docs/decisions/007). Pure."""

from collections.abc import Iterator, Sequence

from spiff.orders.model import Order, OrderItem, PlaceOrder, Problem


def differences(order: Order, items: Sequence[OrderItem], wanted: PlaceOrder) -> list[Problem]:
    """What differs from the order that was placed, each with a pointer. `paid` and the shop's own data may differ."""
    return [*_external_id(order, wanted), *_lines(items, wanted)]


def _external_id(order: Order, wanted: PlaceOrder) -> Iterator[Problem]:
    if order.external_id != wanted.external_id:
        yield _differs("/externalId", f"externalId was {order.external_id!r} and is {wanted.external_id!r}")


def _lines(items: Sequence[OrderItem], wanted: PlaceOrder) -> Iterator[Problem]:
    before = {item.transaction_id: item.amount for item in items}
    for item in wanted.items:
        here = f"/orderItems/{item.position}"
        amount = before.pop(item.transaction_id, None)
        if amount is None:
            yield _differs(f"{here}/transactionId", f"transaction {item.transaction_id} is not in that order")
        elif amount != item.amount:
            yield _differs(f"{here}/amountToOrder", f"amountToOrder was {amount} and is {item.amount}")
    for transaction_id in before:
        yield _differs("/orderItems", f"transaction {transaction_id} is in that order and missing here")


def _differs(pointer: str, detail: str) -> Problem:
    return Problem(pointer, "differs", detail)
