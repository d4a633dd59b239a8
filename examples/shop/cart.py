"""What a cart shows of a design, and whether that is still true when it is paid. Knows no page.

A shopper may change a finished design until it is ordered, also while it lies in the cart: in another tab, or with the
button "back". What is paid must be what was shown, so paying looks at every design again.
"""

import secrets
from dataclasses import replace
from typing import Any

from .platform import Design, Platform, PlatformAway, PlatformRefused, Terms
from .prices import Prices
from .store import Line, Store

_MOST_CHOICES = 50
_LONGEST_CHOICE = 500


def new_checkout() -> str:
    """The id of one state of a cart."""
    return secrets.token_urlsafe(16)


def new_line(design: Design, product: dict[str, Any], exported: object) -> Line:
    """A line for a design that comes from the customiser; `exported` is what the browser says of it."""
    least = max(1, product["minimumOrderQuantity"])
    return Line(
        transaction_id=design.transaction_id,
        quantity=least,
        product_id=design.product_id,
        name=product["name"],
        price_subunits=design.terms.price_subunits,
        currency=design.terms.currency,
        choices=_shown(design.choices, exported),
        preview=design.preview,
        design=design.terms.design,
        least=least,
        token=design.terms.token,
    )


def reprice(platform: Platform, store: Store, visitor: str, transaction_id: str) -> None:
    """Ask what the quantity that a line has now costs: more pieces may cost less each."""
    line = next((each for each in store.cart(visitor)[1] if each.transaction_id == transaction_id), None)
    if line is None:
        return
    terms = platform.terms(transaction_id, line.quantity)
    # Another design is not priced behind the shopper's back: paying will notice it and show it.
    if terms.design == line.design:
        priced = replace(line, price_subunits=terms.price_subunits, currency=terms.currency, token=terms.token)
        store.set_price(visitor, priced)


def refresh_changed(platform: Platform, prices: Prices, store: Store, visitor: str) -> dict[str, str]:
    """Compare the cart with the platform and bring it up to date: what happened to which transaction.

    `changed`: design or price are others now, or the price is not proven (any more). `gone`: it cannot be ordered. A
    platform that is away says nothing; then what was shown and proven is paid, and ordered at that price or not at all.
    """
    happened: dict[str, str] = {}
    _, lines = store.cart(visitor)
    try:
        for line in lines:
            if what := _look_again(platform, store, visitor, line):
                happened[line.transaction_id] = what
    except PlatformAway:
        happened = {}
    looked_at = [line for line in lines if line.transaction_id not in happened]
    unproven = [line for line in looked_at if not prices.prove(line, _integration_of(store, line))]
    for line in unproven:
        store.add_line(visitor, new_checkout(), _refreshed(platform, line))
    return happened | {line.transaction_id: "changed" for line in unproven}


def _integration_of(store: Store, line: Line) -> str:
    """Whom the price of a line is promised to: the integration that sells its product, which is ours."""
    product = store.find_product(line.product_id)
    return str(product["integration"]["id"]) if product else ""


def terms_shown(line: Line) -> Terms:
    """What the shopper agreed to."""
    return Terms(line.design, line.price_subunits, line.currency)


def _look_again(platform: Platform, store: Store, visitor: str, line: Line) -> str:
    try:
        if platform.terms(line.transaction_id, line.quantity) == terms_shown(line):
            return ""
        store.add_line(visitor, new_checkout(), _refreshed(platform, line))
    except PlatformRefused:
        return "gone"
    return "changed"


def _refreshed(platform: Platform, line: Line) -> Line:
    """The line with the design that is in force now; what the merchant keeps out of the cart stays out."""
    design = platform.finished_design(line.transaction_id)
    terms = platform.terms(line.transaction_id, line.quantity)
    hidden = platform.choices(line.design).keys() - line.choices.keys() if line.design else set()
    return replace(
        line,
        price_subunits=terms.price_subunits,
        currency=terms.currency,
        token=terms.token,
        choices={name: value for name, value in design.choices.items() if name not in hidden},
        preview=design.preview,
        design=terms.design,
    )


def _shown(known: dict[str, str], exported: object) -> dict[str, str]:
    """What the cart shows of a design: the rows the merchant exports, each as the platform knows it where it does.

    The rows come from the browser. They are words on the visitor's own screen; what is made and paid is the design.
    """
    rows = list(exported.items())[:_MOST_CHOICES] if isinstance(exported, dict) else []
    shown = {str(name): str(row.get("value", ""))[:_LONGEST_CHOICE] for name, row in rows if isinstance(row, dict)}
    return {name: known.get(name, value) for name, value in shown.items()} or known
