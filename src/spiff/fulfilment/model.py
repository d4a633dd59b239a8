"""Print files: what is made for a printer. Knows neither orders nor how a file is drawn."""

from typing import Literal

import msgspec

Format = Literal["pdf", "png"]


class PrintFile(msgspec.Struct, frozen=True):
    """One panel of one order item as a file; the bytes are in the file store under `sha256`."""

    order_item_id: str
    panel: str
    format: Format
    sha256: str
    bytes: int
