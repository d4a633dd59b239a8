"""Reads what shoppers agree to, and web addresses. Knows no other part of a product."""

import re

from spiff.catalogue.model import Terms
from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.tables import Table

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#]+[^\s]*\Z")
_MOST_ADDRESS_CHARACTERS = 500
_MOST_TERMS_CHARACTERS = 1000


def read_terms(reading: Reading, table: Table) -> Terms | None:
    """The terms of a product, or of the partner, which products without their own have; None where there are none."""
    node = table.value("terms")
    if node is None:
        return reading.terms
    terms = reading.table(node, f"the terms of {table.what}", "terms")
    return Terms(terms.text("text", most=_MOST_TERMS_CHARACTERS), read_web_address(terms, "link"))


def read_web_address(table: Table, key: str) -> str | None:
    """The address that `key` holds; None where it is not written. Shoppers follow it, so it must lead to the web."""
    if not table.has(key):
        return None
    address = table.text(key, most=_MOST_ADDRESS_CHARACTERS)
    if not _WEB_ADDRESS.match(address):
        table.mistakes.add(table.place(key), f'"{key}" must be an address that begins with https:// or http://')
    return address
