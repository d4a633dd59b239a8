"""Whether an order is the same as before: by what was ordered, not by its bytes (docs/decisions/007). Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence

from spiff.orders.model import Order, OrderItem, PlaceOrder, Problem, WantedItem


def differences(order: Order, items: Sequence[OrderItem], wanted: PlaceOrder) -> list[Problem]:
    """What differs from the order that was placed, each with a pointer. `paid` and the shop's own data may differ."""
    return [*_external_id(order, wanted), *_lines(items, wanted)]


def _external_id(order: Order, wanted: PlaceOrder) -> Iterator[Problem]:
    if order.external_id != wanted.external_id:
        yield _differs("/externalId", f"externalId was {order.external_id!r} and is {wanted.external_id!r}")


def _lines(items: Sequence[OrderItem], wanted: PlaceOrder) -> Iterator[Problem]:
    """Lines of one transaction may have changed places: what is in both counts as the same line."""
    before = Counter((item.transaction_id, item.amount) for item in items)
    new = []
    for item in wanted.items:
        line = item.transaction_id, item.amount
        if before[line]:
            before[line] -= 1
        else:
            new.append(item)
    gone = list(before.elements())
    for item in new:
        yield _new_line(item, gone)
    for transaction_id, amount in gone:
        yield _differs(
            "/orderItems", f"that order has a line that is missing: {amount} of transaction {transaction_id}"
        )


def _new_line(item: WantedItem, gone: list[tuple[str, int]]) -> Problem:
    """What there was instead of a line, where its transaction had another one, which is taken from `gone`."""
    here = f"/orderItems/{item.position}"
    for line in gone:
        if line[0] == item.transaction_id:
            gone.remove(line)
            return _differs(f"{here}/amountToOrder", f"amountToOrder was {line[1]} and is {item.amount}")
    what = f"that order has no such line: {item.amount} of transaction {item.transaction_id}"
    return _differs(f"{here}/transactionId", what)


def _differs(pointer: str, detail: str) -> Problem:
    return Problem(pointer, "differs", detail)
