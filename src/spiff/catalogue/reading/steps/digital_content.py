"""Reads a `digital-content` step: a QR code that leads to the shopper's video or address."""

import re

from spiff.catalogue.reading.reading import Reading
from spiff.catalogue.reading.steps.within import Common, StepType
from spiff.catalogue.tables import Table
from spiff.composing.workflow import DigitalContentStep

_BASE_URL = re.compile(r"(?:https?://)?[a-zA-Z0-9.-]+\.[a-zA-Z0-9.-]+(?::\d+)?(?:/[!-~]*)?\Z")


def _read(_reading: Reading, table: Table, common: Common) -> DigitalContentStep:
    base_url = table.text("baseUrl", "")
    if base_url and ("?" in base_url or not _BASE_URL.match(base_url)):
        sentence = '"baseUrl" must be the address of a page, such as https://shop.example/play, without a question mark'
        table.mistakes.add(table.place("baseUrl"), sentence)
    return DigitalContentStep(**common, base_url=base_url, allow_url=table.flag("allowUrl", False))


DIGITAL_CONTENT = StepType(_read)
