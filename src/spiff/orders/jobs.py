"""The jobs that orders promise. Knows their names and payloads, not how they are done."""

from spiff.jobs.model import enqueue
from spiff.orders.model import OrderItem
from spiff.storage.work import Work

RENDER_PRINT_FILES = "orders.render_print_files"


def render_print_files(work: Work, item: OrderItem) -> None:
    """Promise the print files of an item, in the transaction that makes it due."""
    enqueue(work, RENDER_PRINT_FILES, item.partner_id, item_id=item.id, turn=str(item.turn))
