"""What a quantity costs: exactly, rounded up, and never guessed."""

from decimal import Decimal
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiff.errors import Invalid
from spiff.pricing.model import BelowMinimumQuantity, PriceBreak, Pricing, UnknownCurrency, price_of

BREAKS = [PriceBreak(25, Decimal("0.9")), PriceBreak(100, Decimal("0.75"))]
RATES = {"EUR": Decimal("0.61"), "JPY": Decimal("97.5"), "KWD": Decimal("0.2")}


@pytest.mark.parametrize(
    ("quantity", "unit"),
    [(1, 333), (24, 333), (25, 300), (99, 300), (100, 250), (1_000_000, 250)],
)
def test_the_largest_break_that_is_reached_applies_and_is_rounded_up(quantity: int, unit: int) -> None:
    price = price_of(Pricing(333, "AUD", BREAKS), quantity)

    assert (price.unit_amount, price.total_amount) == (unit, unit * quantity)


@pytest.mark.parametrize(
    ("currency", "unit"),
    [("AUD", 1995), ("EUR", 1217), ("JPY", 1946), ("KWD", 3990)],
    ids=["its own", "1216.95 cents", "1945.125 yen", "three digits"],
)
def test_another_currency_is_rounded_up_in_its_own_subunits(currency: str, unit: int) -> None:
    assert price_of(Pricing(1995, "AUD", rates=RATES), 3, currency).unit_amount == unit


def test_a_tenth_is_a_tenth() -> None:
    """In binary fractions 10 times 0.7 is a hair above 7 and would be charged as 8."""
    assert price_of(Pricing(10, "AUD", [PriceBreak(1, Decimal("0.7"))]), 1).unit_amount == 7


@pytest.mark.parametrize("currency", ["USD", "XXX", "aud"])
def test_a_currency_without_a_rate_is_refused(currency: str) -> None:
    with pytest.raises(UnknownCurrency):
        price_of(Pricing(1995, "AUD", rates=RATES), 1, currency)


@pytest.mark.parametrize("quantity", [0, -1, 4])
def test_fewer_than_the_minimum_are_refused(quantity: int) -> None:
    with pytest.raises(BelowMinimumQuantity, match="at least 5 pieces"):
        price_of(Pricing(1, "AUD", minimum=5), quantity)


def test_more_than_a_million_are_refused() -> None:
    with pytest.raises(Invalid, match="at most 1000000"):
        price_of(Pricing(1, "AUD"), 1_000_001)


@given(
    unit=st.integers(0, 10**9),
    quantity=st.integers(1, 10**6),
    factors=st.dictionaries(st.integers(1, 10**6), st.decimals(0, 1, places=6), max_size=4),
    rate=st.decimals(Decimal("0.000001"), 100_000, places=6),
)
def test_prices_are_those_of_exact_fractions(
    unit: int, quantity: int, factors: dict[int, Decimal], rate: Decimal
) -> None:
    reached = [least for least in factors if least <= quantity]
    factor = Fraction(factors[max(reached)]) if reached else Fraction(1)
    expected = ceil(ceil(unit * factor) * Fraction(rate) / 100)

    pricing = Pricing(unit, "AUD", [PriceBreak(*each) for each in factors.items()], rates={"JPY": rate})

    assert price_of(pricing, quantity, "JPY").total_amount == expected * quantity


def test_an_amount_that_no_number_holds_is_refused_and_the_largest_is_exact() -> None:
    """It would be a failure of the database, and in a browser another number."""
    pricing = Pricing(unit_cost=999_999_999, currency="KWD", rates={"IRR": Decimal(999_999_999)})

    with pytest.raises(Invalid):
        price_of(pricing, 1_000_000, "IRR")
    assert price_of(pricing, 1_000_000).total_amount == 999_999_999_000_000
