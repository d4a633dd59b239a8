"""Print files: what is made for a printer. Knows neither orders nor how a file is drawn."""

import msgspec

from spiff.rendering.printing import Format


class PrintFile(msgspec.Struct, frozen=True):
    """One panel of one order item as a file; the bytes are in the file store under `sha256`.

    `position` is the panel's place among those of the workflow, the first 0.
    """

    order_item_id: str
    position: int
    panel: str
    format: Format
    sha256: str
    bytes: int
