import uuid
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.orders.model import PlaceOrder
from spiff.orders.reading import OrderRequest, read_order

ID = "6f9619ff-8b86-d011-b42d-00cf4fc964ff"
ITEM = {"transactionId": ID, "amountToOrder": 1}


def _read(idempotency_key: str | None = None, **members: Any) -> PlaceOrder:
    sent = msgspec.convert({"orderItems": [ITEM]} | members, OrderRequest)
    return read_order(sent, most_items=3, idempotency_key=idempotency_key, signature=None)


def _found(wanted: PlaceOrder) -> list[tuple[str, str]]:
    return [(problem.pointer, problem.code) for problem in wanted.problems]


@pytest.mark.parametrize(
    "sent", [0, -1, 1.5, "", "x", "1e3", "-1", "0", 1_000_001, "1000001", 1e300, "٣", "1.5", 2**70]
)
def test_an_amount_that_is_no_whole_number_in_bounds_is_a_problem(sent: Any) -> None:
    wanted = _read(orderItems=[ITEM | {"amountToOrder": sent}])

    assert _found(wanted) == [("/orderItems/0/amountToOrder", "amount")]


@pytest.mark.parametrize(
    ("sent", "amount"), [(1, 1), (2.0, 2), ("3", 3), ("4.0000", 4), (" 5 ", 5), (1_000_000, 1_000_000)]
)
def test_an_amount_may_be_written_as_shops_write_it(sent: Any, amount: int) -> None:
    wanted = _read(orderItems=[ITEM | {"amountToOrder": sent}])

    assert (wanted.items[0].amount, wanted.problems) == (amount, ())


@pytest.mark.parametrize(
    ("sent", "text"), [(1001, "1001"), (1001.0, "1001"), ("1001", "1001"), ("", None), (None, None), (0, "0")]
)
def test_an_external_id_is_text_however_it_was_written(sent: Any, text: str | None) -> None:
    assert _read(externalId=sent).external_id == text


def test_everything_that_is_wrong_is_gathered() -> None:
    lines = [ITEM, ITEM | {"amountToOrder": "no"}, {"transactionId": "none", "amountToOrder": 0}, ITEM]

    wanted = _read(orderItems=lines, externalId="x" * 201, rawExternalData="a\x00b", idempotency_key="k" * 201)

    assert _found(wanted) == [
        ("/orderItems", "too-many-items"),
        ("/externalId", "text"),
        ("", "text"),
        ("/rawExternalData", "text"),
        ("/orderItems/1/amountToOrder", "amount"),
        ("/orderItems/2/transactionId", "not-found"),
        ("/orderItems/2/amountToOrder", "amount"),
    ]


def test_no_items_is_a_problem() -> None:
    assert _found(_read(orderItems=[])) == [("/orderItems", "empty")]


def test_lines_of_one_transaction_are_counted_in_whichever_spelling() -> None:
    other = ITEM | {"transactionId": str(uuid.uuid4())}

    wanted = _read(orderItems=[ITEM, other, ITEM | {"transactionId": ID.upper()}])

    assert _found(wanted) == []
    assert [item.occurrence for item in wanted.items] == [0, 0, 1]


@pytest.mark.parametrize(("sent", "paid"), [(True, True), (False, False), (None, True)])
def test_only_false_holds_an_order(sent: bool | None, paid: bool) -> None:
    assert _read(paid=sent).paid is paid


def test_absent_means_paid_and_unknown_members_are_tolerated() -> None:
    wanted = _read(somethingNew={"a": [1]}, externalData={"lineItems": [{"productId": 1}]}, rawExternalData="{}")

    assert (wanted.paid, wanted.auto_print, wanted.problems) == (True, False, ())
    assert wanted.external_data == {"lineItems": [{"productId": 1}]}


def test_what_names_an_order() -> None:
    digest = _read(paid=False, rawExternalData="other").identity

    assert _read(idempotency_key="k", externalId=1).identity == "key:k"
    assert _read(externalId=1).identity == "external:1"
    assert _read().identity == digest
    assert digest.startswith("digest:")
    assert _read(orderItems=[ITEM | {"amountToOrder": 2}]).identity != digest


@given(st.one_of(st.integers(), st.floats(), st.text(max_size=20)))
def test_any_amount_is_read_without_a_failure(sent: int | float | str) -> None:
    wanted = _read(orderItems=[ITEM | {"amountToOrder": sent}])

    assert bool(wanted.problems) != (1 <= wanted.items[0].amount <= 1_000_000)
