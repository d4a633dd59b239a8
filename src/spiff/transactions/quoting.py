"""What a finished design costs, for how many, in which currency, with a token that proves it. Knows no HTTP.

A design's cost is frozen with it; breaks, minimum and rates are those of the catalogue now.
"""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from spiff.catalogue import operations as catalogue
from spiff.errors import Invalid
from spiff.merchants import operations as merchants
from spiff.pricing.model import Price, Pricing, price_of
from spiff.pricing.operations import issue_token
from spiff.pricing.tokens import Subject
from spiff.storage.work import Work
from spiff.transactions.model import Design, Transaction

_LONGEST_NUMBER = 9


class WantedQuote(msgspec.Struct, frozen=True):
    """For how many pieces and in which currency; None leaves it to the product and to what the page showed."""

    quantity: int | None = None
    currency: str | None = None


class Quoted(msgspec.Struct, frozen=True):
    """A price and the token that proves it."""

    price: Price
    token: str


def wanted_quote(query: Mapping[str, str]) -> WantedQuote:
    """What `?quantity=…&currency=…` asks for. Raises Invalid."""
    quantity = query.get("quantity")
    if quantity is not None and not (quantity.isascii() and quantity.isdigit() and len(quantity) <= _LONGEST_NUMBER):
        raise Invalid("a quantity is a whole number").at("/quantity")
    return WantedQuote(int(quantity) if quantity is not None else None, query.get("currency"))


def quote(work: Work, issuer: str, transaction: Transaction, design: Design, wanted: WantedQuote) -> Quoted:
    """The price of a finished design. Raises BelowMinimumQuantity or UnknownCurrency.

    Where nothing is asked for: the fewest pieces that are made, in the currency the page shows prices in, or the
    merchant's own where that has no rate.
    """
    pricing = pricing_of(work, transaction, design)
    shown = transaction.presentment_currency
    currency = wanted.currency or (shown if shown in pricing.rates else None)
    price = price_of(pricing, pricing.minimum if wanted.quantity is None else wanted.quantity, currency)
    subject = Subject(issuer, design.integration_id, design.transaction_id, design.digest)
    return Quoted(price, issue_token(work, subject, price))


def pricing_of(work: Work, transaction: Transaction, design: Design) -> Pricing:
    """The rules for the price of a design."""
    product = catalogue.get_product(work, transaction.product_id)
    return Pricing(
        unit_cost=design.base_cost + design.options_cost,
        currency=design.currency,
        breaks=product.price_breaks,
        minimum=product.minimum_order_quantity,
        rates=rates_for(work, design.partner_id, design.currency),
    )


def rates_for(work: Work, partner_id: str, currency: str) -> Mapping[str, Decimal]:
    """The merchant's rates, which are those of its own currency and of no other."""
    partner = merchants.get_partner(work, partner_id)
    return partner.rates if partner.currency == currency else {}
