"""Reads what a file says of prices beyond one number: a partner's `currencies`, a product's `priceBreaks`."""

import re
from decimal import Decimal

import yaml

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table, pairs, scalar
from spiff.pricing.model import MOST_PIECES, PriceBreak
from spiff.pricing.money import DIGITS

_DECIMAL = re.compile(r"\d{1,9}(?:\.\d{1,12})?\Z")


def read_currency(table: Table, key: str) -> str:
    """A currency of ISO 4217."""
    currency = table.text(key)
    if currency and currency not in DIGITS:
        sentence = f'"{key}" must be three capital letters of ISO 4217 such as AUD, not "{currency}"'
        table.mistakes.add(table.place(key), sentence)
    return currency


def read_rates(table: Table, own: str) -> dict[str, Decimal]:
    """`currencies`: how much one unit of the partner's own currency is in others, exactly as it is written."""
    node = table.value("currencies")
    if node is None:
        return {}
    rates = {}
    for code, (place, value) in pairs(node, '"currencies"', table.mistakes):
        if code not in DIGITS or code == own:
            sentence = f'"{code}" must be a currency of ISO 4217 other than the partner\'s own'
            table.mistakes.add(place, sentence)
        rates[code] = _decimal(table, value, f"the rate of {code}")
        if not rates[code]:
            table.mistakes.add(value, f"the rate of {code} must be a number above 0")
    return rates


def read_price_breaks(reading: Reading, table: Table) -> tuple[PriceBreak, ...]:
    """`priceBreaks` in the order of their quantities, each once."""
    found = {}
    for node in table.items("priceBreaks"):
        each = reading.table(node, "a price break", "priceBreak")
        quantity = each.whole("minQty", least=1, most=MOST_PIECES)
        factor = each.value("percentage")
        if factor is None:
            each.mistakes.add(node, 'a price break needs "percentage"')
        elif (percentage := _decimal(each, factor, '"percentage"')) > 1:
            each.mistakes.add(factor, '"percentage" is a factor from 0 to 1: 10 % less is 0.9')
        elif quantity in found:
            each.mistakes.add(node, f"there are two price breaks from {quantity} pieces on")
        else:
            found[quantity] = PriceBreak(quantity, percentage)
    return tuple(found[quantity] for quantity in sorted(found))


def _decimal(table: Table, node: yaml.Node, what: str) -> Decimal:
    """The number as it is written: 0.1 is a tenth, not the nearest binary fraction."""
    written = scalar(node, what, table.mistakes)
    if written is None:
        return Decimal(0)
    if not _DECIMAL.match(written.value) or written.style is not None:
        table.mistakes.add(node, f"{what} must be a number such as 0.9")
        return Decimal(0)
    return Decimal(written.value)
