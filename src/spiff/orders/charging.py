"""What an order's item is charged: computed again when it is ordered, and compared with the token it was sold by.

Knows no order; docs/decisions/013 says what a token promises.
"""

from typing import Any

from spiff.errors import Conflict
from spiff.orders.model import WantedItem
from spiff.pricing.model import Price, UnknownCurrency, price_of
from spiff.pricing.operations import read_token
from spiff.pricing.tokens import PriceClaims
from spiff.storage.work import Work
from spiff.transactions.ordering import Orderable, with_rates


class PriceDiffers(Conflict):
    """The price that was promised is no longer the price; both are in the problem document."""

    code, title = "price-differs", "The price is another now"


def charge(work: Work, design: Orderable, wanted: WantedItem) -> Price:
    """What the item costs; with a token, in its currency.

    Raises BelowMinimumQuantity, PriceTokenRefused, or PriceDiffers where the token is another's, of another design,
    quantity or price, or has expired.
    """
    # An amount that could not be read has been told of already.
    amount = wanted.amount or design.pricing.minimum
    if wanted.price_token is None:
        return price_of(design.pricing, amount)
    claims = read_token(work, wanted.price_token)
    try:
        price = price_of(with_rates(work, design), amount, claims.currency)
    except UnknownCurrency:
        price, reason = price_of(design.pricing, amount), f"there is no rate for {claims.currency} any more"
    else:
        reason = _difference(work, design, claims, price)
    if reason:
        raise PriceDiffers(_sentence(reason, claims, price), prices=_both(claims, price))
    return price


def _difference(work: Work, design: Orderable, claims: PriceClaims, price: Price) -> str:
    if claims.sub != design.transaction_id:
        return "the price token is for another transaction"
    if claims.design_digest != design.digest:
        return "the design was changed after the price token was given out"
    if claims.quantity != price.quantity:
        return f"the price token is for {claims.quantity} pieces, {price.quantity} are ordered"
    if (claims.unit_amount, claims.total_amount) != (price.unit_amount, price.total_amount):
        return "the price was changed after the price token was given out"
    return "the price token has expired" if claims.exp <= work.now.timestamp() else ""


def _sentence(reason: str, claims: PriceClaims, price: Price) -> str:
    said = f"{claims.total_amount} {claims.currency} for {claims.quantity}"
    return f"{reason}: it says {said}, the price is {price.total_amount} {price.currency} for {price.quantity}"


def _both(claims: PriceClaims, price: Price) -> dict[str, Any]:
    return {name: _amounts(each) for name, each in (("token", claims), ("current", price))}


def _amounts(price: PriceClaims | Price) -> dict[str, Any]:
    return {
        "quantity": price.quantity,
        "currency": price.currency,
        "unitAmount": price.unit_amount,
        "totalAmount": price.total_amount,
    }
