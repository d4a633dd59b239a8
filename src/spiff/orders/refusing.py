"""What is wrong with the items of an order, and the one refusal that tells all of it. Pure; knows no database."""

from collections.abc import Sequence

from spiff.errors import Invalid, NotFound, SpiffError
from spiff.orders.charging import PriceDiffers
from spiff.orders.model import ItemsUnavailable, Problem, TooManyItems
from spiff.pricing.model import BelowMinimumQuantity
from spiff.pricing.tokens import PriceTokenRefused
from spiff.transactions.model import AlreadyOrdered, DesignUnfinished

_PRECEDENCE = (422, 404, 409)
_INVALID = {each.code: each for each in (TooManyItems, BelowMinimumQuantity, PriceTokenRefused)}
_CONFLICTS = {each.code: each for each in (AlreadyOrdered, DesignUnfinished, PriceDiffers)}
_MEMBERS = {BelowMinimumQuantity: "amountToOrder", PriceTokenRefused: "priceToken", PriceDiffers: "priceToken"}
"""The member of an item that a failure is about, where it is not the transaction."""


def item_problem(position: int, failure: SpiffError) -> Problem:
    """A failure of one item, with a pointer to it."""
    here = f"/orderItems/{position}/{_MEMBERS.get(type(failure), 'transactionId')}"
    extra = failure.extra
    return Problem(here, failure.code, failure.detail, failure.status, extra.get("currentState"), extra.get("prices"))


def refusal(problems: Sequence[Problem]) -> SpiffError:
    """One refusal for all problems; what is wrong with the request itself weighs more than what it is about."""
    status = min((problem.status for problem in problems), key=_PRECEDENCE.index)
    worst = next(problem for problem in problems if problem.status == status)
    errors = [problem.as_error() for problem in problems]
    sentence = f"{len(problems)} problems, nothing was ordered: {worst.detail}" if len(problems) > 1 else worst.detail
    if status == 404:
        return NotFound(sentence, errors=errors)
    if status == 409:
        differ = [{"pointer": each.pointer, **each.prices} for each in problems if each.prices]
        more = {"currentState": worst.current_state, "prices": differ}
        told = {name: each for name, each in more.items() if each}
        return ItemsUnavailable(_CONFLICTS[worst.code], sentence, errors=errors, **told)
    return _INVALID.get(worst.code, Invalid)(sentence, errors=errors)
