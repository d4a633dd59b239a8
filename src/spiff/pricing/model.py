"""What a quantity of something costs: breaks, minimum, currency. Pure; knows no product and no database.

All amounts are whole subunits; every result is rounded up, first the break, then the currency, then times the quantity
(contract/domain.md 4 and 11). So a line is always its unit price times its quantity.
"""

from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal

import msgspec

from spiff.errors import Invalid
from spiff.pricing.money import DIGITS

MOST_PIECES = 1_000_000
MOST_SUBUNITS = 2**53 - 1
"""Of a total: larger integers lose their last digits in programs that read JSON numbers as doubles (RFC 8259, 6)."""


class BelowMinimumQuantity(Invalid):
    """Fewer pieces than the product is made in."""

    code, title = "below-minimum-quantity", "Fewer than the minimum order quantity"


class UnknownCurrency(Invalid):
    """The merchant has no rate for this currency; prices are never guessed."""

    code, title = "unknown-currency", "No rate for this currency"


class PriceBreak(msgspec.Struct, frozen=True, rename="camel"):
    """From `min_qty` pieces on, each costs `percentage` (a factor from 0 to 1) of its price."""

    min_qty: int
    percentage: Decimal


class Pricing(msgspec.Struct, frozen=True):
    """What one piece costs by itself, in subunits of `currency`, and the rules for more of it."""

    unit_cost: int
    currency: str
    breaks: Sequence[PriceBreak] = ()
    minimum: int = 1
    rates: Mapping[str, Decimal] = {}
    """How much one unit of `currency` is in others."""


class Price(msgspec.Struct, frozen=True, rename="camel"):
    """The price of `quantity` pieces, in subunits of `currency`."""

    quantity: int
    currency: str
    unit_amount: int
    total_amount: int


def price_of(pricing: Pricing, quantity: int, currency: str | None = None) -> Price:
    """What `quantity` pieces cost, in the pricing's own currency where none is named.

    Raises BelowMinimumQuantity, Invalid for more than a million or an amount that no number holds, or UnknownCurrency.
    """
    if quantity < pricing.minimum:
        few = f"at least {pricing.minimum} pieces are made of this, {quantity} were asked for"
        raise BelowMinimumQuantity(few).at("/quantity")
    if quantity > MOST_PIECES:
        raise Invalid(f"at most {MOST_PIECES} pieces can be asked for at once").at("/quantity")
    unit = _converted(_broken(pricing, quantity), pricing, currency or pricing.currency)
    if unit * quantity > MOST_SUBUNITS:
        raise Invalid(f"a price has at most {MOST_SUBUNITS} subunits: ask for fewer pieces, or in another currency")
    return Price(quantity, currency or pricing.currency, unit, unit * quantity)


def _broken(pricing: Pricing, quantity: int) -> int:
    reached = [each for each in pricing.breaks if each.min_qty <= quantity]
    if not reached:
        return pricing.unit_cost
    return _up(pricing.unit_cost * max(reached, key=lambda each: each.min_qty).percentage)


def _converted(amount: int, pricing: Pricing, currency: str) -> int:
    if currency == pricing.currency:
        return amount
    rate = pricing.rates.get(currency)
    if rate is None or not {currency, pricing.currency} <= DIGITS.keys():
        offered = ", ".join(sorted({pricing.currency, *pricing.rates}))
        unknown = f"there is no rate for {currency[:20]!r}; prices can be had in {offered}"
        raise UnknownCurrency(unknown).at("/currency")
    return _up((amount * rate).scaleb(DIGITS[currency] - DIGITS[pricing.currency]))


def _up(amount: Decimal) -> int:
    return int(amount.to_integral_value(ROUND_CEILING))
